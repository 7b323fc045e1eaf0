"""The names of zones and places in a text, where each of them may stand for what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dialogs.reading.text import fold
from dialogs.reading.zones.spelling import meant, twin_of
from dialogs.reading.zones.table import WORD, Kind, Place, places_named, spell_out
from dialogs.reading.zones.words import (
    AFTER_PERSON,
    AFTER_ZONE,
    ARTICLES,
    COUNTED_WORDS,
    COUNTS,
    DENIALS,
    LINKS,
    ORDINARY_WORDS,
    OWNERS,
    PERSON_WORDS,
    SMALL_WORDS,
    THINGS,
    ZONE_WORDS,
)

_NEVER_CODES = SMALL_WORDS | DENIALS
_NOT_MISSPELT = SMALL_WORDS | ORDINARY_WORDS | DENIALS
_NO_ENDS = LINKS | DENIALS
LONGEST_NAME = 7
_MISSPELT_KINDS = frozenset({Kind.CITY, Kind.STATE, Kind.COUNTRY})
_SMALL = 100  # thousands of lives, of a town whose name may be a larger one misspelt
_CLOCK = re.compile(r"(?:\b(?:\d{1,2} ?)?[ap]m|\b\d{1,2} \d\d)$")
_BARE_HOUR = re.compile(r"\b(?:las?|at|since|desde|around|about|tipo) \d{1,2}$")
# "N.L." after a name is one word, as "NL" is; "D.F." alone is a name of two.
_WORD = re.compile(rf"(?:(?<=[a-z] )|(?<=[a-z], ))(?!d\.f\b)(?:[a-z]\.){{2,3}}(?![^\W_])|{WORD.pattern}")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, folded, with its character offsets and whether it stands in capitals."""

    text: str
    start: int
    end: int
    capitals: bool
    is_flag: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text: words ``first`` up to ``last`` (excluded) and what it may stand for."""

    first: int
    last: int
    places: tuple[Place, ...]
    denied: bool = False
    slipped: bool = False

    @property
    def is_code(self) -> bool:
        """Whether it only narrows another name."""
        return all(place.kind is Kind.CODE for place in self.places)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; the flag of a country is a word, its two-letter code."""
    flags = [
        Word(
            "".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in match[0]),
            *match.span(),
            capitals=True,
            is_flag=True,
        )
        for match in _FLAG.finditer(text)
    ]
    words = [
        Word(spell_out(m[0].replace(".", "")), m.start(), m.end(), text[m.start() : m.end()].isupper())
        for m in _WORD.finditer(fold(text))
    ]
    return tuple(sorted([*words, *flags], key=lambda word: word.start)) if flags else tuple(words)


def text_of(words: tuple[Word, ...], first: int, last: int) -> str:
    """Return the words from first up to last as the table spells them."""
    return " ".join(word.text for word in words[first:last])


def _is_counted(words: tuple[Word, ...], position: int) -> bool:
    """Tell whether a word for hours counts them, as in "3 horas en Lima", and is no clock's "las 15 horas de Lima"."""
    before = [word.text for word in words[max(0, position - 2) : position]]
    if words[position].text not in COUNTED_WORDS or not before:
        return False
    if before[-1].isdigit() and (words[position].text != "hora" or before[-1] == "1"):
        return before[0] not in ("la", "las")
    return before[-1] in COUNTS


def is_after(words: tuple[Word, ...], index: int, markers: frozenset[str]) -> bool:
    """Tell whether the word at an index follows one of the markers, with nothing but linking words between."""
    for position in range(index - 1, max(-1, index - 5), -1):
        word = words[position].text
        if word in markers:
            return not _is_counted(words, position)
        if word not in LINKS:
            return False
    return False


def is_marked(words: tuple[Word, ...], first: int, last: int, markers: frozenset[str]) -> bool:
    """Tell whether a word of the markers makes a name that of a zone or of the writer's place."""
    if "hora" in markers and last < len(words) and words[last].text in AFTER_ZONE:
        return True
    return is_after(words, first, markers)


def _follows_clock(words: tuple[Word, ...], first: int) -> bool:
    """Tell whether a word follows an hour; after a bare one ("at 12 eat") an ordinary word does not count."""
    before = " ".join(word.text for word in words[max(0, first - 2) : first])
    bare = words[first].text not in ORDINARY_WORDS and _BARE_HOUR.search(before)
    return bool(bare or _CLOCK.search(before))


