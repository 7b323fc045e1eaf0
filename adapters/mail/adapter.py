"""E-mail as a platform of the assistant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Protocol

from adapters.mail.letters import write_letter
from dialogs.events import File, Person, Platform
from dialogs.messages import Attachments, Delivery, Mail
from dialogs.ports import Adapter, FileStore, PermanentError, Sink, UnknownOutcomeError

HANDED_OVER = 3
"""How often a mail is handed over whole to a server that does not answer, before nobody trusts it any more."""

ATTACHED_AT_MOST = 15_000_000
"""How much of files goes along with a mail, in bytes; of the rest it tells the names. Many servers take 20 MB."""


class Outlet(Protocol):
    """Where letters leave."""

    async def carry(self, letter: bytes, *, sender: str, to: str, key: str) -> None:
        """Hand over a whole letter, as RFC 5322 has it, from an address to an address.

        Raises:
            TransientError, PermanentError, UnknownOutcomeError: as with `Adapter.send`.
        """


class MailAdapter:
    """Sends `Mail`. Its `Message-ID` is made from the idempotency key, so that a mail sent twice is known as one.

    That makes an unknown outcome harmless: the mail is handed over again, and mailboxes that look at the id keep one
    of them. A server that swallows it `HANDED_OVER` times without a word has failed.
    """

    platform = Platform.MAIL

    def __init__(
        self,
        outlet: Outlet,
        files: FileStore,
        *,
        sender: str,
        now: Callable[[], datetime],
        tray: Adapter | None = None,
    ) -> None:
        """`sender` is an address, with a name or without. A `tray` gets every mail as well, for who tries the page."""
        self._outlet = outlet
        self._files = files
        self._sender = sender
        self._now = now
        self._tray = tray
        self._unanswered = Counter[str]()

    async def start(self, sink: Sink) -> None:
        """Nothing comes in this way."""

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Send a mail and return its `Message-ID`.

        Raises:
            TransientError, PermanentError, UnknownOutcomeError: as the port says.
        """
        if not isinstance(delivery, Mail):
            raise PermanentError("only mail is sent by mail")
        if self._tray is not None:
            await self._tray.send(delivery, key=key, target=target)
        attached = await self._attached(delivery)
        try:
            letter = write_letter(delivery, attached, key=key, sender=self._sender, now=self._now())
        except ValueError as error:  # an address with a line break in it
            raise PermanentError(str(error)) from error
        try:
            await self._outlet.carry(letter.as_bytes(), sender=parseaddr(self._sender)[1], to=delivery.to, key=key)
        except UnknownOutcomeError as error:
            self._unanswered[key] += 1
            if self._unanswered[key] >= HANDED_OVER:
                del self._unanswered[key]
                raise PermanentError(f"handed over {HANDED_OVER} times, never confirmed: {error}") from error
            raise
        self._unanswered.pop(key, None)
        return str(letter["Message-ID"])

    async def _attached(self, mail: Mail) -> list[tuple[File, bytes]]:
        """Read the files of a mail that there is room for."""
        attached, room = [], ATTACHED_AT_MOST
        for block in mail.message.blocks:
            for file in block.files if isinstance(block, Attachments) else ():
                if file.problem is None and file.size <= room:
                    try:
                        attached.append((file, b"".join([chunk async for chunk in self._files.read(file.id)])))
                    except FileNotFoundError:
                        continue  # its name is told all the same
                    room -= file.size
        return attached

    async def find(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Return nothing: a mailbox cannot be asked."""

    async def members(self, channel: str) -> tuple[Person, ...]:
        """Return nobody: e-mail has no channels."""
        del channel
        return ()

    async def close(self) -> None:
        """There is nothing to let go of."""
