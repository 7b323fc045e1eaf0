"""What hurried people type, each as it was once misunderstood."""

from __future__ import annotations

import pytest

from dialogs.engine.form import Profile
from dialogs.engine.words import Word, read_word
from dialogs.events import Language
from tests.dialogs.talk import Talk

ES = Language.SPANISH


@pytest.mark.parametrize(
    "text", ["va", "dele", "okis", "great, send it", "lgtm", "mándelo ya", "esta perfecto", "just send it"]
)
def test_every_way_of_agreeing_sends(text: str) -> None:
    talk = Talk().gets_to("summary")
    talk.says(text)
    assert talk.completed is not None


@pytest.mark.parametrize("text", ["no", "esta mal", "wrong"])
def test_saying_no_to_the_summary_asks_what_to_change(text: str) -> None:
    talk = Talk().gets_to("summary")
    talk.says(text)
    assert talk.asking == "change"


@pytest.mark.parametrize(
    ("text", "field"), [("la hora está mal", "started"), ("esta mal la zona", "zone"), ("the phone is wrong", "phone")]
)
def test_naming_what_is_wrong_asks_it_again(text: str, field: str) -> None:
    talk = Talk().gets_to("summary")
    talk.says(text)
    assert talk.asking == field


def test_an_answer_can_be_taken_out() -> None:
    talk = Talk().gets_to("summary")
    talk.says("quita el teléfono")
    assert talk.asking == "summary"
    assert talk.state.frame is not None
    assert talk.state.frame.answers["phone"].skipped


@pytest.mark.parametrize("text", ["🙂 ajá", "mmm", "pues"])
def test_a_remark_is_not_added_to_the_story(text: str) -> None:
    talk = Talk().gets_to("summary")
    before = talk.answer("description")
    talk.says(text)
    assert talk.answer("description") == before
    assert talk.asking == "summary"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("y mi caso?", Word.STATUS),
        ("como va mi caso", Word.STATUS),
        ("alguna novedad?", Word.STATUS),
        ("any update?", Word.STATUS),
        ("what's the status of my case", Word.STATUS),
        ("can someone call me", Word.PERSON),
        ("give me a human please", Word.PERSON),
        ("pásame con un humano ya", Word.PERSON),
        ("quiero hablar con un supervisor", Word.SUPERVISOR),
        ("ya volvió", Word.SOLVED),
        ("fixed now", Word.SOLVED),
        ("cómo así?", Word.WHY),
        ("a qué se refiere", Word.WHY),
        ("can we do this in english?", Word.ENGLISH),
        ("sigamos", Word.RESUME),
    ],
)
def test_what_people_say_steers(text: str, word: Word) -> None:
    steering = read_word(text)
    assert steering is not None
    assert steering.word is word


@pytest.mark.parametrize(
    "text", ["no puedo hablar con una persona en la línea", "no puedo volver a llamar", "se me cayó la llamada"]
)
def test_a_story_steers_nothing(text: str) -> None:
    assert read_word(text) is None


@pytest.mark.parametrize(("text", "impact"), [("0", "none"), ("1", "one_user"), ("4", "many_users")])
def test_a_number_says_how_many_are_affected(text: str, impact: str) -> None:
    talk = Talk().gets_to("impact")
    talk.says(text)
    assert talk.answer("impact") == impact


@pytest.mark.parametrize(
    "text", ["hay alguien ahí?", "hay que esperar?", "sí y no", "no funciona nada", "no that's wrong"]
)
def test_a_remark_is_no_way_around(text: str) -> None:
    talk = Talk().gets_to("workaround")
    talk.says(text)
    assert talk.asking == "workaround"


def test_having_none_is_no_way_around() -> None:
    talk = Talk().gets_to("workaround")
    talk.says("no tengo")
    assert talk.answer("workaround") == "no"


@pytest.mark.parametrize("text", ["how long will it take?", "¿cuánto demoran?"])
def test_a_question_back_is_no_answer(text: str) -> None:
    talk = Talk().gets_to("expected")
    talk.says(text)
    assert talk.asking == "expected"


@pytest.mark.parametrize("text", ["hace rato", "desde siempre", "hace unos días", "for a while"])
def test_a_vague_start_is_kept_as_told(text: str) -> None:
    talk = Talk().gets_to("started")
    talk.says(text)
    assert talk.asking != "started"
    talk.says("no")
    assert f"Desde: {text}" in talk.said


def test_what_just_began_began_now() -> None:
    talk = Talk().gets_to("started")
    talk.says("recién")
    assert talk.answer("started") == "now"


@pytest.mark.parametrize("question", ["impact", "started", "zone", "phone"])
def test_nobody_is_kept_at_a_question_for_ever(question: str) -> None:
    talk = Talk().gets_to(question)
    for _ in range(4):
        talk.says("…🤷…")
    assert talk.asking != question
    assert talk.phrase("dialog.left_for_later") in talk.said


def test_here_is_where_the_person_is() -> None:
    talk = Talk(profile=Profile(name="Ana", zone="America/Lima")).gets_to("zone")
    talk.says("aquí")
    assert talk.answer("zone") == "America/Lima"


def test_nobody_saying_is_the_desk_s_zone_assumed() -> None:
    talk = Talk(profile=Profile(name="Ana", zone="America/Lima")).gets_to("zone")
    talk.says("saltar")
    assert talk.answer("zone") == "America/New_York"
    assert "supuesta: Miami" in talk.said or talk.asking == "phone"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("la línea 51 1 6123456 no timbra nunca", None),
        ("no timbra la línea 4471, llámenme al +51 987 654 321", "+51987654321"),
        ("calls fail on trunk 9, reach me at +1 305 555 0142", "+13055550142"),
    ],
)
def test_the_number_that_fails_is_not_the_number_to_call(text: str, phone: str | None) -> None:
    talk = Talk()
    talk.says(text)
    assert talk.state.frame is not None
    told = talk.state.frame.answers.get("phone")
    assert (told.value if told else None) == phone


def test_another_matter_begins_with_what_was_said_of_it() -> None:
    talk = Talk()
    talk.says("tengo otro problema: no llegan los mensajes de voz")
    assert talk.answer("description") == "no llegan los mensajes de voz"


def test_good_news_in_the_middle_offers_to_stop() -> None:
    talk = Talk().gets_to("service")
    talk.says("ya volvió")
    assert talk.phrase("dialog.solved") in talk.said
    assert "dialog.cancel" in talk.buttons


def test_a_colleague_s_side_question_is_answered() -> None:
    talk = Talk().gets_to("service")
    talk.says("estado LD-3", who="luis")
    assert talk.consulted == [("status", "LD-3")]
    assert talk.asking == "service"


def test_since_when_alone_is_not_what_should_happen() -> None:
    talk = Talk()
    talk.says("no me sirve el internet de la oficina")
    talk.says("desde las 8 y media")
    assert talk.asking == "expected"
    assert talk.state.frame is not None
    assert "started" in talk.state.frame.answers


def test_a_zone_half_told_is_offered_to_choose_from() -> None:
    talk = Talk()
    talk.says("no salen llamadas desde las 8:30 hora de México")
    while talk.asking != "zone":
        talk.says({"expected": "que salgan", "impact": "todos", "workaround": "no", "service": "saltar"}[talk.asking])
    labels = [button.label for name, button in talk.buttons.items() if ".pick." in name]
    assert any("México" in label for label in labels)
