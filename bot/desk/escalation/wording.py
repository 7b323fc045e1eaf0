"""How a climb reads: where it stands, and what comes next."""

from __future__ import annotations

from datetime import datetime

from bot.desk.escalation.climb import Climb
from dialogs.cases import EscalationState
from dialogs.messages import Spans, When
from dialogs.phrases import Voice
from dialogs.wording import when


def at(climb: Climb, instant: datetime, speak: Voice) -> When:
    """Return an instant on the desk's clock."""
    home = climb.turn.home
    return when(instant, home.zone, speak.language, now=climb.turn.now, home=home)


def standing(climb: Climb, speak: Voice) -> Spans:
    """Return where it stands: with which level, until when, or with whom."""
    row = climb.row
    level = climb.ladder.levels[max(row.level, 0)].names[speak.language]
    match row.state:
        case EscalationState.CLIMBING if row.due_at:
            return speak.spans("escalation.stands.climbing", level=level, at=at(climb, row.due_at, speak))
        case EscalationState.SNOOZED if row.due_at:
            return speak.spans("escalation.stands.snoozed", at=at(climb, row.due_at, speak))
        case EscalationState.WAITING if row.due_at:
            opens = climb.ladder.levels[row.level + 1].names[speak.language]
            return speak.spans("escalation.stands.waiting", level=opens, at=at(climb, row.due_at, speak))
        case EscalationState.ACKNOWLEDGED if row.acknowledged_at:
            since = at(climb, row.acknowledged_at, speak)
            return speak.spans("escalation.stands.acknowledged", name=climb.holder, at=since)
        case EscalationState.OVER:
            return speak.spans(f"escalation.over.{row.outcome}")
        case _:
            return speak.spans("escalation.stands.unanswered")
