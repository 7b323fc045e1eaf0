"""The two threads of a case: what crosses, what does not, and what happens to it later."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cases import CaseStatus, EventKind
from dialogs.events import FileProblem
from tests.desk.conftest import ACME, ANA, DESK, LOG, MARTA, Office


async def test_an_agent_in_the_customers_thread_replies(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    before = len(office.screen(thread))
    await office.says(MARTA, thread, "Hola Ana, ya lo veo")
    assert len(office.screen(thread)) == before, "it stands there already"
    assert office.last(office.under_card()) == "Marta Rivas respondió al cliente:\n«Hola Ana, ya lo veo»"
    case = await office.case()
    assert (case.status, case.assignee_key) == (CaseStatus.WORKING, MARTA.key)
    assert EventKind.REPLIED in await office.kinds()


async def test_what_a_customer_changes_is_mirrored_as_a_revision(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(ANA, thread, "falla desde las 3")
    await office.edits(ANA, thread, message, "falla desde las 4")
    assert office.last(office.under_card()) == (
        "Ana Quispe corrigió su mensaje:\n«falla desde las 4»\nAntes decía: «falla desde las 3»"
    )
    await office.deletes(ANA, thread, message)
    assert office.last(office.under_card()) == "Ana Quispe borró su mensaje.\nAntes decía: «falla desde las 4»"
    assert len(office.screen(office.under_card())) == 1
    edited, deleted = (await office.history())[-2:]
    assert (edited.data["before"], edited.data["text"]) == ("falla desde las 3", "falla desde las 4")
    assert (deleted.kind, deleted.data["before"]) == (EventKind.DELETED, "falla desde las 4")


async def test_the_same_text_again_is_no_revision(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    message = await office.says(ANA, thread, "falla")
    await office.edits(ANA, thread, message, "falla")
    assert EventKind.EDITED not in await office.kinds()


async def test_an_edit_of_what_was_said_before_filing_is_told(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.edits(ANA, thread, "earlier", "Era la línea 3")
    assert office.last(office.under_card()) == "Ana Quispe corrigió su mensaje:\n«Era la línea 3»"


async def test_an_agents_edit_of_a_note_stays_in_the_history(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    under = office.under_card()
    message = await office.says(MARTA, under, "llamar")
    seen = len(office.screen(under))
    await office.edits(MARTA, under, message, "llamar a las 5")
    assert (await office.history())[-1].kind is EventKind.EDITED
    assert len(office.screen(under)) == seen, "the note itself has changed there"


async def test_files_of_a_note_stay_inside(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    before = len(office.screen(thread))
    await office.says(MARTA, office.under_card(), "", LOG)
    assert len(office.screen(thread)) == before
    assert office.card().files == ("router.log",)
    added = (await office.history())[-1]
    assert added.data == {"file": "f1", "name": "router.log", "internal": True}


async def test_a_file_that_could_not_be_taken_is_told_to_its_sender(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(ANA, thread, "", replace(LOG, id="f2", name="todo.zip", problem=FileProblem.TOO_LARGE))
    assert office.last(thread) == "No pude recibir «todo.zip»: es demasiado grande."
    assert "todo.zip" in office.last(office.under_card())


async def test_after_resolving_words_still_reach_the_desk(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 listo")
    await office.says(ANA, thread, "muchas gracias")
    assert office.last(office.under_card()).startswith("Del cliente · Ana Quispe:\n«muchas gracias»")
    assert (await office.case()).status is CaseStatus.RESOLVED


async def test_an_agent_works_by_emoji(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.reacts(MARTA, DESK, office.card().id, "eyes")
    assert (await office.case()).assignee_key == MARTA.key
    await office.reacts(MARTA, DESK, office.card().id, "tada")
    assert (await office.case()).status is CaseStatus.WORKING
    await office.reacts(MARTA, ACME, thread.thread or "", "white_check_mark")
    assert (await office.case()).status is CaseStatus.RESOLVED


async def test_a_desk_without_a_channel_still_files(office: Office) -> None:
    async with office.database.unit() as unit:
        channel = await unit.channels.get(DESK.channel_key)
        await unit.session.delete(channel)
        await unit.commit()
    thread = await office.files(ANA, ACME, "Sin tono")
    assert "LD-1" in office.last(thread)
    await office.says(ANA, thread, "sigue sin tono")
    assert (await office.history())[-1].data["text"] == "sigue sin tono"


async def test_the_opening_message_can_be_corrected_too(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.edits(ANA, ACME, thread.thread or "", "Sin tono en la línea 3")
    assert office.last(office.under_card()) == "Ana Quispe corrigió su mensaje:\n«Sin tono en la línea 3»"
    await office.deletes(ANA, ACME, thread.thread or "")
    assert office.last(office.under_card()).startswith("Ana Quispe borró su mensaje")
    assert "Sin tono en la línea 3" in office.last(office.under_card())


async def test_a_reply_that_addresses_the_assistant_is_a_reply(office: Office) -> None:
    """Some platforms show the assistant nothing else."""
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, thread, "resolver esto nos tomará una hora", addressed=True)
    assert (await office.case()).status is CaseStatus.WORKING
    (reply,) = [event for event in await office.history() if event.kind is EventKind.REPLIED]
    assert reply.data["text"] == "resolver esto nos tomará una hora"
