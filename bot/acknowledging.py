"""The page behind the link in a mail: it shows a button, and only the button acknowledges.

A mail scanner that opens every link changes nothing, and a link counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from aiohttp import web

from bot.clock import Clock
from bot.desk.escalation.ladder import Contact, read_ladder
from bot.links import PATH, Acknowledgement, Links
from bot.settings import Settings
from dialogs.cases import EscalationState
from dialogs.events import Event, Language, Person, Place, Platform, Pressed
from dialogs.messages import Whisper, message_text
from dialogs.phrases import Voice, voice
from dialogs.ports import Sink
from storage.database import Database
from storage.tables import Escalation

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
_STYLE = (
    "body{margin:0;padding:10vh 16px;background:#f3f6f7;color:#1d2b30;font:18px/1.5 system-ui,sans-serif}"
    "main{max-width:32rem;margin:auto;padding:32px;background:#fff;border-radius:12px}"
    "h1{margin:0 0 12px;font-size:24px}p{margin:0 0 20px}"
    "button{padding:14px 24px;border:0;border-radius:8px;background:#1f4b57;color:#fff;font:inherit;font-weight:600;"
    "cursor:pointer}button:focus-visible{outline:3px solid #e0a100;outline-offset:3px}"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a link leads to: an escalation, whom it was mailed to, and in which voice they are spoken to."""

    told: Acknowledgement
    row: Escalation
    contact: Contact
    speak: Voice
    name: str
    level: str


class AcknowledgePage:
    """Shows where an escalation stands to whom the link was mailed, and takes it up when they press."""

    def __init__(self, links: Links, database: Database, settings: Settings, clock: Clock, sink: Sink) -> None:
        self._links = links
        self._database = database
        self._settings = settings
        self._clock = clock
        self._sink = sink

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the page. HEAD is answered like GET, and does as little."""
        return [web.get(f"{PATH}{{token}}", self._look), web.post(f"{PATH}{{token}}", self._press)]

    async def _look(self, request: web.Request) -> web.Response:
        found = await self._find(request.match_info["token"])
        if found is None:
            return self._nothing()
        return await self._stands(found)

    async def _press(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        found = await self._find(token)
        if found is None:
            return self._nothing()
        if not self._open(found):
            return await self._stands(found)
        event = Event(
            key=f"link:{token.partition('.')[2]}",
            actor=await self._actor(found.contact),
            place=Place(platform=Platform.MAIL, channel="link"),
            at=self._clock.now(),
            what=Pressed(name="case.acknowledge", value=found.name),
        )
        reply = await self._sink(event)
        if isinstance(reply, Whisper):
            return _page(found.speak, found.name, message_text(reply.message))
        return await self._look(request)

    async def _find(self, token: str) -> _Found | None:
        told = self._links.read(token)
        if told is None:
            return None
        async with self._database.unit() as unit:
            row = await unit.escalations.get(told.escalation)
        if row is None:
            return None
        ladder = read_ladder(row.ladder)
        contact = next((one for one in ladder.contacts if one.email == told.email), None)
        if contact is None:
            return None
        speak = voice(contact.language or self._settings.languages.default)
        level = ladder.levels[max(row.level, 0)].names[speak.language]
        drill = speak("escalation.drill.name")
        name = f"{self._settings.cases.prefix}-{row.case_number}" if row.case_number else drill
        return _Found(told, row, contact, speak, name, level)

    def _open(self, found: _Found) -> bool:
        waits = found.row.state not in {EscalationState.OVER, EscalationState.ACKNOWLEDGED}
        return waits and self._clock.now() < found.told.expires_at

    async def _stands(self, found: _Found) -> web.Response:
        """Show the button, or say why there is none."""
        speak, row = found.speak, found.row
        if self._open(found):
            text = speak("escalation.page.open", level=found.level)
            return _page(speak, found.name, text, button=speak("escalation.button.acknowledge"))
        match row.state:
            case EscalationState.OVER:
                return _page(speak, found.name, speak(f"escalation.over.{row.outcome}"))
            case EscalationState.ACKNOWLEDGED:
                return _page(speak, found.name, speak("escalation.page.taken", name=await self._holder(row)))
            case _:
                typed = speak("escalation.typed.acknowledge", case=found.name)
                return _page(speak, found.name, speak("escalation.page.expired", typed=typed), status=410)

    async def _holder(self, row: Escalation) -> str:
        async with self._database.unit() as unit:
            person = await unit.people.get(row.acknowledged_by or "")
        return (person.name or person.id) if person else ""

    async def _actor(self, contact: Contact) -> Person:
        """Return who presses: the person of the platform where they are known, else who has the address."""
        async with self._database.unit() as unit:
            known = await unit.people.of_id(contact.platform, contact.person) if contact.platform else ()
        if known:
            row = known[0]
            return Person(platform=row.platform, tenant=row.tenant, id=row.id, name=row.name, language=row.language)
        name, language = contact.name, contact.language
        return Person(platform=Platform.MAIL, tenant="", id=contact.email, name=name, language=language)

    def _nothing(self) -> web.Response:
        speak = voice(self._settings.languages.default)
        text = " · ".join(voice(language)("escalation.page.unknown") for language in Language)
        return _page(speak, self._settings.organisation.name, text, status=404)


def _page(speak: Voice, title: str, text: str, *, button: str = "", status: int = 200) -> web.Response:
    form = f'<form method="post"><button type="submit">{escape(button)}</button></form>' if button else ""
    body = (
        f'<!doctype html><html lang="{speak.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{form}</main></body></html>"
    )
    return web.Response(text=body, content_type="text/html", status=status, headers=_HEADERS)
