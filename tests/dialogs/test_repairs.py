"""Every repair works at every question, typed or pressed, in both languages."""

from __future__ import annotations

import itertools

import pytest

from dialogs.engine.form import Profile
from dialogs.events import Language
from tests.dialogs.talk import ANSWERS, QUESTIONS, Talk

ES, EN = Language.SPANISH, Language.ENGLISH
EVERYWHERE = (*QUESTIONS, "summary")
everywhere = pytest.mark.parametrize(("question", "language"), list(itertools.product(EVERYWHERE, (ES, EN))))
at_every_question = pytest.mark.parametrize(("question", "language"), list(itertools.product(QUESTIONS, (ES, EN))))


def talk_at(question: str, language: Language) -> Talk:
    return Talk(language=language).gets_to(question)


def question_of(talk: Talk, name: str) -> str:
    return talk.phrase("intake.summary.title" if name == "summary" else f"intake.{name}.ask")


@everywhere
@pytest.mark.parametrize("how", ["typed", "pressed"])
def test_cancel_ends_the_form_and_keeps_it_within_reach(question: str, language: Language, how: str) -> None:
    talk = talk_at(question, language)
    before = talk.state.frame

    if how == "typed":
        talk.says("cancelar" if language is ES else "cancel")
    else:
        talk.presses("dialog.cancel")

    assert talk.state.frame is None
    assert talk.phrase("dialog.cancelled") in talk.said
    assert talk.last.silence is None
    talk.presses("dialog.resume")
    assert before is not None
    assert talk.state.frame is not None
    assert talk.state.frame.answers == before.answers
    assert question_of(talk, question) in talk.said


