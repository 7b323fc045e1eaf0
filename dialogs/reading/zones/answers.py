"""What the answer to «in which time zone?» says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.reading.text import fold
from dialogs.reading.zones import clocks, phrases
from dialogs.reading.zones.mentions import find_zones
from dialogs.reading.zones.names import (
    Name,
    Word,
    asked,
    find_misspelt,
    find_names,
    holds,
    is_marked,
    narrow,
    read_names,
    without_ordinary,
    words_of,
    zone_reading,
)
from dialogs.reading.zones.offsets import BARE, find_offset, is_kept_somewhere, told_minutes
from dialogs.reading.zones.rules import offset_at, shows_offset
from dialogs.reading.zones.table import Kind
from dialogs.reading.zones.types import ZoneOutcome, ZoneReading
from dialogs.reading.zones.words import SMALL_WORDS, PLACE_WORDS, ZONE_WORDS

NOT_ZONE = ZoneReading(ZoneOutcome.NOT_ZONE, reason="nothing about a zone")
_LONGEST_ANSWER = 30  # words; a longer text is read as a message that may mention a zone
_CLAUSE = re.compile(r"[^.,;:!?()\n\u2013\u2014]+")


@dataclass(frozen=True, slots=True)
class _Told:
    """A distance from UTC in the answer, in minutes, where it stands and how it was told."""

    start: int
    end: int
    offset_min: int
    reason: str


def read_zone(text: str, *, language: str, at: datetime, company_zone: str, question: str | bool = True) -> ZoneReading:
    """Read the answer to a question about a time zone.

    ``at`` is the aware instant it was written, ``company_zone`` the IANA name of the desk's zone. ``question`` is
    what the bot had asked: its text, so that a `yes` or a `Spain` is read against the names in it; true when it
    asked for the zone and named none; false when it asked nothing, and then only what `find_zones` marks counts.
    """
    folded, words = fold(text), words_of(text)
    if question is False or len(words) > _LONGEST_ANSWER:
        found = find_zones(text, language=language, at=at, company_zone=company_zone)
        return found[0].reading if len({mention.reading for mention in found}) == 1 else NOT_ZONE
    asked_names = find_names(question, words_of(question)) if isinstance(question, str) else ()
    told = _told(folded, words, language, at, question)
    return (
        _read_confirmation(folded, asked_names, at, company_zone)
        or _read_distance(text, folded, at, company_zone)
        or _read_places(text, words, asked_names, told, at, company_zone)
        or _read_phrases(folded, at, company_zone)
        or NOT_ZONE
    )


def _read_confirmation(
    folded: str, asked_names: tuple[Name, ...], at: datetime, company_zone: str
) -> ZoneReading | None:
    """Read a yes or a no against the names of the question."""
    if asked_names and phrases.YES.fullmatch(folded):
        reading = read_names(narrow(asked_names, at, None), at, company_zone)
        return reading if reading.outcome is not ZoneOutcome.ASK else asked(reading.candidates, "yes to several")
    if asked_names and phrases.NO.fullmatch(folded):
        return asked((), "denied")
    return None


def _read_distance(text: str, folded: str, at: datetime, company_zone: str) -> ZoneReading | None:
    """Read `5 horas menos que Londres`; none when the hours are told of something that is no zone."""
    match = clocks.RELATIVE.search(folded)
    if match is None:
        return None
    rest = text[match.start("rest") :]
    names = find_names(rest, words_of(rest)) or find_misspelt(words_of(rest))
    if names:
        reading = read_names(narrow(names, at, None), at, company_zone)
    elif phrases.DESK.search(match["rest"]):
        reading = zone_reading(company_zone, at, "")
    else:
        alone = not match["rest"].strip(" .!") and len(words_of(text)) <= 6
        return asked((), "distance from nowhere") if alone else None
    from_utc = (
        {reading.offset_min} if reading.offset_min is not None else {offset_at(z, at) for z in reading.candidates}
    )
    if len(from_utc) != 1:
        return asked((), "distance from several zones")
    minutes = (from_utc.pop() or 0) + clocks.distance_of(match)
    if not is_kept_somewhere(minutes):
        return asked((), "no such offset")
    return ZoneReading(ZoneOutcome.OFFSET, offset_min=minutes, reason="distance from a zone")


def _told(
    folded: str, words: tuple[Word, ...], language: str, at: datetime, question: str | bool
) -> _Told | ZoneReading | None:
    """Return the distance from UTC in an answer, or what to ask about one that no clock keeps."""
    based = find_offset(folded)
    if based is not None:
        return asked((), "no such offset") if based.offset_min is None else _Told(based.start, based.end, based.offset_min, "offset")
    asks_hour = isinstance(question, str) and bool(phrases.ASKS_THE_HOUR.search(fold(question)))
    match = clocks.find_stated(folded, asks_hour=asks_hour)
    if match:
        clock = clocks.wall_clock(match)
        offset = clocks.offset_of_clock(clock, at, language) if clock else None
        return asked((), "wall clock of no zone") if offset is None else _Told(*match.span(), offset, "wall clock")
    bare = BARE.search(folded)
    if bare and all(bare.start() <= word.start < bare.end() or word.text in SMALL_WORDS for word in words):
        minutes = told_minutes(bare)
        return asked((), "no such offset") if minutes is None else _Told(*bare.span(), minutes, "offset")
    return None


def _read_places(
    text: str,
    words: tuple[Word, ...],
    asked_names: tuple[Name, ...],
    told: _Told | ZoneReading | None,
    at: datetime,
    company_zone: str,
) -> ZoneReading | None:
    """Read the names in an answer together with the distance told beside them."""
    if isinstance(told, ZoneReading):
        return told
    span = (told.start, told.end) if told else (0, 0)
    found = without_ordinary(find_names(text, words), words)
    found = tuple(name for name in found if not span[0] <= words[name.first].start < span[1])
    found = found or find_misspelt(words)
    names = narrow(tuple(name for name in found if not name.denied), at, told.offset_min if told else None)
    covered = {index for name in found for index in range(name.first, name.last)}
    covered |= {index for index, word in enumerate(words) if span[0] <= word.start < span[1]}
    if found and not names:
        return asked((), "denied")
    if not names or not (told or _is_answer(text, words, covered, names)):
        return ZoneReading(ZoneOutcome.OFFSET, offset_min=told.offset_min, reason=told.reason) if told else None
    reading = read_names(_settled_by_question(names, asked_names), at, company_zone)
    if told and not _agrees(reading, told, at):
        return asked(_candidates(reading), "name and offset disagree")
    folded = fold(text)
    if reading.outcome is not ZoneOutcome.ASK and (phrases.UNKNOWN.search(folded) or phrases.QUESTION.search(folded)):
        return asked(_candidates(reading), "unsure")
    return reading


def _candidates(reading: ZoneReading) -> tuple[str, ...]:
    return (reading.zone,) if reading.zone else reading.candidates


def _agrees(reading: ZoneReading, told: _Told, at: datetime) -> bool:
    if reading.zone:
        return shows_offset(reading.zone, told.offset_min, at)
    return reading.offset_min in (None, told.offset_min)


def _is_answer(text: str, words: tuple[Word, ...], covered: set[int], names: tuple[Name, ...]) -> bool:
    """Tell whether the names are what the text is about, and not a place that something else happened in."""
    odd = {index for index, word in enumerate(words) if index not in covered and word.text not in SMALL_WORDS}
    if not odd or any(is_marked(words, name.first, name.last, ZONE_WORDS) for name in names):
        return True
    if len(odd) <= 6 and any(is_marked(words, name.first, name.last, PLACE_WORDS) for name in names):
        return True
    certain = not any(name.slipped or name.places[0].kind in (Kind.SPOKEN, Kind.ABBREVIATION) for name in names)
    if len(odd) == 1 and len(words) <= 4 and certain:
        return True
    for clause in _CLAUSE.finditer(text):
        inside = {i for i, word in enumerate(words) if clause.start() <= word.start < clause.end()}
        if inside & covered and not inside & odd:
            return True
    return False


def _settled_by_question(names: tuple[Name, ...], asked_names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names, or the homonym of the question that they settle: `Spain`, asked of two Valencias."""
    for homonym in asked_names:
        inside = tuple(p for p in homonym.places if any(holds(whole, p) for name in names for whole in name.places))
        if inside and len(homonym.places) > len(inside):
            return (replace(homonym, places=inside, denied=False),)
    return names


def _read_phrases(folded: str, at: datetime, company_zone: str) -> ZoneReading | None:
    """Read an answer that names no place."""
    plain = folded.strip(" .,;:!¡")
    if phrases.SAME_AS_DESK.search(folded) or phrases.SAME_ALONE.fullmatch(plain):
        if phrases.UNKNOWN.search(folded) or phrases.QUESTION.search(folded) or phrases.DENIED.search(folded):
            return asked((company_zone,), "unsure whether the desk's own")
        return zone_reading(company_zone, at, "the desk's own")
    if phrases.UNKNOWN.search(folded):
        return asked((), "unknown")
    if phrases.QUESTION.search(folded):
        return ZoneReading(ZoneOutcome.NOT_ZONE, reason="a question")
    if phrases.LOCAL.search(plain):
        return asked((), "local to where")
    return asked((), "a number without a sign") if phrases.NUMBER_ALONE.fullmatch(folded) else None
