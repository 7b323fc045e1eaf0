"""What people change or take back of what they wrote: the history keeps each version, the other side reads the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.desk import cases
from bot.desk.card import put_card
from bot.desk.cases import actor_name, record, said_blocks
from bot.desk.closing.weighing import weigh_again
from bot.desk.commanding import find, read_words
from bot.desk.handlers import Request
from bot.desk.numbers import read_number
from bot.desk.places import CARD, Aside, CaseThreads, Typed, case_name, is_internal, number_of, reader_voice
from bot.desk.replies import held
from bot.desk.replies.answering import read_wait
from bot.desk.replies.canned import expand
from bot.desk.roles import is_agent, record_refusal
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.events import Deleted, Edited, File
from dialogs.messages import Paragraph, SmallPrint
from storage.tables import Case, CaseEvent, HeldReply

_VERSIONS = frozenset(
    {EventKind.CUSTOMER_WROTE, EventKind.REPLIED, EventKind.NOTED, EventKind.EDITED, EventKind.DELETED}
)
_REPLIES = frozenset({"reply", "wait"})


async def edited(turn: Turn, what: Edited, case: Case | None = None) -> None:
    """Mirror a changed message of a case as a revision: the history keeps both texts."""
    await _revise(turn, case, what.message, what.text)


async def deleted(turn: Turn, what: Deleted, case: Case | None = None) -> None:
    """Mirror a message taken back: the history and the desk keep what it said."""
    await _revise(turn, case, what.message, None)


async def _revise(turn: Turn, case: Case | None, message: str, text: str | None) -> None:
    case = await _case_here(turn, case, message)
    if case is None:
        return
    versions = [event for event in await turn.unit.cases.history(number_of(case)) if _is_about(event, message)]
    waiting = await _waiting(turn, case, message)
    replied = bool(versions) and versions[0].kind is EventKind.REPLIED
    if not await is_internal(turn, turn.event.place):
        await _revise_words(turn, case, versions, message, text)
    elif (waiting or replied) and not await is_agent(turn):
        record_refusal(turn, "edit", case_name(turn, case.number))  # whoever wrote it is no agent any more
    elif waiting:
        await _revise_held(turn, case, waiting, text)
    elif replied:
        await _revise_reply(turn, case, versions, message, text)
    else:
        _write(turn, case, versions, message, text)


def _write(turn: Turn, case: Case, versions: Sequence[CaseEvent], message: str, text: str | None) -> bool:
    """Write a version down, unless it says what the last one did."""
    before = _text_of(versions)
    if text is not None and text == before:
        return False
    kind = EventKind.DELETED if text is None else EventKind.EDITED
    record(turn, case, kind, message=message, text=text or "", before=before)
    return True


async def _revise_words(turn: Turn, case: Case, versions: Sequence[CaseEvent], message: str, text: str | None) -> None:
    """Bring what changed in the customer's thread under the card."""
    before = _text_of(versions)
    if not _write(turn, case, versions, message, text):
        return
    threads = await CaseThreads.of(turn, case)
    heading = threads.to_desk.spans("desk.deleted" if text is None else "desk.edited", name=await actor_name(turn))
    files = () if text is None else await _files_of(turn, versions)
    blocks = (Paragraph(heading), *said_blocks(text or "", files))
    aside = await weigh_again(turn, case, threads, text, message) if text else Aside()
    ref = Typed.here(turn.event.place, message).ref
    if before is None:
        threads.tell_desk(*blocks, ref=ref)
    else:
        said_before = SmallPrint(threads.to_desk.spans("desk.before", text=before))
        threads.retell_desk(ref, *blocks, said_before, *aside.blocks, controls=aside.controls)
    if aside.moved:
        await put_card(turn, case, threads)


async def _waiting(turn: Turn, case: Case, message: str) -> HeldReply | None:
    """Return the reply that was typed in a message and has not left yet."""
    row = await turn.unit.held_replies.get(number_of(case))
    return row if row and row.message == message else None


