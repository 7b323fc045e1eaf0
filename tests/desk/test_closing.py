"""After a resolution: what each message does to the case, what is written down of it, and how it is undone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.desk.closing.decisions import decisions_of
from bot.export import counter_example_lines, export_lines
from dialogs.cases import CaseStatus, EventKind
from dialogs.events import Person, Place, Platform, Reacted
from dialogs.messages import React
from storage.outbox import DELIVERY
from storage.tables import OutboxRow
from tests.desk.conftest import ACME, ANA, BRUNO, DIEGO, GLOBEX, LOG, LUIS, MARTA, Office, whispered


async def resolved(office: Office, *, taken: bool = True) -> Place:
    """A case that Marta resolved; return the customer's thread."""
    thread = await office.files(ANA, ACME, "Sin tono")
    if taken:
        await office.types(MARTA, "tomar 1")
    await office.types(MARTA, "resolver 1 Se cambió la tarjeta.")
    return thread


async def decided(office: Office, number: int = 1) -> list[tuple[str, str]]:
    """Every decision about the case, with its reason."""
    history = await office.history(number)
    return [(one.decision.value, one.reason) for one in decisions_of(history).all]


async def hands(office: Office) -> list[str]:
    """The messages that the assistant put 🙏 on."""
    async with office.database.unit() as unit:
        rows = (await unit.session.scalars(select(OutboxRow))).all()
        sent = [DELIVERY.validate_json(row.payload) for row in rows]
        return [one.message for one in sent if isinstance(one, React) and one.emoji == "pray"]


async def test_each_thanks_is_answered_by_a_sign_once(office: Office) -> None:
    thread = await resolved(office)
    before = len(office.screen(thread))
    first = await office.says(ANA, thread, "muchas gracias")
    second = await office.says(BRUNO, thread, "gracias, ya quedó")
    await office.edits(ANA, thread, first, "muchísimas gracias")
    assert await hands(office) == [first, second]
    assert len(office.screen(thread)) == before
    assert (await office.case()).status is CaseStatus.RESOLVED
    assert await decided(office) == [("kept", "thanks_told"), ("kept", "works_told"), ("kept", "thanks_told")]


async def test_a_message_that_is_edited_into_a_problem_reopens(office: Office) -> None:
    thread = await resolved(office)
    said = await office.says(ANA, thread, "gracias")
    await office.edits(ANA, thread, said, "gracias, pero sigue igual")
    assert (await office.case()).status is CaseStatus.WORKING
    copy = next(shown for shown in office.screen(office.under_card()) if "corrigió su mensaje" in shown.text)
    assert "el caso queda abierto otra vez" in copy.text
    assert copy.buttons == ("case.undo",)


