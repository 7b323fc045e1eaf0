"""Whose turn it is: how a case waits for its customer, and what happens when nobody answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import cases
from bot.desk.ahead import Planned, planned_at
from bot.desk.card import put_card
from bot.desk.cases import FollowUp, actor_name, come_back, record, said_blocks
from bot.desk.escalation.triggers import escalate
from bot.desk.levels.clocks import DONE
from bot.desk.places import CaseThreads, Typed
from bot.turn import Turn
from dialogs.cases import CaseStatus, EscalationCause, EventKind
from dialogs.events import File, TimerFired
from dialogs.messages import Block, Code, Mention, Paragraph, SmallPrint, When
from dialogs.phrases import Voice
from dialogs.wording import when
from storage.tables import Case

TOLD = {
    CaseStatus.WAITING_CUSTOMER: "desk.told.waiting_customer",
    CaseStatus.WAITING_THIRD_PARTY: "desk.told.waiting_third_party",
    CaseStatus.CLOSED: "desk.told.closed",
}
"""What the customer hears when an agent gives the case this status; of others they hear nothing."""


async def wait_for_customer(
    turn: Turn, case: Case, text: str, files: tuple[File, ...], typed: Typed | None = None
) -> bool:
    """Ask the customer something and wait for the answer. False: nothing was asked, and it waited already."""
    if not text and not files:
        return await give_status(turn, case, CaseStatus.WAITING_CUSTOMER, "")
    threads = await CaseThreads.of(turn, case)
    asked = SmallPrint(threads.to_customer.spans("desk.told.waiting_customer", case=Code(threads.name)))
    await cases.reply(turn, case, text, files, asked, typed=typed)
    cases.move(turn, case, CaseStatus.WAITING_CUSTOMER, "asked")
    come_back(turn, case)
    await put_card(turn, case, threads)
    return True


async def give_status(turn: Turn, case: Case, status: CaseStatus, reason: str) -> bool:
    """Give a case another status by command. False: it had it already. The customer hears what concerns them."""
    if case.status is status:
        return False
    threads = await CaseThreads.of(turn, case)
    reopened = case.status in DONE and status not in DONE
    if reopened:
        record(turn, case, EventKind.REOPENED, text=reason)
    elif status is CaseStatus.CLOSED:
        record(turn, case, EventKind.CLOSED, text=reason)
    cases.move(turn, case, status, reason or "command")
    key = TOLD.get(status, "desk.told.reopened" if reopened else "")
    if key:
        threads.tell_customer(Paragraph(threads.to_customer.spans(key, case=Code(threads.name))))
    moved = threads.to_desk.spans("desk.moved", name=await actor_name(turn), status=_name(status, threads.to_desk))
    threads.tell_desk(Paragraph(moved), *said_blocks(reason))
    await put_card(turn, case, threads)
    if reopened:
        await escalate(turn, case, EscalationCause.REOPENED)
    return True


def _name(status: CaseStatus, speak: Voice) -> str:
    return speak(f"desk.status.{status}")


async def customer_answered(turn: Turn, case: Case, threads: CaseThreads) -> tuple[Block, ...]:
    """Give a case that waited for its customer back to the desk; return what says so under the card."""
    if case.status is not CaseStatus.WAITING_CUSTOMER:
        return ()
    cases.move(turn, case, CaseStatus.WORKING, "customer_wrote")
    status = _name(CaseStatus.WORKING, threads.to_desk)
    return (SmallPrint(threads.to_desk.spans("desk.back", status=status)),)


async def set_nudges(turn: Turn, case: Case, *, wanted: bool) -> bool:
    """Let a customer who is waited for be reminded, or not. False: it was so already."""
    if case.nudges is wanted:
        return False
    record(turn, case, EventKind.NUDGES_SET, wanted=wanted)
    case.nudges = wanted
    if case.status is CaseStatus.WAITING_CUSTOMER:
        come_back(turn, case)
    return True


async def follow_up(turn: Turn, what: TimerFired) -> None:
    """Come back to a case: remind its customer, give up waiting for them, or close what was resolved long ago."""
    case = await cases.lock_case(turn, int(what.subject))
    if case is None:
        return
    threads = await CaseThreads.of(turn, case)
    waits = case.status is CaseStatus.WAITING_CUSTOMER and case.nudges
    match what.fence:
        case FollowUp.REMIND if waits:
            await _remind(turn, case, threads)
        case FollowUp.GIVE_UP if waits:
            record(turn, case, EventKind.RESOLVED)
            cases.move(turn, case, CaseStatus.RESOLVED, "no_answer")
            _tell_both(threads, "given_up")
        case FollowUp.CLOSE if case.status is CaseStatus.RESOLVED:
            record(turn, case, EventKind.CLOSED)
            cases.move(turn, case, CaseStatus.CLOSED, "resolved_long_ago")
            _tell_both(threads, "closed")
        case _:
            return
    await put_card(turn, case, threads)


async def follow_up_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell when the customer is reminded, when they are waited for no longer, and when a resolved case is closed."""
    timer = await planned_at(turn, cases.FOLLOW_UP, str(case.number))
    if timer is None:
        return ()
    at, step = timer
    planned = (Planned(at, speak.spans(f"ahead.follow_up.{step}")),)
    if step != FollowUp.REMIND:
        return planned
    return (*planned, Planned(at + cases.patience(turn), speak.spans(f"ahead.follow_up.{FollowUp.GIVE_UP}")))


async def _remind(turn: Turn, case: Case, threads: CaseThreads) -> None:
    record(turn, case, EventKind.REMINDED)
    come_back(turn, case, FollowUp.GIVE_UP)
    requester = await turn.unit.people.get(case.requester_key)
    who = Mention(case.requester_key, requester.name if requester else "")
    speak, to_desk = threads.to_customer, threads.to_desk
    told = speak.spans(
        "desk.told.reminder", who=who, case=Code(threads.name), until=_until(turn, case.zone_name, speak)
    )
    threads.tell_customer(Paragraph(told))
    stop = Code(to_desk("desk.reminder.stop", case=threads.name))
    reminded = to_desk.spans("desk.reminder", until=_until(turn, turn.home.zone, to_desk), stop=stop)
    threads.tell_desk(Paragraph(reminded))


def _until(turn: Turn, zone: str, speak: Voice) -> When:
    return when(turn.now + cases.patience(turn), zone, speak.language, now=None, home=turn.home)


def _tell_both(threads: CaseThreads, what: str) -> None:
    threads.tell_customer(Paragraph(threads.to_customer.spans(f"desk.told.{what}", case=Code(threads.name))))
    threads.tell_desk(Paragraph(threads.to_desk.spans(f"desk.quietly.{what}")))
