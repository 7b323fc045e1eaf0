"""Signed links into the assistant, for who reads a mail: what they stand for cannot be changed or made up."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from storage.database import Database

PATH = "/escalations/"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What a link stands for: somebody, by the address it was mailed to, takes up an escalation."""

    escalation: int
    email: str
    expires_at: datetime


KEPT_AS = "links.secret"
"""Under this name the store keeps what links are signed with, where the environment gives nothing else."""


async def open_links(url: str, secret: str, database: Database) -> Links | None:
    """Return what makes links; nothing where this process is not reached from outside. A secret made here is kept."""
    if not url:
        return None
    if not secret:
        async with database.unit() as unit:
            secret = await unit.values.get(KEPT_AS) or secrets.token_hex(32)
            await unit.values.set(KEPT_AS, secret)
            await unit.commit()
    return Links(url, secret)


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and reads links. `url` is where this process is reached from outside."""

    url: str
    secret: str = field(repr=False)

    def acknowledge(self, escalation: int, email: str, expires_at: datetime) -> str:
        """Return a link that takes up an escalation."""
        told = json.dumps([escalation, email, int(expires_at.timestamp())], separators=(",", ":")).encode()
        return f"{self.url.rstrip('/')}{PATH}{_text(told)}.{_text(self._sign(told))}"

    def read(self, token: str) -> Acknowledgement | None:
        """Return what the last part of a link stands for; nothing where it was not made here."""
        told, _, signature = token.partition(".")
        try:
            content = _bytes(told)
            if not hmac.compare_digest(self._sign(content), _bytes(signature)):
                return None
            escalation, email, expires = json.loads(content)
        except (ValueError, binascii.Error):
            return None
        return Acknowledgement(escalation, email, datetime.fromtimestamp(expires, UTC))

    def _sign(self, content: bytes) -> bytes:
        return hmac.digest(self.secret.encode(), content, hashlib.sha256)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
