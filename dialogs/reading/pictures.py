"""When a picture was taken, as the camera wrote it into the file: Exif 2.32, in JPEG, PNG, WebP and HEIC."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

# Exif is a TIFF inside the picture: after "Exif" in JPEG and HEIC, in a chunk of its own in PNG and WebP.
_TIFF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4})(?=II\*\0|MM\0\*)", re.DOTALL)
_DATE_TIME, _EXIF_POINTER, _OFFSET_TIME = 0x0132, 0x8769, 0x9010
_DATE_TIME_ORIGINAL, _OFFSET_TIME_ORIGINAL = 0x9003, 0x9011
_ASCII, _LONG = 2, 4
_MOST_ENTRIES = 256
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class PictureTime:
    """When a picture was taken.

    Attributes:
        local: what the camera's clock showed, ``YYYY-MM-DDTHH:MM:SS``.
        offset_min: what that clock was ahead of UTC, in minutes; absent in most pictures.
        utc: the instant, where the offset is known.
    """

    local: str
    offset_min: int | None
    utc: datetime | None


def _read_directory(tiff: bytes, order: str, place: int) -> dict[int, bytes | int]:
    """Return the texts and numbers of one TIFF directory by their tags; what does not fit is left out."""
    if place + 2 > len(tiff):
        return {}
    (count,) = struct.unpack_from(order + "H", tiff, place)
    values: dict[int, bytes | int] = {}
    for entry in range(place + 2, place + 2 + 12 * min(count, _MOST_ENTRIES), 12):
        if entry + 12 > len(tiff):
            break
        tag, kind, size, value = struct.unpack_from(order + "HHII", tiff, entry)
        if kind == _LONG:
            values[tag] = value
        elif kind == _ASCII and size <= 64:
            start = value if size > 4 else entry + 8
            values[tag] = tiff[start : start + size].rstrip(b"\0 ")
    return values


def _text(value: bytes | int | None) -> str:
    return value.decode("ascii", errors="replace") if isinstance(value, bytes) else ""


def read_picture_time(data: bytes) -> PictureTime | None:
    """Return when the picture in these bytes was taken, None where it does not tell (or is no picture)."""
    found = _TIFF.search(data)
    if found is None:
        return None
    tiff = data[found.end() : found.end() + 65536]  # Exif fits one JPEG segment
    order = "<" if tiff.startswith(b"II") else ">"
    if len(tiff) < 8:
        return None
    main = _read_directory(tiff, order, struct.unpack_from(order + "I", tiff, 4)[0])
    pointer = main.get(_EXIF_POINTER)
    exif = _read_directory(tiff, order, pointer) if isinstance(pointer, int) else {}
    for told, offset in (
        (exif.get(_DATE_TIME_ORIGINAL), exif.get(_OFFSET_TIME_ORIGINAL)),
        (main.get(_DATE_TIME), exif.get(_OFFSET_TIME)),
    ):
        try:
            clock = datetime.strptime(_text(told), "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            continue
        match = _OFFSET.fullmatch(_text(offset))
        ahead = (1 if match[1] == "+" else -1) * (int(match[2]) * 60 + int(match[3])) if match else None
        utc = None
        if ahead is not None and abs(ahead) <= 14 * 60 and clock.year > 1:
            utc = clock.replace(tzinfo=timezone(timedelta(minutes=ahead))).astimezone(UTC)
        return PictureTime(clock.isoformat()[:19], ahead if utc else None, utc)
    return None
