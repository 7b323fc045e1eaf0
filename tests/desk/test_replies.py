"""Replies: those that are ready, and the time there is to take one back before it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.replies.held import TIMER
from bot.mistakes import SettingsError
from bot.settings import read_settings
from dialogs.cases import CaseStatus, EventKind
from dialogs.events import Invoked, Language
from dialogs.messages import Button, Whisper
from dialogs.phrases import voice
from storage.database import Database
from tests.conftest import NewDatabase
from tests.desk.conftest import ACME, ANA, DESK, DIEGO, GLOBEX, LOG, LUIS, MARTA, Office, opened, whispered

READY = """
[[replies]]
key = "revisando"
es = "Hola, {name}: vemos {case}. Le escribe {agent}, de {desk}, antes de {due}."
en = "Hi {name}: we look at {case}. {agent} of {desk} writes before {due}."

[[replies]]
key = "llamada"
es = "¿Le llamamos?"
en = "Shall we call?"
"""


@pytest.fixture
async def holding(sqlite_database: Database) -> Office:
    """A desk whose replies wait for ten seconds."""
    office = Office(sqlite_database, read_settings(READY))
    await office.open()
    return office


async def passes(office: Office, seconds: float) -> None:
    await office.waits(seconds / 60)


async def replied(office: Office, number: int = 1) -> list[str]:
    return [event.data["text"] for event in await office.history(number) if event.kind is EventKind.REPLIED]


async def held(office: Office, number: int = 1) -> bool:
    async with office.database.unit() as unit:
        return await unit.held_replies.get(number) is not None


async def test_a_reply_says_where_it_goes_and_leaves_after_ten_seconds(holding: Office) -> None:
    office = holding
    thread = await office.files(ANA, ACME, "Sin tono")
    office.now -= timedelta(minutes=1)
    told = await office.types(MARTA, "responder LD-1 Ya lo vemos")
    assert told.startswith("Sale en 10 segundos para Ana Quispe (ACME), en acme:\n«Ya lo vemos»\n")
    office.now -= timedelta(minutes=1)
    assert "Ya lo vemos" not in office.customers_see()
    assert await office.kinds() == [EventKind.FILED], "nothing of it has happened yet"
    await passes(office, 9)
    assert await replied(office) == []
    await passes(office, 1)
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nYa lo vemos"
    (event,) = [event for event in await office.history() if event.kind is EventKind.REPLIED]
    assert (event.actor_key, event.platform) == (MARTA.key, MARTA.platform)
    assert (await office.case()).status is CaseStatus.WORKING
    assert not await held(office)


async def test_the_clocks_count_the_instant_it_left(holding: Office) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    decided = office.now
    await office.types(MARTA, "responder 1 Ya lo vemos")
    office.now = decided
    await passes(office, 60)
    async with office.database.unit() as unit:
        (first,) = [row for row in await unit.service_levels.of_case(1) if row.kind == "first_response"]
    assert first.met_at == decided + timedelta(seconds=10)


@pytest.mark.parametrize("how", ["pressed", "typed", "typed in the desk"])
async def test_until_then_it_can_be_undone(holding: Office, how: str) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    reply = await office.does(MARTA, DESK, Invoked(command="caso", text="responder 1 Ya lo vemos"))
    office.now -= timedelta(minutes=1)
    assert isinstance(reply, Whisper)
    (button,) = reply.message.controls
    assert isinstance(button, Button)
    if how == "pressed":
        told = whispered(await office.presses(MARTA, button.name, button.value))
    elif how == "typed":
        told = await office.types(MARTA, "undo LD-1", command="case")
    else:
        asked = await office.says(MARTA, office.under_card(), "/caso deshacer")
        assert asked
        told = office.last(office.under_card())
    assert told.startswith("No salió; el cliente no vio nada. Decía:\n«Ya lo vemos»")
    await passes(office, 300)
    assert "Ya lo vemos" not in office.customers_see()
    assert await office.kinds() == [EventKind.FILED]


async def test_after_that_it_says_that_it_has_left(holding: Office) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Ya lo vemos")
    await passes(office, 10)
    assert "Ya había salido" in whispered(await office.presses(MARTA, "case.undo", "LD-1 reply"))
    assert await replied(office) == ["Ya lo vemos"]


async def test_whatever_else_is_done_to_the_case_sends_it_first(holding: Office) -> None:
    office = holding
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Cambiamos la tarjeta")
    office.now -= timedelta(minutes=1)
    await office.types(DIEGO, "responder 1 Y la probamos")
    office.now -= timedelta(minutes=1)
    await office.types(MARTA, "ver 1")
    assert await replied(office) == ["Cambiamos la tarjeta"]
    office.now -= timedelta(minutes=1)
    await office.types(MARTA, "resolver 1 Con eso basta")
    said = [shown.text for shown in office.screen(thread)]
    texts = ("Cambiamos la tarjeta", "Y la probamos", "Con eso basta")
    places = [next(at for at, text in enumerate(said) if one in text) for one in texts]
    assert places == sorted(places)
    assert "Diego Salas from LDTelecom" not in "".join(said)
    assert "Diego Salas, de LDTelecom:\nY la probamos" in said
    async with office.database.unit() as unit:
        assert await unit.timers.find(TIMER, "1") is None


async def test_what_an_agent_writes_in_the_customers_thread_does_not_overtake_it(holding: Office) -> None:
    office = holding
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Primero esto")
    await office.says(MARTA, thread, "Y después esto")
    assert await replied(office) == ["Primero esto", "Y después esto"]


async def test_a_reply_that_asks_waits_from_when_it_left(holding: Office) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    told = await office.types(MARTA, "esperar 1 ¿Qué número marcó?")
    assert "después, el caso espera su respuesta" in told
    assert (await office.case()).status is CaseStatus.NEW
    await passes(office, 10)
    assert (await office.case()).status is CaseStatus.WAITING_CUSTOMER
    assert "Quedamos a la espera" in office.customers_see()


async def test_files_go_with_it(holding: Office) -> None:
    office = holding
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, office.under_card(), "/caso responder Va el registro", LOG)
    assert office.screen(office.under_card())[-1].files == ("router.log",)
    await passes(office, 10)
    assert office.screen(thread)[-1].files == ("router.log",)


async def test_another_language_than_the_customers_is_pointed_out(holding: Office) -> None:
    office = holding
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    assert "el cliente escribe en inglés" in await office.types(MARTA, "responder 1 Ya lo estamos revisando")
    assert "escribe en" not in await office.types(MARTA, "responder 1 We are looking into it")


async def test_a_reply_that_is_ready_goes_in_the_customers_language_filled_in(holding: Office) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    spanish = await office.types(MARTA, "responder 1 !revisando")
    assert "«Hola, Ana: vemos LD-1. Le escribe Marta Rivas, de LDTelecom, antes de hoy 12:02 (Lima).»" in spanish
    english = await office.types(MARTA, "responder 2 !REVISANDO and we call you")
    assert "«Hi Luis: we look at LD-2. Marta Rivas of LDTelecom writes before today" in english
    assert "\n\nand we call you»" in english


async def test_one_picked_in_the_form_is_seen_before_it_goes_and_may_be_changed(holding: Office) -> None:
    office = holding
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    form = opened(await office.presses(DIEGO, "case.reply", "LD-1"))
    ready, text = form.inputs
    assert [option.value for option in ready.options] == ["!revisando", "!llamada"]
    assert text.hint == "Va a Luis Ferrer (Globex), en globex. Escribe en inglés."
    shown = opened(await office.sends(DIEGO, form, canned="!llamada", text="One question:"))
    (text,) = shown.inputs
    assert text.value == "Shall we call?\n\nOne question:"
    assert await replied(office) == []
    assert not await held(office)
    await office.sends(DIEGO, shown, text="Shall we call at 5?")
    await passes(office, 10)
    assert await replied(office) == ["Shall we call at 5?"]


async def test_an_empty_reply_form_is_not_sent(holding: Office) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    form = opened(await office.presses(MARTA, "case.reply", "LD-1"))
    told = whispered(await office.sends(MARTA, form, canned="", text=""))
    assert "/caso responder LD-12" in told


async def test_a_key_that_nobody_knows_is_not_sent(holding: Office) -> None:
    office = holding
    await office.files(ANA, ACME, "Sin tono")
    assert "¿Quiso decir !llamada?" in await office.types(MARTA, "responder 1 !lamada")
    assert "Con /caso respuestas ve todas" in await office.types(MARTA, "responder 1 !xyz")
    assert not await held(office)


async def test_the_list_of_those_that_are_ready(holding: Office) -> None:
    told = await holding.types(MARTA, "respuestas")
    assert "• !llamada ¿Le llamamos?" in told
    assert "/caso responder LD-12 !revisando" in told
    assert "Shall we call?" in await holding.types(DIEGO, "replies", command="case")
    assert "Eso solo lo puede hacer" in await holding.types(ANA, "respuestas", place=ACME)


async def test_the_ones_of_the_package_can_be_filled_in_both_languages(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings(""))
    await office.open()
    await office.files(ANA, ACME, "Sin tono")
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    for ready in office.settings.replies:
        for number in (1, 2):
            told = await office.types(MARTA, f"responder {number} !{ready.key}")
            assert "Sale en" in told
            assert "{" not in told


ONE_LANGUAGE = """
[[replies]]
key = "uno"
es = "Hola"
"""
WRONG = """
[[replies]]
key = "uno"
es = "Hola, {nombre}"
en = "Hi {name"

