"""What was missed while nobody listened, read from the channels' history.

Each sweep reads what is newer than the last one of its channel, and hands over what was not taken in before. Only a
sweep moves a channel's mark, so a message that came after a gap cannot hide those that were lost in it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from adapters.slack.api import Api, RefusedError
from adapters.slack.happenings import Happening
from adapters.slack.identity import Workspace
from adapters.slack.intake import Intake, author_tenant
from adapters.slack.payloads import message
from adapters.slack.ports import Memory

_log = structlog.get_logger(__name__)
_OVERLAP = timedelta(minutes=1)
_OLD_THREADS = timedelta(days=2)
_TYPES = "public_channel,private_channel,im"


class Backfill:
    """Reads the channels the bot is in."""

    def __init__(
        self, *, api: Api, workspace: Workspace, intake: Intake, memory: Memory, now: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._workspace = workspace
        self._intake = intake
        self._memory = memory
        self._now = now

    async def begin(self, channel: str, ts: str) -> None:
        """The bot came into a channel: what is said from this message on concerns it."""
        await self._memory.keep_marks({channel: ts})

    async def sweep(self) -> int:
        """Hand over what was missed everywhere; return how many messages nobody had brought."""
        marks = await self._memory.marks()
        moved: dict[str, str] = {}
        missed = 0
        try:
            for channel in await self._channels():
                mark = _ts(self._now() - _OVERLAP)
                try:
                    missed += await self._read(channel, marks[channel]) if channel in marks else 0
                    moved[channel] = mark
                except RefusedError as error:
                    _log.warning("slack.channel_not_readable", channel=channel, why=error.code)
        finally:
            await self._memory.keep_marks(moved)
        return missed

    async def _channels(self) -> list[str]:
        found = self._api.pages(
            "users.conversations", "channels", types=_TYPES, exclude_archived=True, limit=200, most=50
        )
        return [channel["id"] async for channel in found]

    async def _read(self, channel: str, mark: str) -> int:
        found = [told async for told in self._since(channel, mark) if not self._intake.has(told.key)]
        known = await self._memory.known([told.key for told in found])
        lanes: dict[str, list[Happening]] = defaultdict(list)
        for told in found:
            if told.key not in known:
                lanes[told.thread or told.user].append(told)
        missed = sum(await asyncio.gather(*map(self._hand_over, lanes.values())))
        if lanes:
            _log.info("slack.swept", channel=channel, conversations=len(lanes), missed=missed)
        return missed

    async def _hand_over(self, lane: list[Happening]) -> int:
        """Hand over what was said in one thread, or by one person, in its order; return how much of it was old."""
        for happening in sorted(lane, key=lambda happening: happening.at):
            await self._intake.take(happening)
        old = self._now() - _OVERLAP
        return sum(happening.at < old for happening in lane)

    async def _since(self, channel: str, mark: str) -> AsyncIterator[Happening]:
        oldest = f"{float(mark) - _OLD_THREADS.total_seconds():.6f}"
        async for post in self._pages("conversations.history", channel=channel, oldest=oldest):
            for told in self._told(channel, post, mark):
                yield told
            if float(post.get("latest_reply") or 0) <= float(mark) or self._only_ours(post):
                continue
            async for reply in self._pages("conversations.replies", channel=channel, ts=post["ts"], oldest=mark):
                if reply["ts"] != post["ts"]:
                    for told in self._told(channel, reply, mark):
                        yield told

    def _only_ours(self, post: dict[str, Any]) -> bool:
        """Tell whether nobody but the bot answered in a thread: then there is nothing to read."""
        return post.get("reply_users") == [self._workspace.bot_user] and post.get("reply_users_count", 1) == 1

    def _told(self, channel: str, post: dict[str, Any], mark: str) -> list[Happening]:
        me, tenant = self._workspace.bot_user, author_tenant(post)
        edited = (post.get("edited") or {}).get("ts") or "0"
        found = []
        if float(post["ts"]) > float(mark):
            found.append(message({**post, "channel": channel}, me, tenant))
        if float(edited) > float(mark):
            change = {"subtype": "message_changed", "channel": channel, "ts": edited, "message": post}
            found.append(message(change, me, tenant))
        return [told for told in found if told]

    async def _pages(self, method: str, **arguments: Any) -> AsyncIterator[dict[str, Any]]:
        async for post in self._api.pages(method, "messages", limit=200, most=50, **arguments):
            yield post


def _ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
