"""How somebody prefers to be reached: asked once with their case, and again when that was long ago."""

from __future__ import annotations

from bot.desk.cases import lock_case
from bot.desk.numbers import read_number
from bot.desk.places import CaseThreads, answer_here, plainly, reader_voice
from bot.desk.roles import record_refusal
from bot.turn import Turn
from dialogs.cases import Contact
from dialogs.events import Language, Pressed
from dialogs.messages import Block, Button, Code, Message, SmallPrint, Whisper
from dialogs.phrases import voice
from dialogs.reading.text import fold
from storage.tables import Case, PersonRow

CONTACT = "contact"
"""How the names of the buttons begin."""

_LABELS = {Contact.CALL: "profile.contact.call", Contact.CHAT: "profile.contact.chat"}


def question(
    turn: Turn, case: Case, person: PersonRow, threads: CaseThreads
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Return what asks the requester how to reach them best; nothing where it is known, or there is no choice."""
    if not _wanted(turn, case, person):
        return (), ()
    speak = threads.to_customer
    asked = speak.spans("filing.contact", typed=Code(speak("desk.profile.word")))
    buttons = (Button(name=f"{CONTACT}.{one}", label=speak(_LABELS[one]), value=threads.name) for one in Contact)
    return (SmallPrint(asked),), tuple(buttons)


def _wanted(turn: Turn, case: Case, person: PersonRow) -> bool:
    told = person.confirmed_at if person.contact else None
    fresh = told is not None and turn.now - told <= turn.settings.times.phone_fresh
    return bool(case.phone) and not fresh


async def pressed(turn: Turn, what: Pressed) -> None:
    """Keep what the requester of a case answers; of others it is not asked."""
    speak = await reader_voice(turn)
    named = read_number(what.value, turn.settings.cases.prefix)
    case = await lock_case(turn, named[0]) if named else None
    chosen = next((one for one in Contact if what.name == f"{CONTACT}.{one}"), None)
    if case is None or chosen is None or case.requester_key != turn.event.actor.key:
        record_refusal(turn, what.name, what.value)
        turn.reply = Whisper(plainly(speak, "filing.contact.not_yours"))
        return
    turn.reply = Whisper(await _keep(turn, chosen))


async def typed(turn: Turn, case: Case, text: str) -> bool:
    """Take what a button says, typed in the thread of a case whose requester is asked; False where it is not that."""
    said = fold(text).strip(" .!")
    labels = {fold(voice(language)(_LABELS[one])): one for one in Contact for language in Language}
    if said not in labels or case.requester_key != turn.event.actor.key:
        return False
    if not _wanted(turn, case, await turn.unit.people.get_or_add(turn.event.actor, turn.now)):
        return False
    answer_here(turn, await _keep(turn, labels[said]))
    return True


async def _keep(turn: Turn, chosen: Contact) -> Message:
    speak = await reader_voice(turn)
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    person.contact, person.confirmed_at = chosen, turn.now
    return plainly(speak, "filing.contact.kept", typed=Code(speak("desk.profile.word")))
