"""Taking the answer to a survey: a tap, a number in the thread, and what is said beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.desk.cases import lock_case, record
from bot.desk.closing import decisions, question
from bot.desk.closing.decisions import Decision
from bot.desk.closing.reopening import undo_button
from bot.desk.closing.weighing import THANKS
from bot.desk.escalation.triggers import escalate
from bot.desk.forms import mistakes
from bot.desk.levels.clocks import DONE
from bot.desk.places import Aside, CaseThreads, case_name, plainly, reader_voice
from bot.desk.roles import record_refusal, speaks_for
from bot.desk.survey import asking, forms
from bot.desk.survey.telling import Band, band_of, tell_staff
from bot.turn import Turn
from dialogs.cases import CaseStatus, EscalationCause, EventKind, SurveyState
from dialogs.engine.choosing import bare
from dialogs.events import Language, Pressed, Submitted
from dialogs.messages import Code, FormErrors, OpenForm, Paragraph, SmallPrint, Whisper
from dialogs.phrases import Value, Voice, voice
from dialogs.reading.closings import Closing, ClosingLabel, read_closing
from dialogs.reading.ratings import SCALE, read_rating
from storage.tables import Case, Survey
from storage.timer_queue import CLOCK

REMARKS = timedelta(hours=1)
"""For how long after a mark what its author writes in the thread is taken for a remark about it."""
_WORTH = 3
"""How many words thanks must have to be a remark."""
_PROBLEM = "problem_told"
"""The reading of a remark that tells of a fault; what else would reopen a case is mostly how the service was."""
_ASKED_FOR = {"encuesta", "la encuesta", "survey", "the survey"}
_COMMENTS = {bare(voice(language)("survey.button.comment")) for language in Language}
"""What the button says that opens the form for a comment: typed, it is no comment."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message says to a survey: a mark, a remark or both, or else what the phrase of that key answers.

    With none of them, somebody wants to see the survey.
    """

    survey: Survey
    score: int | None = None
    remark: str = ""
    refusal: str = ""


async def read(turn: Turn, case: Case, text: str) -> Answer | None:
    """Return what a message in the thread of a case says to its survey, or nothing where it is for the case."""
    survey = await asking.latest(turn, case) if text and case.status in DONE else None
    if survey is None or not await speaks_for(turn, case):
        return None
    if bare(text) in _ASKED_FOR:
        return Answer(survey)
    if bare(text) in _COMMENTS and survey.state is SurveyState.ANSWERED:
        return Answer(survey, refusal="survey.how")
    rating = read_rating(text)
    mine = survey.answered_by == turn.event.actor.key
    if survey.state is SurveyState.ASKED or (survey.state is SurveyState.ANSWERED and asking.is_open(turn, survey)):
        if rating is not None and rating.score is None:
            return Answer(survey, refusal="survey.scale")
        if rating is not None and (mine or survey.state is SurveyState.ASKED):
            return Answer(survey, rating.score, rating.rest)
        if rating is not None and not rating.rest:
            return Answer(survey, refusal="survey.taken")
    fresh = survey.answered_at is not None and turn.now - survey.answered_at <= REMARKS
    if mine and fresh and _is_remark(text, read_closing(text, language=case.language)):
        return Answer(survey, remark=text)
    return None


def _is_remark(text: str, read: Closing) -> bool:
    if read.label is ClosingLabel.QUESTION or read.reason in {"automatic_reply", "new_matter", "request"}:
        return False
    return read.label is not ClosingLabel.THANKS or len(re.findall(r"\w{2,}", text)) >= _WORTH


async def take(turn: Turn, case: Case, threads: CaseThreads, answer: Answer, message: str) -> Aside:
    """Keep what a message says to a survey. A problem told in it reopens nothing; whether it goes on is asked."""
    if answer.refusal:
        person = await turn.unit.people.get(answer.survey.answered_by or "")
        told: dict[str, Value] = {"name": person.name if person else "", "case": Code(threads.name)}
        threads.tell_customer(Paragraph(threads.to_customer.spans(answer.refusal, **told)))
        return Aside()
    if answer.score is None and not answer.remark:
        await _show_again(turn, case, threads, answer.survey)
        return Aside()
    await keep(turn, case, answer.survey, score=answer.score, remark=answer.remark)
    if answer.remark and read_closing(answer.remark, language=case.language).reason == _PROBLEM:
        return await _ask_whether_it_goes_on(turn, case, threads, message)
    turn.react(turn.event.place, message, THANKS)
    return Aside()


async def _show_again(turn: Turn, case: Case, threads: CaseThreads, survey: Survey) -> None:
    if survey.state in {SurveyState.DUE, SurveyState.SKIPPED}:
        await asking.ask(turn, case, survey)
    elif survey.state is SurveyState.ASKED:
        await asking.repeat(turn, case, survey)
    else:
        told = threads.to_customer.spans(f"survey.late.{survey.state}", case=Code(threads.name))
        threads.tell_customer(Paragraph(told))


async def _ask_whether_it_goes_on(turn: Turn, case: Case, threads: CaseThreads, message: str) -> Aside:
    if case.status is CaseStatus.CLOSED:
        threads.tell_customer(Paragraph(threads.to_customer.spans("closing.late.closed", case=Code(threads.name))))
        return Aside()
    before = await decisions.load(turn, case)
    decisions.write(turn, case, Decision.ASKED, ClosingLabel.STILL_BROKEN, "after_rating", message=message)
    if before.question is None:
        question.ask(threads, "survey.still")
    note = SmallPrint(threads.to_desk.spans("closing.desk.asked"))
    return Aside((note,), undo_button(threads, len(before.all) + 1, reopened=False))


async def keep(turn: Turn, case: Case, survey: Survey, *, score: int | None = None, remark: str = "") -> None:
    """Keep a mark or another one and a remark; then everybody hears what concerns them.

    The first remark is the comment, the next ones tell what could be better: that is what is asked in between.
    """
    new_mark = score is not None and score != survey.score
    if survey.state is not SurveyState.ANSWERED:
        survey.state, survey.answered_at, survey.answered_by = SurveyState.ANSWERED, turn.now, turn.event.actor.key
    survey.score = score or survey.score
    if remark and survey.comment:
        survey.improvement = f"{survey.improvement}\n{remark}".strip()
    else:
        survey.comment = remark or survey.comment
    told = await _marks(turn, case, survey)
    if new_mark:
        by = CLOCK.key if turn.settings.survey.anonymous else ""
        record(turn, case, EventKind.SURVEY_ANSWERED, by=by, survey=survey.id, score=score)
    await asking.show(turn, case, survey)
    await tell_staff(turn, case, survey, told)
    if new_mark and score and band_of(score) is Band.ALARM:
        await escalate(turn, case, EscalationCause.SURVEY)


async def _marks(turn: Turn, case: Case, survey: Survey) -> list[int]:
    """Return the marks that were told of a survey so far."""
    assert case.number is not None, "a survey is about a filed case"
    history = await turn.unit.cases.history(case.number)
    answers = [one.data for one in history if one.kind is EventKind.SURVEY_ANSWERED]
    return [data["score"] for data in answers if data["survey"] == survey.id]


async def pressed(turn: Turn, what: Pressed) -> None:
    """Take a mark given by button, or open the form for more. One that comes too late is told so."""
    found = await _found(turn, what.value, what.name)
    if found is None:
        return
    case, survey = found
    score = what.name.removeprefix(f"{asking.RATE}.")
    if survey.state is SurveyState.ASKED and score.isdecimal() and int(score) in SCALE:
        await keep(turn, case, survey, score=int(score))
    elif what.name == asking.COMMENT and await _may_add(turn, case, survey):
        turn.reply = OpenForm(forms.comment(turn, await _voice(turn, case), case, survey))
    elif turn.reply is None:
        await _whisper_late(turn, case, survey)


async def submitted(turn: Turn, what: Submitted) -> None:
    """Take the form in: the mark may be another one than was tapped, the rest may be left empty."""
    found = await _found(turn, what.token.partition(":")[0], what.form)
    if found is None or not await _may_add(turn, *found):
        return
    case, survey = found
    speak = await _voice(turn, case)
    view = forms.comment(turn, speak, case, survey)
    if errors := mistakes(view, what.values, speak):
        turn.reply = FormErrors(errors)
        return
    survey.comment, survey.improvement = (what.values.get(name, "").strip() for name in ("comment", "improvement"))
    await keep(turn, case, survey, score=int(what.values["score"]))


async def _voice(turn: Turn, case: Case) -> Voice:
    """Return the voice for the form: that of the survey, unless who opens it told another."""
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    return voice(person.language or case.language)


async def _found(turn: Turn, value: str, action: str) -> tuple[Case, Survey] | None:
    """Return the survey that a button names, and its case, both for changing, if who acts may answer it."""
    known = await turn.unit.surveys.get(int(value)) if value.isdecimal() and len(value) < 19 else None
    case = await lock_case(turn, known.case_number) if known else None
    if known is None or case is None or not await speaks_for(turn, case):
        record_refusal(turn, action, value)
        turn.reply = Whisper(plainly(await reader_voice(turn), "closing.not_yours"))
        return None
    survey = await turn.unit.surveys.lock(int(value))
    assert survey is not None, "surveys are not taken away"
    return case, survey


async def _may_add(turn: Turn, case: Case, survey: Survey) -> bool:
    """Tell whether who acts may add to the answer; where they may not, they are told why."""
    speak = await reader_voice(turn)
    if survey.state is SurveyState.ANSWERED and survey.answered_by != turn.event.actor.key:
        person = await turn.unit.people.get(survey.answered_by or "")
        turn.reply = Whisper(plainly(speak, "survey.not_yours", name=person.name if person else ""))
    elif survey.state is not SurveyState.ANSWERED or not asking.is_open(turn, survey):
        await _whisper_late(turn, case, survey)
    else:
        return True
    return False


async def _whisper_late(turn: Turn, case: Case, survey: Survey) -> None:
    name = Code(case_name(turn, case.number))
    turn.reply = Whisper(plainly(await reader_voice(turn), f"survey.late.{survey.state}", case=name))
