"""Distances from UTC in every notation: `UTC-5`, `GMT+01:00`, `utc menos 3`, `-0500`."""

from __future__ import annotations

import re
from typing import NamedTuple

# The offsets that clocks somewhere follow today, in minutes (tzdata): every whole hour from -12 to +14, and these.
_BROKEN_HOURS = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 645, 765, 825})

_NUMBERS = {
    "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_MINUS = frozenset({"-", "−", "–", "menos", "minus", "negativo", "negative"})
_SIGN = r"(?P<sign>[+\-−–]|\b(?:menos|minus|negativo|negative|mas|plus)\b)"
_DISTANCE = (
    rf"(?P<hours>\d{{1,2}}|{'|'.join(_NUMBERS)})(?:(?::|(?=\d\d\b))(?P<minutes>\d{{2}})|[.,](?P<half>5)0?\b)?"
    r"(?![\d:]|[.,]\d)(?:\s*(?:hrs?|hs|horas?|hours?|h)\b)?"
)
_BASE = r"(?:utc\s*/\s*gmt|gmt\s*/\s*utc|utc|gmt|z(?=[+-]\d)|tiempo universal(?: coordinado)?|greenwich)"
_BASED = re.compile(
    rf"(?P<posix>\betc/gmt(?=[+-]\d))?(?:(?<=gmt)|\b{_BASE}\s*:?\s*(?:de\s+)?)(?:{_SIGN}\s*{_DISTANCE})"
    rf"|(?<![\w.,:])(?P<sign_first>[+\-−–])\s?(?P<hours_first>\d{{1,2}})(?::?(?P<minutes_first>\d{{2}}))?\s*(?:utc|gmt)\b"
    rf"|\b(?:etc/)?(?P<zero>utc|uct|gmt|zulu|(?:tiempo|hora) universal(?: coordinad[oa])?|universal time|greenwich)"
    r"(?P<unsigned>\s*:?\s*\d{1,2}(?![\d/:.\-]))?\b"
)
BARE = re.compile(rf"(?<![\w.,:/])(?:{_SIGN})\s*{_DISTANCE}")


# A colon in the offset needs seconds in the time: "9:15-10:00" is from one hour to another.
_AFTER_TIME = re.compile(
    r"(?<!\d)\d{1,2}:\d{2}(?P<seconds>:\d{2}(?:[.,]\d+)?)?(?:(?P<z>z)\b|\s?(?P<sign>[+\-−])(?P<hours>\d{2})"
    r"(?(seconds):?|)(?P<minutes>\d{2})(?P<half>(?!))?(?![\d:]))"
)


class Offset(NamedTuple):
    """A distance from UTC from character ``start`` to ``end``; no minutes when no clock is so far."""

    start: int
    end: int
    offset_min: int | None


def is_kept_somewhere(minutes: int) -> bool:
    """Tell whether clocks somewhere are that many minutes ahead of UTC."""
    return minutes in _BROKEN_HOURS or (minutes % 60 == 0 and -720 <= minutes <= 840)


def told_minutes(match: re.Match[str]) -> int | None:
    """Return the minutes ahead of UTC that a match tells; none when no clock is so far."""
    hours = match["hours"]
    minutes = (int(hours) if hours.isdigit() else _NUMBERS[hours]) * 60
    minutes += 30 if match["half"] else int(match["minutes"] or 0)
    return _signed(match["sign"], minutes)


def _signed(sign: str, minutes: int) -> int | None:
    signed = -minutes if sign in _MINUS else minutes
    return signed if is_kept_somewhere(signed) else None


def find_offsets(folded: str) -> list[Offset]:
    """Return the distances from UTC in a folded text, in its order: `UTC-5`, `gmt +0530`, `Etc/GMT+5`, `UTC`."""
    found = []
    for match in _BASED.finditer(folded):
        if folded.startswith((" standard time", " daylight time"), match.end()):
            continue  # "GMT Standard Time" is a name
        if match["zero"]:
            minutes = None if match["unsigned"] else 0
        elif match["sign_first"]:
            minutes = _signed(match["sign_first"], int(match["hours_first"]) * 60 + int(match["minutes_first"] or 0))
        else:
            minutes = told_minutes(match)
            if match["posix"] and minutes is not None:
                minutes = -minutes  # POSIX signs its zones the other way round
        found.append(Offset(match.start(), match.end(), minutes))
    return found


def find_iso_offsets(folded: str) -> list[Offset]:
    """Return the offsets that end a written time: `09:15:00-05:00`, `09:15 -0500`, `09:15:00Z`."""
    found = []
    for match in _AFTER_TIME.finditer(folded):
        start = match.start("z" if match["z"] else "sign")
        found.append(Offset(start, match.end(), 0 if match["z"] else told_minutes(match)))
    return found