async def _revise_held(turn: Turn, case: Case, row: HeldReply, text: str | None) -> None:
    """Change a reply that has not left yet, or take it back; words that are no reply any more change nothing."""
    if text is None:
        await held.drop(turn, row)
    elif words := await _words_of(turn, case, text):
        row.text = words


async def _revise_reply(turn: Turn, case: Case, versions: Sequence[CaseEvent], message: str, text: str | None) -> None:
    """Bring what an agent changed of a reply typed at the desk to the customer, and under the card."""
    words, before = (None if text is None else await _words_of(turn, case, text)), _text_of(versions)
    if (text is not None and not words) or not _write(turn, case, versions, message, words):
        return
    threads, name = await CaseThreads.of(turn, case), await actor_name(turn)
    typed = Typed.here(turn.event.place, message)
    files = await _files_of(turn, versions)
    if words is None:
        threads.retell_customer(typed.ref, Paragraph(threads.to_customer.spans("desk.reply.deleted", name=name)))
    else:
        corrected = SmallPrint(threads.to_customer.spans("desk.reply.corrected"))
        threads.retell_customer(typed.ref, *cases.reply_blocks(turn, threads, name, words, files), corrected)
    key = "desk.reply.deleted.by" if words is None else "desk.reply.corrected.by"
    said_before = SmallPrint(threads.to_desk.spans("desk.before", text=before or ""))
    blocks = (Paragraph(threads.to_desk.spans(key, name=name)), *said_blocks(words or "", files if words else ()))
    threads.retell_desk(typed.desk_ref, *blocks, said_before)


async def _words_of(turn: Turn, case: Case, text: str) -> str | None:
    """Return the words that a typed reply sends; nothing where it is none."""
    found = find(read_words(text, addressed=True, loose=True) or "")
    if found is None or found[0].name not in _REPLIES:
        return None
    named = read_number(found[1], turn.settings.cases.prefix)
    words, _ = read_wait(named[1] if named else found[1])
    sent = await expand(Request(turn=turn, speak=await reader_voice(turn), text=words, case=case))
    return sent if isinstance(sent, str) and sent else None


async def case_of_card(turn: Turn, message: str | None) -> int | None:
    """Return the number of the case whose card is that message of this channel, if it is one."""
    if message is None:
        return None
    place = turn.event.place
    ref = await turn.unit.postings.ref_of(place.platform, place.channel, message)
    kind, _, name = (ref or "").partition(":")
    named = read_number(name, turn.settings.cases.prefix) if kind == CARD else None
    return named[0] if named else None


async def _case_here(turn: Turn, case: Case | None, message: str) -> Case | None:
    """Return the case, locked for changing, whose thread a message of this channel stands in."""
    place = turn.event.place
    number = case.number if case else await case_of_card(turn, place.thread)
    if number is None:
        filed = await filed_from(turn, message)
        number = filed.number if filed else None
    if number is None:
        about = await turn.unit.conversations.get(replace(place, thread=place.thread or message).key)
        number = about.case_number if about else None
    return None if number is None else await cases.lock_case(turn, number)


async def filed_from(turn: Turn, message: str) -> Case | None:
    """Return the case that was filed from a message of this channel, or from its thread."""
    place = turn.event.place
    if place.thread is None and not place.direct:
        place = replace(place, thread=message)
    return await turn.unit.cases.by_conversation(place.key)


def _text_of(versions: Sequence[CaseEvent]) -> str | None:
    """Return what a message said last, if the history of the case has it."""
    return str(versions[-1].data.get("text", "")) if versions else None


async def _files_of(turn: Turn, versions: Sequence[CaseEvent]) -> tuple[File, ...]:
    """Return the files that came with a message."""
    found = [await turn.unit.files.get(name) for name in (versions[0].data.get("files") or () if versions else ())]
    return tuple(file for file in found if file is not None)


def _is_about(event: CaseEvent, message: str) -> bool:
    return event.kind in _VERSIONS and bool(event.data.get("message") == message)
