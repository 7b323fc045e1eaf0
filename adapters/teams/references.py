"""How everybody is reached: kept when people write, looked up when they are written to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace

import structlog

from adapters.teams.happenings import Origin, Sender
from adapters.teams.ports import Memory, Reference
from dialogs.events import Place

_log = structlog.get_logger(__name__)
_KEPT = 20_000
REMOVED = "removed"
"""Why nothing can be sent where the assistant was taken out."""


class References:
    """Knows the references, the last used ones without asking. `unheard` is for what was never heard from."""

    def __init__(self, memory: Memory, unheard: Reference) -> None:
        self._memory = memory
        self._unheard = unheard
        self._known: OrderedDict[str, Reference] = OrderedDict()

    async def heard(self, origin: Origin, sender: Sender, place: Place, home: str) -> None:
        """Keep where an activity came from; whoever wrote, `home` being their own tenant, can be written to again."""
        here = Reference(service_url=origin.service_url, tenant=origin.tenant, bot=origin.bot)
        told = {place.channel: replace(here, conversation=place.channel)}
        if sender.object or place.direct:
            private = place.channel if place.direct else ""
            person = replace(here, tenant=home, member=sender.member, conversation=private)
            told[sender.object or sender.member] = person
        if origin.team and origin.team != place.channel:
            told[origin.team] = replace(here, conversation=origin.team, channels=(place.channel,))
        await self._keep(told)

    async def get(self, name: str) -> Reference:
        """Return how something is reached, as well as it is known."""
        if name not in self._known:
            found = await self._memory.reference(name)
            if found is None:
                return replace(self._unheard, conversation=name if _is_conversation(name) else "")
            self._remember(name, found)
        return self._known[name]

    async def opened(self, person: str, conversation: str) -> None:
        """A chat with somebody was opened."""
        known = replace(await self.get(person), conversation=conversation)
        await self._keep({person: known, conversation: replace(known, member="")})

    async def died(self, name: str, why: str) -> None:
        """Nothing can be sent there any more, until somebody writes from there."""
        known = await self.get(name)
        if known.dead != why:
            _log.warning("teams.unreachable", name=name, why=why)
            await self._write({name: replace(known, dead=why)})

    async def removed(self, name: str) -> None:
        """The assistant was taken out; should it come again, that is a new beginning."""
        known = await self.get(name)
        await self._write({name: replace(known, dead=REMOVED, installs=known.installs + 1)})

    async def _keep(self, told: Mapping[str, Reference]) -> None:
        """Keep what is new in references that were told, all at once."""
        news = {}
        for name, heard in told.items():
            known = await self.get(name)
            merged = _merged(known, heard)
            if merged != known or name not in self._known:
                news[name] = merged
        if news:
            await self._write(news)

    async def _write(self, references: Mapping[str, Reference]) -> None:
        await self._memory.keep_references(references)
        for name, reference in references.items():
            self._remember(name, reference)

    def _remember(self, name: str, reference: Reference) -> None:
        self._known[name] = reference
        self._known.move_to_end(name)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)


def _merged(known: Reference, heard: Reference) -> Reference:
    channels = (*known.channels, *(one for one in heard.channels if one not in known.channels))
    return replace(
        heard,
        conversation=heard.conversation or (known.conversation if known.member else ""),
        member=heard.member or known.member,
        channels=channels,
        installs=known.installs,
    )


def _is_conversation(name: str) -> bool:
    """Tell a chat or a channel from a person, who has no conversation before one is opened."""
    return name.startswith(("19:", "a:"))
