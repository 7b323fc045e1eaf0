"""Where mail is handed over, and from whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from adapters.hosts import is_loopback

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server, and how to log in there where it wants that. `secure`: TLS from the first byte."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False

    @property
    def trusted(self) -> bool:
        """Whether it is this machine, where nobody listens in."""
        return is_loopback(self.host)


def read_server(url: str) -> MailServer:
    """Return the server that `smtp://user:password@host:port` or `smtps://…` names.

    Raises:
        ValueError: it is no such address.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("not an address of a mail server")
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        secure=parts.scheme == "smtps",
    )
