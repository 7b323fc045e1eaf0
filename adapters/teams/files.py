"""Files of Teams, both ways."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from mimetypes import guess_type
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from adapters.teams.tokens import Tokens
from dialogs.events import File, FileProblem
from dialogs.ports import DeliveryError, FileStore

_log = structlog.get_logger(__name__)
_CHUNK = 1 << 16
_TIMEOUT = aiohttp.ClientTimeout(total=300, sock_connect=5, sock_read=30)
_DRIVES = (".sharepoint.com", ".sharepoint.us", ".svc.ms", ".1drv.com", ".microsoftpersonalcontent.com")
_UNKNOWN = "application/octet-stream"
_ELSEWHERE = "reference"
# A quoted message is attached, too, but under the number that it has in the chat.
_ATTACHED = re.compile(r'<attachment id="[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}">(.*?)</attachment>')
_SENT = "application/vnd.microsoft.teams.file.download.info"


class Files:
    """Fetches what people sent. The bot's token goes to services that are trusted, and to nobody else."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        store: FileStore,
        tokens: Tokens,
        trusts: Callable[[object], bool],
    ) -> None:
        self._session = session
        self._store = store
        self._tokens = tokens
        self._trusts = trusts

    async def fetch(self, listed: Iterable[Mapping[str, Any]], unnamed: str) -> tuple[File, ...]:
        """Take the files of a message into the store; one that cannot be had comes back with its problem.

        `unnamed` is what to call one that has no name.
        """
        found = []
        for number, attachment in enumerate(listed):
            kind = str(attachment.get("contentType") or "")
            if kind == _SENT or kind.startswith("image/"):
                found.append(await self._fetch(attachment, kind, number))
            elif kind in {"text/html", _ELSEWHERE}:
                found += _not_given(attachment, kind, number, unnamed)
        return tuple(found)

    async def _fetch(self, attachment: Mapping[str, Any], kind: str, number: int) -> File:
        content = attachment.get("content")
        info = content if isinstance(content, Mapping) else {}
        sent = kind == _SENT
        url = str((info.get("downloadUrl") if sent else attachment.get("contentUrl")) or "")
        extension = str(info.get("fileType") or kind.partition("/")[2] or "bin")
        name = str(attachment.get("name") or f"imagen-{number + 1}.{extension}")
        media_type = guess_type(name)[0] or (kind if not sent and kind != "image/*" else "")
        ours = self._trusts(url)
        if not ours and not is_drive(url):
            _log.warning("teams.file_elsewhere", host=urlsplit(url).hostname)
            return File(
                id=f"teams-{number}", name=name, media_type=media_type or _UNKNOWN, problem=FileProblem.UNREACHABLE
            )
        try:
            headers = await self._tokens.headers() if ours and not sent else {}
            async with self._session.get(url, headers=headers, timeout=_TIMEOUT, raise_for_status=True) as answer:
                return await self._store.save(name, media_type or answer.content_type, _content(answer))
        except (DeliveryError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            _log.warning("teams.file_unavailable", why=type(error).__name__)
            return File(
                id=f"teams-{number}", name=name, media_type=media_type or _UNKNOWN, problem=FileProblem.UNREACHABLE
            )


def _not_given(attachment: Mapping[str, Any], kind: str, number: int, unnamed: str) -> list[File]:
    """Return the files of a channel's message: Teams tells that they are there, and gives them to nobody."""
    if kind == _ELSEWHERE:
        names = [str(attachment.get("name") or "")]
    else:
        names = _ATTACHED.findall(str(attachment.get("content") or ""))
    return [
        File(id=f"teams-{number}-{at}", name=name or unnamed, problem=FileProblem.NOT_GIVEN)
        for at, name in enumerate(names)
    ]


def is_drive(url: str) -> bool:
    """Tell whether a file lies where Teams keeps what people send."""
    parts = urlsplit(url)
    return parts.scheme == "https" and f".{parts.hostname or ''}".endswith(_DRIVES)


async def _content(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    async for chunk in answer.content.iter_chunked(_CHUNK):
        yield chunk
