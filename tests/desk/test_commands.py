"""The command table: how it reads what people type, and how it answers when they slip."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.desk.commanding import read_words
from bot.desk.commands import COMMANDS
from bot.desk.numbers import read_number
from dialogs.cases import CaseStatus, EventKind
from dialogs.events import Invoked, Language, Place, Platform
from dialogs.messages import FormErrors
from dialogs.phrases import voice
from tests.desk.conftest import ACME, ANA, CARMEN, DESK, DIEGO, LOG, LUIS, MARTA, Office, opened, whispered


@pytest.mark.parametrize("typed", ["LD-12", "ld-12", "LD12", "ld 12", "#12", "12", " LD-12: ", "LD - 12"])
def test_a_case_number_in_any_dress(typed: str) -> None:
    assert read_number(typed, "LD") == (12, "")


@pytest.mark.parametrize("typed", ["", "doce", "12h", "LD-", "LD-12345678901234567890", "XX-12", "-12"])
def test_what_is_no_case_number(typed: str) -> None:
    assert read_number(typed, "LD") is None


def test_where_the_case_is_clear_a_text_may_begin_with_a_number() -> None:
    assert read_number("2 antenas caídas", "LD", bare=False) is None
    assert read_number("LD-2 antenas caídas", "LD", bare=False) == (2, "antenas caídas")


@pytest.mark.parametrize("typed", ["tomar LD-1", "TOMAR ld1", "take #1", "Tomar 1"])
async def test_commands_are_read_kindly(office: Office, typed: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert await office.types(MARTA, typed) == "LD-1 ya es suyo."


async def test_accents_are_optional(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "tomar 1")
    assert await office.types(MARTA, "míos") == await office.types(MARTA, "mios")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_every_example_works(office: Office, language: Language, command) -> None:
    """What the help says to type does what it says."""
    for number in range(12):
        await office.files(ANA, ACME, f"Caso {number}")
    example = voice(language)(f"desk.example.{command.name}", prefix="LD")
    noun, _, words = example.removeprefix("/").partition(" ")
    assert noun == {"es": "caso", "en": "case"}[language]
    who = CARMEN if command.managers else MARTA
    answer = await office.types(who, words, command=noun)
    assert "No conozco" not in answer
    assert "Se escribe así" not in answer
    assert example in await office.types(who, "ayuda") or language is Language.ENGLISH


@pytest.mark.parametrize(
    ("typed", "usage"),
    [
        ("tomar", "Se escribe así: /caso tomar LD-12 (tomar un caso)"),
        ("gravedad LD-1 altísima", "/caso gravedad LD-12 S2 sin alternativa"),
        ("gravedad", "/caso gravedad LD-12 S2 sin alternativa"),
        ("lista de compras", "/caso lista míos"),
        ("responder Ana", "/caso responder LD-12 Ya lo estamos revisando."),
        ("estado de cosas", "Dígame el número del caso, por ejemplo estado LD-12."),
    ],
)
async def test_wrong_use_gets_the_usage_line(office: Office, typed: str, usage: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert usage in await office.types(MARTA, typed)
    assert await office.kinds() == [EventKind.FILED]


async def test_wrong_use_in_english(english_office: Office) -> None:
    answer = await english_office.types(DIEGO, "resolve", command="case")
    assert answer == (
        "It is written like this: /case resolve LD-12 The card was replaced."
        " (resolve a case and tell the customer what was done)"
    )


async def test_help_shows_what_one_may(office: Office) -> None:
    assert "/caso resolver" in await office.types(MARTA, "")
    for_customer = await office.types(ANA, "ayuda", ACME)
    assert "/caso estado LD-12" in for_customer
    assert "resolver" not in for_customer


async def test_an_unknown_case(office: Office) -> None:
    assert await office.types(MARTA, "tomar LD-99") == "No encuentro el caso LD-99."
    assert whispered(await office.presses(MARTA, "case.take", "LD-99' OR 1=1")).startswith("No encuentro")
    assert "Se escribe así" in whispered(await office.presses(MARTA, "case.take", "'; DROP TABLE cases"))
    assert "No conozco «explode»" in whispered(await office.presses(MARTA, "case.explode", "LD-1"))


async def test_a_double_press_acts_once(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.presses(MARTA, "case.take", "LD-1")
    before = len(office.screen(thread))
    assert whispered(await office.presses(MARTA, "case.take", "LD-1")) == "LD-1 ya era suyo."
    assert len(office.screen(thread)) == before
    await office.types(MARTA, "resolver 1 listo")
    before = len(office.screen(thread))
    assert await office.types(DIEGO, "resolve 1 done") == "LD-1 was already resolved."
    assert len(office.screen(thread)) == before


async def test_taking_over_from_a_colleague(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.presses(MARTA, "case.take", "LD-1")
    await office.presses(DIEGO, "case.take", "LD-1")
    taken = (await office.history())[-1]
    assert (taken.kind, taken.data["before"]) == (EventKind.TAKEN, MARTA.key)
    assert "A cargo de: Diego Salas" in office.card().text


async def test_a_form_sent_twice_acts_once(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    form = opened(await office.presses(MARTA, "case.reply", "LD-1"))
    await office.sends(MARTA, form, text="hola")
    assert whispered(await office.sends(MARTA, form, text="hola")) == "Eso ya quedó enviado; no lo repetí."
    assert sum("\nhola" in shown.text for shown in office.screen(thread)) == 1
    again = opened(await office.presses(MARTA, "case.reply", "LD-1"))
    await office.sends(MARTA, again, text="hola")
    assert sum("\nhola" in shown.text for shown in office.screen(thread)) == 2


async def test_an_empty_form_stays_open(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    form = opened(await office.presses(MARTA, "case.note", "LD-1"))
    reply = await office.sends(MARTA, form, text="  ")
    assert reply == FormErrors({"text": "Escriba algo antes de enviar."})
    assert whispered(await office.sends(MARTA, form, text="ahora sí")).startswith("Nota guardada")


@pytest.mark.parametrize("change", [{"token": ""}, {"token": "LD-99:x"}, {"token": "nada"}, {"form": "case.take"}])
async def test_a_forged_form_changes_nothing(office: Office, change: dict[str, str]) -> None:
    await office.files(ANA, ACME, "Sin tono")
    form = opened(await office.presses(MARTA, "case.note", "LD-1"))
    whispered(await office.sends(MARTA, replace(form, **change), text="x"))
    assert await office.kinds() == [EventKind.FILED]


async def test_a_forged_choice_is_refused(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    form = opened(await office.presses(MARTA, "case.severity", "LD-1"))
    reply = await office.sends(MARTA, form, severity="S9", text="x")
    assert reply == FormErrors({"severity": "Elija una de las opciones."})


async def test_what_needs_words_opens_a_form_or_tells_how(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    asked = await office.does(MARTA, DESK, Invoked(command="case", text="reply LD-1"))
    assert opened(asked).form == "case.reply"
    typed = await office.says(MARTA, DESK, "caso responder LD-1")
    assert "/caso responder LD-12" in office.screens[f"desk:{typed}"][-1].text


async def test_files_go_with_a_typed_reply(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, DESK, "responder 1 aquí está", LOG, addressed=True)
    assert office.screen(thread)[-1].files == ("router.log",)
    await office.says(MARTA, office.under_card(), "responder", LOG, addressed=True)
    assert office.screen(thread)[-1].files == ("router.log",)


async def test_under_a_card_the_case_goes_without_saying(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, office.under_card(), "responder 2 antenas revisadas", addressed=True)
    assert office.last(thread).endswith("\n2 antenas revisadas")


@pytest.mark.parametrize(
    "text", ["caso resolver mañana con el proveedor", "Caso complicado", "case take me home", "tomar nota"]
)
async def test_talk_under_a_card_is_a_note_and_no_command(office: Office, text: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, office.under_card(), text)
    assert (await office.case()).status is CaseStatus.NEW
    assert (await office.history())[-1].data["text"] == text


@pytest.mark.parametrize("text", ["Caso complicado el de ayer", "hola a todos", "caso", "en caso de duda, lista"])
async def test_talk_in_the_desk_is_left_alone(office: Office, text: str) -> None:
    asked = await office.says(MARTA, DESK, text)
    assert f"desk:{asked}" not in office.screens


def test_a_typed_command_is_told_from_talk() -> None:
    assert read_words("caso lista", addressed=False, loose=True) == "lista"
    assert read_words("caso lista", addressed=False, loose=False) is None
    assert read_words("/caso lista", addressed=False, loose=False) == "lista"
    assert read_words("lista", addressed=True, loose=False) == "lista"
    assert read_words("casona lista", addressed=False, loose=True) is None


async def test_a_list_that_is_too_long_says_so(office: Office) -> None:
    for number in range(21):
        await office.files(LUIS if number % 2 else ANA, ACME, f"Caso {number}")
    told = await office.types(MARTA, "lista")
    assert told.count("•") == 20
    assert told.endswith("Hay más; se muestran los 20 que vencen primero.")


async def test_lists_of_mine_and_of_all(office: Office) -> None:
    for number in (1, 2, 3):
        await office.files(ANA, ACME, f"Caso {number}")
    await office.types(MARTA, "tomar 2")
    await office.types(DIEGO, "resolver 3 listo")
    assert [f"LD-{n}" in await office.types(MARTA, "lista") for n in (1, 2, 3)] == [True, True, False]
    assert [f"LD-{n}" in await office.types(MARTA, "lista míos") for n in (1, 2, 3)] == [False, True, False]
    assert [f"LD-{n}" in await office.types(MARTA, "lista todos") for n in (1, 2, 3)] == [True, True, True]
    assert await office.types(DIEGO, "mine") == "You have no open cases."


async def test_an_agent_may_ask_in_private(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    private = Place(platform=Platform.WEB, channel="dm-marta", direct=True)
    await office.says(MARTA, private, "lista")
    assert "LD-1" in office.last(private)


async def test_an_agent_who_asks_in_a_customers_channel_is_answered_in_the_desk(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    before = office.customers_see()
    await office.says(MARTA, ACME, "lista", addressed=True)
    assert office.customers_see() == before
    assert "LD-1 Nuevo" in office.last(DESK)


async def test_two_agents_at_once(any_office: Office) -> None:
    """Only one of them resolves, and the customer hears it once."""
    office = any_office
    await office.files(ANA, ACME, "Sin tono")
    answers = await asyncio.gather(office.types(MARTA, "resolver 1 listo"), office.types(CARMEN, "resolver 1 hecho"))
    assert sorted("ya estaba resuelto" in answer for answer in answers) == [False, True]
    assert (await office.kinds()).count(EventKind.RESOLVED) == 1
