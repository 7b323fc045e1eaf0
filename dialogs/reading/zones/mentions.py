"""Zones named inside a longer sentence, only where a clear marker stands beside them."""

from __future__ import annotations

import re
from datetime import datetime

from dialogs.reading.text import fold
from dialogs.reading.zones import phrases
from dialogs.reading.zones.meaning import Setting, narrow, offset_reading, read_names, zone_reading
from dialogs.reading.zones.names import Name, Word, find_names, holds, is_marked, words_of
from dialogs.reading.zones.offsets import find_iso_offsets, find_offsets
from dialogs.reading.zones.table import Kind
from dialogs.reading.zones.types import ZoneMention, ZoneReading
from dialogs.reading.zones.words import AFTER_ZONE, HOUR_WORDS, LINKS, ZONE_WORDS

_AFTER_CLOCK = re.compile(
    r"(?:\d\s*(?:[ap]\.?\s?m\.?)?|\b(?:noon|midnight|mediodia|medianoche|manana|tarde|noche))\s*[,(]?\s*$"
)
_OPENS = re.compile(r"[(\[]\s*$")


def find_zones(text: str, *, language: str, at: datetime, company_zone: str) -> tuple[ZoneMention, ...]:
    """Return the zones named in a sentence, in its order: `9:15 COT`, `las 3 hora de Bogotá`, `(GMT-5)`.

    A city in the prose is not a mention; a marker must stand beside it: a word for hours, a time before it, or the
    form of an IANA name. ``at`` is the aware instant the text was written, ``company_zone`` the IANA name of the
    desk's zone.
    """
    setting = Setting(language, at, company_zone)
    folded, words = fold(text), words_of(text)
    found = [
        (start, end, offset_reading(minutes, "offset"))
        for start, end, minutes in (*find_offsets(folded), *find_iso_offsets(folded))
        if minutes is not None
    ]
    found += [
        (_start_of(words, group[0]), _end_of(words, group[-1]), read_names(narrow(group, at), setting))
        for group in _groups(text, folded, words)
    ]
    found += [
        (*match.span(), zone_reading(company_zone, setting, "the desk's own"))
        for match in phrases.SAME_AS_DESK.finditer(folded)
        if match[0].split()[0] in ZONE_WORDS or "time" in match[0]
    ]
    mentions: list[ZoneMention] = []
    for start, end, reading in sorted(found, key=lambda one: (one[0], -one[1])):
        if not mentions or start >= mentions[-1].end:
            mentions.append(_mention(text, start, end, reading))
    return tuple(mentions)


def _mention(text: str, start: int, end: int, reading: ZoneReading) -> ZoneMention:
    """Return a mention, with the parentheses that hold it or that it would cut in two."""
    first, last = start, end
    if text[end : end + 1] in (")", "]"):
        opened = _OPENS.search(text, 0, start)
        first = opened.start() if opened else start
        last = end + 1 if opened or "(" in text[start:end] else end
    return ZoneMention(first, last, text[first:last], reading)


def _groups(text: str, folded: str, words: tuple[Word, ...]) -> list[tuple[Name, ...]]:
    """Return the marked names of a text, each with the names right after it: `hora de Valencia, España`."""
    groups: list[tuple[Name, ...]] = []
    for name in find_names(words):
        if groups and groups[-1][-1].last == name.first and _belong(groups[-1][0], name):
            groups[-1] = (*groups[-1], name)
        elif _is_mention(text, folded, words, name):
            groups.append((name,))
    return groups


def _belong(name: Name, next_name: Name) -> bool:
    if any(place.kind is Kind.SPOKEN for place in name.places):
        return True
    return any(holds(whole, part) for whole in next_name.places for part in name.places)


def _is_mention(text: str, folded: str, words: tuple[Word, ...], name: Name) -> bool:
    first, last = words[name.first], words[name.last - 1]
    kinds = {place.kind for place in name.places}
    if is_marked(words, name.first, name.last, HOUR_WORDS) or (name.last - name.first > 1 and first.text in ZONE_WORDS):
        return True
    after_clock = _AFTER_CLOCK.search(folded, 0, first.start) is not None
    if Kind.ABBREVIATION in kinds:
        return after_clock
    if Kind.SPOKEN in kinds:
        return after_clock or name.last - name.first > 1
    if first.start > 1 and words[name.first - 1].text == "de" and Kind.COUNTRY in kinds:  # "a las 4 pm de Colombia"
        return _AFTER_CLOCK.search(folded, 0, words[name.first - 1].start) is not None
    return after_clock and text[first.start - 1] == "(" and text[last.end : last.end + 1] == ")"


def _start_of(words: tuple[Word, ...], name: Name) -> int:
    """Return where a mention starts: at the word for hours before the name, if that made it one."""
    first = name.first
    while first and words[first - 1].text in LINKS:
        first -= 1
    if first and words[first - 1].text in ZONE_WORDS:
        first -= 1
        while first and words[first - 1].text in ZONE_WORDS:
            first -= 1
        return words[first].start
    return words[name.first].start


def _end_of(words: tuple[Word, ...], name: Name) -> int:
    if name.last < len(words) and words[name.last].text in AFTER_ZONE:
        return words[name.last].end
    return words[name.last - 1].end
