"""Files on their way to people: pictures are shown; the rest a bot may hand over in a private chat only.

There the person says yes first, and Teams then tells where to put the file. In a channel a button brings it to the
private chat of who presses.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog

from adapters.teams.cards import Part, card_part, frame
from adapters.teams.controls import LANGUAGE, OURS, PRESS, VALUE, action, run_block
from adapters.teams.files import is_drive
from adapters.text import cut
from dialogs.events import File, Language, Place
from dialogs.phrases import voice
from dialogs.ports import FileStore

_log = structlog.get_logger(__name__)

Json = dict[str, Any]
CONSENT, CONSENTED = "application/vnd.microsoft.teams.card.file.consent", "fileConsent/invoke"
_INFO = "application/vnd.microsoft.teams.card.file.info"
BRING = "teams.file"
"""The press that brings a file to the private chat of who presses."""
_SHOWN = {"image/png", "image/jpeg", "image/gif"}
_PICTURE_BYTES = 1_000_000
_TIMEOUT = aiohttp.ClientTimeout(total=300, sock_connect=5, sock_read=60)

Say = Callable[[Place, Part], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that somebody said yes to, and where Teams asks for it to be put."""

    file: str
    name: str
    size: int
    url: str
    asked: Mapping[str, Any]


def accepted_of(value: Mapping[str, Any]) -> Accepted:
    """Return what a consent is to; it raises what reading something malformed raises."""
    asked, told = value["uploadInfo"], value["context"][OURS]
    size = int(told.get("size") or 0)
    return Accepted(str(told.get("file")), str(told.get("name") or ""), size, str(asked.get("uploadUrl") or ""), asked)


class Offers:
    """Shows pictures and offers files. `trusts` tells where files may be put beside Microsoft's own drives."""

    def __init__(self, session: aiohttp.ClientSession, store: FileStore, trusts: Callable[[object], bool]) -> None:
        self._session = session
        self._store = store
        self._trusts = trusts
        self._putting: set[asyncio.Task[None]] = set()

    async def parts(self, files: Iterable[File], place: Place, language: Language) -> list[Part]:
        """Return what is posted after a message for its files."""
        return [await self._part(file, place, language) for file in files if not file.problem]

    async def _part(self, file: File, place: Place, language: Language) -> Part:
        if file.media_type in _SHOWN and file.size <= _PICTURE_BYTES:
            content = b"".join([chunk async for chunk in self._store.read(file.id)])
            url = f"data:{file.media_type};base64,{base64.b64encode(content).decode()}"
            image = {"type": "Image", "url": url, "altText": cut(file.name, 200)}
            return card_part(frame([image], [], file.name), file.name)
        if place.direct:
            return consent(file.id, file.name, file.size)
        speak = voice(language)
        carried = {PRESS: BRING, VALUE: file.id, LANGUAGE: language.value, "name": file.name, "size": file.size}
        card = frame([run_block(f"📎 {file.name}")], [action(speak("teams.file.bring"), carried)], file.name)
        return card_part(card, file.name)

    def consented(self, accepted: Accepted, place: Place, language: Language, say: Say) -> None:
        """Put a file where Teams asked for it, after this has been answered: it may take a while."""
        task = asyncio.create_task(self._put(accepted, place, language, say))
        self._putting.add(task)
        task.add_done_callback(self._settled)

    def _settled(self, done: asyncio.Task[None]) -> None:
        self._putting.discard(done)
        if not done.cancelled() and (error := done.exception()):
            _log.warning("teams.file_not_told_of", why=type(error).__name__)

    async def close(self, patience: float) -> None:
        """Finish what is being put, within so many seconds."""
        if self._putting:
            await asyncio.wait(list(self._putting), timeout=patience)
        for task in list(self._putting):
            task.cancel()

    async def _put(self, accepted: Accepted, place: Place, language: Language, say: Say) -> None:
        url, size, name, asked = accepted.url, accepted.size, accepted.name, accepted.asked
        if not (is_drive(url) or self._trusts(url)):
            _log.warning("teams.file_elsewhere")
            return
        try:
            headers = {"Content-Length": str(size), "Content-Range": f"bytes 0-{size - 1}/{size}"}
            content = self._store.read(accepted.file)
            async with self._session.put(url, data=content, headers=headers, timeout=_TIMEOUT) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("teams.file_not_put", why=type(error).__name__)
            sentence = voice(language)("teams.file.failed", name=name)
            await say(place, card_part(frame([run_block(sentence)], [], sentence), sentence))
            return
        info = {"uniqueId": asked.get("uniqueId"), "fileType": asked.get("fileType")}
        shown = {"contentType": _INFO, "contentUrl": asked.get("contentUrl"), "name": asked.get("name") or name}
        await say(place, Part({"type": "message", "attachments": [{**shown, "content": info}]}, name))


def consent(file: str, name: str, size: int) -> Part:
    """Return what asks somebody whether they want a file."""
    told = {OURS: {"file": file, "name": name, "size": size}}
    content = {"description": name, "sizeInBytes": size, "acceptContext": told, "declineContext": told}
    attachment = {"contentType": CONSENT, "name": name, "content": content}
    return Part({"type": "message", "attachments": [attachment]}, name)
