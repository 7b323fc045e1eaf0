"""One turn of a conversation: a pure function of its state, the event and what the desk knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.engine import idle
from dialogs.engine.choosing import label_of
from dialogs.engine.climbing import escalate, hurry
from dialogs.engine.conversation import Conversation, first_name
from dialogs.engine.form import OTHER, Context, Form, Read
from dialogs.engine.hearing import hear
from dialogs.engine.outcome import Outcome
from dialogs.engine.repairs import correct, reopen, repair, say_noted
from dialogs.engine.state import DialogState
from dialogs.engine.views import take_values
from dialogs.engine.words import Steering, Word
from dialogs.events import Deleted, Edited, Event, Language, Pressed, Said, Submitted, TimerFired
from dialogs.reading.language import read_language

SILENCE = "silence"

_BEGINNING = {Word.NEW, Word.RESUME}
"""Buttons that begin a form: pressed twice, or by a second person, they take nothing from who is answering."""


def turn(state: DialogState, event: Event, context: Context, forms: Mapping[str, Form]) -> Outcome:
    """Return what to do about an event in a conversation of a customer with the assistant."""
    talk = Conversation(state, event, context, forms, language_of(state, event, context))
    if talk.state.frame is not None:
        _fit_to_upgrade(talk)
    match event.what:
        case Said() as said:
            hear(talk, said)
        case Pressed() as pressed:
            _pressed(talk, pressed)
        case Submitted() as submitted:
            _submitted(talk, submitted)
        case Edited(message=message, text=text):
            _edited(talk, message, text)
        case Deleted(message=message):
            _deleted(talk, message)
        case TimerFired(timer=timer, fence=fence) if timer == SILENCE:
            _silent(talk, fence)
        case _:
            pass
    return talk.outcome()


def language_of(state: DialogState, event: Event, context: Context) -> Language:
    """Return what was spoken before, else the profile, else what the first words are in, else the desk's default."""
    known = state.language or context.profile.language
    if known is not None:
        return known
    if isinstance(event.what, Said):
        # What is pasted below the first line is often a log, and logs speak English to everybody.
        read = read_language(event.what.text.strip().partition("\n")[0])
        if read != "unknown":
            return Language(read.value)
    return event.actor.language or context.language


def _fit_to_upgrade(talk: Conversation) -> None:
    """A form changed by an upgrade keeps every answer that still fits."""
    form = talk.forms.get(talk.frame.form)
    if form is None:
        talk.shelve()
        return
    if talk.frame.fingerprint == form.fingerprint:
        return
    names = {field.name for field in form.fields}
    talk.update(
        replace(
            talk.frame,
            fingerprint=form.fingerprint,
            answers={name: answer for name, answer in talk.frame.answers.items() if name in names},
            trail=tuple(name for name in talk.frame.trail if name in names),
            asking=talk.frame.asking if talk.frame.asking in names else "",
        )
    )
    talk.tell("dialog.upgraded")
    if not talk.frame.asking:
        talk.proceed()


def _pressed(talk: Conversation, pressed: Pressed) -> None:
    if pressed.name == idle.MORE and pressed.value in idle.TOPICS:
        idle.explain(talk, pressed.value)
        return
    word = next((word for word in Word if word == pressed.name), None)
    if word is Word.ESCALATE and _is_free(talk):
        escalate(talk, Steering(word, about=pressed.value))
        return
    of_another = talk.state.frame is None or not pressed.value.startswith(f"{talk.state.serial}.")
    if of_another and not (talk.state.frame is not None and word in _BEGINNING):
        if word is not None and idle.pressed(talk, word, pressed.value):
            return
        talk.whisper("dialog.too_late")
    elif talk.event.actor.key != talk.frame.owner:
        talk.whisper("dialog.not_yours", owner=first_name(talk.frame.owner_name))
    elif of_another:
        talk.ask_again()
    elif word is not None:
        repair(talk, Steering(word))
    else:
        _chosen(talk, pressed)


def _is_free(talk: Conversation) -> bool:
    """Tell whether no form is open, or the own one of who acts."""
    return talk.state.frame is None or talk.event.actor.key == talk.frame.owner


def _chosen(talk: Conversation, pressed: Pressed) -> None:
    field = talk.form.field(
        pressed.name.removeprefix(f"{Word.CHANGE}.").removeprefix(f"{talk.form.name}.").split(".")[0]
    )
    if field is None:
        talk.whisper("dialog.too_late")
        return
    if pressed.name.startswith(f"{Word.CHANGE}."):
        reopen(talk, field)
        return
    choice = next((one for one in field.choices(talk.frame, talk.context) if one.name == pressed.name), None)
    answered = talk.frame.answers.get(field.name)
    if choice is None or (field is not talk.field and answered is None):
        talk.whisper("dialog.too_late")
    elif choice.value == OTHER:
        talk.ask(field, f"{talk.form.name}.{field.name}.again")
    elif field is talk.field:
        talk.answer(field, Read(choice.value), label_of(choice, talk.language))
        talk.leave_behind(field)
    elif answered is not None and answered.value != choice.value:
        talk.answer(field, Read(choice.value), label_of(choice, talk.language))
        say_noted(talk, (field,))
        talk.proceed()


def _submitted(talk: Conversation, submitted: Submitted) -> None:
    frame = talk.state.frame
    if frame is None or submitted.form != frame.form or submitted.token != str(frame.serial):
        talk.whisper("dialog.too_late")
    elif talk.event.actor.key != frame.owner:
        talk.whisper("dialog.not_yours", owner=first_name(frame.owner_name))
    elif take_values(talk, submitted.values):
        talk.proceed()


def _edited(talk: Conversation, message: str, text: str) -> None:
    """An edited message counts as if it had been written so at first."""
    frame = talk.state.frame
    if frame is None or talk.event.actor.key != frame.owner:
        return
    for field in talk.form.fields:
        answer = frame.answers.get(field.name)
        if answer is not None and answer.message == message and answer.text.strip() != text.strip():
            correct(talk, field, text, message)
            return


def _deleted(talk: Conversation, message: str) -> None:
    """An answer taken back is asked again."""
    frame = talk.state.frame
    if frame is None:
        return
    kept = {name: answer for name, answer in frame.answers.items() if answer.message != message}
    if len(kept) < len(frame.answers):
        talk.update(replace(frame, answers=kept))
        talk.tell("dialog.taken_back")
        talk.proceed()


def _silent(talk: Conversation, fence: str) -> None:
    """After a while of silence remind once; after a day let go of the draft."""
    frame = talk.state.frame
    if frame is None or fence != str(talk.state.asked):
        return
    if talk.form.at_once and all(field.skippable for field in talk.form.missing(frame, talk.context)):
        hurry(talk)
        return
    if talk.form.aside:
        talk.go_on()
        return
    if frame.reminded:
        talk.state = replace(talk.state, frame=None)
        return
    talk.update(replace(frame, reminded=True))
    talk.tell("dialog.reminder", name=first_name(frame.owner_name))
    talk.say(controls=(talk.button(Word.RESUME), talk.button(Word.PERSON), talk.button(Word.CANCEL)))
