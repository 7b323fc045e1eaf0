"""What the customer and the agents hear of a climb."""

from __future__ import annotations

from datetime import datetime

from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import Level
from bot.desk.places import CaseThreads
from dialogs.messages import Code, Paragraph, Strong
from dialogs.phrases import Value, Voice
from dialogs.wording import when
from storage.tables import EscalationStep


async def of_level(climb: Climb, step: EscalationStep, *, again: bool) -> None:
    """Tell the desk that a level was alerted, and the customer, who hears of each level once."""
    assert step.due_at is not None, "it is alerted"
    level = climb.level_of(step)
    names = ", ".join(contact.name for contact in level.contacts)
    if not again:
        await _customer(climb, "level", level, step.due_at, names)
    await _desk(climb, "level", level, step.due_at)


async def of_opening(climb: Climb, level: Level, opening: datetime) -> None:
    """Tell both sides that nobody is on duty now, and from when on somebody is."""
    await _customer(climb, "opening", level, opening)
    await _desk(climb, "opening", level, opening)


async def of_acknowledgement(climb: Climb, name: str) -> None:
    """Tell both sides who has taken it up."""
    await _customer(climb, "acknowledged", name=name)
    await _desk(climb, "acknowledged", name=name)


async def of_last_alarm(climb: Climb) -> None:
    """Tell the customer that nobody has answered yet, and that everybody was told so."""
    await _customer(climb, "unanswered")


async def of_lost_message(climb: Climb, step: EscalationStep, to: str, why: str) -> None:
    """Tell the desk that a message to a level is lost for good."""
    await _desk(climb, "lost", climb.level_of(step), to=to, why=why)


async def _customer(
    climb: Climb, what: str, level: Level | None = None, at: datetime | None = None, names: str = "", **values: Value
) -> None:
    if climb.case is None:
        return
    threads = await CaseThreads.of(climb.turn, climb.case)
    speak = threads.to_customer
    if names:
        what = f"{what}_named"
        values["names"] = names
    told = _values(climb, speak, level, at, climb.case.zone_name) | values
    threads.tell_customer(Paragraph(speak.spans(f"escalation.told.{what}", case=Code(threads.name), **told)))


async def _desk(
    climb: Climb, what: str, level: Level | None = None, at: datetime | None = None, **values: Value
) -> None:
    if climb.case is None:
        return
    threads = await CaseThreads.of(climb.turn, climb.case)
    speak = threads.to_desk
    told = _values(climb, speak, level, at, climb.turn.home.zone) | values
    threads.tell_desk(Paragraph(speak.spans(f"escalation.desk.{what}", **told)))


def _values(climb: Climb, speak: Voice, level: Level | None, at: datetime | None, zone: str) -> dict[str, Value]:
    told: dict[str, Value] = {"level": Strong(level.names[speak.language])} if level else {}
    if at is not None:
        told["at"] = when(at, zone, speak.language, now=climb.turn.now, home=climb.turn.home)
    return told
