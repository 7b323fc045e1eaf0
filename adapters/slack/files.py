"""Files of Slack, both ways: what people sent goes into the file store, what the store holds goes to a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
import structlog

from adapters.slack.api import Api
from dialogs.events import File, FileProblem
from dialogs.ports import DeliveryError, FileStore, TransientError

_log = structlog.get_logger(__name__)
_CHUNK = 1 << 16
_REDIRECTS = 3
_GONE = {"tombstone", "hidden_by_limit", "external"}
_TIMEOUT = aiohttp.ClientTimeout(total=300, sock_connect=5, sock_read=30)


class _UnavailableError(Exception):
    """The file cannot be had."""


class Files:
    """Fetches and uploads. `token` is sent to Slack's hosts and to nobody else."""

    def __init__(self, api: Api, store: FileStore, token: str, api_url: str) -> None:
        self._api = api
        self._store = store
        self._token = token
        self._home = urlsplit(api_url).hostname or ""

    async def fetch(self, listed: Iterable[Mapping[str, Any]]) -> tuple[File, ...]:
        """Take the files of a message into the store; one that cannot be had comes back with its problem."""
        return tuple([await self._fetch(file) for file in listed if file.get("id")])

    async def _fetch(self, listed: Mapping[str, Any]) -> File:
        info = listed
        try:
            if info.get("file_access") == "check_file_info" or "url_private" not in info:
                # In a shared channel the event holds a stub only.
                info = await self._info(listed["id"])
            return await self._download(info)
        except (DeliveryError, _UnavailableError, aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("slack.file_unavailable", file=listed["id"], why=str(error))
            return File(
                id=listed["id"],
                name=info.get("name") or listed["id"],
                media_type=info.get("mimetype") or "application/octet-stream",
                size=info.get("size") or 0,
                problem=FileProblem.UNREACHABLE,
            )

    async def _info(self, file: str) -> Mapping[str, Any]:
        try:
            answer = await self._api.read("files.info", file=file)
        except TransientError:  # a rate limit, as a rule: the second call waits until it is over
            answer = await self._api.read("files.info", file=file)
        found: Mapping[str, Any] = answer["file"]
        return found

    async def _download(self, info: Mapping[str, Any]) -> File:
        if info.get("mode") in _GONE or info.get("file_access") == "access_denied":
            raise _UnavailableError(info.get("mode") or "access_denied")
        url = info.get("url_private_download") or info["url_private"]
        media_type = info.get("mimetype") or "application/octet-stream"
        for _ in range(_REDIRECTS):
            if not self._is_slack(url):
                raise _UnavailableError("the file is not kept by Slack")
            async with self._api.session.get(
                url, headers={"Authorization": f"Bearer {self._token}"}, allow_redirects=False, timeout=_TIMEOUT
            ) as answer:
                if answer.status in {301, 302, 303, 307, 308}:
                    url = urljoin(url, answer.headers.get("Location", ""))
                    continue
                _check(answer, media_type)
                size = info.get("size") or answer.content_length
                return await self._store.save(info.get("name") or info["id"], media_type, _content(answer, size))
        raise _UnavailableError("too many redirects")

    def _is_slack(self, url: str) -> bool:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return host == self._home or (parts.scheme == "https" and f".{host}".endswith(".slack.com"))

    async def upload(self, file: File, channel: str, thread: str | None) -> None:
        """Post a file of the store.

        Raises:
            TransientError, PermanentError: it was not posted.
            UnknownOutcomeError: it may have been.
        """
        ticket = await self._api.read("files.getUploadURLExternal", filename=file.name, length=file.size)
        try:
            async with self._api.session.post(
                ticket["upload_url"],
                data=self._store.read(file.id),
                headers={"Content-Length": str(file.size), "Content-Type": "application/octet-stream"},
                timeout=_TIMEOUT,
            ) as answer:
                if answer.status != 200:
                    raise TransientError(f"upload: status {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TransientError("upload: the connection was lost") from error
        await self._api.write(
            "files.completeUploadExternal",
            repeatable=False,
            files=[{"id": ticket["file_id"], "title": file.name}],
            channel_id=channel,
            thread_ts=thread,
        )

    async def upload_missing(self, files: Iterable[File], channel: str, thread: str | None, there: set[str]) -> None:
        """Post those files whose names are not yet `there`."""
        for file in files:
            if file.problem is None and file.name not in there:
                await self.upload(file, channel, thread)
                there.add(file.name)


def _check(answer: aiohttp.ClientResponse, media_type: str) -> None:
    """Refuse what is not the file: with a wrong token Slack sends its login page, and status 200."""
    if answer.status != 200:
        raise _UnavailableError(f"status {answer.status}")
    if answer.content_type == "text/html" and media_type != "text/html":
        raise _UnavailableError("Slack sent a page instead of the file")


async def _content(answer: aiohttp.ClientResponse, size: int | None) -> AsyncIterator[bytes]:
    received = 0
    async for chunk in answer.content.iter_chunked(_CHUNK):
        received += len(chunk)
        yield chunk
    if size and received < size:
        raise aiohttp.ClientPayloadError(f"the file ended after {received} of {size} bytes")
