"""What the card and the customer's first answer say of hours."""

from __future__ import annotations

import pytest

from dialogs.cases import ToldZone
from tests.desk.conftest import ACME, ANA, Office


def clock(office: Office) -> str:
    return next(line for line in office.card().text.splitlines() if line.startswith("Hora del cliente"))


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        ("America/Lima", "10:00 en Lima, como en Miami"),
        ("America/Bogota", "10:00 en Bogotá, como en Miami"),
        ("America/Mexico_City", "9:00 en Ciudad de México cuando son las 10:00 en Miami"),
        ("America/New_York", "la misma que en Miami"),
    ],
)
async def test_a_clock_that_shows_the_same_as_the_desks_is_told_once(office: Office, zone: str, line: str) -> None:
    await office.files(ANA, ACME, "Sin tono", zone=ToldZone(zone, assumed=False))
    assert clock(office) == f"Hora del cliente: {line}"


async def test_the_customers_clock_is_the_zone_they_live_in_and_not_that_of_their_logs(office: Office) -> None:
    async with office.database.unit() as unit:
        person = await unit.people.get_or_add(ANA, office.now)
        person.zone = "America/Guayaquil"
        await unit.commit()
    await office.files(ANA, ACME, "Sin tono", zone=ToldZone("Europe/Madrid", assumed=False))
    assert clock(office) == "Hora del cliente: 10:00 en Guayaquil, como en Miami"


async def test_a_promise_for_today_says_today(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    assert "Le respondemos antes de: hoy 10:30 (Lima)" in office.screen(thread)[0].text
