"""The clocks of a case as they stand."""

from __future__ import annotations

from bot.desk.levels.clocks import Clock, clocks_of
from bot.desk.levels.policy import Policy, policies_of
from bot.desk.places import number_of, place_of
from bot.turn import Turn
from storage.tables import Case


async def policy_of(turn: Turn, case: Case) -> Policy:
    """Return what is promised about a case: by its channel, by its company, or to everybody."""
    conversation = await turn.unit.conversations.get(case.conversation_key)
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    channel = place_of(conversation).channel_key if conversation else ""
    return policies_of(turn.settings).of(channel, organisation.name if organisation else "")


async def levels_of(turn: Turn, case: Case) -> tuple[Clock, ...]:
    """Work the clocks of a case out from its history."""
    history = await turn.unit.cases.history(number_of(case))
    return clocks_of(history, await policy_of(turn, case), case.severity_proposed)