[[replies]]
key = "Dos Palabras"
es = "{name!r}"
en = ""
"""
TWICE = """
[[replies]]
key = "uno"
es = "a"
en = "b"

[[replies]]
key = "uno"
es = "a"
en = "b"
"""


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("source", "lines", "words"),
    [
        (ONE_LANGUAGE, [2], "replies[0].en"),
        (WRONG, [4, 5, 8, 9, 10], "{nombre}"),
        (TWICE, [7], "uno"),
    ],
)
def test_mistakes_in_those_that_are_ready_are_told_with_their_lines(
    language: Language, source: str, lines: list[int], words: str
) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings(source)
    assert [mistake.line for mistake in told.value.mistakes] == lines
    assert words in "\n".join(told.value.sentences(voice(language)))


async def test_one_that_waits_when_the_process_ends_leaves_when_it_is_back(new_database: NewDatabase) -> None:
    """The process is gone between the decision and the moment it leaves; another takes over the store."""
    address = new_database(True)
    database = await Database.open(address)
    office = Office(database, read_settings(READY))
    await office.open()
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "responder 1 Ya lo vemos")
    await database.close()
    database = await Database.open(address)
    later = Office(database, read_settings(READY), now=office.now + timedelta(hours=1), screens=office.screens)
    await passes(later, 1)
    assert later.last(thread) == "Marta Rivas, de LDTelecom:\nYa lo vemos"
    await passes(later, 3600)
    assert await replied(later) == ["Ya lo vemos"]
    await database.close()
