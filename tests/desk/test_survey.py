"""Surveys: when they are asked, who answers, and who hears of it."""

from __future__ import annotations

import json

import pytest

from bot.export import export_lines
from bot.person import erase_person, export_person
from bot.settings import read_settings
from dialogs.cases import CaseStatus, EventKind, SurveyState
from dialogs.events import Person, Place, Pressed, Submitted
from dialogs.messages import FormErrors, FormView, Reply
from storage.database import Database
from storage.tables import Survey
from tests.desk.conftest import (
    ACME,
    ANA,
    BRUNO,
    DESK,
    DIEGO,
    ESCALATIONS,
    GLOBEX,
    LUIS,
    MARTA,
    Office,
    opened,
    whispered,
)

QUARTER, DAY = 15, 24 * 60


async def asked(office: Office) -> Place:
    """A case that was resolved and whose survey is before the customer; return the thread."""
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Se cambió la tarjeta.")
    await office.waits(QUARTER)
    assert office.screen(thread)[-1].buttons == tuple(f"survey.rate.{score}" for score in range(1, 6))
    return thread


async def survey(office: Office, number: int = 1) -> Survey:
    async with office.database.unit() as unit:
        return (await unit.surveys.of_case(number))[-1]


async def rates(office: Office, thread: Place, score: int, person: Person = ANA, value: str = "1") -> Reply | None:
    return await office.does(person, thread, Pressed(name=f"survey.rate.{score}", value=value))


async def form(office: Office, thread: Place) -> FormView:
    return opened(await office.does(ANA, thread, Pressed(name="survey.comment", value="1")))


async def sends(office: Office, thread: Place, view: FormView, person: Person = ANA, **values: str) -> Reply | None:
    sent = Submitted(form=view.form, token=view.token, values={one.name: one.value for one in view.inputs} | values)
    return await office.does(person, thread, sent)


