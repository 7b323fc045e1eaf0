"""What a case's history and the lists tell, and what they leave out."""

from __future__ import annotations

import pytest

from dialogs.cases import Severity
from tests.desk.conftest import ACME, ANA, DIEGO, MARTA, Office


async def story(office: Office) -> list[str]:
    told = (await office.types(MARTA, "ver LD-1")).partition("Qué sigue")[0]
    return [line for line in told.splitlines() if line.startswith("•")]


async def test_a_long_story_keeps_its_beginning_and_says_how_much_is_left_out(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    for number in range(25):
        await office.types(MARTA, f"nota 1 aviso {number}")
    lines = await story(office)
    assert "Ana Quispe registró el caso" in lines[0]
    assert lines[1] == "• … aquí faltan 6 entradas"
    assert "«aviso 6»" in lines[2]
    assert "«aviso 24»" in lines[-1]
    assert len(lines) == 21


async def test_a_short_story_is_whole(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    for number in range(19):
        await office.types(MARTA, f"nota 1 aviso {number}")
    lines = await story(office)
    assert len(lines) == 20
    assert "falta" not in "".join(lines)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("gravedad 1 s2", "Marta Rivas confirmó la gravedad S2"),
        ("gravedad 1 s1 toda la sede", "Marta Rivas cambió la gravedad de S2 a S1: «toda la sede»"),
        ("gravedad 1 s2 porque si", "Marta Rivas confirmó la gravedad S2: «porque si»"),
    ],
)
async def test_a_changed_severity_shows_the_old_one_and_why(office: Office, typed: str, told: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, typed)
    assert (await story(office))[-1].endswith(f" · {told}")


async def test_a_lowered_severity_shows_what_it_was(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "gravedad 1 s1")
    await office.types(MARTA, "gravedad 1 s3 porque si")
    assert (await story(office))[-1].endswith("cambió la gravedad de S1 a S3: «porque si»")


async def test_the_severity_of_a_resolved_case_is_no_news_for_the_customer(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 listo")
    before = len(office.screen(thread))
    assert await office.types(MARTA, "gravedad 1 s1 fue toda la sede") == "LD-1 queda con gravedad S1."
    assert len(office.screen(thread)) == before
    assert (await office.case()).severity_confirmed is Severity.S1


async def test_an_empty_list_says_of_what(office: Office) -> None:
    assert await office.types(MARTA, "lista") == "No hay casos abiertos."
    assert await office.types(MARTA, "lista míos") == "No tiene casos abiertos a su cargo."
    assert await office.types(MARTA, "míos") == "No tiene casos abiertos a su cargo."
    assert await office.types(MARTA, "lista todos") == "Todavía no hay ningún caso."
    assert await office.types(DIEGO, "list", command="case") == "There are no open cases."


async def test_a_story_of_many_words_leaves_room_for_what_comes_next(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono en la sede " * 40)
    for number in range(25):
        await office.types(MARTA, f"nota 1 aviso {number} " + "largo " * 40)
    told = await office.types(MARTA, "ver LD-1")
    assert "… aquí faltan" in told
    assert "«aviso 24 largo" in told
    assert "→ vence: solución" in told
    assert len(told) < 3800, "more than that is no one message in Slack"
