"""A case asks its requester once how to reach them, and the desk sees it beside the phone."""

from __future__ import annotations

from datetime import timedelta

from dialogs.cases import Contact, EventKind
from dialogs.events import Pressed
from tests.desk.conftest import ACME, ANA, BRUNO, MARTA, Office, whispered


async def test_who_reports_a_case_says_how_to_be_reached_with_one_press(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    asked = office.screen(thread)[-1]
    assert asked.text.endswith("¿cómo prefiere que le contactemos? Puede cambiarlo cuando quiera con perfil.")
    assert asked.buttons == ("contact.call", "contact.chat")
    other = await office.does(BRUNO, thread, Pressed(name="contact.chat", value="LD-1"))
    assert whispered(other) == "Eso se le preguntó a quien reportó el caso."
    answer = await office.does(ANA, thread, Pressed(name="contact.call", value="LD-1"))
    assert whispered(answer) == "Anotado, gracias. Puede cambiarlo cuando quiera con perfil."
    async with office.database.unit() as unit:
        person = await unit.people.get(ANA.key)
        assert person is not None
        assert person.contact is Contact.CALL
    assert "prefiere" in (await office.types(MARTA, "teléfono 1")).lower()


async def test_it_is_asked_again_when_it_was_long_ago_and_not_before(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.does(ANA, thread, Pressed(name="contact.call", value="LD-1"))
    soon = await office.files(ANA, ACME, "Sin correo")
    assert office.screen(soon)[-1].buttons == ()
    office.now += timedelta(days=181)
    late = await office.files(ANA, ACME, "Sin tono otra vez")
    assert office.screen(late)[-1].buttons == ("contact.call", "contact.chat")


async def test_nobody_is_asked_who_gave_no_phone(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", phone=None)
    assert office.screen(thread)[-1].buttons == ()


async def test_what_the_buttons_say_is_words_like_any_other_where_nobody_asked(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(BRUNO, thread, "Una llamada")
    await office.says(ANA, thread, "Un mensaje aquí.")
    assert office.last(thread) == "Anotado, gracias. Puede cambiarlo cuando quiera con perfil."
    await office.says(ANA, thread, "Una llamada")
    wrote = [event.actor_key for event in await office.history() if event.kind is EventKind.CUSTOMER_WROTE]
    assert wrote == [BRUNO.key, ANA.key]
