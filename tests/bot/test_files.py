"""What people send is kept as it is, and what cannot be kept says why."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.files import Files
from dialogs.events import File, FileProblem
from tests.reading.test_pictures import jpeg, tiff


async def chunks(content: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def read(files: Files, file: File) -> bytes:
    return b"".join([chunk async for chunk in files.read(file.id)])


def left_over(folder: Path) -> list[Path]:
    return list((folder / "incoming").glob("*"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def files(folder: Path) -> Files:
    return Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe", "sh"}))


async def test_a_file_comes_back_as_it_was_sent(files: Files, folder: Path) -> None:
    content = bytes(range(256)) * 2_000
    kept = await files.save("captura de pantalla.png", "image/png", chunks(content, 1_000))
    assert (kept.name, kept.media_type, kept.problem) == ("captura de pantalla.png", "image/png", None)
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert await read(files, kept) == content
    assert not left_over(folder)


async def test_the_same_content_is_kept_once_under_two_ids(files: Files, folder: Path) -> None:
    first = await files.save("a.log", "text/plain", chunks(b"same"))
    second = await files.save("b.log", "text/plain", chunks(b"same"))
    assert first.id != second.id
    assert await read(files, first) == await read(files, second) == b"same"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


async def test_a_file_over_the_limit_is_refused_while_it_streams_in(files: Files, folder: Path) -> None:
    asked_for = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked_for
        while True:
            asked_for += 1
            yield b"x" * 100_000

    kept = await files.save("big.bin", "application/octet-stream", endless())
    assert kept.problem is FileProblem.TOO_LARGE
    assert asked_for == 11
    assert not left_over(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"anything"),
        ("SETUP.EXE", b"anything"),
        ("holiday.jpg", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("photo.png", b"\x7fELF\x02\x01\x01"),
        ("nice\u202etxt.exe", b"turned around to read niceexe.txt"),
    ],
)
async def test_programs_are_refused_whatever_they_are_called(
    files: Files, folder: Path, name: str, content: bytes
) -> None:
    kept = await files.save(name, "image/png", chunks(content, 2))
    assert kept.problem is FileProblem.FORBIDDEN_TYPE
    assert not kept.sha256
    assert not left_over(folder)


async def test_a_text_that_merely_starts_like_a_program_is_taken(files: Files) -> None:
    assert (await files.save("notes.txt", "text/plain", chunks(b"MZ line is down since 9"))).problem is None


async def test_a_name_loses_its_folders_and_hidden_signs(files: Files) -> None:
    kept = await files.save("C:\\logs\\..\\router\x00\u202e\n.log", "text/plain", chunks(b"x"))
    assert kept.name == "router.log"


async def test_a_broken_download_is_told_as_unreachable(files: Files, folder: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionResetError(errno.ECONNRESET, "reset")

    kept = await files.save("a.log", "text/plain", broken())
    assert kept.problem is FileProblem.UNREACHABLE
    assert not left_over(folder)


@pytest.fixture
def no_room_beyond_100_kb() -> Iterator[None]:
    """Make the kernel refuse to let any file of this process grow beyond 100 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


async def test_a_full_disk_is_told_and_leaves_nothing_behind(
    files: Files, folder: Path, no_room_beyond_100_kb: None
) -> None:
    kept = await files.save("a.log", "text/plain", chunks(b"x" * 300_000))
    assert kept.problem is FileProblem.NO_SPACE
    assert not left_over(folder)


@pytest.mark.parametrize("file", ["", "../../etc/passwd", "a" * 64, "a" * 64 + "-00000000"])
async def test_a_file_that_is_not_there_is_not_found(files: Files, file: str) -> None:
    with pytest.raises(FileNotFoundError):
        await anext(files.read(file))


async def test_a_log_brings_its_beginning_and_end(files: Files) -> None:
    lines = "".join(f"2026-11-22 09:{number // 60 % 60:02}:{number % 60:02} línea\n" for number in range(20_000))
    excerpt = (await files.save("router.log", "text/plain", chunks(lines.encode()))).excerpt
    assert excerpt.startswith(lines[:1_000])
    assert excerpt.endswith(lines[-1_000:])
    assert len(excerpt.encode()) <= 2 * 65_536 + 1


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072])
async def test_a_middling_log_is_read_whole(files: Files, size: int) -> None:
    content = (b"0123456789abcdef" * 10_000)[:size]
    assert (await files.save("a.log", "text/plain", chunks(content))).excerpt == content.decode()


@pytest.mark.parametrize(
    ("content", "excerpt"),
    [
        ("niño".encode("cp1252"), "niño"),
        ("niño".encode("utf-16"), "niño"),
        ("\ufeffniño".encode(), "niño"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ""),
        (b"", ""),
    ],
)
async def test_texts_are_read_in_the_encoding_they_come_in(files: Files, content: bytes, excerpt: str) -> None:
    assert (await files.save("a", "text/plain", chunks(content))).excerpt == excerpt


@pytest.mark.parametrize(
    ("exif", "taken_at"),
    [
        ({0x9003: b"2026:11:22 09:15:00", 0x9011: b"-05:00"}, "2026-11-22T09:15:00-05:00"),
        ({0x9003: b"2026:11:22 09:15:00"}, "2026-11-22T09:15:00"),
        ({}, ""),
    ],
)
async def test_a_picture_brings_the_time_its_camera_wrote(files: Files, exif: dict[int, bytes], taken_at: str) -> None:
    assert (await files.save("a.jpg", "image/jpeg", chunks(jpeg(tiff(exif))))).taken_at == taken_at


def test_what_was_never_finished_is_swept_away_after_a_day(files: Files, folder: Path) -> None:
    incoming = folder / "incoming"
    incoming.mkdir(parents=True)
    old, young = incoming / "old", incoming / "young"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    files.sweep()
    assert left_over(folder) == [young]
