"""Zones named inside a longer sentence, only where a clear marker stands beside them."""

from __future__ import annotations

from datetime import datetime

from dialogs.reading.text import fold
from dialogs.reading.zones.offsets import BASED, told_minutes
from dialogs.reading.zones.types import ZoneMention, ZoneOutcome, ZoneReading


def find_zones(text: str, *, language: str, at: datetime, company_zone: str) -> tuple[ZoneMention, ...]:
    """Return the zones named in a sentence, in its order: `9:15 COT`, `las 3 hora de Bogotá`, `(GMT-5)`.

    A city in the prose is not a mention; a marker must stand beside it. ``at`` is the aware instant the text
    was written, ``company_zone`` the IANA name of the desk's own zone.
    """
    del language, at, company_zone
    found = []
    for match in BASED.finditer(fold(text)):
        minutes = told_minutes(match)
        if minutes is not None:
            reading = ZoneReading(ZoneOutcome.OFFSET, offset_min=minutes, reason="offset")
            found.append(ZoneMention(match.start(), match.end(), text[match.start() : match.end()], reading))
    return tuple(found)
