"""A real mail server on loopback that does what a test scripts, and keeps the letters it took."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Fault(StrEnum):
    """What the server does with the next letter."""

    REFUSES_SENDER = "550 5.7.1 not from you"
    REFUSES_RECIPIENT = "550 5.1.1 no such mailbox"
    REFUSES_LETTER = "554 5.7.1 looks like spam"
    GREYLISTS = "451 4.7.1 greylisted, come again in five minutes"
    LATER = "452 4.3.1 not enough room just now"
    HANGS_BEFORE = "hangs at the recipient"
    HANGS_AFTER = "hangs with the letter in its hands"
    DROPS_BEFORE = "drops the connection at the recipient"
    DROPS_AFTER = "takes the letter, then drops the connection"


@dataclass(frozen=True)
class Taken:
    """A letter in a mailbox."""

    sender: str
    to: list[str]
    letter: EmailMessage
    user: str
    tls: bool

    def part(self, kind: str) -> str:
        """Return the text of the part that is `plain` or `html`."""
        body = self.letter.get_body((kind,))
        assert body is not None
        text: str = body.get_content()
        return text


@dataclass
class Mailboxes:
    """The server. `faults` come one after another, one for each letter; `None` takes the letter."""

    faults: deque[Fault | None] = field(default_factory=deque)
    taken: list[Taken] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    attempts: int = 0
    open: int = 0
    most_open: int = 0
    accounts: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    port: int = 0

    _now: Fault | None = None
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def listening(self, *, secure: bool = False) -> AsyncIterator[Mailboxes]:
        """Listen on a free port; `secure` speaks TLS from the first byte."""
        context = self.tls if secure else None
        server = await asyncio.get_running_loop().create_server(self._protocol, "127.0.0.1", self.port, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self._released.set()
            server.close()
            await server.wait_closed()

    def _protocol(self) -> SMTP:
        server = self

        class Counted(SMTP):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                server.open += 1
                server.most_open = max(server.most_open, server.open)
                super().connection_made(transport)

            def connection_lost(self, error: Exception | None) -> None:
                server.open -= 1
                super().connection_lost(error)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it finds a password without TLS unwise
            return Counted(
                self,
                hostname="mail.test",
                enable_SMTPUTF8=True,
                tls_context=self.tls,
                authenticator=self._knows if self.accounts else None,
                auth_required=bool(self.accounts),
                auth_require_tls=False,
            )

    def _knows(self, _server: SMTP, session: Session, _envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword), mechanism
        known = self.accounts.get(data.login.decode()) == data.password.decode()
        session.user = data.login.decode()  # type: ignore[attr-defined]
        return AuthResult(success=known, handled=False)

    # What aiosmtpd asks, by its names.

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.attempts += 1
        self._now = self.faults.popleft() if self.faults else None
        if self._now is Fault.REFUSES_SENDER:
            return self._now
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        match self._now:
            case Fault.REFUSES_RECIPIENT | Fault.GREYLISTS:
                return self._now
            case Fault.HANGS_BEFORE:
                await self._released.wait()
            case Fault.DROPS_BEFORE:
                assert server.transport is not None
                server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._now in {Fault.REFUSES_LETTER, Fault.LATER}:
            return self._now
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        user = getattr(session, "user", "")
        taken = Taken(envelope.mail_from or "", list(envelope.rcpt_tos), letter, user, session.ssl is not None)
        async with self.arrived:
            self.taken.append(taken)
            self.arrived.notify_all()
        if self._now is Fault.HANGS_AFTER:
            await self._released.wait()
        if self._now is Fault.DROPS_AFTER:
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"

    async def until(self, count: int) -> list[Taken]:
        """Wait until so many letters are there."""
        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: len(self.taken) >= count), 20)
        return self.taken
