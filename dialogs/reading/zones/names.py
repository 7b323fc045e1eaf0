"""The names of zones and places in a text, and what they come to together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.reading.text import fold
from dialogs.reading.zones.rules import offset_at, rule_sets, same_rules, shows_offset
from dialogs.reading.zones.spelling import meant
from dialogs.reading.zones.table import WORD, Kind, Place, places_named
from dialogs.reading.zones.types import ZoneOutcome, ZoneReading
from dialogs.reading.zones.words import DENIALS, FILLERS, LINKS, PLACE_WORDS, ZONE_WORDS, ordinary_words

# One of two namesakes is meant for certain when it is so many times more peopled than the other: the smallest
# number that still asks about the Guadalajaras of Mexico and Spain (GeoNames: 1.39 and 0.09 million).
CERTAIN = 15
LONGEST_NAME = 7
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, folded, with its character offsets and whether it stands in capitals."""

    text: str
    start: int
    end: int
    capitals: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text: words ``first`` up to ``last`` (excluded) and what it may stand for."""

    first: int
    last: int
    places: tuple[Place, ...]
    denied: bool = False
    slipped: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; the flag of a country is a word, its two-letter code."""
    flags = [
        Word("".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in match[0]), *match.span(), True)
        for match in _FLAG.finditer(text)
    ]
    words = [Word(m[0], m.start(), m.end(), text[m.start() : m.end()].isupper()) for m in WORD.finditer(fold(text))]
    return tuple(sorted([*words, *flags], key=lambda word: word.start)) if flags else tuple(words)


_QUANTIFIED = frozenset({"hora", "horas", "tiempo", "time", "times"})
_TIME_AFTER = frozenset({"time", "tz", "timezone", "zone"})


def is_marked(words: tuple[Word, ...], name: Name, markers: frozenset[str]) -> bool:
    """Tell whether a word of the markers makes a name that of a zone or of the writer's place."""
    follows = name.last < len(words) and words[name.last].text in _TIME_AFTER
    return is_after(words, name.first, markers) or (follows and markers is ZONE_WORDS)


def is_after(words: tuple[Word, ...], index: int, markers: frozenset[str]) -> bool:
    """Tell whether the word at an index follows one of the markers, with nothing but small words between."""
    for position in range(index - 1, max(-1, index - 5), -1):
        earlier = words[position]
        if earlier.text in markers:
            counted = position > 0 and words[position - 1].text.isdigit() and earlier.text in _QUANTIFIED
            return not counted  # "3 horas en Lima" is no "hora de Lima"
        if earlier.text not in LINKS:
            return False
    return False


def _usable(words: tuple[Word, ...], first: int, last: int, places: tuple[Place, ...], before: Name | None,
            text: str) -> tuple[Place, ...]:  # fmt: skip
    """Return those of the places that the words from first to last may stand for where they stand."""
    word = words[first]
    if _FLAG.match(text, word.start):
        return tuple(
            replace(place, kind=Kind.COUNTRY)
            for place in places
            if place.country == word.text.upper() and not place.state
        )
    beside_zone_word = is_after(words, first, ZONE_WORDS) or (last < len(words) and words[last].text == "time")
    shouted = all(other.capitals for other in words)
    usable = []
    for place in places:
        if place.kind is Kind.CODE:
            follows = before is not None and before.last == first
            if not (follows and (word.text not in FILLERS or (word.capitals and not shouted))):
                continue
        elif place.kind is Kind.DEMONYM:
            if not beside_zone_word:
                continue
        elif place.kind is Kind.ABBREVIATION:
            alone = all(w.text in FILLERS for i, w in enumerate(words) if i != first)
            if not (beside_zone_word or alone or (word.capitals and not (shouted and len(words) > 2))):
                continue
        elif last - first == 1 and word.text in FILLERS and not (word.capitals and not shouted) and len(words) > 1:
            continue
        usable.append(place)
    return tuple(usable)


