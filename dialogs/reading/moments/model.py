"""What a reading of moments is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogs.messages import Grain

__all__ = ["Flag", "Grain", "Moment", "Role"]


class Role(StrEnum):
    """What the sentence says of the moment: something began, ended, or simply happened then."""

    START = "start"
    END = "end"
    POINT = "point"


class Flag(StrEnum):
    """Whether the zone's clocks showed that wall time once, twice or never."""

    OK = "ok"
    AMBIGUOUS = "ambiguous"
    NONEXISTENT = "nonexistent"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment told in a text.

    Attributes:
        text: the words that tell it, ``source[start:end]``, without the word that gives its role.
        start: offset of the first character.
        end: offset after the last character.
        t: local wall time as fine as its grain: ``YYYY-MM-DD`` for a day, else ``YYYY-MM-DDTHH:MM[:SS]``;
            a part of the day is given by a time inside it.
        grain: how fine it was told.
        role: whether something began, ended or happened then.
        utc: the instant, in UTC: a day's first one; of a wall time that happened twice, the first;
            of one that never happened, what the clocks showed instead.
        zone: the zone in whose clock it was read: an IANA name, or ``UTC±HH:MM`` where an offset was told.
        flag: whether that wall time happened once, twice or never.
    """

    text: str
    start: int
    end: int
    t: str
    grain: Grain
    role: Role
    utc: datetime
    zone: str
    flag: Flag
