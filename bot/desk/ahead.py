"""What will happen to a case by itself, each at its moment, unless something comes before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.levels.wording import left_text
from bot.turn import Turn
from dialogs.events import TimerFired
from dialogs.messages import Plain, Spans
from dialogs.phrases import Voice
from dialogs.wording import day_text, hour_text, when
from storage.tables import Case


@dataclass(frozen=True, slots=True)
class Planned:
    """What happens at an instant: `what` completes "in 12 minutes →"."""

    at: datetime
    what: Spans


Due = Callable[[Turn, TimerFired], Awaitable[None]]
Ahead = Callable[[Turn, Case, Voice], Awaitable[Sequence[Planned]]]


@dataclass(frozen=True, slots=True)
class TimerKind:
    """A kind of timer: what is done when one is due, and what those that are set tell of a case before."""

    due: Due
    ahead: Ahead


async def of_no_case(_turn: Turn, _case: Case, _speak: Voice) -> Sequence[Planned]:
    """Tell nothing: timers of this kind are about no case."""
    return ()


async def planned_at(turn: Turn, kind: str, subject: str) -> tuple[datetime, str] | None:
    """Return when the timer of a kind and subject is due, and its fence, if one is set."""
    timer = await turn.unit.timers.standing(kind, subject)
    return (timer.due_at, timer.fence) if timer else None


def plan_line(turn: Turn, planned: Planned, zone: str, speak: Voice) -> Spans:
    """Return in how long and when something happens, on the desk's clock and in the customer's zone, and what."""
    at = when(planned.at, turn.home.zone, speak.language, now=turn.now, home=turn.home)
    if planned.at <= turn.now:
        return (*speak.spans("ahead.now"), Plain(" → "), *planned.what)
    left = speak.spans("ahead.left", left=left_text(planned.at - turn.now, speak))
    return (*left, Plain(" · "), at, *elsewhere(turn, planned.at, zone, speak), Plain(" → "), *planned.what)


def elsewhere(turn: Turn, instant: datetime, zone: str, speak: Voice) -> Spans:
    """Return an instant on the clock of another zone, in brackets, where that differs from the desk's."""
    here, there = (hour_text(instant, one, speak.language) for one in (turn.home.zone, zone))
    days = [day_text(instant, one, speak.language, None) for one in (turn.home.zone, zone)]
    if days[0] != days[1]:
        return (Plain(f" ({days[1]} {there})"),)
    return (Plain(f" ({there})"),) if here != there else ()
