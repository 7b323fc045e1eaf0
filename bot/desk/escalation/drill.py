"""A ladder with test messages and without a case: to see that every level really is reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.desk.escalation import climbing
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import ladder_for
from bot.turn import Turn
from dialogs.cases import EscalationCause, EscalationState
from dialogs.events import TimerFired
from storage.tables import Escalation

TIMER = "escalation.drill"
"""The kind of the timer that begins a drill; its fence is the only level to alert, counted from 1, or nothing."""

WITHIN = timedelta(minutes=1)
"""How long each level has to acknowledge in a drill."""


async def begin(turn: Turn, what: TimerFired) -> None:
    """Begin a drill: the levels for everybody, at any hour, each with a minute, once. An earlier one ends."""
    before = await turn.unit.escalations.latest_drill()
    if before is not None and before.state is not EscalationState.OVER:
        await climbing.end(await Climb.of(turn, before, None), "drill")
    told = ladder_for(turn.settings, "")
    chosen = [number for number in range(len(told.levels)) if what.fence in {"", str(number + 1)}]
    levels = tuple(replace(told.levels[number], within=WITHIN, hours=None) for number in chosen)
    if not levels:
        return
    row = Escalation(
        cause=EscalationCause.DRILL,
        by_key=turn.event.actor.key,
        ladder=replace(told, levels=levels, repeats=0).dump(),
        state=EscalationState.CLIMBING,
        started_at=turn.now,
        reason=what.subject,
    )
    await turn.unit.escalations.add(row)
    await climbing.go_on(Climb(turn, row, None), 0)
