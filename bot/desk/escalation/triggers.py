"""What makes a case climb, go on, or stop: people's wishes, the clock, what becomes of the case, lost messages."""

from __future__ import annotations

import re

from bot.desk import cases
from bot.desk.escalation import climbing
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.need import MOVING, why_over
from bot.desk.escalation.people import may_answer
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import CaseStatus, EscalationCause, EscalationState, EventKind
from dialogs.events import TimerFired
from dialogs.messages import Mail
from storage.outbox import Lost
from storage.tables import Case
from storage.timer_queue import CLOCK

ASKED = frozenset({EscalationCause.CUSTOMER, EscalationCause.AGENT})
"""The causes that are somebody's wish."""


async def escalate(
    turn: Turn, case: Case, cause: EscalationCause, reason: str = "", *, breach: str = "", first: int = 0
) -> Climb | None:
    """Let a locked case climb; nothing where it climbs already, is closed, or the settings do not want it.

    `reason` is in the words of who wants it, `breach` the broken promise (`first_response:1`), `first` the level to
    begin at. A resolved case that somebody wants to climb is open again.
    """
    number = number_of(case)
    if case.status is CaseStatus.CLOSED or await turn.unit.escalations.open_of(number) is not None:
        return None
    if not await _wanted(turn, case, cause):
        return None
    if case.status is CaseStatus.RESOLVED and cause in ASKED:
        cases.record(turn, case, EventKind.REOPENED, text=reason)
        cases.move(turn, case, CaseStatus.WORKING, "escalated")
    climb = await climbing.begin(turn, case, cause, reason, breach=breach, first=first)
    await climbing.show(climb)
    return climb


async def _wanted(turn: Turn, case: Case, cause: EscalationCause) -> bool:
    told = turn.settings.escalation
    match cause:
        case EscalationCause.BREACH:
            return (case.severity_confirmed or case.severity_proposed) in told.on_breach
        case EscalationCause.SURVEY:
            return told.on_bad_survey
        case EscalationCause.REOPENED:
            history = await turn.unit.cases.history(number_of(case))
            times = sum(event.kind is EventKind.REOPENED for event in history)
            return 0 < told.on_reopening <= times
        case _:
            return True


async def due(turn: Turn, what: TimerFired) -> None:
    """Go on with an escalation whose time has come; the fence is what it waited for."""
    row = await turn.unit.escalations.get(int(what.subject))
    if row is None:
        return
    case = await cases.lock_case(turn, row.case_number) if row.case_number is not None else None
    row = await turn.unit.escalations.lock(int(what.subject))
    if row is not None and str(row.fence) == what.fence:
        climb = await Climb.of(turn, row, case)
        await climbing.come_due(climb)
        await climbing.show(climb)


async def settle(turn: Turn) -> None:
    """Bring escalations in line with what this turn did to their cases: some are over, and a manager's act answers."""
    if not turn.touched:
        return
    open_ones = await turn.unit.escalations.open_among(turn.touched)
    for number, row in open_ones.items():
        case = turn.touched[number]
        if why := await why_over(turn, row, case):
            climb = await Climb.of(turn, row, case)
            await climbing.end(climb, why)
        elif row.state is not EscalationState.ACKNOWLEDGED and await _acted(turn, number):
            climb = await Climb.of(turn, row, case)
            if not await may_answer(turn, climb.ladder):
                continue
            await climbing.acknowledge(climb, turn.event.actor.key, await cases.actor_name(turn))
        else:
            continue
        await climbing.show(climb)


async def _acted(turn: Turn, number: int) -> bool:
    """Tell whether who acts did something to a case in this turn that its customer can see."""
    if turn.event.actor.key == CLOCK.key:
        return False
    history = await turn.unit.cases.history(number)
    return any(event.event_key == turn.event.key and event.kind in MOVING for event in history)


async def message_lost(turn: Turn, lost: Lost) -> None:
    """Look what it means that a message was not delivered."""
    alert = re.fullmatch(r"escalation:(\d+):(\d+)(?::mail)?", lost.ref)
    row = await turn.unit.escalations.get(int(alert[1])) if alert else None
    if alert is None or row is None:
        return
    case = await cases.lock_case(turn, row.case_number) if row.case_number is not None else None
    if (row := await turn.unit.escalations.lock(int(alert[1]))) is not None:
        climb = await Climb.of(turn, row, case)
        to = lost.delivery.to if isinstance(lost.delivery, Mail) else ""
        await climbing.not_delivered(climb, int(alert[2]), to, lost.error)
        await climbing.show(climb)
