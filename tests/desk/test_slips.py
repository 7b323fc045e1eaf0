"""What an agent is told when a command is not quite what they meant."""

from __future__ import annotations

import pytest

from dialogs.cases import CaseStatus, EventKind
from tests.desk.conftest import ACME, ANA, DIEGO, MARTA, Office


@pytest.mark.parametrize("typed", ["foo", "dar", "dar LD-1 a Diego", "gracias por todo"])
async def test_a_word_that_is_like_no_other_is_named(office: Office, typed: str) -> None:
    word = typed.partition(" ")[0]
    assert await office.types(MARTA, typed) == f"No conozco «{word}». Con /caso ayuda ve todo lo que puedo hacer."


async def test_a_word_that_is_like_another_gets_that_word_alone(office: Office) -> None:
    assert await office.types(MARTA, "resolber LD-1") == (
        "No conozco «resolber». ¿Quiso decir /caso resolver? Con /caso ayuda ve todo lo que puedo hacer."
    )
    assert "Did you mean /case resolve?" in await office.types(DIEGO, "resolv LD-1", command="case")


@pytest.mark.parametrize(("typed", "told"), [("prioridad LD-1 S1", "S1"), ("priority 1 s3", "S3")])
async def test_priority_is_severity(office: Office, typed: str, told: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert await office.types(MARTA, typed) == f"LD-1 queda con gravedad {told}."


@pytest.mark.parametrize("typed", ["LD-1", "ld 1", "#1", "1"])
async def test_a_case_alone_is_shown_to_agents_and_told_to_customers(office: Office, typed: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert "Su historia:" in await office.types(MARTA, typed)
    assert (await office.types(ANA, typed, ACME)).startswith("Así va el caso LD-1:")


@pytest.mark.parametrize(
    ("typed", "usage", "what"),
    [
        (
            "lista de compras",
            "/caso lista míos",
            "ver los casos abiertos; con «míos» los suyos, con «todos» también los resueltos",
        ),
        (
            "canal",
            '/caso canal cliente "ACME"',
            "decir para qué es el canal donde se escribe: de un cliente, la mesa, los escalamientos, o nada",
        ),
    ],
)
async def test_usage_reads_as_a_sentence(office: Office, typed: str, usage: str, what: str) -> None:
    assert await office.types(MARTA, typed) == f"Se escribe así: {usage} ({what})"


@pytest.mark.parametrize(
    ("word", "state"),
    [("cliente", "cliente"), ("Cliente.", "cliente"), ("customer", "customer"), ("en curso", "en curso")],
)
async def test_the_name_of_a_state_is_not_sent_to_the_customer(office: Office, word: str, state: str) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    before = len(office.screen(thread))
    told = await office.types(MARTA, f"esperar LD-1 {word}")
    assert told == (
        f"No envié «{word}»: es el nombre de un estado. Para esperar al cliente sin escribirle: /caso esperar LD-1."
        f" Para cambiar el estado: /caso mover LD-1 {state}"
    )
    assert len(office.screen(thread)) == before
    assert await office.kinds() == [EventKind.FILED]
    await office.types(MARTA, "esperar LD-1 ¿Cuál cliente?")
    assert (await office.case()).status is CaseStatus.WAITING_CUSTOMER
