"""What the engine may know of who talks to it."""

from __future__ import annotations

from bot.desk.roles import is_agent, organisation_of
from bot.turn import Turn
from dialogs.cases import ChannelMode
from dialogs.engine.form import Context, Profile
from storage.tables import Channel, PersonRow


async def context_of(turn: Turn, person: PersonRow, channel: Channel | None) -> Context:
    """Return what the desk, the settings and the profile of a person tell about a conversation in a channel."""
    times = turn.settings.times
    return Context(
        now=turn.now,
        desk=turn.settings.organisation.name,
        home=turn.home,
        offers=channel is not None and channel.mode is ChannelMode.OFFER,
        language=(channel and channel.language) or turn.settings.languages.default,
        phone_fresh=times.phone_fresh,
        reminder_after=times.reminder_after,
        draft_kept=times.draft_kept,
        profile=Profile(
            name=person.name,
            phone=person.phone,
            phone_confirmed_at=person.phone_confirmed_at,
            zone=person.zone or turn.event.actor.zone,
            language=person.language,
            zone_told=person.zone is not None,
            company=person.company or await _company(turn, channel),
            contact=person.contact,
        ),
    )


async def _company(turn: Turn, channel: Channel | None) -> str:
    number = channel.organisation_id if channel else await organisation_of(turn)
    if number is None and await is_agent(turn):
        return turn.settings.organisation.name
    organisation = await turn.unit.organisations.get(number) if number is not None else None
    return organisation.name if organisation else ""
