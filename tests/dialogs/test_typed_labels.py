"""Wherever a conversation stands, the label of each button, typed, does what a press of it does."""

from __future__ import annotations

from copy import copy

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dialogs.engine.words import Word
from dialogs.events import Language
from dialogs.messages import OpenForm
from tests.dialogs.talk import Talk
from tests.dialogs.test_never_stuck import do, steps

Steps = list[tuple[str, str | None]]
TOLD = ("perfil", "ACME", "+51 987 654 321", "Lima", "una llamada")
PROFILE: Steps = [("says", answer) for answer in TOLD]


def outcome(talk: Talk) -> tuple[object, ...]:
    done = talk.completed
    answers = {name: (one.value, one.skipped) for name, one in done.frame.answers.items()} if done else None
    return talk.consulted, talk.asking, answers, talk.state.language


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps, st.sampled_from(list(Language)))
@example([("says", "nuevo"), *([("says", "x?")] * 3)], Language.SPANISH)
@example(PROFILE, Language.SPANISH)
@example([*PROFILE, ("says", "cambiar idioma")], Language.SPANISH)
@example([*PROFILE, ("says", "change language")], Language.ENGLISH)
@example([*PROFILE, ("says", "cambiar contacto")], Language.SPANISH)
@example([*PROFILE, ("says", "cambiar")], Language.SPANISH)
@example([*PROFILE, ("says", "cambiar zona")], Language.ENGLISH)
def test_a_label_typed_is_a_press(history: Steps, language: Language) -> None:
    talk = Talk(language=language)
    for action, what in history:
        if action not in {"colleague", "edits"}:
            do(talk, action, what)
    for button in talk.buttons.values():
        pressed, typed = copy(talk), copy(talk)
        pressed.presses(button.name, value=button.value)
        typed.says(button.label)
        if button.name == Word.FORM:
            assert isinstance(pressed.last.reply, OpenForm)
            assert Word.FORM in typed.buttons, typed.said
        else:
            assert outcome(typed) == outcome(pressed), button
            assert typed.said.endswith(pressed.said), button
