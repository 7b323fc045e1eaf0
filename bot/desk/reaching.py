"""How somebody prefers to be reached: asked once with their case, and again when that was long ago."""

from __future__ import annotations

from bot.desk.cases import lock_case
from bot.desk.numbers import read_number
from bot.desk.places import CaseThreads, plainly, reader_voice
from bot.desk.roles import record_refusal
from bot.turn import Turn
from dialogs.cases import Contact
from dialogs.events import Pressed
from dialogs.messages import Block, Button, Code, SmallPrint, Whisper
from storage.tables import Case, PersonRow

CONTACT = "contact"
"""How the names of the buttons begin."""


def question(
    turn: Turn, case: Case, person: PersonRow, threads: CaseThreads
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Return what asks the requester how to reach them best; nothing where it is known, or there is no choice."""
    told = person.contact is not None and person.confirmed_at is not None
    fresh = told and turn.now - (person.confirmed_at or turn.now) <= turn.settings.times.phone_fresh
    if fresh or not case.phone:
        return (), ()
    speak = threads.to_customer
    asked = speak.spans("filing.contact", typed=Code(speak("filing.contact.typed")))
    buttons = (
        Button(name=f"{CONTACT}.{one}", label=speak(f"profile.contact.{one}"), value=threads.name) for one in Contact
    )
    return (SmallPrint(asked),), tuple(buttons)


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
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    person.contact, person.confirmed_at = chosen, turn.now
    turn.reply = Whisper(plainly(speak, "filing.contact.kept", typed=Code(speak("filing.contact.typed"))))
