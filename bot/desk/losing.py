"""Messages that did not reach their people: refused when they were sent, or given back later."""

from __future__ import annotations

from bot.desk.escalation import triggers
from bot.desk.third_parties import letters
from bot.desk.undelivered import customer_missed
from bot.turn import Turn
from dialogs.events import TimerFired
from storage.outbox import Lost


async def given_up(turn: Turn, what: TimerFired) -> None:
    """Hear that a message was given up; the subject is its key in the outbox."""
    lost = await turn.unit.outbox.lost(what.subject)
    if lost is not None:
        await message_lost(turn, lost)


async def message_lost(turn: Turn, lost: Lost) -> None:
    """Let whoever it matters to look what it means that a message did not arrive."""
    await triggers.message_lost(turn, lost)
    await letters.lost(turn, lost)
    await customer_missed(turn, lost)
