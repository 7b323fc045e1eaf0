"""From what happened on Slack to an event that is kept: once, and in the order of each thread."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, OrderedDict
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

import structlog

from adapters.slack.api import Api, RefusedError
from adapters.slack.files import Files
from adapters.slack.happenings import POINTED, SHORTCUT, Answer, Happening, instant, is_direct
from adapters.slack.identity import Directory, Workspace
from adapters.slack.payloads import message, message_key
from adapters.slack.text import read_text
from dialogs.events import (
    Deleted,
    Edited,
    Event,
    Invoked,
    Language,
    Person,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
)
from dialogs.messages import FormErrors, Message, Paragraph, Plain, Reply, Whisper
from dialogs.phrases import voice
from dialogs.ports import Sink, TransientError

_log = structlog.get_logger(__name__)
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)")
_REMEMBERED = 20_000
_IN_LINE = 2.0
# Slack promises no order: for so many seconds something waits for a message it belongs to, where that is as young.
_OVERTAKEN = 1.0
_YOUNG = timedelta(seconds=30)


class ClosingError(Exception):
    """The process is about to stop and takes nothing more."""


class Intake:
    """Makes an event of what happened and hands it to the sink.

    Two deliveries of the same happening share one hand-over, so each is answered when it is kept. `asks` are the
    emojis that hand a message to the assistant.
    """

    def __init__(
        self, *, api: Api, workspace: Workspace, directory: Directory, files: Files, sink: Sink, asks: frozenset[str]
    ) -> None:
        self._api = api
        self._workspace = workspace
        self._directory = directory
        self._files = files
        self._sink = sink
        self._asks = asks
        self._running: dict[str, asyncio.Task[Reply | None]] = {}
        self._kept: OrderedDict[str, None] = OrderedDict()
        self._awaited: dict[str, asyncio.Event] = {}
        self._threads: OrderedDict[tuple[str, str], str | None] = OrderedDict()
        self._lanes: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._refused_forms: Counter[str] = Counter()
        self._closing = False

    def has(self, key: str) -> bool:
        """Tell whether this happening was taken in by this process, or is being taken in."""
        return key in self._kept or key in self._running

    async def take(self, happening: Happening) -> Reply | None:
        """Hand a happening over; when this returns it is kept.

        Raises:
            Exception: it is not kept, and Slack must not be told that it is.
        """
        key = self._key(happening)
        if key in self._kept:
            return None
        task = self._running.get(key)
        if task is None:
            if self._closing:
                raise ClosingError
            task = self._running[key] = asyncio.create_task(self._hand_over(replace(happening, key=key)))
            task.add_done_callback(lambda done: self._settle(key, happening, done))
        return await asyncio.shield(task)

    async def close(self, patience: float) -> None:
        """Take nothing more, and finish what was begun within so many seconds."""
        self._closing = True
        if self._running:
            await asyncio.wait(list(self._running.values()), timeout=patience)

    def _key(self, happening: Happening) -> str:
        refused = self._refused_forms[happening.key] if happening.answer is Answer.VIEW else 0
        return f"{happening.key}:{refused}" if refused else happening.key

    def _settle(self, key: str, happening: Happening, done: asyncio.Task[Reply | None]) -> None:
        self._running.pop(key, None)
        if done.cancelled() or done.exception():
            return
        _remember(self._kept, key, None)
        if key in self._awaited:
            self._awaited.pop(key).set()
        if isinstance(done.result(), FormErrors):
            # The form stays open under the same id and hash; sent again, it is a new happening.
            self._refused_forms[happening.key] += 1

    async def _hand_over(self, happening: Happening) -> Reply | None:
        if happening.answer is not Answer.NOTHING:
            return await self._give(happening)
        await self._overtaken(happening)
        lane = self._lanes.setdefault((happening.channel, happening.thread or happening.user), asyncio.Lock())
        waiting = asyncio.ensure_future(lane.acquire())
        # The order is worth a little waiting, but a large file must not hold up the next words.
        await asyncio.wait({waiting}, timeout=_IN_LINE)
        if not waiting.done():
            waiting.cancel()
            return await self._give(happening)
        try:
            return await self._give(happening)
        finally:
            lane.release()

    async def _overtaken(self, happening: Happening) -> None:
        """Wait a little for the message that this changes, or that begins its thread, where that has not come yet."""
        match happening.what:
            case Edited(message=ts) | Deleted(message=ts):
                pass
            case Said() if happening.thread and not happening.answers_us:
                ts = happening.thread
            case _:
                return
        key = message_key(happening.channel, ts)
        if key not in self._kept and happening.at - instant(ts) <= _YOUNG:
            come = self._awaited.setdefault(key, asyncio.Event())
            with suppress(TimeoutError):
                await asyncio.wait_for(come.wait(), _OVERTAKEN)
            self._awaited.pop(key, None)

    async def _give(self, happening: Happening) -> Reply | None:
        event = await self._event(happening)
        match event.what:
            case Pressed(name=name, message=str(ts)) if name == SHORTCUT:
                return await self._pointed(event, ts, whole_thread=True)
            case Reacted(message=ts, emoji=emoji, added=True) if emoji in self._asks:
                await self._sink(event)
                return await self._pointed(event, ts, whole_thread=False)
            case Said(message=ts):
                _remember(self._threads, (happening.channel, ts), _root(happening.channel, event.place.thread, ts))
        return await self._sink(event)

    async def _event(self, happening: Happening) -> Event:
        actor = await self._directory.person(happening.user, happening.tenant)
        thread, what = happening.thread, happening.what
        match what:
            case Reacted(message=ts) if happening.lookup:
                thread = await self._thread_of(happening.channel, ts)
            case Said():
                files = await self._files.fetch(happening.files)
                text, mentioned = await self._read(happening.raw)
                what = replace(what, text=text, mentioned=mentioned, files=files)
            case Invoked():
                text, mentioned = await self._read(happening.raw)
                what = replace(what, text=text, mentioned=mentioned)
            case Edited():
                text, _ = await self._read(happening.raw)
                what = replace(what, text=text)
        place = Place(platform=Platform.SLACK, channel=happening.channel, thread=thread, direct=happening.direct)
        return Event(key=happening.key, actor=actor, place=place, at=happening.at, what=what)

    async def _read(self, raw: str) -> tuple[str, tuple[Person, ...]]:
        """Return what a message says, and whom it mentions."""
        users = dict.fromkeys(user for user in _MENTIONED.findall(raw) if user != self._workspace.bot_user)
        met = await asyncio.gather(*map(self._meet, users))
        text = read_text(raw, me=self._workspace.bot_user, name_of=self._directory.name)
        return text, tuple(person for person in met if person)

    async def _meet(self, user: str) -> Person | None:
        try:
            return await self._directory.person(user)
        except TransientError:
            _log.info("slack.unknown_person", user=user)
            return None

    async def _thread_of(self, channel: str, ts: str) -> str | None:
        if (channel, ts) in self._threads:
            return self._threads[channel, ts]
        found = await self._messages(channel, ts, limit=1)
        root = found[0].get("thread_ts") if found else None
        thread = _root(channel, root, ts)
        _remember(self._threads, (channel, ts), thread)
        return thread

    async def _pointed(self, event: Event, ts: str, *, whole_thread: bool) -> Reply | None:
        """Hand over a message that somebody pointed at, or its thread, as if its author had turned to the assistant.

        The desk says first whether that begins a case. Who used the shortcut is told what came of it.
        """
        channel = event.place.channel
        thread = await self._thread_of(channel, ts)
        posts = await self._messages(channel, thread or ts, limit=200)
        found = [told for post in posts if whole_thread or post["ts"] == ts if (told := self._told(channel, post))]
        if not found:
            return self._whisper(event, "slack.shortcut.unreadable") if whole_thread else None
        author = await self._directory.person(found[0].user, found[0].tenant)
        place = replace(event.place, thread=_root(channel, thread, ts))
        asked = Pressed(name=POINTED, value=author.key, message=ts)
        # Asked anew each time: what was true when the same reaction came before may not be now.
        if refused := await self._sink(replace(event, key=f"{event.key}:{uuid4().hex}", place=place, what=asked)):
            return refused
        for told in found:
            assert isinstance(told.what, Said)
            said = replace(told.what, addressed=told.what.addressed or told is found[0])
            await self._sink(await self._event(replace(told, thread=place.thread, what=said)))
        return self._whisper(event, "slack.shortcut.taken") if whole_thread else None

    def _told(self, channel: str, post: dict[str, Any]) -> Happening | None:
        """Return what a message of a thread says to who is pointed at it; None where nobody of flesh and blood does."""
        told = message({**post, "channel": channel}, self._workspace.bot_user, author_tenant(post))
        if told is None or not isinstance(told.what, Said):
            return None
        return replace(told, key=f"slack:asked:{channel}:{post['ts']}")

    def _whisper(self, event: Event, sentence: str) -> Reply:
        speak = voice(event.actor.language or Language.SPANISH)
        return Whisper(Message(blocks=(Paragraph((Plain(speak(sentence)),)),), language=speak.language))

    async def _messages(self, channel: str, ts: str, *, limit: int) -> list[dict[str, Any]]:
        try:
            answer = await self._api.read("conversations.replies", channel=channel, ts=ts, limit=limit)
        except RefusedError as error:
            _log.info("slack.thread_not_readable", channel=channel, why=error.code)
            return []
        return list(answer.get("messages") or ())


def _root(channel: str, thread: str | None, ts: str) -> str | None:
    """Return the thread a message is in or begins; a private chat has none of its own accord."""
    return thread or (None if is_direct(channel) else ts)


def author_tenant(post: dict[str, Any]) -> str:
    """Return the organisation of who wrote a message of a channel's history."""
    return post.get("user_team") or post.get("team") or ""


def _remember(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _REMEMBERED:
        kept.popitem(last=False)
