from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.pictures import read_picture_time

TAKEN = b"2026:11:22 09:15:03\0"


def tiff(exif: dict[int, bytes], *, order: str = "<", main: dict[int, bytes] | None = None) -> bytes:
    """Make an Exif block: the main directory, then the Exif one, then the texts."""
    main = main or {}
    exif_at = 8 + 2 + 12 * (len(main) + 1) + 4
    texts_at = exif_at + 2 + 12 * len(exif) + 4
    texts = b""

    def entries(tags: dict[int, bytes]) -> bytes:
        nonlocal texts
        packed = b""
        for tag, text in tags.items():
            packed += struct.pack(order + "HHII", tag, 2, len(text), texts_at + len(texts))
            texts += text
        return packed

    pointer = struct.pack(order + "HHII", 0x8769, 4, 1, exif_at)
    block = struct.pack(order + "H", len(main) + 1) + entries(main) + pointer + b"\0" * 4
    block += struct.pack(order + "H", len(exif)) + entries(exif) + b"\0" * 4
    magic = b"II*\0" if order == "<" else b"MM\0*"
    return magic + struct.pack(order + "I", 8) + block + texts


def jpeg(block: bytes) -> bytes:
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block + b"\xff\xd9"


def png(block: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(block)) + b"eXIf" + block + b"\0" * 4


def webp(block: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBPEXIF" + struct.pack("<I", len(block)) + block


def heic(block: bytes) -> bytes:
    return b"\0\0\0\x18ftypheic" + b"\0" * 40 + struct.pack(">I", 6) + b"Exif\0\0" + block


@pytest.mark.parametrize("wrap", [jpeg, png, webp, heic])
@pytest.mark.parametrize("order", ["<", ">"])
def test_the_time_and_offset_are_read_in_every_format(wrap: type, order: str) -> None:
    told = read_picture_time(wrap(tiff({0x9003: TAKEN, 0x9011: b"-05:00\0"}, order=order)))
    assert told is not None
    assert (told.local, told.offset_min) == ("2026-11-22T09:15:03", -300)
    assert told.utc == datetime(2026, 11, 22, 14, 15, 3, tzinfo=UTC)


def test_without_an_offset_the_instant_is_unknown() -> None:
    told = read_picture_time(jpeg(tiff({0x9003: TAKEN})))
    assert told is not None
    assert (told.local, told.offset_min, told.utc) == ("2026-11-22T09:15:03", None, None)


def test_the_time_of_the_file_serves_where_that_of_the_picture_is_missing() -> None:
    told = read_picture_time(jpeg(tiff({0x9010: b"+01:00\0"}, main={0x0132: TAKEN})))
    assert told is not None
    assert told.offset_min == 60


@pytest.mark.parametrize("taken", [b"0000:00:00 00:00:00\0", b"    :  :     :  :  \0", b"yesterday at three\0"])
def test_a_clock_never_set_tells_nothing(taken: bytes) -> None:
    assert read_picture_time(jpeg(tiff({0x9003: taken}))) is None


def test_a_picture_without_exif_tells_nothing() -> None:
    assert read_picture_time(b"\x89PNG\r\n\x1a\n" + b"\0" * 100) is None


@given(st.binary(), st.integers(0, 200), st.binary(max_size=4))
def test_junk_is_no_picture_and_no_error(junk: bytes, place: int, change: bytes) -> None:
    read_picture_time(junk)
    whole = jpeg(tiff({0x9003: TAKEN, 0x9011: b"-05:00\0"}))
    read_picture_time(whole[:place])
    read_picture_time(whole[:place] + change + whole[place + len(change) :])
