"""What a person said about a time zone, as the reader understood it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ZoneOutcome(StrEnum):
    """What can be done with an answer."""

    ZONE = "zone"
    """One IANA zone is certain."""
    OFFSET = "offset"
    """Only a fixed distance from UTC was given."""
    ASK = "ask"
    """It speaks of a zone, but of more than one, or of one nobody knows."""
    NOT_ZONE = "not_zone"
    """It says nothing about a zone."""


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """A zone as it was understood.

    ``zone`` is an IANA name, present only with the outcome ``zone``. ``offset_min`` is in minutes ahead of UTC:
    the told one with ``offset``, the zone's own at the instant of the answer with ``zone``, else absent.
    ``candidates`` are IANA names, best first, one per set of rules that really differ; only with ``ask``.
    ``reason`` is a short English label for logs and tests, never for a person.
    """

    outcome: ZoneOutcome
    zone: str | None = None
    offset_min: int | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ZoneMention:
    """A zone named inside a longer sentence: ``text`` is the sentence from character ``start`` to ``end``."""

    start: int
    end: int
    text: str
    reading: ZoneReading
