"""Dates in words of other languages: "12 de março", "3 juin 2026", "3. Mai"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from dialogs.reading.moments.model import Flag, Grain, Moment, Role
from dialogs.timezones import get_zone

LANGUAGES = ("pt", "fr", "it", "de")
"""What neighbours and branch offices of customers write beside Spanish and English."""

_DATE = re.compile(r"(?<![\d/.:-])\d{1,2}(?:er|º|\.)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?(?:\s+(?:de\s+)?20\d\d)?(?!\w)")


def read_foreign_date(text: str, *, reference: datetime, zone: str) -> Moment | None:
    """Return the first date in another language that a text tells, as a day in a zone; the last one that was.

    Only a span that looks like a date in words is read, by `dateparser`; it knows months in many languages, and
    finds dates where there are none when it is given whole sentences.
    """
    clock = get_zone(zone)
    now = reference.astimezone(clock)
    for match in _DATE.finditer(text):
        day = _parse(match.group(), now.replace(tzinfo=None))
        if day is not None:
            local = datetime.combine(day.date(), time(), clock)
            return Moment(
                text=match.group(),
                start=match.start(),
                end=match.end(),
                t=day.date().isoformat(),
                grain=Grain.DAY,
                role=Role.POINT,
                utc=local.astimezone(UTC),
                zone=zone,
                flag=Flag.OK,
            )
    return None


def _parse(span: str, now: datetime) -> datetime | None:
    from dateparser import parse  # slow to load, and seldom needed

    settings = {
        "PARSERS": ["absolute-time"],  # "10 minutos" is no date
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": now,
        "REQUIRE_PARTS": ["day", "month"],
    }
    day: datetime | None = parse(span, languages=list(LANGUAGES), settings=settings)
    return day
