"""The form behind a survey's answer: the mark, a comment and what could be better."""

from __future__ import annotations

from bot.desk.places import case_name
from bot.desk.survey.asking import COMMENT
from bot.turn import Turn
from dialogs.messages import FormView, Input, InputKind, Option
from dialogs.phrases import Voice
from dialogs.reading.ratings import SCALE
from storage.tables import Case, Survey


def comment(turn: Turn, speak: Voice, case: Case, survey: Survey) -> FormView:
    """Ask for more about a mark, and let it be another one."""
    marks = tuple(Option(str(score), speak(f"survey.mark.{score}")) for score in reversed(SCALE))
    return FormView(
        form=COMMENT,
        token=f"{survey.id}:{turn.event.key}",
        title=speak("survey.form.title", case=case_name(turn, case.number)),
        submit=speak("survey.form.submit"),
        cancel=speak("desk.form.cancel"),
        inputs=(
            Input(
                name="score",
                label=speak("survey.form.score"),
                type=InputKind.CHOICE,
                value=str(survey.score),
                options=marks,
            ),
            _words("comment", survey.comment, speak),
            _words("improvement", survey.improvement, speak),
        ),
        language=speak.language,
    )


def _words(name: str, value: str, speak: Voice) -> Input:
    return Input(name=name, label=speak(f"survey.form.{name}"), type=InputKind.TEXT, value=value, required=False)
