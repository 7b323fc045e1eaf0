"""Whether a climb is still needed, looked at just before each of its steps and whenever its case changes."""

from __future__ import annotations

from datetime import datetime

from bot.desk.levels.clocks import DONE
from bot.desk.levels.current import levels_of
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import EscalationCause, EscalationState, EventKind
from storage.tables import Case, Escalation
from storage.timer_queue import CLOCK

MOVING = frozenset(
    {EventKind.REPLIED, EventKind.RESOLVED, EventKind.STATUS_CHANGED, EventKind.ASSIGNED, EventKind.TAKEN}
)
"""What moves a case as its customer sees it. A note among agents does not."""


async def why_over(turn: Turn, row: Escalation, case: Case | None) -> str:
    """Return why an escalation is not needed any more, if it is not.

    - The case was resolved or closed. After a bad survey it is, and somebody should still look into it.
    - It climbed because a promise was broken, and that was kept since, late as it is, or is not broken any more.

    An agent's answer alone does not end what a customer asked for: they asked for somebody else. A manager's does, as
    an acknowledgement.
    """
    if case is None:
        return ""
    if case.status in DONE and row.cause is not EscalationCause.SURVEY:
        return "resolved"
    if row.cause is EscalationCause.BREACH and row.state is not EscalationState.ACKNOWLEDGED:
        kind, _, number = row.breach.partition(":")
        clocks = await levels_of(turn, case)
        broken = [one for one in clocks if (one.kind, str(one.number)) == (kind, number) and one.breached_at(turn.now)]
        if all(clock.ended_at for clock in broken):
            return "kept" if broken else "withdrawn"
    return ""


async def is_moving(turn: Turn, case: Case, since: datetime) -> bool:
    """Tell whether somebody did something since an instant that the customer can see."""
    history = await turn.unit.cases.history(number_of(case))
    theirs = {case.requester_key, *(one.key for one in await turn.unit.cases.participants(number_of(case))), CLOCK.key}
    return any(event.kind in MOVING and event.at > since and event.actor_key not in theirs for event in history)
