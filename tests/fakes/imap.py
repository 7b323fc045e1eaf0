"""A real IMAP server on loopback with one mailbox, that speaks enough of RFC 3501 and does what a test scripts."""

from __future__ import annotations

import asyncio
import base64
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from urllib.parse import quote

USER, PASSWORD = "soporte@ld.example", "clave con ñ"


class ImapFault(StrEnum):
    """What the server does at the next command of that kind."""

    DROPS_FETCH = "drops the connection at a FETCH"
    REFUSES_FETCH = "says no to a FETCH"


@dataclass
class Letter:
    """A mail in the mailbox."""

    uid: int
    raw: bytes
    came: date
    seen: bool = False


@dataclass
class ImapServer:
    """The mailbox, and how the server behaves. `plain` tells that it knows AUTHENTICATE."""

    letters: list[Letter] = field(default_factory=list)
    validity: int = 7
    next_uid: int = 1
    plain: bool = True
    faults: deque[ImapFault] = field(default_factory=deque)
    password: str = PASSWORD
    sessions: int = 0
    port: int = 0
    seen: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"imap://{quote(USER)}:{quote(self.password)}@127.0.0.1:{self.port}/INBOX"

    def comes(self, raw: bytes, came: date | None = None) -> int:
        """Put a mail into the mailbox and return its number."""
        self.letters.append(Letter(self.next_uid, raw, came or datetime.now(UTC).date()))
        self.next_uid += 1
        return self.letters[-1].uid

    def renumber(self) -> None:
        """Number all mails anew, as a server does after its mailbox was restored."""
        self.validity += 1
        self.next_uid = 1
        for letter in self.letters:
            letter.uid, self.next_uid = self.next_uid, self.next_uid + 1

    async def until_seen(self, count: int) -> None:
        """Wait until so many mails are marked as read."""
        async with self.seen:
            await asyncio.wait_for(
                self.seen.wait_for(lambda: sum(one.seen for one in self.letters) >= count), timeout=60
            )


class _Session:
    def __init__(self, server: ImapServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer

    async def serve(self) -> None:
        self._say("* OK ready")
        while line := (await self._reader.readline()).decode("utf-8", "replace").rstrip("\r\n"):
            tag, command, rest = [*line.split(" ", 2), "", ""][:3]
            if not await self._do(tag, command.upper(), rest):
                return
            await self._writer.drain()

    def _say(self, line: str) -> None:
        self._writer.write(f"{line}\r\n".encode())

    async def _do(self, tag: str, command: str, rest: str) -> bool:
        """Do one command; False: the connection is over."""
        match command:
            case "CAPABILITY":
                self._say(f"* CAPABILITY IMAP4rev1{' AUTH=PLAIN' if self._server.plain else ''}")
            case "AUTHENTICATE":
                self._say("+ ")
                told = base64.b64decode((await self._reader.readline()).strip())
                return self._let_in(tag, told.decode().split("\0")[1:])
            case "LOGIN":
                return self._let_in(tag, [one.strip('"') for one in re.findall(r'"[^"]*"|\S+', rest)])
            case "SELECT":
                self._say(f"* {len(self._server.letters)} EXISTS")
                self._say(f"* OK [UIDVALIDITY {self._server.validity}] valid")
                self._say(f"* OK [UIDNEXT {self._server.next_uid}] next")
            case "UID":
                return await self._uid(tag, *rest.split(" ", 1))
            case "LOGOUT":
                self._say("* BYE")
                self._say(f"{tag} OK")
                return False
        self._say(f"{tag} OK {command}")
        return True

    def _let_in(self, tag: str, told: list[str]) -> bool:
        right = told == [USER, self._server.password]
        self._say(f"{tag} OK in" if right else f"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
        return True

    async def _uid(self, tag: str, command: str, rest: str) -> bool:
        letters = self._server.letters
        if command == "SEARCH":
            self._say(f"* SEARCH {' '.join(str(one.uid) for one in letters if _fits(one, rest, letters))}".rstrip())
        elif command == "STORE":
            async with self._server.seen:
                for letter in letters:
                    letter.seen |= letter.uid == int(rest.split(maxsplit=1)[0])
                self._server.seen.notify_all()
        elif self._server.faults:
            if self._server.faults.popleft() is ImapFault.DROPS_FETCH:
                self._writer.transport.abort()
                return False
            self._say(f"{tag} NO busy")
            return True
        else:
            self._fetch(*rest.split(" ", 1))
        self._say(f"{tag} OK {command}")
        return True

    def _fetch(self, uid: str, what: str) -> None:
        found = next(((at, one) for at, one in enumerate(self._server.letters, 1) if one.uid == int(uid)), None)
        if found is None:
            return
        at, letter = found
        if "SIZE" in what:
            self._say(f"* {at} FETCH (UID {uid} RFC822.SIZE {len(letter.raw)})")
            return
        part = re.search(r"<0\.(\d+)>", what)
        raw = letter.raw[: int(part[1])] if part else letter.raw
        self._writer.write(f"* {at} FETCH (UID {uid} BODY[]{'<0>' if part else ''} {{{len(raw)}}}\r\n".encode())
        self._writer.write(raw + b")\r\n")


def _fits(letter: Letter, asked: str, letters: list[Letter]) -> bool:
    kind, _, what = asked.partition(" ")
    if kind == "SINCE":
        return letter.came >= datetime.strptime(what, "%d-%b-%Y").replace(tzinfo=UTC).date()
    since = int(what.partition(":")[0])
    return letter.uid >= since or letter is letters[-1]  # as RFC 3501 has it: `*` is always in `n:*`


@asynccontextmanager
async def imap_server() -> AsyncIterator[ImapServer]:
    """Run the server for as long as the block lasts."""
    server = ImapServer()

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.sessions += 1
        with suppress(ConnectionError):
            await _Session(server, reader, writer).serve()
        writer.close()

    listening = await asyncio.start_server(session, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
