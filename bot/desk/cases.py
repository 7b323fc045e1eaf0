"""What is done to a case: each function writes the history, tells who must know, and brings the card up to date."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.desk.card import put_card
from bot.desk.levels.clocks import DONE
from bot.desk.levels.current import levels_of
from bot.desk.levels.wording import promised
from bot.desk.places import CaseThreads, Typed, number_of
from bot.desk.third_parties.parties import awaited, parties_of
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, Severity
from dialogs.events import File
from dialogs.messages import Attachments, Block, Code, Mention, Paragraph, Plain, Quote
from storage.tables import Case
from storage.timer_queue import CLOCK

FOLLOW_UP = "case.follow_up"
"""The kind of the timer that comes back to a case; its subject is the case's number."""


RESOLVED = "resolved"
"""The reason of a status that an agent gave a case by resolving it."""
UNDONE = "undone"
"""… by finding that it was reopened in error."""


class FollowUp(StrEnum):
    """What the timer of a case is for: the fence it is set with."""

    REMIND = "remind"
    GIVE_UP = "give_up"
    CLOSE = "close"


def record(turn: Turn, case: Case, kind: EventKind, *, by: str = "", **data: Any) -> None:
    """Append to the history of a case what who acts has just done, or what somebody else (`by`) did."""
    event = turn.event
    turn.unit.cases.record(
        case,
        kind,
        actor=by or event.actor.key,
        at=turn.now,
        platform=CLOCK.platform if by == CLOCK.key else event.actor.platform,
        data=data,
        event_key=event.key,
    )
    case.updated_at = turn.now
    turn.touched[number_of(case)] = case
    turn.shown.discard(number_of(case))


def move(turn: Turn, case: Case, status: CaseStatus, reason: str) -> None:
    """Give a case another status, write down why, and set when to come back to it."""
    if status is case.status:
        return
    record(turn, case, EventKind.STATUS_CHANGED, **{"from": case.status, "to": status, "reason": reason})
    case.status = status
    turn.moved[number_of(case)] = reason
    come_back(turn, case)


def patience(turn: Turn) -> timedelta:
    """Return how long a reminded customer is still waited for."""
    times = turn.settings.times
    return max(times.answer_awaited - times.answer_reminder, timedelta())


def come_back(turn: Turn, case: Case, step: FollowUp | None = None) -> None:
    """Set the one timer of a case by its status and, where somebody is waited for, the step that comes next."""
    times, subject = turn.settings.times, str(case.number)
    match case.status:
        case CaseStatus.WAITING_CUSTOMER if not case.nudges:
            turn.cancel_timer(FOLLOW_UP, subject)
            return
        case CaseStatus.WAITING_CUSTOMER if step is FollowUp.GIVE_UP:
            after = patience(turn)
        case CaseStatus.WAITING_CUSTOMER:
            step, after = FollowUp.REMIND, times.answer_reminder
        case CaseStatus.RESOLVED:
            step, after = FollowUp.CLOSE, times.resolved_kept
        case _:
            turn.cancel_timer(FOLLOW_UP, subject)
            return
    turn.set_timer(FOLLOW_UP, subject, fence=step, after=after, place=turn.event.place)


async def keep_files(turn: Turn, case: Case, files: tuple[File, ...], *, internal: bool = False) -> None:
    """Keep files with a case. Internal ones were seen by the desk only."""
    for file in files:
        await turn.unit.files.add(file, turn.now)
        await turn.unit.cases.attach(number_of(case), file.id)
        record(turn, case, EventKind.FILE_ADDED, file=file.id, name=file.name, internal=internal)


def said_blocks(text: str, files: tuple[File, ...] = ()) -> tuple[Block, ...]:
    """Return what somebody said elsewhere, as a quotation, and their files."""
    return _with_files(Quote((Plain(text),)) if text else None, files)


def _own_blocks(text: str, files: tuple[File, ...]) -> tuple[Block, ...]:
    """Return what the desk says to the customer, and the files it sends."""
    return _with_files(Paragraph((Plain(text),)) if text else None, files)


def _with_files(words: Block | None, files: tuple[File, ...]) -> tuple[Block, ...]:
    return (*((words,) if words else ()), *((Attachments(files),) if files else ()))


async def actor_name(turn: Turn) -> str:
    """Return what who acts is called."""
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    return person.name or person.id


async def lock_case(turn: Turn, number: int) -> Case | None:
    """Return a case for changing it.

    Its conversation is locked first: so what two people decide to say there keeps one order.
    """
    unit = turn.unit
    if unit.cases.locked(number) is None and await unit.conversations.lock_of_case(number, turn.now) is None:
        return None
    return await unit.cases.lock(number)


def own(turn: Turn, case: Case) -> None:
    """Give a case to who acts, without a word to anybody."""
    record(turn, case, EventKind.TAKEN, before=case.assignee_key)
    case.assignee_key = turn.event.actor.key
    if case.status is CaseStatus.NEW:
        move(turn, case, CaseStatus.WORKING, "taken")


async def take(turn: Turn, case: Case) -> bool:
    """Give a case to who acts; who had it is told. False: they had it already."""
    before = case.assignee_key
    if before == turn.event.actor.key:
        return False
    threads = await CaseThreads.of(turn, case)
    own(turn, case)
    name = await actor_name(turn)
    introduce(threads, case, name, another=before is not None)
    if before and (person := await turn.unit.people.get(before)):
        who = Mention(person.key, person.name)
        threads.tell_desk(Paragraph(threads.to_desk.spans("desk.taken_over", who=who, name=name)))
    await put_card(turn, case, threads)
    return True


