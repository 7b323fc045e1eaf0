"""The intake form as a customer meets it: what is asked, what is heard in passing, what is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.cases import Draft
from dialogs.engine.form import Context
from dialogs.events import File, FileProblem, Language
from dialogs.forms.drafting import draft_of
from dialogs.forms.intake import INTAKE
from dialogs.messages import FormErrors, InputKind
from dialogs.wording import Home
from tests.dialogs.talk import ANSWERS, QUESTIONS, Talk

ES, EN = Language.SPANISH, Language.ENGLISH
BOTH = pytest.mark.parametrize("language", [ES, EN])
PICTURE = File(id="f1", name="captura.png", media_type="image/png", size=10, sha256="00")
LOG = File(id="f2", name="sip.log", media_type="text/plain", excerpt="2026-11-22T09:15:02-05:00 INVITE\n")
BARE_LOG = replace(LOG, id="f3", excerpt="2026-11-22 09:15:02 INVITE\n2026-11-22 09:40:00 BYE\n")


def draft(talk: Talk) -> Draft:
    done = talk.completed
    assert done is not None
    context = Context(now=talk.now, desk="LDTelecom", home=Home(), profile=talk.profile)
    return draft_of(done.frame, context, done.language, handed_over=done.handed_over)


@BOTH
def test_every_question_in_its_order_then_the_summary_then_the_case(language: Language) -> None:
    talk = Talk(language=language).gets_to("summary")
    talk.says("enviar" if language is ES else "send it")
    told = draft(talk)
    answers = ANSWERS[language]
    assert told.description == answers["description"]
    assert told.expected_behaviour == answers["expected"]
    assert told.service == answers["service"]
    assert (told.impact, told.workaround) == ("many_users", False)
    assert told.severity_proposed == "S2"
    assert (told.zone.name, told.zone.assumed) == ("America/Bogota", False)
    assert told.started is not None
    assert told.started.instant is not None
    assert told.started.instant.isoformat() == "2026-11-22T14:15:00+00:00"
    assert told.phone == "+573015550142"
    assert told.language is language
    assert told.complete


DETAILED = [
    (
        ES,
        (
            "Desde hoy a las 9:15 hora de Bogotá las llamadas por la troncal SIP 4471 se cortan, "
            "deberían durar lo normal. Le pasa a todos y no hay alternativa. Mi cel es +57 301 555 0142"
        ),
        1,
    ),
    (ES, "No entran llamadas al DID 3055550142 desde ayer, nadie puede contestar. Debería timbrar en recepción", 4),
    (ES, "el portal no abre desde hace 2 horas, a varios usuarios les sale error 502", 4),
    (ES, "buenos dias, la troncal sip 22 esta caida desde las 8:40, toda la oficina sin llamadas", 4),
    (
        EN,
        (
            "Since 9:15 am Bogota time outbound calls on SIP trunk 4471 drop after 30 seconds, they should stay up. "
            "Everyone is affected and there is no workaround. Call me at +57 301 555 0142"
        ),
        1,
    ),
    (EN, "The web portal is down since yesterday, several users get a 502, it should just load", 4),
]


@pytest.mark.parametrize(("language", "opening", "most"), DETAILED)
def test_a_detailed_opening_needs_few_further_taps(language: Language, opening: str, most: int) -> None:
    talk = Talk(language=language)
    talk.says(opening)
    taps = 0
    while talk.completed is None:
        taps += 1
        asked = talk.asking
        talk.says("enviar" if asked == "summary" else ANSWERS[language][asked])
        assert talk.asking != asked or talk.completed, talk.said
    assert taps <= most


@BOTH
def test_a_bare_hello_needs_at_most_nine(language: Language) -> None:
    talk = Talk(language=language)
    talk.says("hola" if language is ES else "hi")
    taps = 0
    while talk.completed is None:
        taps += 1
        talk.says("enviar" if talk.asking == "summary" else ANSWERS[language][talk.asking or "description"])
    assert taps <= 9


@BOTH
def test_a_burst_before_the_first_answer_is_one_story(language: Language) -> None:
    talk = Talk(language=language)
    first, second, third = (
        ("no salen las llamadas internacionales", "desde ayer", "a todos")
        if language is ES
        else ("international calls do not go out", "since yesterday", "everyone")
    )
    talk.says(first)
    at = talk.now - timedelta(seconds=1)
    talk.says(second, at=at)
    talk.says(third, at=at)
    assert talk.state.frame is not None
    assert talk.answer("description") == first
    assert talk.answer("impact") == "all_down"
    assert "started" in talk.state.frame.answers
    assert talk.asking == "expected"


def test_the_rest_of_a_burst_joins_the_description() -> None:
    talk = Talk()
    talk.says("no salen las llamadas internacionales")
    at = talk.now - timedelta(seconds=1)
    talk.says("suena un tono raro", at=at)
    assert talk.answer("description") == "no salen las llamadas internacionales\nsuena un tono raro"
    assert talk.asking == "expected"
    assert not talk.messages


def test_three_answers_in_one_second_fill_three_fields() -> None:
    talk = Talk().gets_to("expected")
    for text in ("que timbre", "troncal 4471", "todos"):
        talk.says(text)
        talk.now -= timedelta(seconds=4.7)
    assert [talk.answer(name) for name in ("expected", "service", "impact")] == [
        "que timbre",
        "troncal 4471",
        "all_down",
    ]


@BOTH
def test_files_before_and_during(language: Language) -> None:
    talk = Talk(language=language)
    talk.says("", files=(PICTURE,))
    assert talk.phrase("dialog.file.received", name="captura.png") in talk.said
    assert talk.asking == "description"
    talk.says(ANSWERS[language]["description"], files=(LOG,))
    assert talk.asking == "expected"
    assert talk.state.frame is not None
    assert [file.name for file in talk.state.frame.files] == ["captura.png", "sip.log"]
    talk.says("", files=(replace(LOG, id="x", name="virus.exe", problem=FileProblem.FORBIDDEN_TYPE),))
    assert talk.phrase("dialog.file.forbidden_type", name="virus.exe") in talk.said
    assert talk.said.count(talk.phrase("intake.expected.ask")) == 1
    assert len(talk.state.frame.files) == 2


@pytest.mark.parametrize(
    ("file", "asked"),
    [(PICTURE, True), (replace(PICTURE, taken_at="2026-11-22T09:15:00-05:00"), False), (LOG, False), (BARE_LOG, True)],
)
def test_the_zone_is_asked_for_files_whose_hours_lack_one(file: File, *, asked: bool) -> None:
    talk = Talk()
    talk.says("la centralita no registra", files=(file,))
    asks = []
    while talk.asking != "summary":
        asks.append(talk.asking)
        talk.says({**ANSWERS[ES], "started": "ayer"}[talk.asking])
    assert ("zone" in asks) is asked


def test_a_zone_nobody_told_is_marked_wherever_it_shows() -> None:
    talk = Talk().gets_to("zone")
    talk.says("no sé")
    talk.says("saltar")
    assert talk.asking == "summary"
    assert "hoy 9:15 (supuesta: Miami)" in talk.said
    assert "Zona horaria: supuesta: Miami" in talk.said
    talk.says("enviar")
    told = draft(talk)
    assert told.zone.assumed
    assert told.started is not None
    assert told.started.assumed


def test_a_relative_start_needs_no_zone() -> None:
    talk = Talk().gets_to("started")
    talk.says("hace 2 horas")
    assert talk.asking == "phone"


def test_an_ambiguous_zone_is_offered_to_choose_from() -> None:
    talk = Talk().gets_to("zone")
    talk.says("Valencia")
    assert talk.asking == "zone"
    assert talk.phrase("intake.zone.which") in talk.said
    pressed = next(name for name, button in talk.buttons.items() if "Caracas" in button.label)
    talk.presses(pressed)
    assert talk.answer("zone") == "America/Caracas"


def test_the_other_zone_button_asks_to_write_it() -> None:
    talk = Talk().gets_to("zone")
    talk.presses("intake.zone.other")
    assert talk.phrase("intake.zone.again") in talk.said
    talk.says("Lima")
    assert talk.answer("zone") == "America/Lima"


def test_what_is_written_under_the_summary_corrects_or_adds() -> None:
    talk = Talk().gets_to("summary")
    talk.says("perdón, en realidad empezó ayer")
    assert talk.asking == "summary"
    assert "ayer" in talk.said.split("Desde:")[-1]
    talk.says("también se oye un pitido")
    assert talk.phrase("dialog.added") in talk.said
    assert talk.answer("description").endswith("también se oye un pitido")


@BOTH
def test_the_form_shows_what_is_known_and_comes_back_whole(language: Language) -> None:
    talk = Talk(language=language).gets_to("impact")
    talk.presses("dialog.form")
    view = talk.view
    values = {one.name: one.value for one in view.inputs}
    assert values["description"] == ANSWERS[language]["description"]
    assert {one.name for one in view.inputs} == set(QUESTIONS)
    assert next(one for one in view.inputs if one.name == "impact").type is InputKind.CHOICE

    talk.submits(values | {"impact": "all_down", "started": "hace", "zone": "Atlantis"})
    errors = talk.last.reply
    assert isinstance(errors, FormErrors)
    assert set(errors.errors) == {"started", "zone"}
    assert talk.asking == "impact"

    talk.submits(values | {"impact": "all_down", "workaround": "no", "started": "hoy a las 9:15", "zone": "Bogotá"})
    assert talk.asking == "summary"
    assert talk.answer("zone") == "America/Bogota"


def test_a_form_sent_twice_counts_once() -> None:
    talk = Talk().gets_to("summary")
    talk.presses("dialog.form")
    view = talk.view
    values = {one.name: one.value for one in view.inputs}
    talk.submits(values)
    talk.presses("dialog.send")
    talk.submits(values, token=view.token)
    assert talk.state.frame is None
    assert talk.last.reply is not None


def test_an_edited_message_counts_as_edited_and_a_deleted_one_is_asked_again() -> None:
    talk = Talk()
    talk.says("nuevo caso")
    talk.says("las yamadas se cortan")
    talk.edits("m2", "las llamadas se cortan a los 30 segundos")
    assert talk.answer("description") == "las llamadas se cortan a los 30 segundos"
    assert talk.asking == "expected"
    talk.deletes("m2")
    assert talk.phrase("dialog.taken_back") in talk.said
    assert talk.asking == "description"


@BOTH
def test_a_form_changed_by_an_upgrade_keeps_what_still_fits(language: Language) -> None:
    talk = Talk(language=language).gets_to("impact")
    talk.forms = {"intake": replace(INTAKE, fields=tuple(one for one in INTAKE.fields if one.name != "service"))}
    talk.says(ANSWERS[language]["impact"])
    assert talk.phrase("dialog.upgraded") in talk.said
    assert talk.asking == "workaround"
    assert talk.state.frame is not None
    assert "service" not in talk.state.frame.answers
    assert talk.answer("description") == ANSWERS[language]["description"]


def test_an_upgrade_that_drops_the_open_question_asks_the_next_one_once() -> None:
    talk = Talk().gets_to("service")
    talk.forms = {"intake": replace(INTAKE, fields=tuple(one for one in INTAKE.fields if one.name != "service"))}
    talk.says("troncal 4471")
    assert talk.said.count(talk.phrase("intake.impact.ask")) == 1
    assert talk.asking == "impact"


@pytest.mark.parametrize(
    "text", ["URGENTE!!! a mi no me suena el telefono", "un detallito: a mí no me suena el teléfono"]
)
def test_the_tone_changes_nothing(text: str) -> None:
    talk = Talk()
    talk.says(text)
    assert talk.answer("impact") == "one_user"


def test_text_of_forty_thousand_characters_is_kept_whole() -> None:
    talk = Talk()
    text = "no hay tono " * 3400
    talk.says(text)
    assert talk.answer("description") == text.strip()
    while talk.asking != "summary":
        talk.says(ANSWERS[ES][talk.asking])
    assert max(len(message.blocks) for message in talk.messages) < 10
    assert len(talk.said) < 4000


@pytest.mark.parametrize("text", ["🤷", "???", "…", ".", "👍👍", "٪", "\u202e"])
def test_signs_alone_lead_somewhere(text: str) -> None:
    talk = Talk()
    talk.says(text)
    assert "dialog.new" in talk.buttons
    assert talk.state.frame is None


def test_nothing_at_all_is_answered_with_nothing() -> None:
    talk = Talk()
    talk.says("   ")
    assert not talk.messages


@pytest.mark.parametrize(
    ("question", "text"),
    [("service", "nose"), ("service", "no idea"), ("phone", "no"), ("phone", "prefiero no darlo"), ("zone", "ni idea")],
)
def test_having_nothing_to_answer_skips_what_may_be_skipped(question: str, text: str) -> None:
    talk = Talk().gets_to(question)
    talk.says(text)
    assert talk.asking != question
    assert talk.state.frame is not None
    answer = talk.state.frame.answers[question]
    assert answer.skipped or answer.assumed


def test_an_earlier_answer_told_again_at_another_question_corrects_it() -> None:
    talk = Talk().gets_to("phone")
    talk.says("perdón, es a todos")
    assert talk.answer("impact") == "all_down"
    assert talk.asking == "phone"


@pytest.mark.parametrize(("told", "name"), [("UTC-5", "UTC-05:00"), ("gmt -3:30", "UTC-03:30")])
def test_a_zone_told_as_a_distance_carries_through_to_the_case(told: str, name: str) -> None:
    talk = Talk().gets_to("zone")
    talk.says(told, files=(BARE_LOG,))
    talk.says("no")
    assert talk.asking == "summary"
    assert f"hoy 9:15 ({name})" in talk.said
    talk.says("enviar")
    assert draft(talk).zone.name == name


def test_the_zone_question_names_what_was_found_in_a_log() -> None:
    talk = Talk()
    talk.says("la centralita no registra", files=(BARE_LOG,))
    while talk.asking != "zone":
        talk.says({**ANSWERS[ES], "started": "ayer"}[talk.asking])
    assert "En sip.log hay horas de 09:15 a 09:40, sin zona." in talk.said
    talk.says("Lima")
    talk.says("no")
    assert "sip.log (09:15–09:40, Lima)" in talk.said


def test_a_log_with_its_own_zone_keeps_it() -> None:
    talk = Talk()
    talk.says("la centralita no registra", files=(LOG,))
    while talk.asking != "summary":
        talk.says({**ANSWERS[ES], "started": "ayer"}[talk.asking])
    assert "sip.log (09:15, con su zona)" in talk.said


def test_a_pasted_log_without_a_zone_is_asked_about() -> None:
    talk = Talk()
    talk.says(
        "no registra la troncal, esto sale:\n2026-11-22 09:15:02 REGISTER failed\n2026-11-22 09:40:00 REGISTER failed"
    )
    while talk.asking != "zone":
        assert talk.asking != "summary"
        talk.says({**ANSWERS[ES], "started": "ayer"}[talk.asking])
    assert "En lo que pegó hay horas de 09:15 a 09:40, sin zona." in talk.said


@pytest.mark.parametrize(("which", "utc"), [("la primera", "05:30"), ("la segunda", "06:30")])
def test_an_hour_that_came_twice_is_asked_about(which: str, utc: str) -> None:
    # In Miami the clocks went back on Sunday, 1 November 2026, at two in the morning.
    talk = Talk().gets_to("started")
    talk.says("el domingo 1 de noviembre a la 1:30 de la madrugada hora de Miami")
    assert talk.asking == "occurrence"
    talk.says(which)
    talk.says("no")
    talk.says("enviar")
    started = draft(talk).started
    assert started is not None
    assert started.instant is not None
    assert started.instant.strftime("%d %H:%M") == f"01 {utc}"


def test_an_hour_that_never_was_is_asked_for_again() -> None:
    # In Miami the clocks went forward on Sunday, 8 March 2026, at two in the morning.
    talk = Talk()
    talk.says("no salen las llamadas, los registros van en hora de Miami")
    while talk.asking != "started":
        talk.says(ANSWERS[ES][talk.asking])
    talk.says("el 8 de marzo a las 2:30 de la madrugada")
    assert talk.phrase("intake.started.nonexistent") in talk.said
    talk.says("el 8 de marzo a las 3:30 de la madrugada")
    assert talk.asking == "phone"


def test_a_relative_start_is_certain_whatever_the_zone() -> None:
    talk = Talk().gets_to("started")
    talk.says("hace 20 minutos")
    talk.says("no")
    assert "Desde: hoy 9:40 (Miami)" in talk.said
    assert "supuesta" not in talk.said


@pytest.mark.parametrize(
    ("text", "value"), [("no, la zona es quito", "America/Guayaquil"), ("the time zone is Lima", "America/Lima")]
)
def test_a_field_stated_anew_under_the_summary_is_corrected(text: str, value: str) -> None:
    talk = Talk().gets_to("summary")
    talk.says(text)
    assert talk.answer("zone") == value
    assert talk.asking == "summary"


@pytest.mark.parametrize("text", ["ok mandalo", "sí, enviar", "dale listo", "yes send it", "ok, go ahead"])
def test_agreeing_in_two_words_sends(text: str) -> None:
    talk = Talk().gets_to("summary")
    talk.says(text)
    assert talk.completed is not None


@pytest.mark.parametrize("text", ["enlace sede sur", "el enlace de las sedes", "las líneas de las sedes"])
def test_the_service_of_a_site_is_no_word_on_who_is_affected(text: str) -> None:
    talk = Talk().gets_to("service")
    talk.says(text)
    assert talk.answer("service") == text


def test_who_is_affected_is_no_service() -> None:
    talk = Talk().gets_to("service")
    talk.says("solo algunos usuarios")
    assert talk.answer("impact") == "many_users"
    assert talk.asking == "service"


@pytest.mark.parametrize(
    ("text", "service"), [("mi línea no marca nunca", None), ("el portal no carga bien", "portal")]
)
def test_a_bare_line_is_worth_a_question(text: str, service: str | None) -> None:
    talk = Talk()
    talk.says(text)
    assert talk.state.frame is not None
    heard = talk.state.frame.answers.get("service")
    assert (heard.value if heard else None) == service
