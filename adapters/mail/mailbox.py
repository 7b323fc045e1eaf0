"""A mailbox over IMAP4rev1 (RFC 3501), by imaplib. It blocks: to be used from a thread, by one at a time."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from adapters.hosts import is_loopback

PATIENCE = 20.0
"""How long the server may take to answer, in seconds."""
BEGINNING = 200_000
"""How much is read of a mail that is too large, in bytes: its headers, and how it begins."""

_PORTS = {"imap": 143, "imaps": 993}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxError(Exception):
    """The mailbox cannot be used now; the reason says why, without any secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxAddress:
    """Where a mailbox is, and how to log in there. `secure`: TLS from the first byte."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    secure: bool = True

    @property
    def name(self) -> str:
        """What tells it from other mailboxes."""
        return f"{self.user}@{self.host}/{self.folder}"

    @property
    def trusted(self) -> bool:
        """Whether it is on this machine, where nobody listens in."""
        return is_loopback(self.host)


def read_mailbox(url: str) -> MailboxAddress:
    """Return the mailbox that `imaps://user:password@host:port/INBOX` names; the folder may be left out.

    Raises:
        ValueError: it is no such address.
    """
    parts = urlsplit(url)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    known = parts.scheme in _PORTS and parts.hostname and parts.username and parts.password
    if not known or parts.query or parts.fragment or not (folder.isascii() and folder.isprintable()):
        raise ValueError("not an address of a mailbox")
    return MailboxAddress(
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=folder,
        secure=parts.scheme == "imaps",
    )


class Mailbox:
    """One connection to a mailbox. Any `MailboxError` ends it: open another one."""

    def __init__(self, address: MailboxAddress) -> None:
        """Connect, log in and open the folder.

        A password is shown only over TLS to a server whose certificate is in order, or on this machine.

        Raises:
            MailboxError: it does not work.
        """
        with _told():
            self._imap = _connected(address)
        try:
            with _told():
                _log_in(self._imap, address)
                _expect(self._imap.select(_quoted(address.folder)))
                self.validity = self._number("UIDVALIDITY")
                self.next_uid = self._number("UIDNEXT") or max(self._search("1:*"), default=0) + 1
        except MailboxError:
            self.close()
            raise

    def _number(self, name: str) -> int:
        found = self._imap.response(name)[1]
        return int(found[0]) if found and found[0] else 0

    def after(self, uid: int) -> list[int]:
        """Return the numbers (UID) of the mails that came after one, as they came."""
        with _told():
            _expect(self._imap.noop())
            # `n:*` has the last mail in it even where that came before n.
            return sorted(one for one in self._search(f"{uid + 1}:*") if one > uid)

    def since(self, day: date) -> list[int]:
        """Return the numbers of the mails that came on a day or later."""
        with _told():
            _expect(self._imap.noop())
            told = self._imap.uid("SEARCH", "SINCE", f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}")
            return sorted(map(int, _lines(_expect(told))))

    def _search(self, uids: str) -> list[int]:
        return list(map(int, _lines(_expect(self._imap.uid("SEARCH", "UID", uids)))))

    def fetch(self, uid: int, most: int) -> tuple[bytes, bool] | None:
        """Return a mail, and whether all of it: over `most` bytes only its beginning. None: it is gone."""
        with _told():
            size = self._parts(uid, "(RFC822.SIZE)")
            known = next((int(match[1]) for one in size if (match := _SIZE.search(one))), None)
            if known is None:
                return None
            whole = known <= most
            parts = self._parts(uid, "(BODY.PEEK[])" if whole else f"(BODY.PEEK[]<0.{BEGINNING}>)", literals=True)
            return (parts[0], whole) if parts else None

    def _parts(self, uid: int, what: str, *, literals: bool = False) -> list[bytes]:
        told = _expect(self._imap.uid("FETCH", str(uid), what))
        if literals:
            return [one[1] for one in told if isinstance(one, tuple)]
        return [one if isinstance(one, bytes) else b" ".join(one) for one in told if one]

    def mark_read(self, uid: int) -> None:
        """Mark a mail as read, for who looks into the mailbox; a mailbox that may not be changed stays as it is."""
        with suppress(MailboxError), _told():
            self._imap.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(imaplib.IMAP4.error, OSError):
            self._imap.logout()
        with suppress(OSError):  # where the server was gone before it heard of that
            self._imap.shutdown()


def _connected(address: MailboxAddress) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if address.secure:
        return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=PATIENCE)
    imap = imaplib.IMAP4(address.host, address.port, timeout=PATIENCE)
    if not address.trusted:
        imap.starttls(context)
    return imap


def _log_in(imap: imaplib.IMAP4, address: MailboxAddress) -> None:
    if "AUTH=PLAIN" in imap.capabilities:
        secret = f"\0{address.user}\0{address.password}".encode()
        imap.authenticate("PLAIN", lambda _challenge: secret)
    else:
        imap.login(address.user, address.password)


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _expect(answer: tuple[str, list[Any]]) -> list[Any]:
    """Return what the server told.

    Raises:
        imaplib.IMAP4.error: it said no.
    """
    state, told = answer
    if state != "OK":
        raise imaplib.IMAP4.error(str(told))
    return told


def _lines(told: list[bytes | None]) -> Iterator[bytes]:
    for line in told:
        yield from (line or b"").split()


@contextmanager
def _told() -> Iterator[None]:
    """Say in one word of ours whatever goes wrong."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        said = error.args[0] if error.args else ""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)
        raise MailboxError(f"{type(error).__name__}: {text}") from error