async def test_an_old_message_may_be_corrected_without_reopening(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    said = await office.says(ANA, thread, "no salen yamadas")
    office.now += timedelta(minutes=1)
    await office.types(MARTA, "resolver 1 listo")
    await office.edits(ANA, thread, said, "no salen llamadas")
    assert (await office.case()).status is CaseStatus.RESOLVED
    assert await decided(office) == []


async def test_a_file_alone_is_asked_about(office: Office) -> None:
    thread = await resolved(office)
    await office.says(ANA, thread, "", LOG)
    assert office.screen(thread)[-1].buttons == ("closing.still", "closing.good")
    assert await decided(office) == [("asked", "only_file")]


async def test_people_of_another_company_decide_nothing(office: Office) -> None:
    thread = await resolved(office)
    stranger = Person(platform=Platform.WEB, tenant="globex", id="gil", name="Gil")
    await office.says(stranger, thread, "sigue igual")
    assert (await office.case()).status is CaseStatus.RESOLVED
    await office.says(ANA, thread, "", LOG)
    for person in (stranger, LUIS, MARTA):
        reply = await office.presses(person, "closing.still", "LD-1", thread)
        assert whispered(reply)
    assert (await office.case()).status is CaseStatus.RESOLVED
    assert [(who, what) for who, what, _ in await office.refusals()] == [
        ("gil", "closing.still"),
        ("luis", "closing.still"),
        ("marta", "closing.still"),
    ]


async def test_a_button_names_no_case_of_another_company(office: Office) -> None:
    await resolved(office)
    thread = await office.files(LUIS, GLOBEX, "No tone")
    for value in ("LD-1", "LD-99", "", "🙂"):
        assert whispered(await office.presses(LUIS, "closing.still", value, thread))
    assert (await office.case()).status is CaseStatus.RESOLVED


async def test_old_buttons_say_how_things_stand(office: Office) -> None:
    thread = await resolved(office)
    await office.says(ANA, thread, "¿y ahora?")
    await office.says(ANA, thread, "sigue igual")
    assert "ya está abierto otra vez" in whispered(await office.presses(ANA, "closing.still", "LD-1", thread))
    assert "ya está abierto otra vez" in whispered(await office.presses(ANA, "closing.good", "LD-1", thread))
    await office.types(MARTA, "resolver 1 listo")
    assert "sigue resuelto" in whispered(await office.presses(ANA, "closing.good", "LD-1", thread))
    await office.types(MARTA, "mover 1 cerrado")
    assert "ya quedó cerrado" in whispered(await office.presses(ANA, "closing.still", "LD-1", thread))
    assert await decided(office) == [("asked", "question_asked"), ("reopened", "problem_told")]


async def test_a_question_that_was_answered_has_no_buttons(office: Office) -> None:
    thread = await resolved(office)
    await office.says(ANA, thread, "¿y ahora?")
    asked = office.screen(thread)[-1]
    await office.presses(BRUNO, "closing.good", "LD-1", thread)
    assert (asked.text, asked.buttons) == ("Perfecto, LD-1 sigue resuelto.", ())


async def test_a_problem_that_crosses_the_resolution_is_asked_about(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(ANA, thread, "sigue igual")
    office.now -= timedelta(seconds=55)
    await office.types(MARTA, "resolver 1 Se cambió la tarjeta.")
    assert (await office.case()).status is CaseStatus.RESOLVED
    asked = office.screen(thread)[-1]
    assert asked.text.startswith("Justo antes de darlo por resuelto")
    await office.presses(ANA, "closing.still", "LD-1", thread)
    assert (await office.case()).status is CaseStatus.WORKING
    assert await decided(office) == [("asked", "crossed"), ("reopened", "said_still")]


async def test_a_problem_that_arrives_after_the_resolution_reopens_however_early_it_was_begun(office: Office) -> None:
    thread = await resolved(office)
    office.now -= timedelta(seconds=59)
    await office.says(ANA, thread, "sigue igual")
    assert (await office.case()).status is CaseStatus.WORKING


async def test_thanks_before_the_resolution_ask_nothing(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(ANA, thread, "gracias, ya funciona")
    office.now -= timedelta(seconds=55)
    await office.types(MARTA, "resolver 1 Se cambió la tarjeta.")
    assert await decided(office) == []


@pytest.mark.parametrize("emoji", ["pray", "+1", "heart", "white_check_mark", "tada"])
async def test_a_reaction_gives_thanks(office: Office, emoji: str) -> None:
    thread = await resolved(office)
    shown = office.screen(thread)[-1]
    before = len(office.screen(thread))
    for person in (ANA, ANA, BRUNO):
        await office.does(person, thread, Reacted(message=shown.id, emoji=emoji))
    assert len(office.screen(thread)) == before
    assert await decided(office) == [("kept", "reaction"), ("kept", "reaction")]


async def test_a_thumb_down_is_asked_about_and_a_ticket_is_nothing(office: Office) -> None:
    thread = await resolved(office)
    shown = office.screen(thread)[-1]
    await office.does(ANA, thread, Reacted(message=shown.id, emoji="ticket"))
    await office.does(ANA, thread, Reacted(message=shown.id, emoji="-1", added=False))
    assert await decided(office) == []
    await office.does(ANA, thread, Reacted(message=shown.id, emoji="-1"))
    assert office.screen(thread)[-1].buttons == ("closing.still", "closing.good")


async def test_a_case_that_nobody_answered_is_weighed_as_any_other(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "esperar 1 ¿Ya funciona?")
    await office.waits(8 * 24 * 60)
    assert (await office.case()).status is CaseStatus.RESOLVED
    await office.says(ANA, thread, "sigue igual")
    assert (await office.case()).status is CaseStatus.WORKING


async def test_an_undone_reopening_goes_back_to_who_had_the_case(office: Office) -> None:
    thread = await resolved(office)
    await office.types(MARTA, "ausente")
    await office.says(ANA, thread, "sigue igual")
    case = await office.case()
    assert (case.status, case.assignee_key) == (CaseStatus.NEW, None)
    told = office.screen(thread)[-1]
    await office.presses(DIEGO, "case.undo", "LD-1 1")
    case = await office.case()
    assert (case.status, case.assignee_key) == (CaseStatus.RESOLVED, MARTA.key)
    assert told.text.startswith("Su caso LD-1 sigue resuelto; lo habíamos reabierto por error.")
    await office.says(ANA, thread, "de verdad sigue igual")
    assert (await office.case()).status is CaseStatus.NEW


async def test_only_the_latest_decision_is_undone_and_only_once(office: Office) -> None:
    thread = await resolved(office)
    await office.says(ANA, thread, "gracias")
    await office.says(ANA, thread, "sigue igual")
    assert "ya no está vigente" in whispered(await office.presses(MARTA, "case.undo", "LD-1 1"))
    await office.presses(MARTA, "case.undo", "LD-1 2")
    assert "ya no está vigente" in whispered(await office.presses(MARTA, "case.undo", "LD-1 2"))
    assert "ya no está vigente" in await office.types(MARTA, "deshacer 1")
    assert (await office.case()).status is CaseStatus.RESOLVED
    kinds = await office.kinds()
    assert kinds.count(EventKind.CLOSING_UNDONE) == 1


async def test_what_an_agent_undid_is_exported_as_a_counter_example(office: Office) -> None:
    thread = await resolved(office)
    await office.says(ANA, thread, "todavía no hay tono")
    await office.types(MARTA, "deshacer 1")
    await office.says(BRUNO, thread, "hola equipo")
    await office.types(MARTA, "deshacer 1")
    lines = [json.loads(line) async for line in counter_example_lines(office.database, "LD")]
    assert [(one["id"], one["text"], one["label"], one["reopen"], one["read_as"]) for one in lines] == [
        ("LD-1:1", "todavía no hay tono", None, False, "still_broken"),
        ("LD-1:2", "hola equipo", "still_broken", True, "other"),
    ]
    (case,) = [json.loads(line) async for line in export_lines(office.database, "LD")]
    assert [(one["decision"], one["reason"], one["undone"]) for one in case["closings"]] == [
        ("reopened", "problem_told", True),
        ("asked", "unclear", True),
    ]


async def test_words_about_a_duplicate_go_to_the_case_that_goes_on(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    thread = await office.files(BRUNO, ACME, "No hay tono")
    await office.types(MARTA, "duplicado 2 de 1")
    await office.says(BRUNO, thread, "sigue igual")
    assert (await office.case(2)).status is CaseStatus.RESOLVED
    assert "sigue igual" in office.last(office.under_card(1))
    assert await decided(office, 2) == []


async def test_the_third_reopening_climbs(office: Office) -> None:
    thread = await resolved(office)
    for times in (1, 2, 3):
        await office.says(ANA, thread, "sigue igual")
        assert (EventKind.ESCALATED in await office.kinds()) is (times == 3)
        if times < 3:
            await office.types(MARTA, "resolver 1 Listo.")
