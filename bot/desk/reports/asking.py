"""`/case report`: what somebody wants to see, and where it comes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches

from bot.desk.handlers import Request
from bot.desk.people import named
from bot.desk.places import channel_place, channel_voice, desk_channel, is_internal, plainly
from bot.desk.roles import staff
from bot.turn import Turn
from dialogs.events import Place, Said
from dialogs.messages import Message
from dialogs.phrases import Voice
from dialogs.reading.text import fold
from dialogs.timezones import get_zone
from storage.reports import Scope
from storage.tables import Organisation, PersonRow

WEEK, MONTH = 7, 30
"""How many days a report looks back, today included."""

_SPANS = {"week": WEEK, "semana": WEEK, "month": MONTH, "mes": MONTH}
_SPAN = re.compile(rf"(?:(?:la|el|the)\s+)?({'|'.join(_SPANS)})(?!\w)[\s:,]*")
_COMPANY = re.compile(r"(?:de\s+la\s+)?(?:company|empresa|cliente|customer)[\s:]+")
_AGENT = re.compile(r"(?:agent|agente)[\s:]+")


@dataclass(frozen=True, slots=True)
class _About:
    """Whose cases are meant; neither is all."""

    organisation: Organisation | None = None
    agent: PersonRow | None = None


async def report(request: Request) -> Message | None:
    """Ask for a report: `week` or `month`, and of which `company` or `agent`. It comes once it is made."""
    turn, text = request.turn, request.text.strip()
    span = _SPAN.match(fold(text))
    days, rest = (_SPANS[span[1]], text[span.end() :]) if span else (WEEK, text)
    about = await _about(request, rest.strip())
    if not isinstance(about, _About):
        return about
    place, speak = await _where(turn, request.speak)
    scope = Scope(
        since=days_ago(turn.now, days, turn.home.zone),
        until=turn.now,
        organisation_id=about.organisation.id if about.organisation else None,
        person_key=about.agent.key if about.agent else None,
    )
    turn.unit.reports.add(scope, speak.language, place)
    return plainly(request.speak, "report.coming")


def days_ago(now: datetime, days: int, zone: str) -> datetime:
    """Return the midnight with which that many days begin, today being the last of them."""
    local = now.astimezone(get_zone(zone)) - timedelta(days=days - 1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


async def _about(request: Request, words: str) -> _About | Message | None:
    """Return whom the words name, what is wrong with them, or nothing where they are no such words."""
    if not words:
        return _About()
    folded = fold(words)
    if company := _COMPANY.match(folded):
        return await _company(request, words[company.end() :].strip(" \"“”«»'"))
    if agent := _AGENT.match(folded):
        agents = await staff(request.turn)
        found = named(words[agent.end() :], agents)
        if found is None:
            names = ", ".join(sorted(one.name for one in agents))
            return plainly(request.speak, "report.agent.unknown", names=names)
        return _About(agent=found[0])
    return None


async def _company(request: Request, name: str) -> _About | Message:
    known = {fold(one.name): one for one in await request.turn.unit.organisations.all()}
    begun = [one for one in known if f"{one} ".startswith(f"{fold(name)} ")]
    if fold(name) in known or len(begun) == 1:
        return _About(organisation=known.get(fold(name)) or known[begun[0]])
    near = get_close_matches(fold(name), known, n=3, cutoff=0.4) or sorted(known)[:5]
    names = ", ".join(known[one].name for one in near)
    return plainly(request.speak, "report.company.unknown", name=name[:80], names=names)


async def _where(turn: Turn, speak: Voice) -> tuple[Place, Voice]:
    """Return where the report goes, and in which voice: where it was asked for, unless customers read there."""
    place = turn.event.place
    if place.direct:
        return place, speak
    if await is_internal(turn, place):
        at_top = place.thread is None and isinstance(turn.event.what, Said)
        thread = turn.event.what.message if at_top and isinstance(turn.event.what, Said) else place.thread
        channel = await turn.unit.channels.get(place.channel_key)
        return Place(platform=place.platform, channel=place.channel, thread=thread), channel_voice(turn, channel)
    desk = await desk_channel(turn, place.platform)
    return (channel_place(desk), channel_voice(turn, desk)) if desk else (place, speak)
