"""What the names in a text come to together: a zone, an offset, or something to ask about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.reading.zones.names import Name, holds
from dialogs.reading.zones.rules import offset_at, rule_sets, same_rules, shows_offset
from dialogs.reading.zones.table import Kind, Place
from dialogs.reading.zones.types import ZoneOutcome, ZoneReading

# One of two namesakes is meant for certain when it is so many times more peopled than the other: the smallest
# round number that still asks about the Guadalajaras of Mexico and Spain (GeoNames: 1 386 000 and 93 000).
_CERTAIN = 15


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a text was written: its language, the aware instant, and the desk's IANA zone."""

    language: str
    at: datetime
    company_zone: str


def zone_reading(zone: str, setting: Setting, reason: str) -> ZoneReading:
    """Return the reading of a zone that is certain."""
    return ZoneReading(ZoneOutcome.ZONE, zone=zone, offset_min=offset_at(zone, setting.at), reason=reason)


def offset_reading(offset_min: int | None, reason: str) -> ZoneReading:
    """Return the reading of a distance from UTC, or the question about one that cannot be used."""
    if offset_min is None:
        return asked((), f"no usable {reason}")
    return ZoneReading(ZoneOutcome.OFFSET, offset_min=offset_min, reason=reason)


def asked(candidates: Iterable[str], reason: str) -> ZoneReading:
    """Return the reading of an answer to ask about, with what it may mean."""
    return ZoneReading(ZoneOutcome.ASK, candidates=tuple(candidates), reason=reason)


def unsure(reading: ZoneReading, reason: str) -> ZoneReading:
    """Return a reading turned into a question about what it found."""
    return asked((reading.zone,) if reading.zone else reading.candidates, reason)


def narrow(names: tuple[Name, ...], at: datetime, offset_min: int | None = None) -> tuple[Name, ...]:
    """Return the names that matter, each with those of its places that agree with the others and with the offset."""
    holders: set[int] = set()
    narrowed = list(names)
    for index in range(len(names)):
        for other_index, other in enumerate(names):
            inside = tuple(p for p in narrowed[index].places if any(holds(whole, p) for whole in other.places))
            if inside and other_index != index:
                narrowed[index] = replace(narrowed[index], places=inside)
                holders.add(other_index)
    left = [name for index, name in enumerate(narrowed) if index not in holders and not name.is_code]
    if offset_min is not None:
        left = [replace(name, places=tuple(_at_offset(_notable(name), offset_min, at)) or name.places) for name in left]
    return tuple(left)


def _notable(name: Name) -> list[Place]:
    """Return the places of a name, most peopled first, less those that the first dwarfs.

    A state does not make its own city greater: Santa Fe in Argentina is asked about as the city is.
    """
    places = sorted(name.places, key=lambda place: -place.weight)
    own = [place.weight for place in places if places[0].kind is Kind.STATE and holds(places[0], place)]
    heaviest = max(own, default=places[0].weight)
    return [place for place in places if place.weight * _CERTAIN >= heaviest]


def _at_offset(places: Iterable[Place], offset_min: int, at: datetime) -> Iterable[Place]:
    for place in places:
        zones = tuple(zone for zone in place.zones if shows_offset(zone, offset_min, at))
        if zones:
            yield replace(place, zones=zones)


def _read_abbreviation(places: list[Place], setting: Setting) -> ZoneReading:
    """Read an abbreviation by the desk's region, where it is the desk's own, and else by its season.

    In New York `EST` is Eastern time all year, in Mexico City `CST` is Mexico's; elsewhere `CST` is asked about, and
    `EST` in July.
    """
    every = rule_sets((zone for place in places for zone in place.zones), setting.at)
    own = [zone for zone in every if same_rules(zone, setting.company_zone, setting.at)]
    if own:
        return zone_reading(own[0], setting, "abbreviation of the desk's own zone")
    offset = places[0].offset_min
    if len(places) > 1:
        return asked(every, "abbreviation of several zones")
    if offset is not None and any(offset_at(zone, setting.at) != offset for zone in places[0].zones):
        return asked(every, "abbreviation out of season")
    if len(places[0].zones) == 1:
        return zone_reading(every[0], setting, "abbreviation")
    return offset_reading(offset, "abbreviation")


def _read_name(name: Name, setting: Setting) -> ZoneReading:
    """Read one name: of namesakes those that are not dwarfed by the most peopled count."""
    abbreviations = [place for place in name.places if place.kind is Kind.ABBREVIATION]
    if abbreviations:
        return _read_abbreviation(abbreviations, setting)
    spoken = [place for place in name.places if place.kind is Kind.SPOKEN]
    zones = rule_sets((zone for place in spoken or _notable(name) for zone in place.zones), setting.at)
    if len(zones) == 1:
        return zone_reading(zones[0], setting, "misspelt name" if name.slipped else "name")
    return asked(zones, "name of several zones")


def read_names(names: tuple[Name, ...], setting: Setting) -> ZoneReading:
    """Read the names of one text together: one that is certain settles those that may mean the same."""
    readings = [_read_name(name, setting) for name in names]
    sure = [reading for reading in readings if reading.outcome is ZoneOutcome.ZONE]
    sure += [reading for reading in readings if reading.outcome is ZoneOutcome.OFFSET]  # it says less
    if sure and all(_may_be(reading, sure[0], setting.at) for reading in readings):
        return sure[0]
    if len(readings) == 1:
        return readings[0]
    every = [zone for r in readings for zone in ((r.zone,) if r.zone else r.candidates)]
    return asked(rule_sets(every, setting.at), "several zones")


def _may_be(reading: ZoneReading, sure: ZoneReading, at: datetime) -> bool:
    if reading.zone and sure.zone:
        return same_rules(reading.zone, sure.zone, at)
    if reading.outcome is ZoneOutcome.ASK:
        return sure.zone is not None and any(same_rules(zone, sure.zone, at) for zone in reading.candidates)
    return reading.offset_min == sure.offset_min