def _may_stand(place: Place, words: tuple[Word, ...], first: int, last: int, before: Name | None) -> bool:
    """Tell whether the words from first up to last may stand for a place where they stand."""
    word = words[first]
    alone = all(other.text in SMALL_WORDS for other in (*words[:first], *words[last:]))
    in_capitals = word.capitals and not (len(words) > 2 and all(other.capitals for other in words))
    if place.kind is Kind.CODE:
        return before is not None and before.last == first and (word.text not in _NEVER_CODES or in_capitals)
    if place.kind is Kind.DEMONYM:
        return is_marked(words, first, last, ZONE_WORDS)
    if place.kind is Kind.ABBREVIATION:
        plain = alone and word.text not in ORDINARY_WORDS
        return plain or in_capitals or is_marked(words, first, last, ZONE_WORDS) or _follows_clock(words, first)
    is_whole = len(words) == 1 and len(word.text) > 2
    return last - first > 1 or word.text not in SMALL_WORDS or in_capitals or is_whole


def _is_thing(places: tuple[Place, ...], words: tuple[Word, ...], first: int, last: int) -> bool:
    """Tell whether a word that may be a zone is a thing here: "la central" is an exchange, "central office" a house."""
    if last - first > 1 or all(place.kind is not Kind.SPOKEN for place in places):
        return False
    before = words[first - 1].text if first else ""
    if before in ARTICLES and words[first].text == "central":
        return True
    after = words[last].text if last < len(words) else ""
    beside = before in ARTICLES or before in THINGS or after in THINGS or after in OWNERS
    return beside and not is_marked(words, first, last, ZONE_WORDS)


def _with_twin(places: tuple[Place, ...], key: str) -> tuple[Place, ...]:
    """Return the places, with as much weight a notable one that sounds the same: Monterey is asked about Monterrey."""
    heaviest = max((place.weight for place in places), default=_SMALL)
    twin = twin_of(key) if heaviest < _SMALL and places[0].kind is Kind.CITY else None
    if twin is None:
        return places
    return (*(replace(p, weight=heaviest) for p in places_named(twin) if p.kind in _MISSPELT_KINDS), *places)


def find_names(words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Return the names in a text, the longest at each place, in order and without overlap."""
    found: list[Name] = []
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + LONGEST_NAME), first, -1):
            key = text_of(words, first, last)
            places = places_named(key)
            if words[first].is_flag:
                places = tuple(replace(place, kind=Kind.COUNTRY) for place in places if not place.state)
            else:
                before = found[-1] if found else None
                places = tuple(place for place in places if _may_stand(place, words, first, last, before))
            places = _with_twin(places, key)
            if places and not _is_thing(places, words, first, last):
                found.append(Name(first, last, places, denied=_is_denied(words, first, last)))
                first = last - 1
                break
        first += 1
    return tuple(found)


def plausible(names: tuple[Name, ...], words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Return the names less those of persons, and those that are ordinary words with nothing to bear them out.

    What bears one out is another name, of a place that holds it or lies in it.
    """

    def is_borne_out(name: Name) -> bool:
        others = [place for other in names if other is not name for place in other.places]
        return any(holds(one, place) or holds(place, one) for one in name.places for place in others)

    return tuple(
        name
        for name in names
        if not is_after(words, name.first, PERSON_WORDS)
        and words[name.last - 1 : name.last + 1][-1].text not in AFTER_PERSON
        and (
            text_of(words, name.first, name.last) not in ORDINARY_WORDS
            or name.places[0].kind is Kind.ABBREVIATION
            or is_borne_out(name)
        )
    )


def _is_denied(words: tuple[Word, ...], first: int, last: int) -> bool:
    before = [word.text for word in words[max(0, first - 3) : first]]
    if before[-1:] == ["no"]:
        return False  # "no, Lima" answers another question
    after = words[last].text if last < len(words) and words[last].start == words[last - 1].end + 1 else ""
    return after in DENIALS or any(word in DENIALS for word in before[:-1])


def find_misspelt(words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Return the name of a notable place that the longest run of odd words may mean, of three words at most."""
    odd = [w.text.isalpha() and w.text not in _NOT_MISSPELT and not places_named(w.text) for w in words]
    for length in (3, 2, 1):
        for first in range(len(words) - length + 1):
            last = first + length
            if not (odd[first] or odd[last - 1]) or words[first].text in _NO_ENDS or words[last - 1].text in _NO_ENDS:
                continue
            key = text_of(words, first, last)
            names = () if places_named(key) else meant(key)
            places = tuple(place for known in names for place in places_named(known) if place.kind in _MISSPELT_KINDS)
            if places:
                return (Name(first, last, places, denied=_is_denied(words, first, last), slipped=True),)
    return ()


def holds(whole: Place, part: Place) -> bool:
    """Tell whether one place lies in another: a city in its state or country, a state in its country."""
    if whole.kind not in (Kind.COUNTRY, Kind.STATE, Kind.CODE, Kind.DEMONYM) or whole.country != part.country:
        return False
    if not whole.state:
        return part.kind in (Kind.CITY, Kind.STATE)
    return part.kind is Kind.CITY and part.state == whole.state
