"""Deliveries to Slack: posts, revisions and reactions, each done once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from adapters.slack.api import Api, RefusedError
from adapters.slack.blocks import Part, home_blocks, parts, whole
from adapters.slack.controls import home
from adapters.slack.files import Files
from adapters.slack.identity import Workspace
from dialogs.events import File
from dialogs.messages import Attachments, Delivery, Message, Post, React, Revise, ShowHome
from dialogs.ports import PermanentError

_EVENT_TYPE = "ldsupport_delivery"
_DONE_ALREADY = {"already_reacted", "no_reaction"}
_SEEN = 10


class Sender:
    """Sends deliveries. Each message carries the key of its delivery in its metadata, where it is found again."""

    def __init__(self, api: Api, workspace: Workspace, files: Files) -> None:
        self._api = api
        self._workspace = workspace
        self._files = files
        self._direct: dict[str, str] = {}

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Do a delivery; see `dialogs.ports.Adapter.send`."""
        match delivery:
            case Post():
                return await self._post(delivery, key, target)
            case Revise():
                await self._revise(delivery, target)
                return target
            case React():
                await self._react(delivery)
                return None
            case ShowHome(place=place, person=person, message=message):
                view = home(home_blocks(message, self._workspace), place.channel)
                await self._api.write("views.publish", repeatable=True, user_id=person, view=view)
                return None
            case _:
                raise PermanentError(f"Slack cannot deliver {delivery.kind}")

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Look for what an earlier `send` made; see `dialogs.ports.Adapter.find`. Half of it counts as nothing."""
        if not isinstance(delivery, Post):
            return None
        channel, thread = await self._where(delivery, target)
        names = _names(key, len(parts(delivery.message, self._workspace)))
        made, files = await self._made(channel, thread, key)
        complete = all(name in made for name in names)
        return made[names[0]] if complete and _names_of(delivery.message) <= files else None

    async def _post(self, post: Post, key: str, target: str | None) -> str:
        channel, thread = await self._where(post, target)
        drawn = parts(post.message, self._workspace)
        names, attached = _names(key, len(drawn)), _files(post.message)
        made: dict[str, str] = {}
        files: set[str] = set()
        if len(drawn) > 1 or attached:
            # An earlier try may have got half way.
            made, files = await self._made(channel, thread, key)
        for name, part in zip(names, drawn, strict=True):
            if name not in made:
                made[name] = await self._say(channel, thread, part, name)
        try:
            await self._files.upload_missing(attached, channel, thread or made[names[0]], files)
        except RefusedError as error:
            missing = ", ".join(file.name for file in attached if file.name not in files)
            raise PermanentError(f"{error}; without {missing}, what was written is there") from error
        return made[names[0]]

    async def _say(self, channel: str, thread: str | None, part: Part, name: str) -> str:
        answer = await self._api.write(
            "chat.postMessage",
            repeatable=False,
            channel_rate=True,
            channel=channel,
            thread_ts=thread,
            text=part.text,
            blocks=list(part.blocks) or None,
            metadata={"event_type": _EVENT_TYPE, "event_payload": {"key": name}},
            mrkdwn=False,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
        ts: str = answer["ts"]
        return ts

    async def _revise(self, revise: Revise, target: str | None) -> None:
        if target is None:
            raise PermanentError(f"there is no message {revise.ref}")
        part = whole(revise.message, self._workspace)
        await self._api.write(
            "chat.update",
            repeatable=True,
            channel=await self._channel(revise.place.channel),
            ts=target,
            text=part.text,
            blocks=list(part.blocks),
            parse="none",
        )

    async def _react(self, react: React) -> None:
        method = "reactions.add" if react.added else "reactions.remove"
        try:
            await self._api.write(
                method,
                repeatable=True,
                channel=await self._channel(react.place.channel),
                timestamp=react.message,
                name=react.emoji,
            )
        except RefusedError as error:
            if error.code not in _DONE_ALREADY:
                raise

    async def _where(self, post: Post, target: str | None) -> tuple[str, str | None]:
        thread = target if post.under else post.place.thread
        return await self._channel(post.place.channel), thread

    async def _channel(self, channel: str) -> str:
        """Return the channel's id; a person's id stands for the private chat with them."""
        if not channel.startswith(("U", "W")):
            return channel
        if channel not in self._direct:
            opened = await self._api.write("conversations.open", repeatable=True, users=channel)
            self._direct[channel] = opened["channel"]["id"]
        return self._direct[channel]

    async def _made(self, channel: str, thread: str | None, key: str) -> tuple[dict[str, str], set[str]]:
        """Return what is there of a delivery: messages by name, and the names of files posted by us after it."""
        made: dict[str, str] = {}
        posted: list[tuple[float, str]] = []
        async for message in self._messages(channel, thread):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            name = str(payload.get("key") or "")
            if name.partition("#")[0] == key:
                made[name] = message["ts"]
            if message.get("user") == self._workspace.bot_user:
                posted.extend((float(message["ts"]), file.get("name") or "") for file in message.get("files") or ())
        first = float(made.get(key, "inf"))
        return made, {name for ts, name in posted if ts > first}

    async def _messages(self, channel: str, thread: str | None) -> AsyncIterator[Mapping[str, Any]]:
        method, where = ("conversations.replies", {"ts": thread}) if thread else ("conversations.history", {})
        async for message in self._api.pages(
            method, "messages", most=_SEEN, channel=channel, limit=200, include_all_metadata=True, **where
        ):
            yield message


def _names(key: str, number: int) -> list[str]:
    return [key if at == 0 else f"{key}#{at + 1}" for at in range(number)]


def _files(message: Message) -> list[File]:
    return [
        file for block in message.blocks if isinstance(block, Attachments) for file in block.files if not file.problem
    ]


def _names_of(message: Message) -> set[str]:
    return {file.name for file in _files(message)}
