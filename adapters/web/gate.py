"""Who may talk to the page: this machine's own browser or, where a token is set, whoever knows it."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "page"

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def secure(response: web.StreamResponse) -> None:
    """Tell the browser to run nothing but the page's own files, and to keep nothing."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


class Gate:
    """Checks where a request comes from, and the token where there is one."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    @property
    def open(self) -> bool:
        """Whether no token is asked for."""
        return self._token is None

    def from_here(self, request: web.Request) -> bool:
        """Tell whether the request was made by the page itself.

        Without a token only names of this machine are answered, so that a foreign name pointed at it (DNS
        rebinding) reads nothing. What changes something must name the page as its origin.
        """
        host = urlsplit(f"//{request.host}")
        if self.open and host.hostname not in _LOOPBACK:
            return False
        origin = request.headers.get("Origin")
        if origin is not None:
            return urlsplit(origin).netloc == request.host
        return request.method in {"GET", "HEAD"} and "Upgrade" not in request.headers

    def knows(self, request: web.Request) -> bool:
        """Tell whether the request carries what a right token was exchanged for."""
        return self.open or hmac.compare_digest(request.cookies.get(COOKIE, ""), self._seal())

    def admit(self, token: str, response: web.StreamResponse, *, secure: bool) -> bool:
        """Give the response the cookie that stands for the token, if the token is right."""
        if self._token is None or not hmac.compare_digest(token.encode(), self._token.encode()):
            return False
        response.set_cookie(
            COOKIE, self._seal(), httponly=True, samesite="Strict", secure=secure, max_age=30 * 24 * 3600
        )
        return True

    def _seal(self) -> str:
        return hmac.new((self._token or "").encode(), b"ldsupport page", hashlib.sha256).hexdigest()