def find_names(text: str, words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Return the names in a text, the longest at each place, in order and without overlap."""
    found: list[Name] = []
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + LONGEST_NAME), first, -1):
            key = " ".join(word.text for word in words[first:last])
            places = places_named(key)
            if not places:
                continue
            usable = _usable(words, first, last, places, found[-1] if found else None, text)
            if usable:
                found.append(Name(first, last, usable, denied=_is_denied(words, first, last)))
                first = last - 1
                break
        first += 1
    return tuple(found)


def without_ordinary(names: tuple[Name, ...], words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Return the names less those that are ordinary words, unless a word for a zone or another name bears them out."""
    kept = []
    for name in names:
        word = words[name.first].text
        if name.last - name.first == 1 and word in ordinary_words() and not is_marked(words, name, ZONE_WORDS):
            others = [place for other in names if other is not name for place in other.places]
            if not any(holds(one, place) or holds(place, one) for one in name.places for place in others):
                continue
        kept.append(name)
    return tuple(kept)


def _is_denied(words: tuple[Word, ...], first: int, last: int) -> bool:
    before = [word.text for word in words[max(0, first - 3) : first]]
    if before[-1:] == ["no"]:
        return False  # "no, Lima" answers another question
    after = words[last].text if last < len(words) else ""
    return after in DENIALS or any(word in DENIALS for word in before[:-1])


def find_misspelt(words: tuple[Word, ...], named: Iterable[Name]) -> tuple[Name, ...]:
    """Return names of notable places among the words that are neither names nor small nor ordinary ones."""
    taken = {index for name in named for index in range(name.first, name.last)}
    odd = {
        index
        for index, word in enumerate(words)
        if index not in taken and word.text not in FILLERS and word.text.isalpha() and word.text not in ordinary_words()
    }
    for length in (3, 2, 1):
        for first in range(len(words) - length + 1):
            span = range(first, first + length)
            if taken.isdisjoint(span) and not odd.isdisjoint(span) and first in odd or (length > 1 and span[-1] in odd):
                names = meant(" ".join(words[index].text for index in span))
                places = tuple(p for name in names for p in places_named(name) if p.kind in "cns")
                if places:
                    return (
                        Name(
                            first, first + length, places, denied=_is_denied(words, first, first + length), slipped=True
                        ),
                    )
    return ()


def holds(whole: Place, part: Place) -> bool:
    """Tell whether one place lies in another: a city in its state or country, a state in its country."""
    if whole.kind not in (Kind.COUNTRY, Kind.STATE, Kind.CODE, Kind.DEMONYM) or whole.country != part.country:
        return False
    if not whole.state:
        return part.kind in (Kind.CITY, Kind.STATE)
    return part.kind is Kind.CITY and part.state == whole.state


def narrow(names: tuple[Name, ...], at: datetime, offset_min: int | None) -> tuple[Name, ...]:
    """Return the names that matter, each with those of its places that agree with the others and the offset."""
    holders: set[int] = set()
    narrowed: list[Name] = list(names)
    for index, name in enumerate(names):
        for other_index, other in enumerate(names):
            if other_index == index:
                continue
            inside = tuple(p for p in narrowed[index].places if any(holds(whole, p) for whole in other.places))
            if inside:
                narrowed[index] = replace(narrowed[index], places=inside)
                holders.add(other_index)
    left = [
        name
        for index, name in enumerate(narrowed)
        if index not in holders and not all(p.kind is Kind.CODE for p in name.places)
    ]
    if offset_min is not None:
        left = [replace(name, places=tuple(_at_offset(name.places, offset_min, at)) or name.places) for name in left]
    return tuple(left)


def _at_offset(places: Iterable[Place], offset_min: int, at: datetime) -> Iterable[Place]:
    for place in places:
        zones = tuple(zone for zone in place.zones if shows_offset(zone, offset_min, at))
        if zones:
            yield replace(place, zones=zones)


def zones_of(name: Name, at: datetime) -> tuple[str, ...]:
    """Return the zones that a name may mean, best first: of namesakes those that are not dwarfed."""
    spoken = [place for place in name.places if place.kind in (Kind.SPOKEN, Kind.ABBREVIATION)]
    places = spoken or sorted(name.places, key=lambda place: -place.weight)
    certain = [place for place in places if place.weight * CERTAIN >= places[0].weight]
    return rule_sets((zone for place in certain for zone in place.zones), at)


def _read_abbreviation(places: tuple[Place, ...], at: datetime, company_zone: str) -> ZoneReading:
    """Read an abbreviation by its season: `EST` in July is asked about, `CST` always."""
    every = rule_sets((zone for place in places for zone in place.zones), at)
    if len(places) > 1:
        return ZoneReading(ZoneOutcome.ASK, candidates=every, reason="abbreviation of several zones")
    place = places[0]
    if place.offset_min is None:
        return zone_reading(every[0], at, "abbreviation") if len(every) == 1 else asked(every, "abbreviation")
    in_season = [zone for zone in every if offset_at(zone, at) == place.offset_min]
    if len(in_season) < len(every) and every[0] not in in_season or not in_season:
        return ZoneReading(ZoneOutcome.ASK, candidates=every, reason="abbreviation out of season")
    if len(in_season) == 1 and len(place.zones) == 1:
        return zone_reading(in_season[0], at, "abbreviation")
    own = [zone for zone in in_season if same_rules(zone, company_zone, at)]
    if own:
        return zone_reading(own[0], at, "abbreviation of the desk's own zone")
    return ZoneReading(ZoneOutcome.OFFSET, offset_min=place.offset_min, reason="abbreviation of one offset")


def zone_reading(zone: str, at: datetime, reason: str) -> ZoneReading:
    """Return the reading of a zone that is certain."""
    return ZoneReading(ZoneOutcome.ZONE, zone=zone, offset_min=offset_at(zone, at), reason=reason)


def asked(candidates: Iterable[str], reason: str) -> ZoneReading:
    """Return the reading of an answer to ask about, with what it may mean."""
    return ZoneReading(ZoneOutcome.ASK, candidates=tuple(candidates), reason=reason)


def read_name(name: Name, at: datetime, company_zone: str) -> ZoneReading:
    """Return what one name means."""
    if any(place.kind is Kind.ABBREVIATION for place in name.places):
        return _read_abbreviation(tuple(p for p in name.places if p.kind is Kind.ABBREVIATION), at, company_zone)
    zones = zones_of(name, at)
    if len(zones) == 1:
        return zone_reading(zones[0], at, "misspelt name" if name.slipped else "name")
    return asked(zones, "name of several zones")


def read_names(names: tuple[Name, ...], at: datetime, company_zone: str) -> ZoneReading:
    """Return what the names of one text mean together."""
    readings = [read_name(name, at, company_zone) for name in names]
    sure = [reading for reading in readings if reading.outcome is not ZoneOutcome.ASK]
    vague = [reading for reading in readings if reading.outcome is ZoneOutcome.ASK]
    if not vague and all(_agree(sure[0], reading, at) for reading in sure[1:]):
        return sure[0]
    if (
        sure
        and all(any(same_rules(c, s.zone or "UTC", at) for s in sure for c in v.candidates) for v in vague)
        and len({s.zone for s in sure}) == 1
    ):
        return sure[0]
    every = rule_sets([z for r in readings for z in ((r.zone,) if r.zone else r.candidates)], at)
    return asked(every, "several zones")


def _agree(one: ZoneReading, other: ZoneReading, at: datetime) -> bool:
    if one.zone and other.zone:
        return same_rules(one.zone, other.zone, at)
    return one.offset_min == other.offset_min
