"""Who the levels name, where they are told, and who may answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk.escalation.ladder import Contact, Ladder, Level, ladders_of
from bot.desk.places import channel_place, managers_channel
from bot.desk.roles import Role, role_of
from bot.turn import Turn
from dialogs.cases import ChannelRole
from dialogs.events import Place, Platform
from dialogs.messages import Mention, Plain, Span, Spans
from storage.tables import PersonRow


@dataclass(frozen=True, slots=True)
class Known:
    """A contact, and who that is in the store where they were met."""

    contact: Contact
    person: PersonRow | None

    @property
    def absent(self) -> bool:
        """Whether they said that they are away."""
        return self.person is not None and self.person.absent_since is not None

    def span(self, platform: Platform) -> Span:
        """Return their name, so that it notifies them where the platform can."""
        if self.person is not None and self.person.platform is platform:
            return Mention(self.person.key, self.contact.name)
        return Plain(self.contact.name)


async def known(turn: Turn, contacts: Iterable[Contact]) -> tuple[Known, ...]:
    """Return contacts with who they are in the store."""
    found = []
    for contact in contacts:
        rows = await turn.unit.people.of_id(contact.platform, contact.person) if contact.platform else ()
        found.append(Known(contact, next(iter(rows), None)))
    return tuple(found)


async def present(turn: Turn, level: Level) -> tuple[Known, ...]:
    """Return who of a level is not away."""
    return tuple(one for one in await known(turn, level.contacts) if not one.absent)


def mentions(people: Iterable[Known], platform: Platform) -> Spans:
    """Return names in a row, so that they notify."""
    spans: list[Span] = []
    for one in people:
        spans += [Plain(", ")] if spans else []
        spans.append(one.span(platform))
    return tuple(spans)


async def alert_place(turn: Turn, level: Level, platform: Platform) -> Place | None:
    """Return where a level is alerted: in its own channel, else the managers', on that platform where they can be."""
    if level.channel:
        name, _, channel = level.channel.partition(":")
        return Place(platform=Platform(name), channel=channel)
    managers = await managers_channel(turn, platform)
    return channel_place(managers) if managers else None


def is_named(turn: Turn, contacts: Iterable[Contact]) -> bool:
    """Tell whether who acts is one of the contacts: as a person, or by a link that was mailed to them."""
    actor = turn.event.actor
    if actor.platform is Platform.MAIL:
        return any(contact.email == actor.id for contact in contacts)
    return any((contact.platform, contact.person) == (actor.platform, actor.id) for contact in contacts)


async def may_answer(turn: Turn, ladder: Ladder | None = None) -> bool:
    """Tell whether who acts may answer alerts: managers, whom the ladder (or else any list) names, else nobody.

    A desk that has named no managers answers its alerts itself.
    """
    role = await role_of(turn)
    ladders = (ladder,) if ladder else ladders_of(turn.settings)
    if role is Role.MANAGER or any(is_named(turn, one.contacts) for one in ladders):
        return True
    named = any(entry.role == "manager" for entry in turn.settings.people)
    return role is Role.AGENT and not named and not await turn.unit.channels.of_role(ChannelRole.ESCALATIONS)
