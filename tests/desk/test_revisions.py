"""What is changed or taken back on one side is so on the other, and the history keeps every version."""

from __future__ import annotations

import pytest

from bot.settings import read_settings
from dialogs.cases import CaseStatus, EventKind
from storage.database import Database
from tests.desk.conftest import ACME, ANA, DESK, DIEGO, LOG, MARTA, Office


async def test_what_an_agent_changes_of_a_reply_changes_for_the_customer(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(MARTA, office.under_card(), "/caso responder Reinicie el equipo rojo", LOG)
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nReinicie el equipo rojo\n📎 router.log"
    seen = len(office.screen(thread))
    await office.edits(MARTA, office.under_card(), message, "/caso responder Reinicie el equipo azul")
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nReinicie el equipo azul\n📎 router.log\nCorregido."
    under = [shown.text for shown in office.screen(office.under_card())]
    assert (
        "Marta Rivas corrigió su respuesta al cliente:\n«Reinicie el equipo azul»\n📎 router.log\n"
        "Antes decía: «Reinicie el equipo rojo»"
    ) in under
    await office.deletes(MARTA, office.under_card(), message)
    assert office.last(thread) == "Marta Rivas retiró este mensaje."
    assert len(office.screen(thread)) == seen
    replied, edited, deleted = [event for event in await office.history() if event.data.get("message") == message]
    assert (replied.kind, replied.data["text"]) == (EventKind.REPLIED, "Reinicie el equipo rojo")
    assert (edited.kind, edited.data["text"], edited.data["before"]) == (
        EventKind.EDITED,
        "Reinicie el equipo azul",
        "Reinicie el equipo rojo",
    )
    assert (deleted.kind, deleted.data["before"]) == (EventKind.DELETED, "Reinicie el equipo azul")


@pytest.mark.parametrize("where", ["top", "other card"])
async def test_a_reply_typed_anywhere_at_the_desk_is_found_by_its_number(office: Office, where: str) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.files(ANA, ACME, "Sin correo")
    place = DESK if where == "top" else office.under_card(2)
    message = await office.says(MARTA, place, "/caso responder LD-1 Ya vamos", addressed=True)
    await office.edits(MARTA, place, message, "/caso responder LD-1 Ya salimos")
    changed = "Ya salimos\nCorregido." if where == "top" else "Ya vamos"
    assert office.last(thread) == f"Marta Rivas, de LDTelecom:\n{changed}"


async def test_what_was_told_of_a_case_is_corrected_while_another_is_being_told(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(ANA, thread, "pasa en el piso 3")
    await office.says(ANA, thread, "otro problema: el portal no carga desde ayer")
    await office.edits(ANA, thread, message, "pasa en el piso 4")
    assert any("pasa en el piso 4" in shown.text for shown in office.screen(office.under_card()))


async def test_words_that_are_no_reply_any_more_change_nothing(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(MARTA, office.under_card(), "/caso esperar ¿Sigue?")
    for text in ("/caso nota ¿Sigue?", "hola", "/caso responder"):
        await office.edits(MARTA, office.under_card(), message, text)
    assert "¿Sigue?" in office.last(thread)
    assert EventKind.EDITED not in await office.kinds()
    assert (await office.case()).status is CaseStatus.WAITING_CUSTOMER


async def test_a_reply_that_waits_is_changed_or_taken_back_before_it_leaves(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings('times.undo = "5 minutes"'))
    await office.open()
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(MARTA, office.under_card(), "/caso responder Ya bamos")
    await office.edits(MARTA, office.under_card(), message, "/caso responder Ya vamos")
    await office.waits(6)
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nYa vamos"
    await office.edits(MARTA, office.under_card(), message, "/caso responder Ya salimos")
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nYa salimos\nCorregido."
    other = await office.says(DIEGO, office.under_card(), "/caso responder Por error")
    await office.deletes(DIEGO, office.under_card(), other)
    await office.waits(6)
    assert "Por error" not in office.customers_see()


async def test_the_files_of_a_customers_message_stay_beside_its_new_words(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(ANA, thread, "el rejistro", LOG)
    await office.edits(ANA, thread, message, "el registro")
    assert office.screen(office.under_card())[-1].files == ("router.log",)
    await office.deletes(ANA, thread, message)
    assert office.screen(office.under_card())[-1].files == ()


async def test_a_reply_that_is_ready_stays_written_out_when_it_is_changed(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(MARTA, office.under_card(), "/caso responder !mas-datos --esperar")
    ready = office.last(thread)
    await office.edits(MARTA, office.under_card(), message, "/caso responder !mas-datos --esperar Gracias")
    assert "!mas-datos" not in office.last(thread)
    assert "--esperar" not in office.last(thread)
    assert office.last(thread).endswith("Gracias\nCorregido.")
    assert office.last(thread).splitlines()[:2] == ready.splitlines()[:2]


async def test_who_is_no_agent_any_more_changes_nothing_for_a_customer(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(MARTA, office.under_card(), "/caso responder Ya vamos")
    async with office.database.unit() as unit:
        for channel in await unit.members.channels_of(MARTA.key):
            await unit.members.remove(channel.key, MARTA.key)
        await unit.commit()
    await office.edits(MARTA, office.under_card(), message, "/caso responder Se acabó")
    await office.deletes(MARTA, office.under_card(), message)
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nYa vamos"