async def test_it_is_asked_a_quarter_of_an_hour_after_the_resolution(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Listo.")
    await office.waits(QUARTER - 2)
    before = len(office.screen(thread))
    await office.waits(2)
    assert len(office.screen(thread)) == before + 1
    assert "@Ana Quispe, ¿cómo le fue con LD-1?" in office.last(thread)


async def test_it_credits_who_resolved_the_case_and_not_who_had_it(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(DIEGO, "tomar 1")
    await office.types(MARTA, "resolver 1 Listo.")
    told = await survey(office)
    assert (told.agent_key, told.requester_key, told.state) == (MARTA.key, ANA.key, SurveyState.DUE)


async def test_praise_reaches_the_agent_and_their_channel_with_what_was_said(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 5)
    praise = office.last(DESK)
    assert praise.startswith("¡Bien hecho, @Marta Rivas! ACME calificó LD-1 con 5 de 5.\nRespondió Ana Quispe.")
    await office.says(ANA, thread, "muy amables, me llamaron enseguida")
    assert "«muy amables, me llamaron enseguida»" in office.last(DESK)
    assert "«muy amables, me llamaron enseguida»" in office.last(office.under_card())
    assert office.screen(ESCALATIONS) == []
    assert (await survey(office)).comment == "muy amables, me llamaron enseguida"


async def test_a_poor_mark_reaches_the_managers_with_the_case(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 2)
    alarm = office.screen(ESCALATIONS)[0].text
    assert alarm.startswith("ACME calificó LD-1 con 2 de 5. Lo resolvió Marta Rivas.")
    assert "«Sin tono» · Ver la conversación" in alarm
    assert "Bien hecho" not in "\n".join(shown.text for shown in office.screen(DESK))


async def test_a_mark_in_the_middle_is_noted_under_the_card_only(office: Office) -> None:
    thread = await asked(office)
    cards = len(office.screen(DESK))
    await rates(office, thread, 3)
    assert office.last(office.under_card()) == "Ana Quispe calificó la atención con 3 de 5."
    assert (len(office.screen(DESK)), office.screen(ESCALATIONS)) == (cards, [])


async def test_a_slip_of_the_finger_is_corrected_everywhere(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 1)
    view = await form(office, thread)
    assert [one.value for one in view.inputs] == ["1", "", ""]
    await sends(office, thread, view, score="5", comment="perdón, toqué mal")
    assert office.screen(ESCALATIONS)[0].text.startswith("ACME corrigió su calificación de LD-1: 5 de 5.")
    assert office.last(DESK).startswith("¡Bien hecho, @Marta Rivas!")
    await office.says(ANA, thread, "1")
    assert office.screen(ESCALATIONS)[0].text.startswith("ACME calificó LD-1 con 1 de 5.")
    assert office.last(DESK).startswith("ACME corrigió su calificación de LD-1: 1 de 5.")
    notes = [shown.text for shown in office.screen(office.under_card()) if "calificó la atención" in shown.text]
    assert notes == ["Ana Quispe calificó la atención con 1 de 5.\n«perdón, toqué mal»"]
    scores = [event.data["score"] for event in await office.history() if event.kind is EventKind.SURVEY_ANSWERED]
    assert scores == [1, 5, 1]


async def test_one_answer_for_each_survey_and_only_from_the_customer(office: Office) -> None:
    thread = await asked(office)
    assert "cliente" in whispered(await rates(office, thread, 5, MARTA))
    assert "customer" in whispered(await rates(office, thread, 5, LUIS))
    for value in ("99", "", "-1", "1" * 30, "🙂"):
        assert "cliente" in whispered(await rates(office, thread, 5, value=value))
    await rates(office, thread, 4, BRUNO)
    assert "ya quedó registrada" in whispered(await rates(office, thread, 1))
    told = await survey(office)
    assert (told.score, told.answered_by) == (4, BRUNO.key)
    comment = Pressed(name="survey.comment", value="1")
    assert "Bruno Paz" in whispered(await office.does(ANA, thread, comment))
    view = opened(await office.does(BRUNO, thread, comment))
    assert "Bruno Paz" in whispered(await sends(office, thread, view, ANA, score="1"))
    assert (await survey(office)).score == 4


async def test_a_form_with_no_mark_stays_open(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 4)
    view = await form(office, thread)
    assert isinstance(await sends(office, thread, view, score="6"), FormErrors)
    assert isinstance(await sends(office, thread, view, score=""), FormErrors)
    assert (await survey(office)).score == 4


async def test_buttons_of_surveys_that_are_over_say_so(office: Office) -> None:
    thread = await asked(office)
    await office.waits(7 * DAY)
    assert office.screen(thread)[-1].buttons == ()
    assert "ya cerró" in whispered(await rates(office, thread, 5))
    await office.types(MARTA, "mover 1 en curso")
    await office.types(MARTA, "resolver 1 Listo otra vez.")
    await office.types(MARTA, "mover 1 en curso")
    assert "se retiró" in whispered(await rates(office, thread, 5, value="2"))


async def test_an_answer_may_be_added_to_until_its_time_is_over(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 5)
    shown = next(one for one in office.screen(thread) if "Queda en 5 de 5" in one.text)
    assert shown.buttons == ("survey.comment",)
    view = await form(office, thread)
    await office.waits(7 * DAY)
    assert shown.buttons == ()
    assert "ya quedó registrada" in whispered(await sends(office, thread, view, comment="tarde"))
    assert (await survey(office)).comment == ""


async def test_a_reopening_before_the_question_lets_it_never_be_asked(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Listo.")
    await office.says(ANA, thread, "sigue igual")
    await office.waits(DAY)
    assert "¿cómo le fue" not in office.customers_see()
    assert EventKind.SURVEY_ENDED not in await office.kinds()


async def test_a_survey_taken_back_does_not_count_and_the_next_resolution_has_its_own(office: Office) -> None:
    thread = await asked(office)
    await office.says(ANA, thread, "sigue igual")
    assert "Retiramos la encuesta" in office.customers_see()
    await office.types(MARTA, "resolver 1 Ahora sí.")
    await office.waits(QUARTER)
    assert office.screen(thread)[-1].buttons[0] == "survey.rate.1"
    await rates(office, thread, 5, value="2")
    await office.types(MARTA, "mover 1 en curso")
    await office.types(MARTA, "resolver 1 Otra vez.")
    await office.waits(QUARTER)
    async with office.database.unit() as unit:
        states = [one.state for one in await unit.surveys.of_case(1)]
    assert states == [SurveyState.WITHDRAWN, SurveyState.ANSWERED, SurveyState.SKIPPED]


async def test_nobody_is_asked_twice_in_two_weeks_but_their_colleague_may_be(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 5)
    for person, number in ((ANA, 2), (BRUNO, 3)):
        await office.files(person, ACME, "Sin tono")
        await office.types(MARTA, f"resolver {number} Listo.")
        await office.waits(QUARTER)
    assert (await survey(office, 2)).state is SurveyState.SKIPPED
    assert (await survey(office, 3)).state is SurveyState.ASKED
    await office.waits(14 * DAY)
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 4 Listo.")
    await office.waits(QUARTER)
    assert (await survey(office, 4)).state is SurveyState.ASKED


async def test_silence_a_duplicate_and_a_plain_closing_bring_no_survey(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "esperar 1 ¿Ya funciona?")
    await office.files(ANA, ACME, "Sin internet")
    await office.files(BRUNO, ACME, "Sin internet")
    await office.types(MARTA, "duplicado 3 de 2")
    await office.types(MARTA, "mover 2 cerrado")
    await office.waits(8 * DAY)
    assert [(await office.case(number)).status for number in (1, 2, 3)] == [
        CaseStatus.RESOLVED,
        CaseStatus.CLOSED,
        CaseStatus.CLOSED,
    ]
    assert "¿cómo le fue" not in office.customers_see()


async def test_an_answer_after_the_case_was_closed_counts_and_opens_nothing(office: Office) -> None:
    thread = await asked(office)
    await office.types(MARTA, "mover 1 cerrado")
    await office.says(ANA, thread, "2, tardaron y no funciona")
    assert (await survey(office)).score == 2
    assert "escríbalo en este hilo y abrimos otro caso" in office.last(thread)
    async with office.database.unit() as unit:
        assert await unit.cases.get(2) is None


@pytest.mark.parametrize(
    ("text", "comment"),
    [("gracias", ""), ("gracias, muy buena atención de Marta", "gracias, muy buena atención de Marta")],
)
async def test_bare_thanks_are_no_comment(office: Office, text: str, comment: str) -> None:
    thread = await asked(office)
    await rates(office, thread, 5)
    await office.says(ANA, thread, text)
    assert (await survey(office)).comment == comment
    assert (await office.case()).status is CaseStatus.RESOLVED


async def test_what_is_written_long_after_the_mark_is_about_the_case(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 5)
    await office.waits(2 * 60)
    await office.says(ANA, thread, "volvió a fallar")
    assert (await survey(office)).comment == ""
    assert (await office.case()).status is CaseStatus.WORKING


async def test_a_question_after_the_mark_is_for_the_team(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 5)
    await office.says(ANA, thread, "¿y la sede de Quito?")
    assert (await survey(office)).comment == ""
    assert office.screen(thread)[-1].buttons == ("closing.still", "closing.good")


async def test_names_are_kept_out_where_the_settings_say_so(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings("survey.anonymous = true"))
    await office.open()
    thread = await asked(office)
    await rates(office, thread, 1)
    await rates(office, thread, 1, BRUNO)
    notes = [shown.text for shown in office.screen(office.under_card())]
    assert "El cliente calificó la atención con 1 de 5." in notes
    assert "Ana" not in office.screen(ESCALATIONS)[0].text
    assert "El cliente calificó la atención: 1 · muy mal" in await office.types(MARTA, "ver 1")
    (case,) = [json.loads(line) async for line in export_lines(office.database, "LD", named=False)]
    (told,) = case["surveys"]
    assert (told["score"], told["answered_by"]) == (1, None)
    answered = [one for one in case["history"] if one["kind"] == "survey_answered"]
    assert [one["actor"] for one in answered] == ["desk::clock"]


async def test_surveys_can_be_turned_off(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings("survey.enabled = false"))
    await office.open()
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Listo.")
    await office.waits(DAY)
    assert "¿cómo le fue" not in office.customers_see()


async def test_surveys_are_exported_and_forgotten_with_their_author(office: Office) -> None:
    thread = await asked(office)
    await rates(office, thread, 4)
    await sends(office, thread, await form(office, thread), comment="todo bien", improvement="avisar antes")
    (case,) = [json.loads(line) async for line in export_lines(office.database, "LD")]
    (told,) = case["surveys"]
    assert {name: told[name] for name in ("agent", "state", "score", "comment", "improvement", "answered_by")} == {
        "agent": MARTA.key,
        "state": "answered",
        "score": 4,
        "comment": "todo bien",
        "improvement": "avisar antes",
        "answered_by": ANA.key,
    }
    kept = json.loads(await export_person(office.database, ANA.key, "LD") or "")
    assert [one["comment"] for one in kept["surveys"]] == ["todo bien"]
    assert await erase_person(office.database, ANA.key, office.now)
    left = await survey(office)
    assert (left.score, left.comment, left.improvement) == (4, "", "")
    assert ANA.key not in {left.requester_key, left.answered_by}


async def test_who_was_erased_is_not_asked(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Listo.")
    await erase_person(office.database, ANA.key, office.now)
    await office.waits(DAY)
    assert "¿cómo le fue" not in office.customers_see()


async def test_the_same_on_both_databases(any_office: Office) -> None:
    thread = await asked(any_office)
    await any_office.says(ANA, thread, "5, muy amables")
    told = await survey(any_office)
    assert (told.score, told.comment, told.state) == (5, "muy amables", SurveyState.ANSWERED)
    other = await any_office.files(LUIS, GLOBEX, "No tone")
    assert "LD-2" in any_office.last(other)


async def test_a_poor_mark_climbs_where_the_settings_say_so(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings("escalation.on_bad_survey = true"))
    await office.open()
    thread = await asked(office)
    await rates(office, thread, 1)
    assert EventKind.ESCALATED in await office.kinds()
    assert (await office.case()).status is CaseStatus.RESOLVED


async def test_a_poor_mark_is_only_told_where_they_say_not(sqlite_database: Database) -> None:
    office = Office(sqlite_database, read_settings("escalation.on_bad_survey = false"))
    await office.open()
    thread = await asked(office)
    await rates(office, thread, 1)
    assert EventKind.ESCALATED not in await office.kinds()
    assert len(office.screen(ESCALATIONS)) == 1
