"""What a climb has behind it and what comes next, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.desk.ahead import Planned
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import Level
from bot.desk.levels.wording import moment
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import EscalationState
from dialogs.messages import Block, Bullets, Paragraph, Spans
from dialogs.phrases import Value, Voice
from storage.tables import Case, EscalationStep

SHOWN_NEXT = 6
"""How many of the coming steps are shown."""


def steps_of(climb: Climb, speak: Voice) -> tuple[Block, ...]:
    """Return the steps that were taken, each with how it ended."""
    past = [_past(climb, step, speak) for step in climb.steps]
    return (Paragraph(speak.spans("escalation.plan")), Bullets(tuple(past))) if past else ()


async def steps_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell the steps to come of the climb of a case, while nobody answers."""
    row = await turn.unit.escalations.open_of(number_of(case))
    return list(_coming(await Climb.of(turn, row, case), speak))[:SHOWN_NEXT] if row else ()


def _past(climb: Climb, step: EscalationStep, speak: Voice) -> Spans:
    told: dict[str, Value] = {
        "at": moment(climb.turn, step.at, speak),
        "level": climb.level_of(step).names[speak.language],
    }
    if step.skipped is not None:
        return speak.spans("escalation.plan.skipped", why=speak(f"escalation.skipped.{step.skipped}"), **told)
    if step.acknowledged_at is not None:
        answered = moment(climb.turn, step.acknowledged_at, speak)
        return speak.spans("escalation.plan.acknowledged", answered=answered, **told)
    return speak.spans("escalation.plan.alerted", **told)


def _coming(climb: Climb, speak: Voice) -> Iterator[Planned]:
    row = climb.row
    if row.due_at is None:
        return
    match row.state:
        case EscalationState.ACKNOWLEDGED:
            resumes = row.due_at if row.reminded_at else row.due_at + climb.ladder.reminded
            if not row.reminded_at:
                yield Planned(row.due_at, speak.spans("ahead.climb.reminded", who=climb.holder))
            yield Planned(resumes, speak.spans("ahead.climb.held"))
            first, at = row.level + 1, resumes
        case EscalationState.SNOOZED:
            yield Planned(row.due_at, speak.spans("ahead.climb.woken"))
            first, at = row.level + 1, row.due_at + climb.ladder.levels[max(row.level, 0)].within
        case _:
            first, at = row.level + 1, row.due_at
    for instant, level in coming(climb, first, at):
        if level:
            yield Planned(instant, speak.spans("ahead.climb.level", level=level.names[speak.language]))
        else:
            yield Planned(instant, speak.spans("ahead.climb.alarm"))


def coming(climb: Climb, first: int, at: datetime) -> Iterator[tuple[datetime, Level | None]]:
    """Yield whom a climb alerts from a level and an instant on while nobody answers, and last the alarm for all.

    Who is out of hours then is left out. That somebody is away, or cannot be reached, nobody knows before.
    """
    levels, rounds = climb.ladder.levels, climb.ladder.repeats + 1 - climb.row.round
    for level in (*levels[first:], *(level for _ in range(rounds) for level in levels)):
        if level.on_duty(at):
            yield at, level
            at += level.within
    yield at, None
