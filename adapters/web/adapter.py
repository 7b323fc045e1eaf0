"""The page as a platform of the assistant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from aiohttp import WSCloseCode, web

from adapters.web.feed import Feed
from adapters.web.gate import Gate
from adapters.web.handover import Handover
from adapters.web.page import Page, reacted
from adapters.web.people import ASSISTANT, Completions, WebChannel, WebPerson
from adapters.web.ports import Workspace
from adapters.web.posts import Post, Posts, Reaction, new_id
from adapters.web.server import Server
from adapters.web.view import Surroundings
from dialogs import messages
from dialogs.events import Person, Platform
from dialogs.messages import Delivery, Mail, React, Revise, ShowHome
from dialogs.ports import FileStore, PermanentError, Sink


class WebAdapter:
    """The browser page: a platform of our own, so it keeps its posts itself and never forgets an answer.

    Also takes `Mail`, for the tray. `now` is the desk's clock, and `advance` moves it forward for everybody,
    where it can be moved; `zone` is the IANA name of the zone that the clock bar shows. Without a `token` only
    browsers of this machine are answered.
    """

    platform = Platform.WEB

    def __init__(
        self,
        workspace: Workspace,
        files: FileStore,
        *,
        now: Callable[[], datetime],
        advance: Callable[[timedelta], Awaitable[None]] | None = None,
        zone: str,
        people: Iterable[WebPerson],
        channels: Iterable[WebChannel],
        completions: Completions,
        assistant: str,
        max_megabytes: int,
        token: str | None = None,
    ) -> None:
        self._now = now
        self._people = {person.id: person for person in people}
        self._channels = {channel.id: channel for channel in channels}
        self._posts = Posts(workspace)
        self._feed = Feed(self._posts)
        self._handover = Handover(workspace)
        self._sockets: set[web.WebSocketResponse] = set()
        page = Page(
            posts=self._posts,
            feed=self._feed,
            handover=self._handover,
            channels=self._channels,
            people=self._people.values(),
            assistant=assistant,
            now=now,
        )
        surroundings = Surroundings(
            people=self._people,
            channels=self._channels,
            completions=completions,
            assistant=assistant,
            zone=zone,
            max_megabytes=max_megabytes,
            now=now,
            advance=advance,
        )
        self._server = Server(
            page=page,
            feed=self._feed,
            files=files,
            gate=Gate(token),
            surroundings=surroundings,
            sockets=self._sockets,
        )

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the page, to put into an application: `/`, `/login`, `/static` and `/api`."""
        return self._server.routes()

    async def start(self, sink: Sink) -> None:
        """Begin to hand events to the sink, with what it had not taken when the page last closed."""
        await self._handover.start(sink)

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Put a delivery on the page.

        Raises:
            PermanentError: its channel, or the post it is about, is not on the page.
        """
        made = await self._send(delivery, f"sent:{key}", target)
        self._feed.wake()
        return made

    async def _send(self, delivery: Delivery, key: str, target: str | None) -> str | None:
        match delivery:
            case messages.Post():
                return await self._post(delivery, key, target)
            case Revise(message=message):
                await self._change(target, lambda post: replace(post, message=message))
                return target
            case React(message=on, emoji=emoji, added=added):
                await self._change(on, lambda post: reacted(post, Reaction(emoji, ASSISTANT), added=added))
                return None
            case ShowHome():
                raise PermanentError("the page has no such place; the command tells the same")
            case Mail():
                return await self._posts.add_letter(delivery, key, self._now())

    async def _post(self, delivery: messages.Post, key: str, target: str | None) -> str:
        place = delivery.place
        if place.channel not in self._channels:
            raise PermanentError(f"no channel {place.channel} on the page")
        under = target if delivery.under else place.thread
        root = None
        if delivery.under or under:
            above = await self._posts.get(under or "")
            if above is None:
                raise PermanentError(f"nothing to post under: {delivery.under or under}")
            root = above.root
        post = Post(
            id=new_id(),
            channel=place.channel,
            thread=root,
            author=ASSISTANT,
            at=self._now(),
            message=delivery.message,
        )
        return (await self._posts.add(post, key)).id

    async def _change(self, post: str | None, edit: Callable[[Post], Post]) -> None:
        if await self._posts.change(post or "", edit) is None:
            raise PermanentError(f"no post {post} on the page")

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Return the id of what an earlier `send` with this key made."""
        del delivery, target
        return await self._posts.find(f"sent:{key}")

    async def members(self, channel: str) -> tuple[Person, ...]:
        """Return who is in a channel."""
        return tuple(person.as_person() for person in self._people.values() if channel in person.channels)

    async def close(self) -> None:
        """Let the tabs go and finish what the desk is at; what it has not taken waits for the next start."""
        for socket in list(self._sockets):
            with suppress(ConnectionError):
                await socket.close(code=WSCloseCode.GOING_AWAY)
        await self._handover.close()
