"""A message with its files, as a browser sends them: in one request, streamed."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from adapters.web.acts import Say
from adapters.web.page import RefusedActError
from dialogs.events import File
from dialogs.ports import FileStore

BODY_LIMIT = 2**31
"""The largest request read, in bytes, whatever of it is kept."""
FILES_LIMIT = 30
"""The most files with one message."""

_FIELD_LIMIT = 2**20
_PIECE = 2**18


async def read_message(request: web.Request, store: FileStore) -> tuple[Say, tuple[File, ...]]:
    """Return what a form of fields and `file` parts says; each file is kept, or comes with its problem.

    Raises:
        RefusedActError: the request is no such form, or larger than anything the page sends.
        ValidationError: a field is not what it should be.
    """
    if request.content_length is None or request.content_length > BODY_LIMIT:
        raise RefusedActError("too_large", 413)
    if request.content_type != "multipart/form-data":
        raise RefusedActError("unreadable", 400)
    fields: dict[str, str] = {}
    files: list[File] = []
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None or len(files) == FILES_LIMIT:
                raise RefusedActError("unreadable", 400)
            if part.filename is None:
                fields[part.name] = await _field(part)
            else:
                files.append(await _file(part, part.filename, store))
    except (ValueError, BadHttpMessage) as error:
        raise RefusedActError("unreadable", 400) from error
    return Say.model_validate(fields), tuple(files)


async def _field(part: BodyPartReader) -> str:
    value = bytearray()
    while chunk := await part.read_chunk(_PIECE):
        value += chunk
        if len(value) > _FIELD_LIMIT:
            raise RefusedActError("too_large", 413)
    return value.decode("utf-8", "replace")


async def _file(part: BodyPartReader, name: str, store: FileStore) -> File:
    media_type = part.headers.get("Content-Type", "application/octet-stream")
    file = await store.save(name, media_type, _chunks(part))
    async for _ in _chunks(part):
        pass  # a browser hears an answer only once all it has to say was heard
    return file


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(_PIECE):
        yield bytes(chunk)
