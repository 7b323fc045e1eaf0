"""Distances from UTC in every notation: `UTC-5`, `GMT+01:00`, `utc menos 3`, `-0500`."""

from __future__ import annotations

import re

# The offsets that clocks somewhere follow today, in minutes (tzdata): every whole hour from -12 to +14, and these.
_BROKEN_HOURS = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 645, 765, 825})

_SIGN = r"(?P<sign>[+\-−–]|\b(?:menos|minus|negativo|mas|plus)\b)"
_DISTANCE = r"(?P<hours>\d{1,2})(?:(?::|(?=\d\d\b))(?P<minutes>\d{2})|[.,](?P<half>5)0?\b)?(?![\d:]|[.,]\d)"
_BASE = r"\b(?:utc\s*/\s*gmt|gmt\s*/\s*utc|utc|gmt|tiempo universal|greenwich)"
BASED = re.compile(
    rf"{_BASE}(?:\s*(?P<colon>:)?\s*{_SIGN}\s*{_DISTANCE}(?:\s*(?:hrs?|hs|horas?|hours?|h)\b)?|\b)"
)
BARE = re.compile(rf"{_SIGN}\s*{_DISTANCE}(?:\s*(?:hrs?|hs|horas?|hours?|h)\b)?")


def is_kept_somewhere(minutes: int) -> bool:
    """Tell whether clocks somewhere are that many minutes ahead of UTC."""
    return minutes in _BROKEN_HOURS or (minutes % 60 == 0 and -720 <= minutes <= 840)


def told_minutes(match: re.Match[str]) -> int | None:
    """Return the minutes ahead of UTC that a match of `BASED` or `BARE` tells; none when no clock is so far."""
    if match["hours"] is None:
        return 0
    minutes = int(match["hours"]) * 60 + (30 if match["half"] else int(match["minutes"] or 0))
    if match["sign"] in {"-", "−", "–", "menos", "minus", "negativo"}:
        minutes = -minutes
    return minutes if is_kept_somewhere(minutes) else None
