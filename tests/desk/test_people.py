"""Who is meant by a name, who may be given a case, and who takes part in one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk.people import named
from bot.settings import read_settings
from dialogs.cases import CaseStatus, EventKind
from dialogs.events import Place, Platform
from storage.tables import PersonRow
from tests.desk.conftest import ACME, ANA, BRUNO, DESK, DIEGO, GUEST, MARTA, START, Office, opened


def person(name: str) -> PersonRow:
    return PersonRow(key=name, platform=Platform.WEB, tenant="ld", id=name[:2], name=name, first_seen_at=START)


CREW = (person("Diego Salas"), person("Ana María Paz"), person("Ana Ruiz"))


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("@Diego Salas ya es suyo", "Diego Salas", "ya es suyo"),
        ("diego: por favor", "Diego Salas", "por favor"),
        ("ana maria paz", "Ana María Paz", ""),
        ("@ana ruiz", "Ana Ruiz", ""),
    ],
)
def test_a_person_is_named_the_way_people_do(text: str, name: str, rest: str) -> None:
    found = named(text, CREW)
    assert found is not None
    assert (found[0].name, found[1]) == (name, rest)


@pytest.mark.parametrize("text", ["", "@", "Ana", "Die", "Diegos", "nadie"])
def test_a_name_that_is_nobodys_or_of_two_names_nobody(text: str) -> None:
    assert named(text, CREW) is None


async def test_who_the_settings_exclude_is_given_no_case(office: Office) -> None:
    office.settings = read_settings('[[people]]\nplatform = "web"\nid = "diego"\nrole = "none"')
    await office.files(ANA, ACME, "Sin tono")
    assert await office.types(MARTA, "asignar 1 @diego") == (
        "No sé a qué agente se refiere. Pueden tomar casos: Carmen Ortiz, Marta Rivas."
    )
    office.settings = read_settings('[[people]]\nplatform = "web"\nid = "sol"\nrole = "agent"')
    assert await office.types(MARTA, "asignar 1 @sol") == "LD-1 queda a cargo de Sol Ventas."


async def test_a_case_given_twice_says_so_once(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "asignar 1 @diego")
    before = len(office.screen(thread))
    assert await office.types(MARTA, "asignar 1 @diego") == "LD-1 ya estaba a cargo de Diego Salas."
    assert len(office.screen(thread)) == before
    await office.types(DIEGO, "absent", command="case")
    assert "who is absent" not in await office.types(DIEGO, "release 1", command="case")
    assert await office.types(MARTA, "asignar 1 @diego") == "LD-1 queda a cargo de Diego Salas, que está ausente."
    assert await office.types(MARTA, "soltar 1") == "Soltó LD-1; ahora no lo tiene nadie."
    assert await office.types(MARTA, "soltar 1") == "LD-1 no lo tenía nadie."


async def test_anybody_of_the_company_who_writes_takes_part_and_nobody_else(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    for someone in (BRUNO, ANA, BRUNO):
        await office.says(someone, thread, "sigue igual")
    await office.says(MARTA, thread, "lo vemos")
    async with office.database.unit() as unit:
        assert [row.key for row in await unit.cases.participants(1)] == [BRUNO.key]
    await office.says(GUEST, thread, "yo trabajo con ellos")
    shown = await office.types(MARTA, "participantes 1")
    assert [line.strip("• ") for line in shown.splitlines()[1:]] == [
        "Ana Quispe (lo reporta)",
        "Bruno Paz",
        "Gus Visita",
    ]
    joined = [event.actor_key for event in await office.history() if event.kind is EventKind.JOINED]
    assert joined == [BRUNO.key, GUEST.key]
    assert "Bruno Paz participa en el caso" in await office.types(MARTA, "ver 1")


async def test_reminders_can_be_stopped_before_anybody_waits(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "recordar 1 no")
    assert await office.types(MARTA, "esperar 1 ¿Qué número marcó?") == "LD-1 espera al cliente, sin recordatorios."
    assert (await office.case()).status is CaseStatus.WAITING_CUSTOMER


async def test_an_agent_sees_and_changes_their_own_profile_in_private(office: Office) -> None:
    private = Place(platform=MARTA.platform, channel="dm-marta", direct=True)
    asked = await office.says(MARTA, DESK, "perfil", addressed=True)
    assert "escríbame perfil en nuestro chat" in office.last(replace(DESK, thread=asked))
    await office.says(MARTA, private, "perfil")
    assert "¿A qué número podemos llamarle?" in office.last(private)
    await office.says(MARTA, private, "+1 305 555 0142")
    for answer in ("Miami", "un mensaje aquí"):
        await office.says(MARTA, private, answer)
    assert "Su perfil" in office.last(private)
    await office.says(MARTA, private, "cambiar idioma a inglés")
    await office.says(MARTA, private, "sí")
    assert "su perfil quedó al día" in office.last(private)
    await office.says(MARTA, private, "lista")
    assert "open cases" in office.last(private)
    await office.says(MARTA, private, "español")
    await office.says(MARTA, private, "lista")
    assert "casos abiertos" in office.last(private)


@pytest.mark.parametrize("hello", ["hola", "Hello", "buenos días"])
async def test_a_greeting_of_an_agent_leads_to_the_help(office: Office, hello: str) -> None:
    said = await office.says(MARTA, DESK, hello, addressed=True)
    assert "/caso tomar LD-12" in office.last(replace(DESK, thread=said))


async def test_a_form_speaks_as_its_card_or_as_the_agent_told_whatever_their_client_speaks(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert opened(await office.presses(DIEGO, "case.note", "LD-1")).title == "Nota interna · LD-1"
    await office.says(DIEGO, Place(platform=DIEGO.platform, channel="dm-diego", direct=True), "in English")
    assert opened(await office.presses(DIEGO, "case.note", "LD-1")).title == "Internal note · LD-1"
