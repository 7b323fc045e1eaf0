"""The files that people send: kept by their content, under the data folder."""

from __future__ import annotations

import asyncio
import codecs
import errno
import hashlib
import os
import re
import secrets
import time
import unicodedata
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta, timezone
from pathlib import Path
from typing import BinaryIO

import aiohttp

from dialogs.events import File, FileProblem
from dialogs.reading.pictures import read_picture_time

STALE = 86_400
"""A file that began to come in this long ago, in seconds, comes no more."""
_PIECE = 64 * 1024
_PROGRAMS = (
    b"\x7fELF",
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
    b"\x4c\x00\x00\x00\x01\x14\x02\x00",
)
"""How programs begin: ELF, Mach-O in its four forms, a Windows shortcut. See also `_is_program`."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WITHIN_A_LETTER = bytes(range(0x80, 0xC0))
"""What a letter of UTF-8 goes on with, but never starts with."""
_ID = re.compile(r"([0-9a-f]{64})-[0-9a-f]{8}")


class _RefusedError(Exception):
    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class _Incoming:
    """A file while it streams in. Blocking; used from threads."""

    def __init__(self, path: Path, limit: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.size = 0
        self.head = self.tail = b""
        self._limit = limit
        self._hash = hashlib.sha256()
        self._file: BinaryIO = path.open("xb")

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > self._limit:
            raise _RefusedError(FileProblem.TOO_LARGE)
        if len(self.head) < _PIECE:
            self.head = (self.head + chunk)[:_PIECE]
            if _is_program(self.head):
                raise _RefusedError(FileProblem.FORBIDDEN_TYPE)
        self.tail = (self.tail + chunk)[-_PIECE:]
        self._hash.update(chunk)
        self._file.write(chunk)

    def keep(self, folder: Path) -> str:
        """Put the file where its content says, to stay there even if the power goes; return its sha256."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sha256 = self._hash.hexdigest()
        path = _path(folder, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(path)
        for changed in (path.parent, folder):
            descriptor = os.open(changed, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        return sha256

    def drop(self) -> None:
        """Leave nothing behind of a file that was not kept."""
        with suppress(OSError):  # what could not be written is given up
            self._file.close()
        self.path.unlink(missing_ok=True)

    def excerpt(self) -> str:
        """Return the readable beginning and end of a text, or nothing where it is no text."""
        if self.size <= _PIECE:
            return _text(self.head)
        rest = self.tail[-(self.size - _PIECE) :]
        between = "\n" if self.size > 2 * _PIECE else ""
        return between.join(filter(None, (_text(self.head), _text(rest))))


class Files:
    """Keeps files in a folder, each content once; refuses what is too large, a program or forbidden."""

    def __init__(self, folder: Path, *, max_bytes: int, forbidden: frozenset[str]) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._forbidden = forbidden

    def sweep(self) -> None:
        """Remove what an earlier process had begun to take in and could not finish; nobody knows of it."""
        before = time.time() - STALE
        for path in (self._folder / "incoming").glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    async def save(self, name: str, media_type: str, chunks: AsyncIterator[bytes]) -> File:
        """Keep a file as it streams in. One that is not taken comes back with its `problem`."""
        name, token = _plain_name(name), secrets.token_hex(4)
        if name.rpartition(".")[2].lower() in self._forbidden:
            return File(id=token, name=name, media_type=media_type, problem=FileProblem.FORBIDDEN_TYPE)
        incoming: _Incoming | None = None
        try:
            incoming = await asyncio.to_thread(_Incoming, self._folder / "incoming" / token, self._max_bytes)
            async for chunk in chunks:
                await asyncio.to_thread(incoming.write, chunk)
            sha256 = await asyncio.to_thread(incoming.keep, self._folder)
        except (_RefusedError, OSError, aiohttp.ClientError) as error:
            size = 0 if incoming is None else incoming.size
            return File(id=token, name=name, media_type=media_type, size=size, problem=_problem(error))
        finally:
            if incoming is not None:
                await asyncio.to_thread(incoming.drop)
        return File(
            id=f"{sha256}-{token}",
            name=name,
            media_type=media_type,
            size=incoming.size,
            sha256=sha256,
            excerpt=incoming.excerpt(),
            taken_at=_taken_at(incoming.head),
        )

    async def read(self, file: str) -> AsyncIterator[bytes]:
        """Stream the content of the file with this id.

        Raises:
            FileNotFoundError: there is none, on the first chunk.
        """
        known = _ID.fullmatch(file)
        if not known:
            raise FileNotFoundError(file)
        source = await asyncio.to_thread(_path(self._folder, known[1]).open, "rb")
        try:
            while chunk := await asyncio.to_thread(source.read, 4 * _PIECE):
                yield chunk
        finally:
            source.close()


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _problem(error: Exception) -> FileProblem:
    match error:
        case _RefusedError():
            return error.problem
        case OSError(errno=number) if number in _FULL:
            return FileProblem.NO_SPACE
        case _:
            return FileProblem.UNREACHABLE


def _plain_name(name: str) -> str:
    """Return the last part of a name, without signs that hide what it is (controls, changes of direction)."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}).strip()
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:180]}{dot}{ending[:20]}" if dot else kept[:200] or "file"


def _is_program(head: bytes) -> bool:
    return head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\x00" in head[:64])


def _taken_at(head: bytes) -> str:
    """Return when a picture says it was taken, ISO 8601, with the offset where it tells one."""
    told = read_picture_time(head)
    if told is None:
        return ""
    if told.utc is None or told.offset_min is None:
        return told.local
    return told.utc.astimezone(timezone(timedelta(minutes=told.offset_min))).isoformat()


def _text(piece: bytes) -> str:
    """Return a piece of a text, which may begin and end within a letter; nothing where it is no text."""
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return piece.decode("utf-16", "ignore")
    controls = sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in piece)
    if b"\x00" in piece or controls * 200 > len(piece):
        return ""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(piece.lstrip(_WITHIN_A_LETTER))
    except UnicodeDecodeError:
        return piece.decode("cp1252", "replace")