@at_every_question
def test_back_asks_the_previous_question_and_then_comes_forward_again(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    position = QUESTIONS.index(question)

    talk.says("atrás" if language is ES else "go back")

    if position == 0:
        assert talk.phrase("dialog.at_the_beginning") in talk.said
        assert talk.asking == question
        return
    previous = QUESTIONS[position - 1]
    assert talk.asking == previous
    talk.says(ANSWERS[language][previous])
    assert talk.asking == question


@everywhere
def test_help_says_why_and_asks_once(question: str, language: Language) -> None:
    for saying in ("por qué?", "ayuda") if language is ES else ("why do you ask?", "help"):
        talk = talk_at(question, language)
        talk.says(saying)
        assert talk.phrase(f"intake.{question}.why") in talk.said
        assert talk.said.count(question_of(talk, question)) == 1
        assert talk.asking == question


@everywhere
def test_repeat_asks_once_more(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    talk.says("repetir" if language is ES else "repeat")
    assert talk.said.count(question_of(talk, question)) == 1
    assert talk.asking == question


@everywhere
def test_start_over_asks_the_first_question_with_nothing_kept(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    talk.says("empezar de nuevo" if language is ES else "start over")
    assert talk.asking == "description"
    assert talk.state.frame is not None
    assert not talk.state.frame.answers
    assert talk.phrase("dialog.restarted") in talk.said


@everywhere
@pytest.mark.parametrize("how", ["typed", "pressed"])
def test_a_person_can_always_be_had(question: str, language: Language, how: str) -> None:
    talk = talk_at(question, language)
    if how == "typed":
        talk.says("quiero hablar con una persona" if language is ES else "I want to talk to a person please")
    else:
        talk.presses("dialog.person")
    assert talk.completed is not None
    assert talk.completed.handed_over
    assert talk.state.frame is None


@everywhere
def test_the_language_can_change_in_the_middle(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    talk.says("english please" if language is ES else "en español por favor")
    talk.language = EN if language is ES else ES
    assert talk.last.told_language is talk.language
    assert talk.said.count(question_of(talk, question)) == 1
    assert talk.asking == question


@everywhere
def test_a_side_question_is_answered_and_the_question_asked_exactly_once(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    talk.says("estado LD-12" if language is ES else "status of LD-12")
    assert talk.consulted == [("status", "LD-12")]
    assert talk.said.count(question_of(talk, question)) == 1
    assert talk.asking == question


@at_every_question
def test_skip_goes_on_where_it_may_and_says_why_not_where_it_may_not(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    talk.says("saltar" if language is ES else "skip")
    field = talk.forms["intake"].field(question)
    assert field is not None
    if field.skippable:
        assert talk.asking != question
        assert talk.state.frame is not None
        assert talk.state.frame.answers[question].skipped
    else:
        assert talk.asking == question
        assert talk.phrase("dialog.cannot_skip") in talk.said
        assert talk.phrase(f"intake.{question}.why") in talk.said


@at_every_question
def test_an_answer_refused_gets_other_words_then_choices_then_a_person(question: str, language: Language) -> None:
    talk = talk_at(question, language)

    talk.says("…🤷…")
    assert talk.asking == question
    first = talk.said
    assert first != question_of(talk, question)
    assert "dialog.person" not in talk.buttons

    talk.says("…🤷🤷…")
    assert talk.phrase("dialog.choose") in talk.said
    assert "dialog.person" in talk.buttons

    talk.says("…🤷🤷🤷…")
    assert talk.phrase("dialog.offer_person") in talk.said
    assert "dialog.person" in talk.buttons

    talk.says(ANSWERS[language][question])
    assert talk.asking != question


@pytest.mark.parametrize("language", [ES, EN])
@pytest.mark.parametrize("changed", QUESTIONS)
def test_one_earlier_answer_changes_and_only_what_hangs_on_it_is_asked_again(changed: str, language: Language) -> None:
    talk = talk_at("summary", language)
    assert talk.state.frame is not None
    before = dict(talk.state.frame.answers)

    label = talk.phrase(f"intake.{changed}.label")
    talk.says(f"cambiar {label}" if language is ES else f"change {label}")
    assert talk.asking == changed

    new = {"impact": ("todos", "everyone"), "workaround": ("sí", "yes"), "zone": ("Lima", "Lima")}
    talk.says(new.get(changed, (ANSWERS[language][changed],) * 2)[language is EN])

    if changed == "impact":
        assert talk.asking == "workaround"
        talk.says("no")
    assert talk.asking == "summary"
    assert talk.state.frame is not None
    others = {name for name in before if name not in {changed, "workaround"}}
    assert {name: talk.state.frame.answers[name] for name in others} == {name: before[name] for name in others}


@pytest.mark.parametrize("language", [ES, EN])
def test_a_change_and_its_value_in_one_message(language: Language) -> None:
    talk = talk_at("summary", language)
    talk.says("cambiar la zona a Lima" if language is ES else "change the time zone to Lima")
    assert talk.answer("zone") == "America/Lima"
    assert talk.asking == "summary"


@pytest.mark.parametrize("language", [ES, EN])
def test_an_old_button_of_a_finished_form_answers_politely(language: Language) -> None:
    talk = talk_at("summary", language)
    old = f"{talk.state.serial}.{talk.state.asked}"
    talk.presses("dialog.send")
    state = talk.state

    talk.presses("intake.impact.one", value=old)

    assert talk.state == state
    assert not talk.messages
    assert talk.last.reply is not None
    assert talk.last.reply.kind == "whisper"


@pytest.mark.parametrize("language", [ES, EN])
def test_an_older_button_of_the_open_form_corrects_that_answer(language: Language) -> None:
    talk = talk_at("started", language)
    talk.presses("intake.impact.everyone")
    assert talk.answer("impact") == "all_down"
    assert talk.asking == "workaround"


def test_a_double_tap_counts_once() -> None:
    talk = talk_at("impact", ES)
    value = f"{talk.state.serial}.{talk.state.asked}"
    talk.presses("intake.impact.one", value=value)
    assert talk.asking == "workaround"
    talk.presses("intake.impact.one", value=value)
    assert talk.asking == "workaround"
    assert not talk.messages


@pytest.mark.parametrize("value", ["", "x", "1", "99.1", "1.1; drop table", "٣.١"])
def test_a_button_altered_by_hand_changes_nothing(value: str) -> None:
    talk = talk_at("impact", ES)
    state = talk.state
    talk.presses("intake.impact.nonsense")
    assert talk.state == state
    talk.presses("intake.nothing.one", value=value)
    assert talk.state == state
    assert talk.last.reply is not None


@everywhere
def test_silence_reminds_once_then_keeps_the_draft_and_resumes_on_the_next_word(
    question: str, language: Language
) -> None:
    talk = talk_at(question, language)

    talk.stays_silent()
    assert talk.phrase("dialog.reminder", name="Ana") in talk.said
    assert talk.last.silence is not None
    assert talk.last.silence.total_seconds() == 24 * 3600

    talk.says("repetir" if language is ES else "repeat")
    assert talk.phrase("dialog.resumed") in talk.said
    assert talk.said.count(question_of(talk, question)) == 1


def test_a_day_of_silence_lets_go_of_the_draft() -> None:
    talk = talk_at("impact", ES)
    talk.stays_silent()
    talk.stays_silent()
    assert talk.state.frame is None
    assert not talk.messages


def test_a_timer_of_an_answered_question_does_nothing() -> None:
    talk = talk_at("impact", ES)
    fence = str(talk.state.asked - 1)
    from dialogs.events import TimerFired

    talk.event(TimerFired(timer="silence", fence=fence, subject="x"), "clock")
    assert not talk.messages
    assert talk.asking == "impact"


@everywhere
def test_a_colleague_adds_and_never_answers(question: str, language: Language) -> None:
    talk = talk_at(question, language)
    before = talk.state.frame
    assert before is not None

    talk.says("a mí me pasa con el 305" if language is ES else "it happens to me with 305", who="luis")

    assert talk.state.frame is not None
    assert talk.state.frame.answers == before.answers
    assert talk.asking == question
    assert [note.name for note in talk.state.frame.notes] == ["Luis"]
    assert talk.phrase("dialog.colleague", name="Luis", owner="Ana") in talk.said
    talk.presses("intake.impact.one", who="luis")
    assert talk.state.frame is not None
    assert talk.state.frame.answers == before.answers
    talk.says("sigue" if language is ES else "still", who="luis")
    assert not talk.messages


def test_a_phone_that_is_fresh_is_not_asked_and_a_stale_one_can_be_confirmed() -> None:
    from datetime import timedelta

    from tests.dialogs.talk import SUNDAY

    fresh = Profile(name="Ana", phone="+573015550142", phone_confirmed_at=SUNDAY - timedelta(days=3))
    talk = Talk(profile=fresh).gets_to("zone")
    talk.says("Bogotá")
    assert talk.asking == "summary"

    stale = Profile(name="Ana", phone="+573015550142", phone_confirmed_at=SUNDAY - timedelta(days=300))
    talk = Talk(profile=stale).gets_to("phone")
    assert talk.buttons["intake.phone.same"].label == "Sigue siendo el que termina en 142"
    talk.presses("intake.phone.same")
    assert talk.answer("phone") == "+573015550142"
