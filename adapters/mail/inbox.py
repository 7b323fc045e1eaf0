"""Looks into a mailbox again and again, and hands what came to the desk: each mail once, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from adapters.mail.arriving import is_own, read_mail, unreadable
from adapters.mail.mailbox import Mailbox, MailboxAddress, MailboxError
from dialogs.ports import FileStore, Sink

POLL = 15.0
"""How long a mail may lie in the mailbox unseen, in seconds."""
LONGEST_WAIT = 300.0
"""The longest wait before a mailbox that cannot be used is tried again, in seconds."""
OVERLAP = timedelta(days=2)
"""How far back it is looked where the mailbox was numbered anew; what was taken already is known by its id."""

_log = structlog.get_logger()


class Bookmark(Protocol):
    """Keeps how far a mailbox was read."""

    async def load(self) -> str | None:
        """Return what was saved last."""

    async def save(self, mark: str) -> None:
        """Keep it in place of what was saved before."""


class Inbox:
    """Reads a mailbox from where it was when first looked at.

    A mail counts as taken once the sink has it, and only then the bookmark moves on: after a crash it comes again, and
    its `Message-ID`, the key of its event, tells that it is known.
    """

    def __init__(
        self,
        address: MailboxAddress,
        files: FileStore,
        bookmark: Bookmark,
        *,
        sender: str,
        max_bytes: int,
        now: Callable[[], datetime],
        poll: float = POLL,
    ) -> None:
        """`sender` is our own address; of mails over `max_bytes` only the beginning is read."""
        self._address = address
        self._files = files
        self._bookmark = bookmark
        self._sender = sender
        self._max_bytes = max_bytes
        self._now = now
        self._poll = poll
        self._mailbox: Mailbox | None = None
        self.deaf_since: datetime | None = None
        """Since when the mailbox could not be read, if it cannot."""

    async def run(self, sink: Sink, stopping: asyncio.Event) -> None:
        """Take what comes until told to stop."""
        wait = self._poll
        while not stopping.is_set():
            try:
                await self._look(sink, stopping)
            except MailboxError as error:
                await self._let_go()
                if self.deaf_since is None:
                    _log.warning("mail.mailbox_unreachable", mailbox=self._address.name, why=str(error))
                self.deaf_since, wait = self.deaf_since or self._now(), min(wait * 2, LONGEST_WAIT)
            except Exception:  # noqa: BLE001 - the store failed: the mail waits in its mailbox
                _log.exception("mail.not_taken", mailbox=self._address.name)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                if self.deaf_since is not None:
                    _log.info("mail.mailbox_reached", mailbox=self._address.name)
                self.deaf_since, wait = None, self._poll
            await _pause(wait, stopping)
        await self._let_go()

    async def _look(self, sink: Sink, stopping: asyncio.Event) -> None:
        if self._mailbox is None:
            self._mailbox = await asyncio.to_thread(Mailbox, self._address)
        mailbox: Mailbox = self._mailbox
        for uid in await self._news(mailbox):
            if stopping.is_set():
                return
            await self._take(mailbox, uid, sink)
            await self._bookmark.save(f"{mailbox.validity}:{uid}:{self._now().date().isoformat()}")
            await asyncio.to_thread(mailbox.mark_read, uid)

    async def _news(self, mailbox: Mailbox) -> list[int]:
        """Return the numbers of the mails that were not taken yet."""
        validity, uid, day = _read_mark(await self._bookmark.load())
        if day is None:
            last = mailbox.next_uid - 1
            await self._bookmark.save(f"{mailbox.validity}:{last}:{self._now().date().isoformat()}")
            return await asyncio.to_thread(mailbox.after, last)
        if validity != mailbox.validity:
            return await asyncio.to_thread(mailbox.since, day - OVERLAP)
        return await asyncio.to_thread(mailbox.after, uid)

    async def _take(self, mailbox: Mailbox, uid: int, sink: Sink) -> None:
        fetched = await asyncio.to_thread(mailbox.fetch, uid, self._max_bytes)
        if fetched is None or is_own(fetched[0], self._sender):
            return
        raw, whole = fetched
        try:
            event = await read_mail(raw, self._files, inbox=self._address.name, now=self._now(), whole=whole)
        except Exception:  # noqa: BLE001 - one mail that nobody foresaw must not hold back those after it
            _log.exception("mail.unreadable", mailbox=self._address.name, uid=uid)
            event = unreadable(raw, inbox=self._address.name, now=self._now())
        await sink(event)

    async def _let_go(self) -> None:
        mailbox, self._mailbox = self._mailbox, None
        if mailbox is not None:
            await asyncio.to_thread(mailbox.close)


def _read_mark(mark: str | None) -> tuple[int, int, date | None]:
    validity, _, rest = (mark or "").partition(":")
    uid, _, day = rest.partition(":")
    return (int(validity), int(uid), date.fromisoformat(day)) if day else (0, 0, None)


async def _pause(seconds: float, stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
