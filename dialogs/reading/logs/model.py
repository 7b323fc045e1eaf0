"""What a reading of a log is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogs.messages import Grain


class StampStatus(StrEnum):
    """Whether a stamp tells one instant: its hour once, twice or never; its day and month in a known order."""

    OK = "ok"
    AMBIGUOUS = "ambiguous"
    NONEXISTENT = "nonexistent"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The time of one entry of a log.

    Attributes:
        text: the stamp as it stands there, ``source[start:end]``.
        start: offset of the first character.
        end: offset after the last character.
        local: what its clock showed: ``YYYY-MM-DDTHH:MM[:SS[.fraction]]``; of an epoch, what
            the zone's clock showed.
        utc: the instant, in UTC, to the microsecond: of an hour that happened twice, the first; of one that
            never happened, what the clocks showed instead; of an unknown order, the day first.
        status: whether that instant is certain.
        utc_alts: the instants it may be, earliest first, when it is not certain.
        grain: minute or second.
        offset_told: whether the stamp itself tells its distance from UTC.
    """

    text: str
    start: int
    end: int
    local: str
    utc: datetime
    status: StampStatus
    utc_alts: tuple[datetime, ...]
    grain: Grain
    offset_told: bool


@dataclass(frozen=True, slots=True)
class LogReading:
    """The stamps of a log, in the order in which they stand there."""

    stamps: tuple[Stamp, ...]

    @property
    def first(self) -> Stamp | None:
        """The earliest stamp."""
        return min(self.stamps, key=lambda stamp: stamp.utc, default=None)

    @property
    def last(self) -> Stamp | None:
        """The latest stamp."""
        return max(self.stamps, key=lambda stamp: stamp.utc, default=None)

    @property
    def has_offset(self) -> bool:
        """Whether there are stamps and all of them tell their distance from UTC: no zone need be asked."""
        return bool(self.stamps) and not self.needs_zone

    @property
    def needs_zone(self) -> bool:
        """Whether some stamp can be placed only with a zone told beside the log."""
        return any(not stamp.offset_told for stamp in self.stamps)
