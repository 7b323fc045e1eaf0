"""Repairs: what people do instead of answering. Each works at every question, typed or pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs.engine import views
from dialogs.engine.choosing import bare
from dialogs.engine.climbing import escalate, hand_over, hurry
from dialogs.engine.conversation import INTAKE, PROFILE, SUMMARY, Conversation
from dialogs.engine.form import Field, Read
from dialogs.engine.outcome import Topic
from dialogs.engine.words import Steering, Word, split_change
from dialogs.events import Language
from dialogs.messages import Fields, OpenForm, Style


def repair(talk: Conversation, steering: Steering) -> None:
    """Do what a steering word asks for while a form is open."""
    _REPAIRS[steering.word](talk, steering)


def _cancel(talk: Conversation, _steering: Steering) -> None:
    if talk.form.aside:
        talk.tell(f"{talk.form.name}.cancelled")
        talk.go_on()
        return
    talk.shelve()
    talk.tell("dialog.cancelled")
    talk.say(controls=(talk.button(Word.RESUME), talk.button(Word.NEW)))


def _back(talk: Conversation, _steering: Steering) -> None:
    frame = talk.frame
    asked = [name for name in frame.trail if name != frame.asking and name in frame.answers]
    field = talk.form.field(asked[-1]) if asked else None
    if field is None:
        talk.tell("dialog.at_the_beginning")
        talk.ask_again()
        return
    trail = frame.trail[: len(frame.trail) - 1 - frame.trail[::-1].index(field.name)]
    answers = {
        name: answer
        for name, answer in frame.answers.items()
        if name != field.name and field.name not in (talk.form.field(name) or field).needs
    }
    talk.update(replace(frame, trail=trail, answers=answers, offered=()))
    talk.ask(field)


def names_of_fields(talk: Conversation) -> dict[str, tuple[str, ...]]:
    """Return the folded words by which people may call each field."""
    return {
        field.name: (field.name, bare(talk.phrase(f"{talk.form.name}.{field.name}.label")), *field.called)
        for field in talk.form.fields
    }


def _change(talk: Conversation, steering: Steering) -> None:
    if not steering.about:
        talk.ask_what_to_change()
        return
    found = split_change(steering.about, names_of_fields(talk), asked=True)
    field = talk.form.field(found.about) if found else None
    if found is None or field is None:
        talk.tell("dialog.change_unknown")
        talk.ask_what_to_change()
    elif found.value:
        correct(talk, field, found.value)
    else:
        reopen(talk, field)


def reopen(talk: Conversation, field: Field) -> None:
    """Ask one field again; its answer stands until there is another."""
    talk.update(replace(talk.frame, offered=(), refusals=0))
    talk.ask(field)


def correct(talk: Conversation, field: Field, text: str, message: str | None = None) -> None:
    """Give one field another answer, then go on where the conversation stood."""
    read = field.read(talk.heard(text), talk.frame, talk.context)
    if not isinstance(read, Read):
        talk.update(replace(talk.frame, offered=read.candidates))
        talk.ask(field, read.why)
        return
    talk.answer(field, read, text, message)
    say_noted(talk, (field,))
    talk.proceed()


def say_noted(talk: Conversation, fields: tuple[Field, ...]) -> None:
    """Say what was understood of fields told in passing."""
    if fields:
        talk.tell("dialog.noted")
        talk.show(Fields(tuple(talk.row(field, talk.frame.answers[field.name]) for field in fields)))


def _skip(talk: Conversation, steering: Steering) -> None:
    field = talk.field
    if steering.about:
        _take_out(talk, steering)
    elif field is None:
        talk.ask_again()
    elif field.name in talk.frame.answers:
        talk.proceed()
    elif field.skippable:
        talk.leave_out(field)
        talk.leave_behind(field)
    else:
        talk.tell("dialog.cannot_skip")
        talk.tell(f"{talk.form.name}.{field.name}.why")
        talk.ask(field)


def _take_out(talk: Conversation, steering: Steering) -> None:
    """Take an answer back for good, where the case can do without it."""
    found = split_change(steering.about, names_of_fields(talk))
    field = talk.form.field(found.about) if found else None
    if field is None or not field.skippable or field.name not in talk.frame.answers:
        talk.tell("dialog.cannot_take_out")
        talk.ask_again()
        return
    talk.leave_out(field)
    say_noted(talk, (field,))
    talk.ask_again()


def _why(talk: Conversation, _steering: Steering) -> None:
    step = talk.field.name if talk.field else talk.frame.asking
    talk.tell(f"{talk.form.name}.{step}.why")
    talk.ask_again()


def _help(talk: Conversation, steering: Steering) -> None:
    talk.tell("dialog.words")
    _why(talk, steering)


def _repeat(talk: Conversation, _steering: Steering) -> None:
    talk.ask_again()


def _restart(talk: Conversation, _steering: Steering) -> None:
    talk.open_form(talk.frame.form)
    talk.tell("dialog.restarted")
    talk.proceed()


def _resume(talk: Conversation, _steering: Steering) -> None:
    talk.ask_again()


def _new(talk: Conversation, steering: Steering) -> None:
    if not talk.form.aside:
        _restart(talk, steering)
        return
    talk.leave_aside()
    if talk.state.frame is None:
        talk.open_form(INTAKE)
        talk.tell("dialog.new_case")
        talk.proceed()
    else:
        talk.ask_again()


def _profile(talk: Conversation, _steering: Steering) -> None:
    talk.open_form(PROFILE)
    talk.proceed()


def _person(talk: Conversation, _steering: Steering) -> None:
    if talk.form.at_once:
        hurry(talk)
    else:
        hand_over(talk)


def speak(talk: Conversation, language: Language) -> None:
    """Go on in another language."""
    talk.told_language = language
    talk.state = replace(talk.state, language=language)
    talk.context = replace(talk.context, language=language)
    talk.tell("dialog.language_changed")


def _spanish(talk: Conversation, _steering: Steering) -> None:
    speak(talk, Language.SPANISH)
    talk.ask_again()


def _english(talk: Conversation, _steering: Steering) -> None:
    speak(talk, Language.ENGLISH)
    talk.ask_again()


def _send(talk: Conversation, _steering: Steering) -> None:
    if talk.frame.asking == SUMMARY:
        talk.complete()
        return
    talk.ask_again()


def _form(talk: Conversation, _steering: Steering) -> None:
    if talk.event.what.kind == "pressed":
        talk.open_view(OpenForm(views.form_view(talk)))
        return
    talk.tell("dialog.form_offer")
    talk.say(controls=(talk.button(Word.FORM, Style.PRIMARY),))


def _status(talk: Conversation, steering: Steering) -> None:
    talk.consult(Topic.STATUS, steering.about)
    talk.ask_again()


def _my_cases(talk: Conversation, _steering: Steering) -> None:
    talk.consult(Topic.MY_CASES)
    talk.ask_again()


def _levels(talk: Conversation, _steering: Steering) -> None:
    talk.consult(Topic.LEVELS)
    talk.ask_again()


def _courtesy(talk: Conversation, _steering: Steering) -> None:
    talk.tell("dialog.courtesy")
    talk.ask_again()


def _solved(talk: Conversation, _steering: Steering) -> None:
    talk.tell("dialog.solved")
    talk.say(controls=(talk.button(Word.CANCEL), talk.button(Word.RESUME)))


def _wrong(talk: Conversation, _steering: Steering) -> None:
    talk.ask_what_to_change()


_REPAIRS: dict[Word, Callable[[Conversation, Steering], None]] = {
    Word.CANCEL: _cancel,
    Word.BACK: _back,
    Word.CHANGE: _change,
    Word.SKIP: _skip,
    Word.WHY: _why,
    Word.HELP: _help,
    Word.REPEAT: _repeat,
    Word.RESTART: _restart,
    Word.NEW: _new,
    Word.PROFILE: _profile,
    Word.RESUME: _resume,
    Word.PERSON: _person,
    Word.ESCALATE: escalate,
    Word.SUPERVISOR: escalate,
    Word.LEVELS: _levels,
    Word.SPANISH: _spanish,
    Word.ENGLISH: _english,
    Word.SEND: _send,
    Word.FORM: _form,
    Word.STATUS: _status,
    Word.MY_CASES: _my_cases,
    Word.GREETING: _repeat,
    Word.SOLVED: _solved,
    Word.WRONG: _wrong,
    Word.THANKS: _courtesy,
}
