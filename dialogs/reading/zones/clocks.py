"""Distances told by hand: the hour on somebody's wall, and hours more or less than somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from dialogs.reading.zones.offsets import is_kept_somewhere

_HOURS = {
    "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "once": 11, "doce": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_MINUTES = {
    "media": 30, "cuarto": 15, "cinco": 5, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14,
    "quince": 15, "dieciseis": 16, "veinte": 20, "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
    "pico": 0, "half": 30, "quarter": 15, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "forty-five": 45, "fifty": 50, "oh five": 5,
}  # fmt: skip
_HOUR = rf"(?:\d{{1,2}}|{'|'.join(_HOURS)})"
_MINUTE = rf"(?:\d{{1,2}}|{'|'.join(sorted(_MINUTES, key=len, reverse=True))})"
_PART = (
    r"(?:a\.?\s?m\b\.?|p\.?\s?m\b\.?|(?:de|por|en)\s+la\s+(?:manana|tarde|noche|madrugada)|del mediodia|"
    r"in the (?:morning|afternoon|evening)|at night|hrs?\b|hs\b|h\b)"
)
_TIME = (
    rf"(?:(?P<noon>medio\s?dia|noon|midday)|(?P<midnight>media\s?noche|midnight)|"
    rf"(?:a\s+)?(?P<before>half|quarter|{_MINUTE})\s+(?P<way>past|after|to|till)\s+(?P<of>{_HOUR})|"
    rf"(?P<hour>{_HOUR})(?:(?:\s*[:.h]\s*|\s+)(?P<minute>\d\d)(?!\d)|\s+y\s+(?P<plus>{_MINUTE})(?:\s+y\s+cinco)?|"
    rf"\s+menos\s+(?P<minus>{_MINUTE})|\s+(?P<said>{_MINUTE})\b)?"
    rf"(?:\s*(?:en punto|o'?\s?clock|sharp|y pico))?)"
    rf"(?:\s*,?\s*(?P<part>{_PART}))?"
)
_SAID = (
    r"(?:\b(?:son|serian)(?:\s+(?:como|casi|ya|exactamente))?(?:\s+las?|(?=\s+\d\d?:\d\d))|"
    r"\bes\s+(?:la|el)(?=\s)|\bes(?=\s+medi)|\b(?:marca|dice|tengo las|tenemos las)(?:\s+las?)?|"
    r"\b(?:it'?s|it is)(?:\s+(?:about|almost|now|currently))?|\bcurrently|\btime is|\bclock (?:says|shows)|"
    r"\b(?:aqui|aca|alla|ahora|ahorita|here|now)\b\s*[,:]?(?:\s+(?:son|es|it'?s|is))?(?:\s+las?)?)"
)
STATED = re.compile(rf"{_SAID}\s+{_TIME}(?![\d:]|\s*(?:%|mb|users?|usuarios?|dias?|horas?|hours?|min))")
BARE_TIME = re.compile(rf"(?:(?:son|es)?\s*las?\s+)?{_TIME}(?:\s+(?:aqui|aca|here|now|ahora))?\s*[.!]?")
STATED_AFTER = re.compile(rf"^(?:las?\s+)?{_TIME}\s*,?\s+(?:aqui|aca|here|right now|over here)\b")

_AMOUNT = rf"(?P<amount>\d{{1,2}}|an?|{'|'.join(_HOURS)})(?P<half>\s+y\s+media|[:.,](?:30|5)|\s+and a half)?"
_LESS = r"menos|atras|atraso|retraso|atrasad[oa]s?|detras|por detras|antes|behind|before|earlier|less|back|slower|minus"
_MORE = r"mas|adelante|adelanto|ventaja|adelantad[oa]s?|por delante|delante|despues|ahead|later|more|after|plus|faster"
RELATIVE = re.compile(
    rf"\b(?:{_AMOUNT}\s*(?:h|hrs?|hs|hor(?:it)?as?|hours?)(?P<late_half>\s+y\s+media|\s+and a half)?\s+(?:de\s+)?"
    rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))|"
    rf"(?:(?P<less_first>menos|minus)|(?P<more_first>mas|plus))\s+(?P<amount_after>\d{{1,2}}|{'|'.join(_HOURS)})\s*"
    rf"(?:h|hrs?|hs|hor(?:it)?as?|hours?))\b"
    r"(?!\s+en\b)(?:\s+(?:que|del?|al?|respecto|con|frente|of|than|from|the|en|in|para|to)\b)*\s*(?P<rest>.*)"
)

# Hours that a wall clock without morning or evening may be from UTC: the half of the day where nearly all who write
# in each language live. Twelve hours wide, so that exactly one reading falls inside.
_USUAL = {"es": -8 * 60, "en": -9 * 60}


@dataclass(frozen=True, slots=True)
class WallClock:
    """The hour somebody sees: minutes since midnight; ``halves`` is 12 when it may be morning or evening."""

    minutes: int
    halves: int
    exact: bool


# After a bare hour: "it's 3 here" tells a time, "it's 3 users" does not.
_ENDS_AN_HOUR = re.compile(
    r"\s*(?:$|[.,;!)(]|(?:aqui|aca|alla|here|now|right|ahora|ahorita|de|del|en|y|in|over|local|por|ya|at|exactas?|punto)\b)"
)


def find_stated(folded: str, *, asks_hour: bool) -> re.Match[str] | None:
    """Return the match of an hour that somebody says it is, as `aquí son las 3`; a bare one only if it was asked."""
    match = (BARE_TIME.fullmatch(folded.strip()) if asks_hour else None) or STATED_AFTER.search(folded)
    match = match or STATED.search(folded)
    if match is None or match["noon"] or match["midnight"] or match["of"] or match["part"]:
        return match
    whole = match["minute"] or match["plus"] or match["minus"] or match["said"]
    return match if whole or _ENDS_AN_HOUR.match(folded, match.end()) else None


def _number(word: str, names: dict[str, int]) -> int:
    return int(word) if word.isdigit() else names[word]


def wall_clock(match: re.Match[str]) -> WallClock | None:
    """Return the hour that a match of `STATED` and the like tells, or none when no clock shows it."""
    if match["noon"] or match["midnight"]:
        return WallClock(720 if match["noon"] else 0, 24, exact=True)
    if match["of"]:
        hour, past = _number(match["of"], _HOURS), _number(match["before"], _MINUTES)
        minute = past if match["way"] in ("past", "after") else -past
    else:
        hour = _number(match["hour"], _HOURS)
        told = match["minute"] or match["plus"] or match["said"] or "0"
        minute = -_number(match["minus"], _MINUTES) if match["minus"] else _number(told, _MINUTES)
    if hour > 23 or minute > 59:
        return None
    exact = bool(minute)
    part = re.sub(r"[.\s]", "", match["part"] or "")
    if hour > 12 or part in ("h", "hs", "hr", "hrs") or hour == 0:
        return WallClock(hour * 60 + minute, 24, exact)
    if not part:
        return WallClock((hour % 12 * 60 + minute) % 720, 12, exact)
    evening = part == "pm" or any(
        word in part for word in ("tarde", "noche", "mediodia", "afternoon", "evening", "night")
    )
    if hour == 12 and ("noche" in part or "night" in part):
        evening = False
    return WallClock(((hour % 12 + (12 if evening else 0)) * 60 + minute) % 1440, 24, exact)


def offset_of_clock(clock: WallClock, at: datetime, language: str) -> int | None:
    """Return the offset of a place whose wall shows that hour at an instant, in minutes, or none when unsure.

    Ten minutes of difference are forgiven; a clock told to the hour is one that is whole hours from UTC.
    """
    utc = at.astimezone(UTC)
    distance = clock.minutes - (utc.hour * 60 + utc.minute)
    near = []
    for half in range(-1440, 1441, clock.halves * 60):
        raw = distance + half
        whole = round(raw / 60) * 60
        offset = whole if not clock.exact or abs(raw - whole) <= 10 else round(raw / 15) * 15
        if is_kept_somewhere(offset) and abs(raw - offset) <= 10:
            near.append(offset)
    if clock.halves == 12 and len(near) > 1:
        first = _USUAL.get(language, _USUAL["es"])
        near = [offset for offset in near if first <= offset < first + 720]
    elif len(near) > 1:
        near = [offset for offset in near if -720 < offset <= 720]
    return near[0] if len(near) == 1 else None


def distance_of(match: re.Match[str]) -> int:
    """Return the minutes that a match of `RELATIVE` tells: less is negative."""
    amount = match["amount"] or match["amount_after"]
    minutes = 60 * (1 if amount in ("a", "an") else _number(amount, _HOURS))
    if match["half"] or match["late_half"]:
        minutes += 30
    return -minutes if match["less"] or match["less_first"] else minutes
