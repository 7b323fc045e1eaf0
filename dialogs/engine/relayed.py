"""What somebody tells for another: read like a first message of theirs, and nothing is asked."""

from __future__ import annotations

from dataclasses import replace

from dialogs.engine.conversation import Conversation
from dialogs.engine.form import Context, Form, Read
from dialogs.engine.state import DialogState, Frame
from dialogs.engine.turn import language_of
from dialogs.events import Event, Language, Said
from dialogs.reading.language import read_language


def relayed(said: Said, event: Event, context: Context, form: Form) -> tuple[Frame, Language]:
    """Return a form with what the words tell, and the language of whom they are told for: the event's actor.

    The words may be in another language than theirs.
    """
    event = replace(event, what=said)
    theirs = language_of(DialogState(), event, context)
    read = read_language(said.text.strip().partition("\n")[0])
    talk = Conversation(
        DialogState(), event, context, {form.name: form}, theirs if read == "unknown" else Language(read.value)
    )
    talk.open_form(form.name)
    talk.receive_files(said.files)
    talk.listen(said.text, None)
    first = form.fields[0]
    if said.text and first.name not in talk.frame.answers:
        talk.answer(first, Read(said.text), said.text)
    return talk.frame, theirs
