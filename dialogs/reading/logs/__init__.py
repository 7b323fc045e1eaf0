"""The times of a log: a pasted excerpt, or the first and last of an attached text file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.messages import Grain
from dialogs.reading.logs.days import decide_days
from dialogs.reading.logs.instants import possible_instants, settle_by_order
from dialogs.reading.logs.model import LogReading, Stamp, StampStatus
from dialogs.reading.logs.scan import Found, scan_days, scan_stamps
from dialogs.timezones import get_zone

__all__ = ["LogReading", "Stamp", "StampStatus", "read_logs"]


def _wall(day: date, clock: timedelta, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone) + clock


def _told_offset(found: Found, wall: datetime) -> timedelta | None:
    """Return the distance from UTC that the stamp tells; an abbreviation is first read in the zone's own way."""
    if found.abbreviation:
        for fold in (0, 1):
            if wall.replace(fold=fold).tzname() == found.abbreviation:
                return wall.replace(fold=fold).utcoffset()
    return None if found.offset is None else timedelta(minutes=found.offset)


def _local(found: Found, wall: datetime) -> str:
    clock = wall.replace(tzinfo=None)
    if not found.has_seconds:
        return clock.isoformat(timespec="minutes")
    return clock.isoformat(timespec="seconds")[:19] + (f".{found.fraction}" if found.fraction else "")


def _place(found: Found, text: str, walls: list[datetime], *, fold: int | None, reference: datetime) -> Stamp:
    """Return the stamp of a shape that shows one of `walls`, in the first or second pass of its hour if known."""
    offset = _told_offset(found, walls[0])
    status = StampStatus.OK
    if offset is not None:
        instants = tuple(wall.replace(tzinfo=UTC) - offset for wall in walls)
        utc = instants[0]
    else:
        utc = walls[0].replace(fold=fold or 0).astimezone(UTC)
        instants = tuple(instant for wall in walls for instant in possible_instants(wall))
        if len(walls) == 1 and len(instants) == 2:
            past = tuple(instant for instant in instants if instant <= reference + timedelta(minutes=5))
            instants = (utc,) if fold is not None else past or instants
            status = StampStatus.AMBIGUOUS if len(instants) == 2 else StampStatus.OK
            utc = instants[0]
        elif not instants:
            status = StampStatus.NONEXISTENT
            instants = tuple(walls[0].replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if len(walls) > 1:
        status = StampStatus.ORDER
    return Stamp(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        local=_local(found, utc.astimezone(walls[0].tzinfo) if found.is_epoch else walls[0]),
        utc=utc,
        status=status,
        utc_alts=() if status is StampStatus.OK else tuple(sorted(instants)),
        grain=Grain.SECOND if found.has_seconds else Grain.MINUTE,
        offset_told=offset is not None,
    )


def read_logs(text: str, *, zone: str, reference: datetime) -> LogReading:
    """Read the stamps of a log.

    A year that is not told is the last one possible. The order of day and month is decided by the series, by
    the dates beside it and by the future, which no log tells; else the stamp is flagged. An hour that happened
    twice is flagged unless the order of the entries settles it, one that never happened always.

    Args:
        text: the log, or what of it was pasted.
        zone: the IANA name of the zone in whose clock stamps without an offset are read.
        reference: when it was sent (aware).

    Raises:
        ValueError: the reference is naive.
        ZoneInfoNotFoundError: there is no such zone.
    """
    if reference.tzinfo is None:
        raise ValueError("the reference must be aware")
    rules = get_zone(zone)
    shapes = scan_stamps(text, reference)
    days = decide_days(
        sorted([*shapes, *scan_days(text, shapes)], key=lambda found: found.start), reference.astimezone(rules)
    )
    shapes = [found for found in shapes if days.get(found.start)]
    series = [(n, _wall(days[found.start][0], found.clock, rules)) for n, found in enumerate(shapes)]
    series = [(n, wall) for n, wall in series if _told_offset(shapes[n], wall) is None]
    settled = settle_by_order([wall for _, wall in series])
    folds = {n: settled.get(position) for position, (n, _) in enumerate(series)}
    stamps = []
    for n, found in enumerate(shapes):
        walls = [_wall(day, found.clock, rules) for day in days[found.start]]
        stamps.append(_place(found, text, walls, fold=folds.get(n), reference=reference))
    return LogReading(tuple(stamps))