def introduce(threads: CaseThreads, case: Case, name: str, *, another: bool) -> None:
    """Tell the customer who works on their open case now; `another` goes on where somebody else began."""
    if case.status in DONE:
        return
    key = "desk.taken.another" if another else "desk.taken"
    threads.tell_customer(Paragraph(threads.to_customer.spans(key, name=name, case=Code(threads.name))))


async def reply(
    turn: Turn, case: Case, text: str, files: tuple[File, ...] = (), *after: Block, typed: Typed | None = None
) -> None:
    """Send an agent's words and files to the customer, and what the assistant adds after them.

    `typed` is where the words were written, if they may still be changed there.
    """
    threads = await CaseThreads.of(turn, case)
    blocks = reply_blocks(turn, threads, await actor_name(turn), text, files)
    threads.tell_customer(*blocks, *after, ref=typed.ref if typed else None)
    message, ref = (typed.message, typed.desk_ref) if typed else (None, None)
    await keep_reply(turn, case, threads, text, files, message=message, ref=ref)


def reply_blocks(turn: Turn, threads: CaseThreads, name: str, text: str, files: tuple[File, ...]) -> tuple[Block, ...]:
    """Return an agent's words and files as the customer reads them."""
    heading = threads.to_customer.spans("desk.reply.from", name=name, desk=turn.settings.organisation.name)
    return (Paragraph(heading), *_own_blocks(text, files))


async def keep_reply(
    turn: Turn,
    case: Case,
    threads: CaseThreads,
    text: str,
    files: tuple[File, ...],
    *,
    message: str | None = None,
    ref: str | None = None,
) -> None:
    """Write down an answer that reaches the customer, and show it under the card.

    Who answers a case that nobody has, takes it. `message` is the id of what the agent wrote, where it may still be
    changed, and `ref` names its copy under the card.
    """
    if case.assignee_key is None:
        own(turn, case)
    record(turn, case, EventKind.REPLIED, text=text, files=[file.id for file in files], message=message)
    if case.status in {CaseStatus.NEW, CaseStatus.CLOSE_THE_LOOP}:
        others = awaited(await parties_of(turn, case))
        move(turn, case, CaseStatus.WAITING_THIRD_PARTY if others else CaseStatus.WORKING, "replied")
    await keep_files(turn, case, files)
    replied = threads.to_desk.spans("desk.replied", name=await actor_name(turn))
    threads.tell_desk(Paragraph(replied), *said_blocks(text, files), ref=ref)
    await put_card(turn, case, threads)


async def note(turn: Turn, case: Case, text: str, files: tuple[File, ...] = (), *, message: str | None = None) -> None:
    """Write down an internal note. The customer never sees it.

    `message` is its id where it was written under the card; any other note is shown there.
    """
    threads = await CaseThreads.of(turn, case)
    record(turn, case, EventKind.NOTED, text=text, files=[file.id for file in files], message=message)
    await keep_files(turn, case, files, internal=True)
    if message is None:
        noted = threads.to_desk.spans("desk.noted", name=await actor_name(turn))
        threads.tell_desk(Paragraph(noted), *said_blocks(text, files))
    if files:
        await put_card(turn, case, threads)


async def set_severity(turn: Turn, case: Case, severity: Severity, reason: str) -> None:
    """Confirm or change the severity of a case.

    The customer hears the severity and what is promised under it, unless all is over, and no reason.
    """
    threads = await CaseThreads.of(turn, case)
    before = case.severity_confirmed
    record(
        turn,
        case,
        EventKind.SEVERITY_CONFIRMED,
        severity=severity,
        before=before,
        proposed=case.severity_proposed,
        reason=reason,
    )
    case.severity_confirmed = severity
    if severity is not before and case.status not in DONE:
        speak = threads.to_customer
        told = speak.spans("desk.severity.told", case=Code(threads.name), severity=speak(f"desk.severity.{severity}"))
        times = promised(turn, case, await levels_of(turn, case), speak)
        threads.tell_customer(Paragraph(told), *map(Paragraph, times))
    if reason:
        changed = threads.to_desk.spans("desk.severity.reason", name=await actor_name(turn), severity=severity)
        threads.tell_desk(Paragraph(changed), *said_blocks(reason))
    await put_card(turn, case, threads)


async def resolve(turn: Turn, case: Case, text: str, files: tuple[File, ...] = ()) -> bool:
    """Resolve a case and tell the customer what was done. False: it was resolved already.

    Who resolves a case that nobody has, has it from then on.
    """
    if case.status in DONE:
        return False
    threads = await CaseThreads.of(turn, case)
    if case.assignee_key is None:
        own(turn, case)
    record(turn, case, EventKind.RESOLVED, text=text, files=[file.id for file in files])
    await keep_files(turn, case, files)
    move(turn, case, CaseStatus.RESOLVED, RESOLVED)
    name = await actor_name(turn)
    speak = threads.to_customer
    threads.tell_customer(
        Paragraph(speak.spans("desk.resolved", name=name, case=Code(threads.name))),
        *_own_blocks(text, files),
        Paragraph(speak.spans("desk.resolved.next")),
    )
    threads.tell_desk(Paragraph(threads.to_desk.spans("desk.resolved.by", name=name)), *said_blocks(text, files))
    await put_card(turn, case, threads)
    return True
