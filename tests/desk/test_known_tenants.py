"""An organisation that is a customer as a whole is served in its own channels, though nobody gave them a role."""

from __future__ import annotations

from dataclasses import replace

from dialogs.events import Joined, Person, Place, Platform, Pressed
from tests.desk.conftest import ANA, DESK, GUEST, MARTA, Office

HALL = Place(platform=Platform.WEB, channel="hall")
HOW = "necesito que alguien del equipo"


def said(office: Office) -> list[str]:
    return [shown.text for key, shown_there in office.screens.items() if "hall" in key for shown in shown_there]


async def test_who_belongs_to_it_is_guided_to_a_case_of_theirs(office: Office) -> None:
    thread = replace(HALL, thread=await office.says(ANA, HALL, "no salen las llamadas", addressed=True))
    assert "¿Y qué debería pasar en su lugar?" in said(office)[-1]
    await office.says(ANA, thread, "quiero hablar con una persona")
    await office.does(ANA, thread, Pressed(name="dialog.person"))
    assert "ACME" in office.card().text
    assert HOW not in "".join(said(office))


async def test_what_is_not_meant_for_it_is_left_alone(office: Office) -> None:
    await office.says(ANA, HALL, "nos vemos a las tres")
    assert not said(office)


async def test_nobody_else_is(office: Office) -> None:
    for person in (GUEST, MARTA):
        await office.says(person, HALL, "hola", addressed=True)
        assert HOW in said(office)[-1]


async def test_brought_into_a_channel_of_theirs_it_says_what_it_is_for(office: Office) -> None:
    await office.does(Person(platform=Platform.WEB, tenant="acme", id="bot"), HALL, Joined(me=True))
    (hello,) = said(office)
    assert "Soy el asistente de soporte" in hello
    assert "cuando me mencionan" in hello
    assert HOW not in hello


async def test_brought_into_any_other_channel_it_says_what_it_needs(office: Office) -> None:
    await office.does(Person(platform=Platform.WEB, tenant="ld", id="bot"), HALL, Joined(me=True))
    assert HOW in said(office)[-1]
    assert not office.screens[DESK.channel_key]
