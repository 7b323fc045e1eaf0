"""Who wants their case to go higher: asked why, once, and handed to the desk."""

from __future__ import annotations

from dialogs.engine.conversation import ESCALATION, INTAKE, Conversation
from dialogs.engine.form import Read
from dialogs.engine.outcome import Topic
from dialogs.engine.words import Steering, Word


def escalate(talk: Conversation, steering: Steering) -> None:
    """Ask why a case should go higher, or let the desk say what stands in the way.

    Who asks for a supervisor and has no case yet gets a person.
    """
    if talk.state.frame is not None and talk.form.name == ESCALATION:
        hurry(talk)
    elif talk.context.escalable:
        talk.open_form(ESCALATION)
        reason = talk.form.field("reason")
        if steering.value and reason is not None:
            talk.answer(reason, Read(steering.value), steering.value)
        talk.proceed()
    elif talk.context.escalable is None and steering.word is Word.SUPERVISOR:
        hand_over(talk)
    else:
        talk.consult(Topic.ESCALATION, steering.about)
        if talk.state.frame is not None:
            talk.ask_again()


def hurry(talk: Conversation) -> None:
    """Send the open form as it is, where what is missing may be left out; else ask on."""
    for field in talk.form.missing(talk.frame, talk.context):
        if field.skippable:
            talk.leave_out(field)
    talk.proceed()


def hand_over(talk: Conversation) -> None:
    """Give the conversation to a person of the desk, with what was told so far."""
    if talk.state.frame is not None and talk.form.aside:
        talk.leave_aside()
    if talk.state.frame is None:
        talk.open_form(INTAKE)
    talk.complete(handed_over=True)
