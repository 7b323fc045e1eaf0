"""What somebody says in a conversation: an answer, a repair, a burst, a remark of a colleague."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cases import Remark
from dialogs.engine import idle
from dialogs.engine.choosing import label_of, pick
from dialogs.engine.conversation import CHANGE, SUMMARY, Conversation, first_name
from dialogs.engine.form import OTHER, TOLD, Field, Read, Refused
from dialogs.engine.outcome import Topic
from dialogs.engine.repairs import correct, names_of_fields, repair, say_noted
from dialogs.engine.words import Steering, Word, read_statement, read_word, says_nothing
from dialogs.events import Said

_PATIENCE = 3
"""Refusals in a row after which a question is left for the analyst, so that nobody is ever stuck on it."""
_SENTENCE = 4
"""Fewer words than this under the summary are a remark, not a part of the story."""
_SIDE_QUESTIONS = {Word.STATUS: Topic.STATUS, Word.MY_CASES: Topic.MY_CASES}
"""What a second person in the thread is answered, too."""

# Words that may also be plain answers: "sí", "una persona". The question's own reader hears them first; a language is
# an answer only where it is asked for.
_LANGUAGES = {Word.SPANISH, Word.ENGLISH}
_AMBIGUOUS = {Word.SEND, Word.PERSON, Word.WRONG, *_LANGUAGES}


def hear(talk: Conversation, said: Said) -> None:
    """Take in a message: of who fills the form, of somebody else, or with no form open."""
    if talk.state.frame is None:
        idle.said(talk, said)
    elif talk.event.actor.key != talk.frame.owner:
        _colleague_said(talk, said)
    else:
        _owner_said(talk, said)


def _colleague_said(talk: Conversation, said: Said) -> None:
    """A second person adds to the case and never answers for the first."""
    frame = talk.state.interrupted if talk.form.aside else talk.frame
    if frame is None:
        idle.said(talk, said)
        return
    steering = read_word(said.text)
    if steering is not None and steering.word in _SIDE_QUESTIONS:
        talk.consult(_SIDE_QUESTIONS[steering.word], steering.about)
        return
    name = talk.event.actor.name
    known = any(note.person == talk.event.actor.key for note in frame.notes)
    note = (Remark(talk.event.actor.key, name, said.text.strip()),) if said.text.strip() else ()
    added = replace(frame, notes=(*frame.notes, *note), files=(*frame.files, *said.files))
    if talk.form.aside:
        talk.state = replace(talk.state, interrupted=added)
    else:
        talk.update(added)
    if talk.context.staff:
        talk.update(replace(talk.frame, attended=True))
    elif not known:
        talk.tell("dialog.colleague", name=talk.name, owner=first_name(frame.owner_name))


def _owner_said(talk: Conversation, said: Said) -> None:
    if talk.frame.reminded:
        talk.tell("dialog.resumed")
        talk.update(replace(talk.frame, reminded=False))
    talk.receive_files(said.files)
    text = said.text.strip()
    if not text:
        if said.files:
            talk.ask_again()
        return
    steering = read_word(text)
    if steering is not None and not _is_answer(talk, steering, text):
        repair(talk, steering)
    elif talk.frame.attended:
        _answer_staff(talk, text)
    elif _written_before_asked(talk) and not talk.form.at_once:
        _join_burst(talk, said)
    else:
        _answer_step(talk, said)


def _answer_staff(talk: Conversation, text: str) -> None:
    """What follows the words of an agent answers the agent; then the form goes on."""
    note = Remark(talk.event.actor.key, talk.event.actor.name, text)
    talk.update(replace(talk.frame, attended=False, notes=(*talk.frame.notes, note)))
    talk.ask_again()


def _is_answer(talk: Conversation, steering: Steering, text: str) -> bool:
    """Tell whether a text answers the open question, whatever else it could mean."""
    field = talk.field
    if field is None or steering.word not in _AMBIGUOUS:
        return False
    if steering.word is Word.WRONG:  # "no" answers a question; only under the summary it says that all is wrong
        return True
    choices = field.choices(talk.frame, talk.context)
    if not choices:
        return False
    if pick(text, choices, talk.language):
        return True
    if steering.word in _LANGUAGES:
        return False
    return len(text.split()) <= 2 and isinstance(field.read(talk.heard(text), talk.frame, talk.context), Read)


def _written_before_asked(talk: Conversation) -> bool:
    """Tell whether the message was on its way before the open question existed: part of a burst."""
    return talk.event.at < talk.frame.asked_at


def _join_burst(talk: Conversation, said: Said) -> None:
    """A message of a burst adds to what was said, and answers nothing it could not have seen."""
    told = talk.listen(said.text, said.message)
    field = talk.field
    if field is not None and field in told:
        talk.proceed()
        return
    if told:
        say_noted(talk, told)
    else:
        _add_to_description(talk, said)
    if talk.frame.asking == SUMMARY:
        talk.summarise()


def _add_to_description(talk: Conversation, said: Said) -> None:
    if talk.form.aside:
        return
    first = talk.form.fields[0]
    known = talk.frame.answers.get(first.name)
    text = f"{known.value}\n{said.text.strip()}" if known else said.text.strip()
    talk.answer(first, Read(text), text, known.message if known else said.message)


def _answer_step(talk: Conversation, said: Said) -> None:
    """Take a message as the answer to whatever is open: a field, the summary, or what to change."""
    field = talk.field
    if field is not None:
        _answer_field(talk, field, said)
    elif talk.frame.asking == CHANGE:
        repair(talk, Steering(Word.CHANGE, _folded(said.text)))
    else:
        _answer_summary(talk, said)


def _folded(text: str) -> str:
    steering = read_word(f"cambiar {text}")
    return steering.about if steering else text


def _answer_field(talk: Conversation, field: Field, said: Said) -> None:
    choices = field.choices(talk.frame, talk.context)
    chosen = pick(said.text, choices, talk.language)
    if chosen is not None and chosen.value == OTHER:
        talk.ask(field, f"{talk.form.name}.{field.name}.again")
        return
    nothing = field.skippable and says_nothing(said.text)
    read: Read | Refused = Refused("")
    if chosen is not None:
        read = Read(chosen.value)
    elif choices or not nothing:
        read = field.read(talk.heard(said.text), talk.frame, talk.context)
    if isinstance(read, Refused):
        if nothing:
            repair(talk, Steering(Word.SKIP))
        else:
            _refused(talk, field, read, said)
        return
    text = label_of(chosen, talk.language) if chosen else said.text.strip()
    talk.answer(field, read, text, said.message)
    if not field.prose or field is talk.form.fields[0]:
        say_noted(talk, talk.listen(said.text, said.message, skip=field.name))
    talk.leave_behind(field)


def _refused(talk: Conversation, field: Field, refused: Refused, said: Said) -> None:
    """Ask in other words, then with everything there is to choose from, then offer a person."""
    told = talk.listen(said.text, said.message, skip=field.name)
    told = told or _corrections(talk, said, skip=field.name)
    if told:
        say_noted(talk, told)
        talk.ask_again()
        return
    refusals = talk.frame.refusals + 1
    talk.update(replace(talk.frame, refusals=refusals, offered=refused.candidates))
    if refusals == 1 or refused.candidates:
        talk.ask(field, refused.why)
    elif refusals > _PATIENCE:
        talk.tell("dialog.left_for_later")
        talk.leave_out(field, said.text.strip())
        talk.leave_behind(field)
    else:
        talk.tell("dialog.choose" if refusals == 2 else "dialog.offer_person")
        talk.ask(field, f"{talk.form.name}.{field.name}.again")


def _corrections(talk: Conversation, said: Said, *, skip: str = "") -> tuple[Field, ...]:
    """Take over what a message tells anew of fields that have an answer already; return them."""
    corrected = []
    for field in talk.form.fields:
        known = talk.frame.answers.get(field.name)
        if known is None or field.prose or field.name == skip:
            continue
        value = field.hear(talk.heard(said.text), talk.frame, talk.context)
        if value is not None and (value == TOLD or value != known.value):
            talk.answer(field, Read(value), said.text if value == TOLD else value, said.message)
            corrected.append(field)
    return tuple(corrected)


def _answer_summary(talk: Conversation, said: Said) -> None:
    """What is written under the summary corrects a field it names a value for, or adds to the description."""
    stated = read_statement(said.text, names_of_fields(talk))
    if stated is not None and (field := talk.form.field(stated.about)) is not None:
        correct(talk, field, stated.value, said.message)
        return
    corrected = _corrections(talk, said)
    if corrected:
        say_noted(talk, corrected)
    elif talk.form.aside:
        talk.tell("dialog.change_unknown")
        talk.ask_what_to_change()
        return
    elif len(said.text.split()) < _SENTENCE:
        talk.tell("dialog.choose")
    else:
        _add_to_description(talk, said)
        talk.tell("dialog.added")
    talk.proceed()
