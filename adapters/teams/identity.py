"""Who is who: people by their home tenant and their Entra object id."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

from adapters.teams.connector import Connector, RefusedError
from adapters.teams.happenings import Origin, Sender
from dialogs.events import Language, Person, Place, Platform
from dialogs.ports import DeliveryError

_FRESH = 3600.0
_KEPT = 20_000
_LOOKUP = 1.5


class Directory:
    """The people Teams knows. `home` is the tenant of our own people; without one everybody is at home."""

    def __init__(self, connector: Connector, home: str, clock: Callable[[], float] = monotonic) -> None:
        self._connector = connector
        self._home = home
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()
        self._lookups: dict[tuple[str, str], asyncio.Task[Person]] = {}

    async def person(self, sender: Sender, origin: Origin, place: Place) -> Person:
        """Return who acted.

        In a private chat the activity tells it. Elsewhere somebody may be a guest, or of another organisation that
        shares the channel: the list of members decides. Where it cannot be had they count as a guest of the
        conversation's organisation, who may do nothing but what a customer may.
        """
        told = Person(
            platform=Platform.TEAMS,
            tenant=origin.tenant,
            id=sender.object or sender.member,
            name=sender.name,
            guest=bool(self._home) and origin.tenant != self._home,
        )
        found = told if place.direct else await self._member(sender.member, origin, place, told)
        return replace(found, name=found.name or sender.name, language=sender.language, zone=sender.zone)

    def read(self, member: Mapping[str, Any], tenant: str) -> Person:
        """Return the person that a list of members tells of; `tenant` is the conversation's."""
        home = str(member.get("tenantId") or tenant)
        mail = str(member.get("userPrincipalName") or member.get("email") or "")
        invited = str(member.get("userRole") or "").lower() == "guest" or "#EXT#" in mail.upper()
        return Person(
            platform=Platform.TEAMS,
            tenant=home,
            id=str(member.get("aadObjectId") or member.get("objectId") or member.get("id") or ""),
            name=str(member.get("name") or ""),
            guest=invited or (bool(self._home) and home != self._home),
        )

    def remember(self, member: str, tenant: str, person: Person) -> None:
        """Keep who somebody in a conversation of this tenant is."""
        self._known[member, tenant] = (self._clock(), person)
        self._known.move_to_end((member, tenant))
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    async def _member(self, member: str, origin: Origin, place: Place, told: Person) -> Person:
        name = (member, origin.tenant)
        known = self._known.get(name)
        if known and self._clock() - known[0] < _FRESH:
            return known[1]
        if name not in self._lookups:
            task = self._lookups[name] = asyncio.create_task(self._look_up(member, origin, place))
            task.add_done_callback(lambda done: self._settle(name, done))
        try:
            return await asyncio.wait_for(asyncio.shield(self._lookups[name]), _LOOKUP)
        except (DeliveryError, TimeoutError) as error:
            if known and not (isinstance(error, RefusedError) and error.status == 404):
                return known[1]
            return replace(told, guest=True) if self._home else told

    async def _look_up(self, member: str, origin: Origin, place: Place) -> Person:
        found = await self._connector.member(origin.service_url, origin.tenant, place.channel, member)
        person = self.read(found, origin.tenant)
        self.remember(member, origin.tenant, person)
        return person

    def _settle(self, name: tuple[str, str], done: asyncio.Task[Person]) -> None:
        self._lookups.pop(name, None)
        if not done.cancelled():
            done.exception()


def read_locale(locale: object) -> Language | None:
    """Return the language of a locale such as `es-PE`, where the assistant speaks it."""
    try:
        return Language(str(locale or "")[:2].lower())
    except ValueError:
        return None
