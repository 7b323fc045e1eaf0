"""The way to a mail server, by aiosmtplib: what it answers, in the words of the port.

RFC 5321: a reply 4yz may be another one later, a reply 5yz will not; the letter is the server's once it answers the
end of DATA.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from enum import Enum

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPResponseException

from adapters.mail.server import MailServer
from dialogs.ports import DeliveryError, PermanentError, TransientError, UnknownOutcomeError

AT_ONCE = 3
"""Connections at the same time; more than a few look like spam to most servers."""


class Stage(Enum):
    """How far a letter has got. The value is how long that may take, in seconds; all are less than a delivery waits."""

    ENTRY = 6.0
    ENVELOPE = 3.0
    LETTER = 5.0


class SmtpOutlet:
    """Hands letters to a mail server, each over a connection of its own.

    A password is shown only to a server that proves who it is: by TLS with a certificate, or by being this machine.
    Without one, TLS is used where it is offered, as mail servers do among themselves.
    """

    def __init__(self, server: MailServer, *, name: str) -> None:
        """`name` is how we introduce ourselves: the domain of the sender."""
        self._server = server
        self._name = name
        self._free = asyncio.Semaphore(AT_ONCE)

    async def carry(self, letter: bytes, *, sender: str, to: str, key: str) -> None:
        """Hand over a letter.

        Raises:
            TransientError: the server cannot be reached, does not let us in, or says later (greylisting).
            PermanentError: it refuses the sender, the recipient or the letter.
            UnknownOutcomeError: it fell silent, or was gone, with the letter in its hands.
        """
        del key
        encoding, options = ("ascii", []) if (sender + to).isascii() else ("utf-8", ["SMTPUTF8"])
        async with self._connected() as client:
            async with _stage(Stage.ENVELOPE):
                await client.mail(sender, options=options, encoding=encoding)
                await client.rcpt(to, encoding=encoding)
            async with _stage(Stage.LETTER):
                await client.data(letter)

    async def greet(self) -> None:
        """Connect and log in, and nothing more.

        Raises:
            TransientError: it does not work; the reason says why.
        """
        async with self._connected():
            pass

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        server = self._server
        proven = server.secure or (bool(server.user) and not server.trusted)
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            local_hostname=self._name,
            use_tls=server.secure,
            start_tls=False if server.secure else proven or None,
            validate_certs=proven,
            timeout=None,  # each stage has its own
        )
        async with AsyncExitStack() as stack:
            async with _stage(Stage.ENTRY):
                await stack.enter_async_context(self._free)
                stack.callback(client.close)
                await client.connect()
            yield client
            with suppress(SMTPException, TimeoutError):
                async with asyncio.timeout(0.5):
                    await client.quit()


@asynccontextmanager
async def _stage(stage: Stage) -> AsyncIterator[None]:
    """Say in the words of the port what goes wrong, or lasts too long, at a stage."""
    try:
        async with asyncio.timeout(stage.value):
            yield
    except (SMTPException, OSError, ValueError) as error:
        raise _told(error, stage) from error


def _told(error: Exception, stage: Stage) -> DeliveryError:
    match error:
        case SMTPResponseException(code=code, message=message):
            text = f"{code} {' '.join(message.split())}"
            # What a server has against ourselves is mended by its operator or ours, not by giving up letters.
            final = code >= 500 and stage is not Stage.ENTRY
            return PermanentError(text) if final else TransientError(text)
        case ValueError() if stage is Stage.ENVELOPE:
            return PermanentError(str(error))
        case _ if stage is Stage.LETTER:
            return UnknownOutcomeError(f"{type(error).__name__} after the letter")
        case _:
            return TransientError(f"{type(error).__name__}: {error}".rstrip(": "))
