"""Whatever people type or press, in whatever order: an answer comes, and a case can always be finished."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.engine.state import DialogState
from dialogs.engine.words import Word
from dialogs.events import Language
from dialogs.forms.intake import INTAKE
from dialogs.forms.profile import PROFILE
from tests.dialogs.talk import ANSWERS, Talk

STEERING = [
    *("atrás", "volver", "cambiar", "cambiar zona", "cambiar impacto a todos", "saltar", "por qué", "ayuda", "repetir"),
    *(
        "empezar de nuevo",
        "cancelar",
        "retomar",
        "nuevo",
        "enviar",
        "ok",
        "english",
        "español",
        "estado LD-3",
        "mis casos",
    ),
    *(
        "go back",
        "change phone",
        "skip",
        "why",
        "start over",
        "cancel",
        "resume",
        "hola",
        "gracias",
        "formulario",
        "perfil",
        "2",
        "9",
    ),
]
ANY_ANSWER = [text for answers in ANSWERS.values() for text in answers.values()]
BUTTONS = [word.value for word in Word if word is not Word.PERSON] + [
    f"intake.{field.name}.{choice}"
    for field in INTAKE.fields
    for choice in ("one", "everyone", "nobody", "yes", "no", "now", "unknown", "default", "other", "utc", "pick.1")
]

said = st.one_of(st.sampled_from(STEERING), st.sampled_from(ANY_ANSWER), st.text(max_size=60))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("says"), said),
        st.tuples(st.just("presses"), st.sampled_from(BUTTONS)),
        st.tuples(st.just("silent"), st.none()),
        st.tuples(st.just("colleague"), said),
        st.tuples(st.just("edits"), said),
    ),
    max_size=25,
)


def do(talk: Talk, action: str, what: str | None) -> None:
    match action:
        case "says":
            talk.says(what or "")
        case "presses":
            talk.presses(what or "")
        case "colleague":
            talk.says(what or "", who="luis")
        case "edits":
            talk.edits("m2", what or "")
        case _:
            if talk.last.silence is not None:
                talk.stays_silent()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps, st.sampled_from(list(Language)))
def test_nobody_is_ever_stuck(history: list[tuple[str, str | None]], language: Language) -> None:
    talk = Talk(language=language)
    for action, what in history:
        do(talk, action, what)
        frame = talk.state.frame
        if frame is not None:
            assert frame.asking in {*(one.name for one in talk.forms[frame.form].fields), "summary", "change"}
            assert talk.last.silence is not None

    if talk.state.frame is not None and talk.state.frame.form == PROFILE.name:
        talk.says("cancelar")
    if talk.state.frame is None or talk.state.frame.owner != "web:acme:ana":
        talk.state = DialogState()
        talk.says("nuevo caso")
    for _ in range(12):
        if talk.completed is not None:
            break
        asking = talk.asking
        answers = ANSWERS[talk.state.language or language]
        talk.says("enviar" if asking == "summary" else "descripción" if asking == "change" else answers[asking])
    assert talk.completed is not None
