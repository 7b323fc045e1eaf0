"""A customer who wants their case to go higher: which case, what to ask them, and what they are told."""

from __future__ import annotations

from bot.desk.escalation import climbing
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import ladder_for
from bot.desk.escalation.triggers import escalate
from bot.desk.escalation.wording import holder
from bot.desk.places import case_name, number_of, plainly
from bot.turn import Turn
from dialogs.cases import EscalationCause, EscalationState
from dialogs.messages import Code, Message
from dialogs.phrases import Voice
from dialogs.wording import when
from storage.tables import Case


async def ask(turn: Turn, case: Case, reason: str, speak: Voice) -> Message | None:
    """Do what a customer asks for: let their case climb, or go on where somebody has it already.

    A level that was alerted has its minutes first; one that took the case up may be left behind. Returns what to
    answer, nothing where the thread of the case tells them that it climbs.
    """
    row = await turn.unit.escalations.open_of(number_of(case))
    if row is not None:
        climb = await Climb.of(turn, row, case)
        higher = climb.ladder.for_customers(row.level)
        if row.state is not EscalationState.ACKNOWLEDGED or higher is None:
            return await _has_it(climb, speak)
        await climbing.further(climb, higher, by=turn.event.actor.key, why="asked")
        await climbing.show(climb)
        return None
    first = await _first_level(turn, case)
    if first is None:
        return plainly(speak, "escalation.asked.no_level", case=Code(case_name(turn, case.number)))
    if await escalate(turn, case, EscalationCause.CUSTOMER, reason, first=first) is None:
        return plainly(speak, "escalation.asked.closed", case=Code(case_name(turn, case.number)))
    return None


async def _first_level(turn: Turn, case: Case) -> int | None:
    """Return where a customer's escalation begins: above where their case got to before, as far as they may."""
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    ladder = ladder_for(turn.settings, organisation.name if organisation else "")
    allowed = [number for number, level in enumerate(ladder.levels) if level.customers]
    reached = max((row.level for row in await turn.unit.escalations.of_case(number_of(case))), default=-1)
    return next((number for number in allowed if number > reached), allowed[-1] if allowed else None)


async def _has_it(climb: Climb, speak: Voice) -> Message:
    """Say who has the case already, and until when they answer."""
    assert climb.case is not None, "customers ask for their cases"
    row, turn, zone = climb.row, climb.turn, climb.case.zone_name
    name = Code(case_name(turn, row.case_number))
    position = row.level + 1 if row.state is EscalationState.WAITING else max(row.level, 0)
    level = climb.ladder.levels[position].names[speak.language]
    if row.state is EscalationState.ACKNOWLEDGED or row.due_at is None:
        return plainly(speak, "escalation.asked.held", case=name, level=level, name=await holder(climb))
    key = "waiting" if row.state is EscalationState.WAITING else "alerted"
    until = when(row.due_at, zone, speak.language, now=turn.now, home=turn.home)
    return plainly(speak, f"escalation.asked.{key}", case=name, level=level, at=until)
