"""A case that somebody has goes to somebody else: everybody concerned hears it once, and what they need."""

from __future__ import annotations

import pytest

from tests.desk.conftest import ACME, ANA, CARMEN, DIEGO, MARTA, Office


async def test_taking_over_tells_who_had_it(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "tomar LD-1")
    before = len(office.screen(office.under_card()))
    assert await office.types(CARMEN, "tomar LD-1") == "LD-1 ya es suyo; lo tenía Marta Rivas."
    under_card = office.screen(office.under_card())
    assert [shown.text for shown in under_card[before:]] == ["@Marta Rivas, Carmen Ortiz tomó este caso."]
    assert office.last(thread) == "Carmen Ortiz sigue ahora con su caso LD-1."
    assert await office.types(DIEGO, "take 1", command="case") == "LD-1 is yours; Carmen Ortiz had it."


async def test_a_case_that_nobody_has_is_taken_without_a_word_in_its_thread(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert await office.types(MARTA, "tomar LD-1") == "LD-1 ya es suyo."
    assert office.screen(office.under_card()) == []


@pytest.mark.parametrize(
    ("commands", "told"),
    [
        (("asignar 1 Diego",), "Diego Salas ya está con su caso LD-1."),
        (("tomar 1", "asignar 1 Diego"), "Diego Salas sigue ahora con su caso LD-1."),
    ],
)
async def test_a_customer_hears_that_another_goes_on(office: Office, commands: tuple[str, ...], told: str) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    for command in commands:
        await office.types(MARTA, command)
    assert office.last(thread) == told
