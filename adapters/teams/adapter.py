"""Microsoft Teams: activities in as events, messages out. Knows ids, shapes and limits, and no rule of support."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from adapters.begun import Begun
from adapters.teams.activities import (
    EXECUTE,
    FEEDBACK,
    FETCH,
    SUBMIT,
    happenings,
    place_of,
    reading,
    sender_of,
)
from adapters.teams.cards import card_part, frame
from adapters.teams.connector import Connector, RefusedError
from adapters.teams.controls import run_block
from adapters.teams.door import http_route
from adapters.teams.files import Files
from adapters.teams.gate import KEYS_URL, Gate
from adapters.teams.happenings import Happening
from adapters.teams.identity import Directory
from adapters.teams.intake import Intake
from adapters.teams.keys import SigningKeys
from adapters.teams.offers import BRING, CONSENTED, Offers, accepted_of, consent
from adapters.teams.pace import Pace
from adapters.teams.ports import Memory, Reference
from adapters.teams.references import References
from adapters.teams.replies import Replies, is_way_out, said, speaker
from adapters.teams.sending import Sender
from adapters.teams.shown import Shown
from adapters.teams.tokens import LOGIN_URL, Tokens
from dialogs.events import Language, Person, Place, Platform, Pressed
from dialogs.messages import Delivery, Message
from dialogs.ports import DeliveryError, FileStore, Sink, TransientError

_log = structlog.get_logger(__name__)
PATH = "/api/messages"
_PATIENCE = 10.0
ANYWHERE = "https://smba.trafficmanager.net/teams/"
"""Where Teams listens for bots that know a conversation by its id only."""
HOSTS = frozenset(
    {
        "botframework.com",
        "smba.trafficmanager.net",
        "teams.microsoft.com",
        "teams.microsoft.us",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
    }
)
"""Where the services of Teams are."""


class TeamsAdapter:
    """One bot.

    `app_id`, `password` and `tenant`, the organisation of our own people, are those of its registration. Without an
    id nobody has to prove who they are, which is for trying it out on one machine only. `tenants` are the
    organisations it talks to; None: all. `hosts` are where answers may be sent, `service_url` where they are sent to
    channels that were never heard from.
    """

    platform = Platform.TEAMS

    def __init__(
        self,
        *,
        app_id: str,
        password: str,
        tenant: str,
        files: FileStore,
        memory: Memory,
        now: Callable[[], datetime],
        tenants: frozenset[str] | None = None,
        hosts: frozenset[str] = HOSTS,
        keys_url: str = KEYS_URL,
        login_url: str = LOGIN_URL,
        service_url: str = ANYWHERE,
        pace: Pace | None = None,
        patience: float = 8.0,
    ) -> None:
        self._app_id = app_id
        self._password = password
        self._tenant = tenant
        self._store = files
        self._memory = memory
        self._now = now
        self._tenants = tenants
        self._hosts = hosts
        self._keys_url = keys_url
        self._login_url = login_url
        self._service_url = service_url
        self._pace = pace or Pace()
        self._patience = patience
        self._gate: Gate | None = None
        self._sender: Sender | None = None
        self._begun = Begun()

    async def start(self, sink: Sink) -> None:
        """Begin to hand events to the sink."""
        self._session = aiohttp.ClientSession()
        self._keys = SigningKeys(self._session, self._keys_url)
        tokens = Tokens(
            self._session,
            app_id=self._app_id,
            password=self._password,
            tenant=self._tenant,
            login_url=self._login_url,
        )
        gate = Gate(app_id=self._app_id, keys=self._keys, hosts=self._hosts, tenants=self._tenants)
        self._connector = Connector(self._session, tokens, self._pace)
        self._directory = Directory(self._connector, self._tenant)
        self._references = References(
            self._memory, Reference(service_url=self._service_url, tenant=self._tenant, bot=f"28:{self._app_id}")
        )
        self._intake = Intake(
            directory=self._directory,
            references=self._references,
            files=Files(self._session, self._store, tokens, gate.trusts),
            sink=sink,
            patience=self._patience,
            member_of=self._is_member,
        )
        shown = Shown()
        self._replies = Replies(self._whisper, shown)
        self._offers = Offers(self._session, self._store, gate.trusts)
        self._sender = Sender(
            self._connector, self._references, self._offers, gate.trusts, shown, dialogs=bool(self._app_id)
        )
        if self._app_id:
            await self._keys.fetch()
        else:
            _log.warning("teams.anonymous", risk="anybody on this machine may pretend to be anybody")
        self._gate = gate
        _log.info("teams.started", app=self._app_id or "anonymous")

    def routes(self) -> list[web.RouteDef]:
        """Return what to mount on the HTTP server."""
        return [http_route(lambda: self._gate, self._receive, PATH, anonymous=not self._app_id)]

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Do one delivery; see `dialogs.ports.Adapter`."""
        with self._begun.something():
            return await self._started().send(delivery, key=key, target=target)

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:  # noqa: ARG002 - the port's
        """Look for what an earlier `send` made; see `dialogs.ports.Adapter`."""
        return await self._started().find(delivery, key=key)

    async def members(self, channel: str) -> tuple[Person, ...]:
        """Return the people who are in a channel now."""
        self._started()
        reference = await self._references.get(channel)
        where = (reference.service_url, reference.tenant, reference.conversation or channel)
        people = []
        async for member in self._connector.members(*where):
            person = self._directory.read(member, reference.tenant)
            self._directory.remember(str(member.get("id") or ""), reference.tenant, person)
            people.append(person)
        return tuple(people)

    async def close(self) -> None:
        """Take nothing more, finish what was begun, and hang up."""
        if self._gate is None:
            return
        self._gate = None
        await self._intake.close(_PATIENCE)
        await self._offers.close(_PATIENCE)
        self._sender = None
        await self._begun.finish(_PATIENCE)
        await self._keys.close()
        await self._session.close()

    def _started(self) -> Sender:
        if self._sender is None:
            raise TransientError("Teams is not connected yet", retry_after=1)
        return self._sender

    async def _receive(self, activity: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take one activity in; the answer is the body of what to acknowledge it with, an error means not at all."""
        name = activity.get("name") if activity["type"] == "invoke" else None
        if name == CONSENTED:
            await self._consented(activity)
            return {}
        answer: Mapping[str, Any] | None = None
        for happening in happenings(activity, self._now()):
            if is_way_out(happening):
                answer = self._replies.way_out(happening)
            else:
                answer = await self._own(happening) or await self._taken(happening)
        if name is not None and answer is None:
            return {} if name in {EXECUTE, FETCH, SUBMIT, FEEDBACK} else None
        return answer

    async def _taken(self, happening: Happening) -> Mapping[str, Any] | None:
        return await self._replies.answer(happening, self._intake.take(happening))

    async def _own(self, happening: Happening) -> Mapping[str, Any] | None:
        """Answer a press that concerns nobody but Teams; nothing where it is another."""
        speak = speaker(happening)
        match happening.what:
            case Pressed(name=name, value=file) if name == BRING:
                brought = await self._brought(happening, file)
                return said(happening, speak("teams.file.brought" if brought else "teams.file.away"), speak)
            case _:
                return None

    async def _brought(self, happening: Happening, file: str) -> bool:
        """Offer a file in the private chat of who pressed."""
        with reading():
            size = int(happening.carried.get("size") or 0)
        part = consent(file, str(happening.carried.get("name") or ""), size)
        origin, place = happening.origin, happening.place
        actor = await self._directory.person(happening.sender, origin, place)
        await self._references.heard(origin, happening.sender, place, actor.tenant)
        try:
            await self._started().say(_private(happening), part)
        except DeliveryError as error:
            _log.info("teams.no_private_chat", why=str(error))
            return False
        return True

    async def _consented(self, activity: Mapping[str, Any]) -> None:
        """Hand over a file that somebody said yes to, and take the question away."""
        with reading():
            value, place = activity["value"], place_of(activity["conversation"])
            sender, said_yes = sender_of(activity, activity["from"]), value["action"] == "accept"
            accepted = accepted_of(value) if said_yes else None
        if accepted:
            self._offers.consented(accepted, place, sender.language or Language.SPANISH, self._started().say)
        try:
            await self._started().delete(place, str(activity.get("replyToId") or ""))
        except DeliveryError as error:
            _log.info("teams.question_stays", why=str(error))

    async def _is_member(self, channel: str, happening: Happening) -> bool:
        """Tell whether somebody is in a channel."""
        origin = happening.origin
        try:
            await self._connector.member(origin.service_url, origin.tenant, channel, happening.sender.member)
        except RefusedError:
            return False
        return True

    async def _whisper(self, happening: Happening, what: Message | dict[str, Any]) -> None:
        """Say something to who acted alone: in their private chat, or where that cannot be, that it cannot."""
        try:
            await self._started().whisper(_private(happening), what)
        except DeliveryError as error:
            _log.info("teams.no_private_chat", why=str(error))
            sentence = speaker(happening)("teams.private")
            part = card_part(frame([run_block(sentence)], [], sentence), sentence)
            await self._started().say(happening.place, part)


def _private(happening: Happening) -> Place:
    """Return the private chat of who acted."""
    if happening.place.direct:
        return happening.place
    sender = happening.sender
    return Place(platform=Platform.TEAMS, channel=sender.object or sender.member, direct=True)
