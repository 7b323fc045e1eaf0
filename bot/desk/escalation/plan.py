"""What a climb has behind it and what comes next, as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import Level
from bot.desk.levels.wording import moment
from dialogs.cases import EscalationState
from dialogs.messages import Block, Bullets, Paragraph, Spans
from dialogs.phrases import Value, Voice
from storage.tables import EscalationStep

SHOWN_NEXT = 6
"""How many of the coming steps are shown."""


def plan_of(climb: Climb, speak: Voice) -> tuple[Block, ...]:
    """Return the steps that were taken, each with how it ended, and those to come."""
    past = [_past(climb, step, speak) for step in climb.steps]
    coming = list(_coming(climb, speak))[:SHOWN_NEXT]
    return (Paragraph(speak.spans("escalation.plan")), Bullets((*past, *coming)))


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


def _coming(climb: Climb, speak: Voice) -> Iterator[Spans]:
    row = climb.row
    if row.due_at is None:
        return
    match row.state:
        case EscalationState.ACKNOWLEDGED:
            resumes = row.due_at if row.reminded_at else row.due_at + climb.ladder.reminded
            yield speak.spans("escalation.plan.held", at=moment(climb.turn, resumes, speak))
            first, at = row.level + 1, resumes
        case EscalationState.SNOOZED:
            yield speak.spans("escalation.plan.woken", at=moment(climb.turn, row.due_at, speak))
            first, at = row.level + 1, row.due_at + climb.ladder.levels[max(row.level, 0)].within
        case _:
            first, at = row.level + 1, row.due_at
    for instant, level in coming(climb, first, at):
        key = "escalation.plan.next" if level else "escalation.plan.alarm"
        called: dict[str, Value] = {"level": level.names[speak.language]} if level else {}
        yield speak.spans(key, at=moment(climb.turn, instant, speak), **called)


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
