"""A reply that was decided waits a moment before it leaves, so that it can be taken back.

Until then nothing of it has happened: the history, the status and the service levels tell of it when it goes. It waits
in the store, so a process that is ended sends it when it is back. At most one waits for a case: whatever else is done
to the case sends it first, so the customer reads everything in the order it was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.desk import cases, statuses
from bot.desk.ahead import Planned, planned_at
from bot.desk.cases import lock_case
from bot.desk.handlers import Request
from bot.desk.levels.wording import hours_text
from bot.desk.places import Typed, destination, is_internal, number_of, plainly
from bot.turn import Turn
from dialogs.events import File, Person, Said, TimerFired
from dialogs.messages import Attachments, Block, Button, Code, Message, Paragraph, Plain, Quote, SmallPrint
from dialogs.phrases import Voice
from dialogs.reading.language import read_language
from storage.tables import Case, HeldReply

TIMER = "case.reply"
"""The kind of the timer that sends a reply; its subject is the case's number."""

REPLY = "reply"
"""What follows a case's name on the button that takes its reply back."""


async def hold(request: Request, text: str, files: tuple[File, ...], *, waits: bool) -> Message:
    """Keep a reply for a moment; return where it goes, to whom, what it says, and how to take it back."""
    turn, case, typed = request.turn, request.about, await typed_in(request)
    for file in files:
        await turn.unit.files.add(file, turn.now)
    row = HeldReply(
        case_number=number_of(case),
        actor_key=(await turn.unit.people.get_or_add(turn.event.actor, turn.now)).key,
        text=text,
        files=[file.id for file in files],
        waits=waits,
        channel_key=typed.channel_key if typed else None,
        message=typed.message if typed else None,
        decided_at=turn.now,
    )
    await turn.unit.held_replies.add(row)
    after = turn.settings.times.undo
    subject = str(case.number)
    turn.set_timer(TIMER, subject, fence=turn.event.key, after=after, place=turn.event.place)
    return await _shown(request, text, files, waits=waits)


async def typed_in(request: Request) -> Typed | None:
    """Return where a reply was typed at the desk, and remember its thread, so that it is found when it is changed."""
    turn, place, what = request.turn, request.turn.event.place, request.turn.event.what
    if not isinstance(what, Said) or request.here not in {None, request.about.number}:
        return None
    if not await is_internal(turn, place):
        return None
    if request.here is None:
        thread = replace(place, thread=place.thread or what.message)
        (await turn.unit.conversations.lock(thread, turn.now)).case_number = request.about.number
    return Typed.here(place, what.message)


async def _shown(request: Request, text: str, files: tuple[File, ...], *, waits: bool) -> Message:
    turn, case, speak = request.turn, request.about, request.speak
    where = await destination(turn, case, speak)
    time = _time_text(turn.settings.times.undo, speak)
    key = "replies.held.wait" if waits else "replies.held"
    blocks: list[Block] = [Paragraph(speak.spans(key, where=where, time=time))]
    if text:
        blocks.append(Quote((Plain(text),)))
    if files:
        blocks.append(Attachments(files))
    if read_language(text).value not in {case.language, "unknown"}:
        blocks.append(
            Paragraph(speak.spans("replies.other_language", language=speak(f"desk.language.{case.language}")))
        )
    typed = Code(speak("replies.undo.typed", case=request.name))
    blocks.append(SmallPrint(speak.spans("replies.undo.how", typed=typed)))
    undo = Button(name="case.undo", label=speak("replies.undo"), value=f"{request.name} {REPLY}")
    return Message(blocks=tuple(blocks), controls=(undo,), language=speak.language)


def _time_text(time: timedelta, speak: Voice) -> str:
    return hours_text(time, speak) if time >= timedelta(minutes=1) else speak("replies.seconds", n=time.seconds)


async def take_back(request: Request) -> Message | None:
    """Do not send the reply that waits for a case; nothing where none does, and something else may be meant."""
    turn, speak = request.turn, request.speak
    row = await turn.unit.held_replies.get(number_of(request.about))
    if row is None:
        return plainly(speak, "replies.gone") if request.text == REPLY else None
    await drop(turn, row)
    again = Code(speak("desk.example.reply.again", case=request.name))
    blocks: list[Block] = [Paragraph(speak.spans("replies.undone"))]
    if row.text:
        blocks.append(Quote((Plain(row.text),)))
    blocks.append(SmallPrint(speak.spans("replies.undone.how", again=again)))
    return Message(blocks=tuple(blocks), language=speak.language)


async def send_now(turn: Turn, case: Case) -> None:
    """Send the reply that waits for a case, if one does, as the agent who decided it."""
    row = await turn.unit.held_replies.get(number_of(case))
    if row is None:
        return
    await drop(turn, row)
    person = await turn.unit.people.get(row.actor_key)
    if person is None:
        return
    actor = Person(platform=person.platform, tenant=person.tenant, id=person.id, name=person.name)
    theirs = turn.acting_as(actor)
    found = [await turn.unit.files.get(name) for name in row.files]
    files = tuple(file for file in found if file is not None)
    typed = Typed(row.channel_key, row.message) if row.channel_key and row.message else None
    if row.waits:
        await statuses.wait_for_customer(theirs, case, row.text, files, typed)
    else:
        await cases.reply(theirs, case, row.text, files, typed=typed)


async def due(turn: Turn, what: TimerFired) -> None:
    """Send a reply whose moment has come."""
    case = await lock_case(turn, int(what.subject))
    if case is not None:
        await send_now(turn, case)


async def held_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell when the reply that waits goes to the customer."""
    timer = await planned_at(turn, TIMER, str(case.number))
    return (Planned(timer[0], speak.spans("ahead.reply")),) if timer else ()


async def drop(turn: Turn, row: HeldReply) -> None:
    """Let go of a reply that waits."""
    await turn.unit.held_replies.remove(row)
    turn.cancel_timer(TIMER, str(row.case_number))
