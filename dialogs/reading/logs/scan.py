"""Finds what has the shape of a log's stamp: one compiled pattern for dates with a clock, one for what is rarer.

Shapes: ISO 8601 (also compact), RFC 1123 and 850, RFC 3164 and Cisco, ctime, Apache and nginx, klog, Windows
and messenger exports in both languages, Unix epochs in s, ms, µs and ns, and clocks that open a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from dialogs.reading.wordlists import any_of

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september set septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon lun", "tue mar", "wed mie mié", "thu jue", "fri vie", "sat sab sáb", "sun dom")
    )
    for name in names.split()
}
# What machines write for their zone where it has one meaning in a log, minutes ahead of UTC (tzdata's own
# abbreviations, and those of South America as devices are set up there). IST is read only in a zone that says so.
_ABBREVIATIONS: dict[str, int | None] = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "COT": -300, "PET": -300, "ECT": -300, "VET": -240, "BOT": -240,
    "CLT": -240, "CLST": -180, "ART": -180, "BRT": -180, "UYT": -180, "JST": 540, "BST": 60, "IST": None,
}  # fmt: skip

EARLIEST = 1970

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)})[a-zé]{{0,6}}\.?,?\s+)?"
_DATE = rf"""(?:
    (?P<y>(?:19|20)\d\d)(?P<ys>[-/.])(?P<mo>\d\d?)(?P=ys)(?P<d>\d\d?)
  | (?P<n1>\d\d?)(?P<ns>[-/.])(?P<n2>\d\d?)(?P=ns)(?P<n3>\d{{4}}|\d\d)
  | (?P<d2>\d\d?)[-/\s](?:de\s)?(?P<mon2>{_MONTH})\b\.?(?:[-/\s,]{{1,2}}(?:del?\s)?(?P<y2>\d{{4}}|\d\d(?!:\d)))?
  | (?P<mon3>{_MONTH})\b\.?(?:\s{{1,2}}|[-/])(?P<d3>\d\d?)(?:(?:,?\s+|[-/])(?P<y3>(?:19|20)\d\d))?
  | (?P<s1>\d\d?)(?P<ss>[-/])(?P<s2>\d\d?)
)"""
_AFTERNOON = r"(?:[\s\u00a0\u202f]?(?P<half>[ap])\.?[\s\u00a0\u202f]?m\b\.?)?"
# After a comma only milli- and microseconds are a fraction: what else stands there is the next column.
_FRACTION = r"(?:(?:\.|,(?=\d{3}(?:\d{3})?(?![\d,;])))(?!(?:19|20)\d\d-\d\d-)(?P<f>\d{1,9}))?"
_CLOCK = rf"(?P<h>\d\d?)(?P<cs>[:.])(?P<mi>\d\d)(?:(?P=cs)(?P<s>\d\d){_FRACTION})?{_AFTERNOON}"
_ZONE = rf"""(?:
    (?P<zulu>Z)\b
  | \s?\(?(?:UTC|GMT)?\s?(?P<sign>[-+−])(?P<oh>\d\d?)(?::?(?P<om>\d\d))?(?![\d:.])\)?
  | \s\(?(?P<abbreviation>{"|".join(_ABBREVIATIONS)})\b\)?
)?"""
_GAP = r"(?:\s?[T,;:|_\"\-]{1,3}\s?|\s{1,2}|\s?,?\s(?:at|a\slas?|-)\s)"
_WITH_DATE = re.compile(
    rf"""(?<![\w/\-])(?<!\w\.){_WEEKDAY}{_DATE}{_GAP}{_CLOCK}(?!\d|:\d){_ZONE}
    (?:\s(?P<y4>(?:19|20)\d\d)\b(?(weekday)|(?=\s(?:GMT|UTC)\b|\]|$))(?:\s(?P<late>GMT|UTC)\b)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_DATE_LAST = re.compile(
    rf"""(?<![\w./\-:]){_CLOCK}{_ZONE}[\s,]{{1,2}}(?:on\s|el\s)?{_DATE}
    (?![\w/]|[-.:]\d|[T\s]\s?\d\d?:\d\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPACT = re.compile(
    r"""(?:(?<![\w.+-])|(?<=\n)[IWEF]|\A[IWEF])(?P<y>20\d\d)(?P<mo>[01]\d)(?P<d>[0-3]\d)[T\s_-]?
    (?P<h>[0-2]\d)(?P<c>:?)(?P<mi>[0-5]\d)(?P=c)(?P<s>[0-5]\d)(?:[.,]?(?P<f>\d{3,6}))?(?:(?P<zulu>Z)|(?P<sign>[-+])(?P<oh>\d\d):?(?P<om>\d\d))?(?!\w|[.:]\d)""",
    re.VERBOSE,
)
_KLOG = re.compile(
    r"(?m)^[IWEF](?P<mo>[01]\d)(?P<d>[0-3]\d)\s(?P<h>[0-2]\d):(?P<mi>[0-5]\d):(?P<s>[0-5]\d)\.(?P<f>\d{1,9})\b"
)
_DIGITS = r"""(?P<e>1\d{9}(?:\.(?P<f>\d{1,9})|\d{3}|\d{6}|\d{9})?)(?![\d.])(?=(?:[mun]?s)?(?:[\s\]),;:|"'}]|$))"""
_EPOCH = re.compile(
    rf"""(?:^[\ \t\[("]{{0,20}}|(?:(?<![a-z])|_)(?:ts|time|timestamp|epoch|date|at|when|created|updated|start(?:ed)?
    |end(?:ed)?|begin|began|received|sent|hora|fecha|inicio|fin)(?:_?(?:unix|at|time|[mun]?s|ts|nanos?|micros?|millis?)){{0,3}}
    ["']?\s*[=:]\s*["']?|audit\(|@){_DIGITS}""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_BARE_EPOCH = re.compile(rf"(?<![\w.+#/@-]){_DIGITS}", re.VERBOSE)
_NAME_BEFORE = re.compile(r"([^\W\d_]{2,})[\W_]{0,3}$")
_NUMBERED = re.compile(
    any_of(
        """
        account ani bytes call caller caso case cel(ular)? cliente cuenta customer dnis factura from invoice len mobile
        movil nit num(ber ero)? orde(r n) pedido peer phone port puerto ref ruc seq serial? session size tel(efono)?
        ticket to user usuario \\w*id
        """
    ),
    re.IGNORECASE,
)
"""What has a number that is no time."""
_RECENT = timedelta(days=400)
_DATE_ALONE = re.compile(rf"(?<![\w./\-]){_WEEKDAY}{_DATE}(?![\w/]|[-.:]\d)", re.IGNORECASE | re.VERBOSE)
_CLOCK_ALONE = re.compile(
    rf"""(?:^[\ \t\[(<"'*\#>|-]{{0,20}}|\b(?:time|hora)["']?\s*[=:]\s*["']?)
    (?P<stamp>(?P<h>\d\d?)(?P<cs>:)(?P<mi>\d\d)(?::(?P<s>\d\d){_FRACTION})?{_AFTERNOON}{_ZONE})
    (?!\w|[.,:/]\d|:?\s?%|\s*-->)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A date of which only the numbers are known: ``12/03/26``, or ``12/03`` without a year."""

    first: int
    second: int
    third: int | None
    short_year: bool
    separator: str


@dataclass(frozen=True, slots=True)
class YearlessDay:
    """A month and a day; the weekday (Monday is 0) where it is told."""

    month: int
    day: int
    weekday: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A stamp's shape: its day as told (None: only a clock), its wall clock, its distance from UTC in minutes.

    An epoch shows no clock: its day and clock are those of UTC.
    """

    start: int
    end: int
    day: date | Numbers | YearlessDay | None
    clock: timedelta
    fraction: str
    has_seconds: bool
    offset: int | None
    abbreviation: str = ""
    is_epoch: bool = False


def _clock(match: re.Match[str]) -> timedelta | None:
    groups = match.groupdict()
    hour, minute, second = int(groups["h"]), int(groups["mi"]), int(groups["s"] or 0)
    half = (groups.get("half") or "").lower()
    if hour > 23 or minute > 59 or second > 60 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    microsecond = int((groups["f"] or "0")[:6].ljust(6, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=microsecond)


def _offset(groups: dict[str, str | None]) -> tuple[int | None, str]:
    """Return the distance from UTC that a stamp tells, and the abbreviation that told it."""
    if groups.get("zulu"):
        return 0, ""
    if groups.get("sign"):
        minutes = int(groups["oh"] or 0) * 60 + int(groups["om"] or 0)
        return (-minutes if groups["sign"] != "+" else minutes) if minutes <= 14 * 60 else None, ""
    abbreviation = (groups.get("abbreviation") or groups.get("late") or "").upper()
    return _ABBREVIATIONS.get(abbreviation), abbreviation


def _full_year(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _day(groups: dict[str, str | None]) -> date | Numbers | YearlessDay | None:
    """Return the day that a match tells, None where the numbers are none."""
    told = {name: value for name, value in groups.items() if value}
    if "n1" in told or "s1" in told:
        names = ("n1", "n2", "ns") if "n1" in told else ("s1", "s2", "ss")
        first, second = int(told[names[0]]), int(told[names[1]])
        third = told.get("n3")
        return Numbers(first, second, int(third) if third else None, len(third or "") == 2, told[names[2]])
    month_name = told.get("mon2") or told.get("mon3")
    month = _MONTHS[month_name.lower()] if month_name else int(told["mo"])
    day = int(told.get("d") or told.get("d2") or told["d3"])
    year = told.get("y") or told.get("y2") or told.get("y3") or told.get("y4")
    try:
        if year:
            full = date(_full_year(int(year)), month, day)
            return full if full.year >= EARLIEST else None
        date(2000, month, day)
    except ValueError:
        return None
    weekday = told.get("weekday")
    return YearlessDay(month, day, _WEEKDAYS[weekday.lower()] if weekday else None)


def _stamp(match: re.Match[str], group: str | int = 0, *, day: date | Numbers | YearlessDay | None) -> Found | None:
    clock = _clock(match)
    if clock is None:
        return None
    groups = match.groupdict()
    offset, abbreviation = _offset(groups)
    start, end = match.span(group)
    return Found(start, end, day, clock, groups["f"] or "", bool(groups["s"]), offset, abbreviation)


def _epoch(match: re.Match[str], *, after: datetime, before: datetime) -> Found | None:
    whole = match["e"].partition(".")[0]
    seconds, fraction = int(whole[:10]), whole[10:] or match["f"] or ""
    instant = datetime.fromtimestamp(seconds, UTC)
    if not after <= instant <= before:
        return None
    clock = instant - instant.replace(hour=0, minute=0, second=0)
    clock += timedelta(microseconds=int(fraction[:6].ljust(6, "0")))
    return Found(*match.span("e"), instant.date(), clock, fraction, has_seconds=True, offset=0, is_epoch=True)


def _scan_epochs(text: str, reference: datetime) -> Iterator[Found | None]:
    """Yield the Unix epochs: named as a time or at the start of a line from 2005 on, else of the year before the log.

    No log tells a time well after it was sent.
    """
    latest = reference + timedelta(days=2)
    for match in _EPOCH.finditer(text):
        yield _epoch(match, after=datetime(2005, 1, 1, tzinfo=UTC), before=latest)
    for match in _BARE_EPOCH.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, match.start() - 20), match.start())
        if name and not _NUMBERED.fullmatch(name[1]):
            yield _epoch(match, after=reference - _RECENT, before=latest)


def scan_stamps(text: str, reference: datetime) -> list[Found]:
    """Return what looks like a stamp, in the order of the text, never overlapping."""
    found: list[Found | None] = []
    for match in chain(_WITH_DATE.finditer(text), _DATE_LAST.finditer(text)):
        day = _day(match.groupdict())
        is_loose = match["cs"] == "." or match["s1"] or (match.re is _DATE_LAST and isinstance(day, YearlessDay))
        if day is not None and (match["s"] or not is_loose):
            found.append(_stamp(match, day=day))
    for pattern in (_COMPACT, _KLOG):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            day = _day(groups)
            if day is not None:
                found.append(_stamp(match, day=day))
    found += _scan_epochs(text, reference)
    clocks = list(_CLOCK_ALONE.finditer(text))
    is_series = len(clocks) > 1
    found += [_stamp(match, "stamp", day=None) for match in clocks if is_series or match["s"] or match["half"]]
    kept: list[Found] = []
    for stamp in sorted(filter(None, found), key=lambda stamp: (stamp.start, -stamp.end)):
        if not kept or stamp.start >= kept[-1].end:
            kept.append(stamp)
    return kept


def scan_days(text: str, stamps: list[Found]) -> list[Found]:
    """Return the dates with a year that stand outside the stamps: a heading, the name of a file."""
    taken = {place for stamp in stamps for place in range(stamp.start, stamp.end)}
    days = []
    for match in _DATE_ALONE.finditer(text):
        day = _day(match.groupdict())
        is_full = isinstance(day, date) or (isinstance(day, Numbers) and day.third is not None)
        is_version = isinstance(day, Numbers) and day.short_year and day.separator != "/"
        if is_full and not is_version and match.start() not in taken:
            days.append(Found(*match.span(), day, timedelta(), "", has_seconds=False, offset=None))
    return days
