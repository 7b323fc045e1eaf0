"""What the answer to «in which time zone?» says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.reading.text import fold
from dialogs.reading.zones import clocks, phrases
from dialogs.reading.zones.meaning import Setting, asked, narrow, offset_reading, read_names, unsure, zone_reading
from dialogs.reading.zones.mentions import find_zones
from dialogs.reading.zones.names import Name, Word, find_misspelt, find_names, holds, is_marked, plausible, words_of
from dialogs.reading.zones.offsets import BARE, find_offsets, is_kept_somewhere, told_minutes
from dialogs.reading.zones.rules import offset_at, shows_offset
from dialogs.reading.zones.table import Kind
from dialogs.reading.zones.types import ZoneOutcome, ZoneReading
from dialogs.reading.zones.words import DENIALS, PERSON_NAMES, PLACE_WORDS, SMALL_WORDS, ZONE_WORDS

NOT_ZONE = ZoneReading(ZoneOutcome.NOT_ZONE, reason="nothing about a zone")
_LONGEST_ANSWER = 30  # words; a longer text is read as a message that may mention a zone
_FEW = 3  # odd words
_QUIET_WORDS = SMALL_WORDS | DENIALS
_HOUR = re.compile(r"\d{1,2}(?:am|pm|hs?|hrs?)?|am|pm")
_CHAT = re.compile(r"(?<![\w.])(?:[dD]|[qkQK])(?=\s)")  # "la d ustedes", "menos q Bogotá"
_CLAUSE = re.compile(r"[^.,;:!?()\n\u2013\u2014]+")


@dataclass(frozen=True, slots=True)
class _Told:
    """A distance from UTC in an answer: where it stands, its minutes (none when it cannot be used), how it was told."""

    start: int
    end: int
    offset_min: int | None
    reason: str


def read_zone(text: str, *, language: str, at: datetime, company_zone: str, question: str | bool = True) -> ZoneReading:
    """Read the answer to a question about a time zone.

    ``at`` is the aware instant it was written, ``company_zone`` the IANA name of the desk's zone. ``question`` is
    what the bot had asked: its text, so that a `yes` or a `Spain` is read against the names in it; true when it
    asked for the zone and named none; false when it asked nothing, and then only what `find_zones` marks counts.
    """
    setting = Setting(language, at, company_zone)
    text = _CHAT.sub(lambda match: "de" if match[0].lower() == "d" else "que", text)
    folded, words = fold(text), words_of(text)
    if question is False or len(words) > _LONGEST_ANSWER:
        found = find_zones(text, language=language, at=at, company_zone=company_zone)
        return found[0].reading if len({mention.reading for mention in found}) == 1 else NOT_ZONE
    asked_text = question if isinstance(question, str) else ""
    asked_names = find_names(words_of(asked_text))
    return (
        _read_confirmation(folded, asked_names, setting)
        or _read_distance(folded, setting)
        or _read_places(text, words, _told(folded, words, asked_text, setting), asked_names, setting)
        or _read_phrases(folded, setting)
        or NOT_ZONE
    )


def _read_confirmation(folded: str, asked_names: tuple[Name, ...], setting: Setting) -> ZoneReading | None:
    """Read a yes or a no against the names of the question."""
    if asked_names and phrases.YES.fullmatch(folded):
        return read_names(narrow(asked_names, setting.at), setting)
    if asked_names and phrases.NO.fullmatch(folded):
        return asked((), "denied")
    return None


def _read_distance(folded: str, setting: Setting) -> ZoneReading | None:
    """Read `5 horas menos que Londres`; none when the hours are told of something that is no zone."""
    match = clocks.RELATIVE.search(folded)
    if match is None:
        return None
    rest = words_of(match["rest"])
    offsets = find_offsets(match["rest"])
    names = find_names(rest) or find_misspelt(rest)
    if offsets:
        reading = offset_reading(offsets[0].offset_min, "offset")
    elif names:
        reading = read_names(narrow(names, setting.at), setting)
    elif phrases.DESK.search(match["rest"]):
        reading = zone_reading(setting.company_zone, setting, "the desk's own")
    else:
        return None if rest or len(folded.split()) > 6 else asked((), "distance from nowhere")
    starts = {offset_at(zone, setting.at) for zone in reading.candidates} or {reading.offset_min or 0}
    if len(starts) > 1:
        return asked((), "distance from several zones")
    minutes = starts.pop() + clocks.distance_of(match)
    return offset_reading(minutes if is_kept_somewhere(minutes) else None, "distance from a zone")


def _told(folded: str, words: tuple[Word, ...], asked_text: str, setting: Setting) -> _Told | None:
    """Return the distance from UTC that an answer tells: an offset, the hour on a wall, or a bare `-5`."""
    offsets = find_offsets(folded)
    if offsets:
        start, end, minutes = offsets[0]
        return _Told(start, end, minutes if len({one.offset_min for one in offsets}) == 1 else None, "offset")
    match = clocks.find_stated(folded, asks_hour=phrases.ASKS_THE_HOUR.search(fold(asked_text)) is not None)
    if match:
        clock = clocks.wall_clock(match)
        minutes = clocks.offset_of_clock(clock, setting.at, setting.language) if clock else None
        return _Told(*match.span(), minutes, "wall clock")
    bare = BARE.search(folded)
    if bare and all(bare.start() <= word.start < bare.end() or word.text in SMALL_WORDS for word in words):
        return _Told(*bare.span(), told_minutes(bare), "offset")
    return None


def _read_places(
    text: str, words: tuple[Word, ...], told: _Told | None, asked_names: tuple[Name, ...], setting: Setting
) -> ZoneReading | None:
    """Read the names in an answer together with the distance told beside them."""
    by_offset = offset_reading(told.offset_min, told.reason) if told else None
    if told and told.offset_min is None:
        return by_offset
    taken = {i for i, word in enumerate(words) if told and told.start <= word.start < told.end}
    found = tuple(name for name in plausible(find_names(words), words) if name.first not in taken)
    found = found or find_misspelt(words)
    names = narrow(tuple(name for name in found if not name.denied), setting.at, told.offset_min if told else None)
    if found and not names:
        return asked((), "denied")
    covered = taken.union(*(range(name.first, name.last) for name in found))
    if not names or not (told or _is_answer(text, words, covered, names)):
        return by_offset or _several(words, covered, names, setting)
    reading = read_names(_settled_by_question(names, asked_names), setting)
    if told and not _agrees(reading, told, setting.at):
        return unsure(reading, "name and offset disagree")
    if phrases.UNKNOWN.search(fold(text)) or "?" in text:
        return unsure(reading, "unsure")
    return reading


def _several(
    words: tuple[Word, ...], covered: set[int], names: tuple[Name, ...], setting: Setting
) -> ZoneReading | None:
    """Ask which of several places is meant: "unas son de Bogotá y otras de Madrid"."""
    certain = [name for name in names if not _is_doubtful(words, name)]
    odd = [i for i, word in enumerate(words) if i not in covered and not _is_quiet(word)]
    if len(certain) < 2 or len(odd) > _FEW:
        return None
    reading = read_names(tuple(certain), setting)
    return reading if reading.outcome is ZoneOutcome.ASK else None


def _agrees(reading: ZoneReading, told: _Told, at: datetime) -> bool:
    if reading.zone and told.offset_min is not None:
        return shows_offset(reading.zone, told.offset_min, at)
    return reading.offset_min in (None, told.offset_min)


def _is_answer(text: str, words: tuple[Word, ...], covered: set[int], names: tuple[Name, ...]) -> bool:
    """Tell whether the names are what the text is about, and not a place that something else happened in."""
    odd = {i for i, word in enumerate(words) if i not in covered and not _is_quiet(word)}
    if not odd or any(is_marked(words, name.first, name.last, ZONE_WORDS) for name in names):
        return True
    certain = [name for name in names if not _is_doubtful(words, name)]
    placed = any(is_marked(words, name.first, name.last, PLACE_WORDS) for name in certain)
    if (placed and len(odd) <= 6) or (len(certain) == len(names) and len(odd) == 1 and len(words) <= 4):
        return True
    plain: set[int] = set()
    for clause in _CLAUSE.finditer(text):
        inside = {i for i, word in enumerate(words) if clause.start() <= word.start < clause.end()}
        if not inside & odd:
            plain |= inside
    return covered <= plain


def _is_quiet(word: Word) -> bool:
    """Tell whether a word says nothing against an answer: a small one, a denial, the hour of a clock."""
    return word.text in _QUIET_WORDS or _HOUR.fullmatch(word.text) is not None


def _is_doubtful(words: tuple[Word, ...], name: Name) -> bool:
    """Tell whether an odd word beside a name is enough against it."""
    spoken = name.places[0].kind in (Kind.SPOKEN, Kind.ABBREVIATION)
    return name.slipped or spoken or words[name.first].text in PERSON_NAMES


def _settled_by_question(names: tuple[Name, ...], asked_names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names, or the homonym of the question that they settle: `Spain`, asked of two Valencias."""
    for homonym in asked_names:
        inside = tuple(p for p in homonym.places if any(holds(whole, p) for name in names for whole in name.places))
        if inside and len(homonym.places) > len(inside):
            return (replace(homonym, places=inside, denied=False),)
    return names


def _read_phrases(folded: str, setting: Setting) -> ZoneReading | None:
    """Read an answer that names no place."""
    plain = folded.strip(" .,;:!¡")
    is_unsure, is_question = phrases.UNKNOWN.search(folded), phrases.QUESTION.search(folded)
    same = phrases.SAME_AS_DESK.search(folded) or phrases.SAME_ALONE.fullmatch(plain)
    if same and not phrases.ASKS_BACK.search(folded):
        own = zone_reading(setting.company_zone, setting, "the desk's own")
        return unsure(own, "unsure") if is_unsure or is_question or phrases.DENIED.search(folded) else own
    if is_unsure:
        return asked((), "unknown")
    if is_question:
        return ZoneReading(ZoneOutcome.NOT_ZONE, reason="a question")
    if phrases.DIFFERENCE.search(folded):
        return asked((), "distance without a sign")
    if phrases.LOCAL.search(plain):
        return asked((), "local to where")
    return asked((), "a number without a sign") if phrases.NUMBER_ALONE.fullmatch(folded) else None
