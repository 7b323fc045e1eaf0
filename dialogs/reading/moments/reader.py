"""The door: from a text to its moments."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from dialogs.reading.moments.atoms import find_atoms
from dialogs.reading.moments.instants import to_instant, zone_rules
from dialogs.reading.moments.model import Flag, Grain, Moment
from dialogs.reading.moments.parts import Date, Relative
from dialogs.reading.moments.phrases import NamedZone, Phrase, join_atoms
from dialogs.reading.moments.resolve import (
    resolve_clock,
    resolve_day,
    resolve_days,
    resolve_distance,
    resolve_pair,
    resolve_part,
)
from dialogs.reading.moments.sentences import relate
from dialogs.reading.moments.tokens import Tokens, tokenize
from dialogs.reading.zones import ZoneOutcome, find_zones
from dialogs.timezones import country_of_zone

# Only beside one of these can a zone be named; looking for one costs more than all the rest.
_ZONE_SIGNS: Final = re.compile(
    r"\b(?:[A-Z]{2,5}|(?i:hora|horario|time|utc|gmt|zulu|[ecmp][sd]?t|eastern|pacific|mountain|central))\b"
    r"|\d[zZ]\b|[mM]\.? de [A-Z]"
)

_MAINLANDS: Final = frozenset(
    {
        *("America/Santiago", "America/Guayaquil", "America/Sao_Paulo"),
        *("Europe/Madrid", "Europe/Lisbon", "Pacific/Auckland"),
    }
)


def read_moments(text: str, *, language: str, reference: datetime, zone: str) -> tuple[Moment, ...]:
    """Read the moments told in a text, in the order in which they stand there.

    A customer reports what happened, so what can be past or future is past ("el viernes" is the last one),
    unless the text says otherwise.

    Args:
        text: what the person wrote.
        language: ``es`` or ``en``. Both are always read; it decides only whether ``12/03`` is in March.
        reference: when it was written (aware).
        zone: the IANA name of the person's zone, for every hour told without one.

    Raises:
        ValueError: the reference is naive.
    """
    if reference.tzinfo is None:
        raise ValueError("the reference must be aware")
    tokens = tokenize(text, month_first=language == "en")
    atoms = find_atoms(tokens)
    if not atoms:
        return ()
    clocks = any(atom.clock for atom in atoms)
    zones = _find_zones(tokens, language, reference, zone) if clocks and _ZONE_SIGNS.search(text) else []
    phrases = relate(tokens, join_atoms(tokens, atoms, zones))
    return tuple(_Reading(tokens, reference, zone).read(phrases))


def _find_zones(tokens: Tokens, language: str, at: datetime, zone: str) -> list[NamedZone]:
    found: list[NamedZone] = []
    for mention in find_zones(tokens.text, language=language, at=at, company_zone=zone):
        reading = mention.reading
        told = reading.zone if reading.outcome is ZoneOutcome.ZONE else _mainland(reading.candidates)
        where: str | int | None = reading.offset_min if reading.outcome is ZoneOutcome.OFFSET else told
        if where is not None:
            first, last = bisect_left(tokens.starts, mention.start), bisect_left(tokens.starts, mention.end)
            if first < last:
                found.append(NamedZone(first, last, where))
    return found


def _mainland(candidates: tuple[str, ...]) -> str | None:
    """Return the zone that "hora de España" means: nine in ten of the country live by it."""
    one_country = len({country_of_zone(zone) for zone in candidates}) == 1
    return candidates[0] if one_country and candidates[0] in _MAINLANDS else None


class _Reading:
    """One text read at one moment."""

    def __init__(self, tokens: Tokens, reference: datetime, zone: str) -> None:
        self.tokens = tokens
        self.reference = reference
        self.zone = zone

    def read(self, phrases: list[Phrase]) -> list[Moment]:
        moments: list[Moment] = []
        horizon = str(self.reference.year + 2)
        index = 0
        while index < len(phrases):
            one = phrases[index]
            two = phrases[index + 1] if index + 1 < len(phrases) else None
            pair = two is not None and two.follows
            if pair and two is not None and one.clock and two.clock:
                moments += self._pair(one, two)
            elif pair and two is not None:
                moments += self._ends(one, two)
            else:
                moments.append(self._one(one))
            index += 2 if pair else 1
        # A date years ahead is a number that happens to look like one.
        return [moment for moment in moments if moment.t < horizon]

    def _zone_of(self, phrase: Phrase) -> str | int:
        if phrase.clock is not None and phrase.clock.offset is not None:
            return phrase.clock.offset
        return self.zone if phrase.zone is None else phrase.zone

    def _one(self, phrase: Phrase) -> Moment:
        _, rules = zone_rules(self._zone_of(phrase))
        now = self.reference.astimezone(rules)
        wall_now = now.replace(tzinfo=None)
        if phrase.distance is not None:
            instant = resolve_distance(phrase.distance, self.reference.astimezone(UTC))
            if phrase.distance.grain is Grain.DAY:
                day = resolve_distance(phrase.distance, now).date()
                return self._moment(phrase, datetime.combine(day, time()), Grain.DAY)
            wall = instant.astimezone(rules).replace(tzinfo=None)
            moment = self._moment(phrase, wall, phrase.distance.grain)
            return replace(moment, utc=instant, flag=Flag.OK)
        if phrase.clock is not None:
            if isinstance(phrase.zone, int) or phrase.clock.offset is not None:
                phrase.clock = replace(phrase.clock, full=phrase.clock.afternoon is None)
            wall = resolve_clock(phrase, wall_now) + timedelta(days=phrase.next_morning)
            if phrase.borrowed and wall > wall_now:
                phrase.day = None
                wall = resolve_clock(phrase, wall_now)
            return self._moment(phrase, wall, phrase.clock.grain)
        if phrase.part is not None:
            return self._moment(phrase, resolve_part(phrase, wall_now), Grain.PART)
        day = resolve_day(phrase.day or Relative(0), wall_now.date(), future=phrase.future)
        return self._moment(phrase, datetime.combine(day, time()), Grain.DAY)

    def _ends(self, one: Phrase, two: Phrase) -> list[Moment]:
        today = self.reference.astimezone(zone_rules(self.zone)[1]).date()
        if one.day is not None and two.day is not None and not two.future:
            begin, end = resolve_days(one.day, two.day, today)
            one.day, two.day = (Date(day.day, day.month, day.year) for day in (begin, end))
        return [self._one(one), self._one(two)]

    def _pair(self, one: Phrase, two: Phrase) -> list[Moment]:
        if one.zone is not None and two.zone is None:
            two.zone = one.zone
        _, rules = zone_rules(self._zone_of(two))
        now = self.reference.astimezone(rules).replace(tzinfo=None)
        begin, end = resolve_pair(one, two, now)
        assert one.clock is not None
        assert two.clock is not None
        return [self._moment(one, begin, one.clock.grain), self._moment(two, end, two.clock.grain)]

    def _moment(self, phrase: Phrase, wall: datetime, grain: Grain) -> Moment:
        name, rules = zone_rules(self._zone_of(phrase))
        start, end = self.tokens.starts[phrase.first], self.tokens.ends[phrase.last - 1]
        instant, flag = to_instant(wall, rules)
        if grain is Grain.DAY:
            told, flag = wall.date().isoformat(), Flag.OK
        else:
            told = wall.isoformat(timespec="seconds" if grain is Grain.SECOND else "minutes")
        return Moment(self.tokens.text[start:end], start, end, told, grain, phrase.role, instant, name, flag)
