"""Every field of a case can be corrected, and what hangs on one follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.cases import Told, ToldZone
from tests.desk.conftest import ACME, ANA, MARTA, START, Office


@pytest.mark.parametrize(
    ("words", "column", "value"),
    [
        ("descripción Sin tono en dos sedes", "description", "Sin tono en dos sedes"),
        ("esperado Que suene", "expected_behaviour", "Que suene"),
        ("servicio troncal SIP", "service", "troncal SIP"),
        ("impacto una sola persona", "impact", "one_user"),
        ("alternativa sí", "workaround", True),
        ("desde las 8:15", "started_text", "las 8:15"),
        ("zona Bogotá", "zone_name", "America/Bogota"),
        ("teléfono +51 912 345 678", "phone", "+51912345678"),
    ],
)
async def test_a_field_is_corrected(office: Office, words: str, column: str, value: object) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert (await office.types(MARTA, f"corregir 1 {words}")).startswith("Corregido en LD-1")
    assert getattr(await office.case(), column) == value
    assert await office.types(MARTA, f"corregir 1 {words}") == "LD-1 ya decía eso."


@pytest.mark.parametrize("words", ["impacto quién sabe", "alternativa quizá", "desde nadie sabe", "teléfono 12"])
async def test_what_cannot_be_read_changes_nothing(office: Office, words: str) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    before = len(office.screen(thread))
    assert (await office.types(MARTA, f"corregir 1 {words}")).startswith("No pude leer")
    assert len(office.screen(thread)) == before


async def test_the_beginning_is_told_to_the_customer_as_an_instant(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "corregir LD-1 desde cuándo hoy a las 8:15")
    assert office.last(thread) == "Corregimos un dato de su caso LD-1, desde cuándo:\n«hoy 8:15 (Lima)»"
    assert (await office.case()).started_instant == START.replace(hour=13, minute=15)
    assert "hoy 8:15 (Lima)" in office.screen(office.under_card())[-1].text


async def test_a_beginning_that_was_read_in_an_assumed_zone_is_read_again_in_the_one_that_is_told(
    office: Office,
) -> None:
    miami = Told(text="a las 9", instant=datetime(2026, 3, 3, 14, tzinfo=UTC), zone="America/New_York", assumed=True)
    zone = ToldZone("America/New_York", assumed=True)
    await office.files(ANA, ACME, "Sin tono", started=miami, zone=zone)
    await office.types(MARTA, "corregir 1 zona Ciudad de México")
    case = await office.case()
    assert case.started_instant == datetime(2026, 3, 3, 15, tzinfo=UTC)
    assert (case.started_zone, case.started_assumed) == ("America/Mexico_City", False)


async def test_a_beginning_with_a_zone_of_its_own_stays(office: Office) -> None:
    told = Told(text="a las 9", instant=START - timedelta(hours=1), zone="America/Lima")
    await office.files(ANA, ACME, "Sin tono", started=told)
    await office.types(MARTA, "corregir 1 zona Ciudad de México")
    assert (await office.case()).started_instant == START - timedelta(hours=1)
