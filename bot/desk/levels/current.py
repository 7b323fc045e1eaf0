"""The clocks of a case as they stand."""

from __future__ import annotations

from bot.desk.levels.clocks import Clock, clocks_of
from bot.desk.levels.policy import Policy, policies_of
from bot.desk.places import number_of, place_of
from bot.turn import Turn
from dialogs.cases import LevelKind, Promise, Severity
from storage.tables import Case, Channel


async def policy_of(turn: Turn, case: Case) -> Policy:
    """Return what is promised about a case: by its channel, by its company, or to everybody."""
    conversation = await turn.unit.conversations.get(case.conversation_key)
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    key = place_of(conversation).channel_key if conversation else ""
    channel = await turn.unit.channels.get(key)
    return policies_of(turn.settings).of(_configured(channel) or key, organisation.name if organisation else "")


def _configured(channel: Channel | None) -> str:
    """Return the key that the settings know a channel by."""
    return (channel.settings_key or channel.key) if channel else ""


async def levels_of(turn: Turn, case: Case) -> tuple[Clock, ...]:
    """Work the clocks of a case out from its history."""
    history = await turn.unit.cases.history(number_of(case))
    return clocks_of(history, await policy_of(turn, case), case.severity_proposed)


async def promises_for(turn: Turn, channel: Channel | None) -> tuple[Promise, ...]:
    """Return within what time the customers of a channel get their first answer, by severity."""
    known = channel.organisation_id if channel and turn.settings.service_levels.own else None
    organisation = await turn.unit.organisations.get(known) if known else None
    policies = policies_of(turn.settings)
    policy = policies.of(_configured(channel), organisation.name if organisation else "")
    goals = {severity: policy.goals[severity].goal(LevelKind.FIRST_RESPONSE) for severity in Severity}
    return tuple(Promise(one, goal.days, goal.rest, policy.in_working_time(one)) for one, goal in goals.items())
