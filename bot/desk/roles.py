"""Who somebody is to the desk, which company they belong to, and what happens when they may not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.desk.places import plainly, reader_voice
from bot.turn import Turn
from dialogs.cases import ChannelRole
from dialogs.messages import Message
from storage.tables import Case, Channel, PersonRow


class Role(StrEnum):
    """What somebody may do. A manager may do all that an agent may."""

    CUSTOMER = "customer"
    AGENT = "agent"
    MANAGER = "manager"


async def role_of(turn: Turn) -> Role:
    """Return the role of who acts.

    The settings' own list decides first, then membership of the desk's and the escalation channels. A
    platform's tenant never does: a colleague of the agents who is not in those channels is no agent.
    """
    actor = turn.event.actor
    if actor.automatic:
        return Role.CUSTOMER
    for entry in turn.settings.people:
        if (entry.platform, entry.id) == (actor.platform, actor.id):
            return Role.CUSTOMER if entry.role == "none" else Role(entry.role)
    if actor.guest:
        return Role.CUSTOMER
    roles = {channel.role for channel in await turn.unit.members.channels_of(actor.key)}
    if ChannelRole.ESCALATIONS in roles:
        return Role.MANAGER
    return Role.AGENT if ChannelRole.DESK in roles else Role.CUSTOMER


async def is_agent(turn: Turn) -> bool:
    """Tell whether who acts may work on cases."""
    return await role_of(turn) is not Role.CUSTOMER


async def staff(turn: Turn) -> list[PersonRow]:
    """Return everybody who may work on cases, as `role_of` has it, who is not marked otherwise."""
    roles = {(entry.platform, entry.id): entry.role for entry in turn.settings.people}
    people = {row.key: row for row in await turn.unit.people.in_channels(ChannelRole.DESK, ChannelRole.ESCALATIONS)}
    for (platform, person), role in roles.items():
        found = await turn.unit.people.of_id(platform, person) if role != "none" else ()
        people |= {row.key: row for row in found}
    return [row for row in people.values() if roles.get((row.platform, row.id)) != "none"]


async def organisation_of(turn: Turn) -> int | None:
    """Return the id of the company that who acts belongs to, where it is known.

    What is kept of the person counts first, then their tenant, then the channel they are writing in; in private,
    the channels they were met in. An agent acts for the company of the channel.
    """
    actor, agent = turn.event.actor, await is_agent(turn)
    if not agent:
        person = await turn.unit.people.get_or_add(actor, turn.now)
        if person.organisation_id is not None:
            return person.organisation_id
        if organisation := await turn.unit.organisations.of_tenant(actor.platform, actor.tenant):
            return organisation.id
    if turn.event.place.direct and not agent:
        return await _company_of_channels(turn)
    return await _channel_organisation(turn)


async def customer_by_tenant(turn: Turn) -> bool:
    """Tell whether who acts belongs to an organisation that is a customer as a whole, whatever channel they are in."""
    actor = turn.event.actor
    return await turn.unit.organisations.of_tenant(actor.platform, actor.tenant) is not None and not await is_agent(
        turn
    )


async def _company_of_channels(turn: Turn) -> int | None:
    """Return the company whose channels who acts was met in, if all of them are of one company."""
    channels = await turn.unit.members.channels_of(turn.event.actor.key)
    companies = {channel.organisation_id for channel in channels if channel.role is ChannelRole.CUSTOMER}
    return companies.pop() if len(companies) == 1 else None


async def meet(turn: Turn, channel: Channel | None) -> None:
    """Remember that who acts is in a customer's channel, so that they are known when they write in private."""
    if channel is None or channel.role is not ChannelRole.CUSTOMER:
        return
    known = await turn.unit.members.channels_of(turn.event.actor.key)
    if channel.key not in {one.key for one in known}:
        await turn.unit.members.add(channel.key, turn.event.actor.key)


async def _channel_organisation(turn: Turn) -> int | None:
    channel = await turn.unit.channels.get(turn.event.place.channel_key)
    return channel.organisation_id if channel else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases may be shown: those of a company, those of a requester, or all where neither is given."""

    organisation_id: int | None = None
    requester_key: str | None = None

    def shows(self, case: Case) -> bool:
        """Tell whether a case is among them."""
        own = self.organisation_id in {None, case.organisation_id}
        return own and self.requester_key in {None, case.requester_key}


async def scope_of(turn: Turn) -> Scope | None:
    """Return which cases may be shown to who acts, in the place where they act; nothing for none.

    A customer sees the cases of their own company, or their own ones where no company is known; and nobody is
    shown in a company's channel what belongs to another company.
    """
    hosts = await _channel_organisation(turn)
    if await is_agent(turn):
        return Scope(organisation_id=hosts)
    organisation = await organisation_of(turn)
    if organisation is None:
        return Scope(requester_key=turn.event.actor.key)
    return Scope(organisation_id=organisation) if hosts in {None, organisation} else None


async def speaks_for(turn: Turn, case: Case) -> bool:
    """Tell whether who acts may answer for the customer of a case: its requester, or others of their company."""
    if turn.event.actor.key == case.requester_key:
        return True
    if await is_agent(turn):
        return False
    scope = await scope_of(turn)
    return scope is not None and scope.shows(case)


def record_refusal(turn: Turn, action: str, target: str) -> None:
    """Keep that who acts was refused an action on a target."""
    turn.unit.refusals.record(actor=turn.event.actor.key, action=action, target=target, at=turn.now)


async def refuse(turn: Turn, action: str, target: str) -> Message:
    """Record a refusal and return the polite sentence that says so. What an agent is refused is for managers."""
    record_refusal(turn, action, target)
    key = "desk.refused.agent" if await is_agent(turn) else "desk.refused"
    return plainly(await reader_voice(turn), key)
