"""The keys of a Bot Framework of our own, and the tokens it signs with them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

Json = dict[str, Any]
ISSUER = "https://api.botframework.com"


@cache
def private_key(kid: str) -> rsa.RSAPrivateKey:
    """A key of that name; making one takes a while, so it is made once."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(slots=True)
class Signing:
    """What is published, and what is signed with."""

    published: list[str] = field(default_factory=lambda: ["key-1"])
    current: str = "key-1"
    endorsements: list[str] = field(default_factory=lambda: ["msteams", "webchat"])

    def rotate(self, kid: str) -> None:
        """Sign with a new key from now on, and publish nothing else."""
        self.published, self.current = [kid], kid

    def jwks(self) -> Json:
        keys = []
        for kid in self.published:
            public = json.loads(RSAAlgorithm.to_jwk(private_key(kid).public_key()))
            keys.append({**public, "kid": kid, "use": "sig", "endorsements": self.endorsements})
        return {"keys": keys}

    def token(self, *, audience: str, service_url: str | None, kid: str = "", key: str = "", **changes: Any) -> str:
        """A token as the Bot Framework signs them; `changes` are claims that differ, None leaves one out."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": audience, "serviceurl": service_url, "nbf": now - 60, "exp": now + 3600}
        told = {name: value for name, value in (claims | changes).items() if value is not None}
        return jwt.encode(
            told, private_key(key or self.current), algorithm="RS256", headers={"kid": kid or self.current}
        )
