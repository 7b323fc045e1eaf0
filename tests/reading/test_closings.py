from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.closings import ClosingLabel, read_closing
from tests.reading import scores
from tests.reading.corpus import rows
from tests.reading.slips import mistype


def label(text: str) -> ClosingLabel:
    return read_closing(text, language="es").label


def test_the_corpora_stay_read_as_well_as_they_are() -> None:
    told = scores.closings(rows("closings"))
    assert told["right"] >= 0.985, told.misread
    assert told["reopened"] >= 0.995, told.misread
    assert told["left closed"] >= 0.99, told.misread


def test_slips_of_the_fingers_change_little() -> None:
    slips = random.Random(1)
    mistyped = [row | {"text": mistype(row["text"], slips)} for row in rows("closings")]
    told = scores.closings(mistyped)
    assert told["reopened"] >= 0.97, told.misread
    assert told["left closed"] >= 0.95, told.misread


@pytest.mark.parametrize(
    "text",
    [
        "se oye como si hablaran debajo del agua",
        "la app me pide contraseña a cada rato",
        "me conecta con otra empresa",
        "the number rings at the old office",
        "nos duró poco la alegría",
        "gracias, al número le contesta una grabación",
    ],
)
def test_a_statement_that_is_neither_thanks_nor_plan_nor_question_is_a_problem(text: str) -> None:
    assert read_closing(text, language="es").reopen


@pytest.mark.parametrize(
    "text",
    [
        "mañana lo reviso y les cuento",
        "le paso el mensaje a mi jefe",
        "perdón, mensaje equivocado",
        "me cobraron de más este mes",
        "Carlos se unió a la conversación",
        "I'll test it after lunch",
        "going to try it with the users",
        "todavía falta que prueben",
        "solo falta validar con el usuario",
        "hola de nuevo",
    ],
)
def test_plans_and_asides_tell_nothing_of_the_service(text: str) -> None:
    assert label(text) is ClosingLabel.OTHER


@pytest.mark.parametrize("thanks", ["gracias, ", "Muchas gracias. ", "ok, ", "thanks, but ", "perfecto pero "])
@pytest.mark.parametrize("problem", ["sigue igual", "todavía no funciona", "it still fails", "no entran llamadas"])
def test_thanks_before_a_problem_do_not_hide_it(thanks: str, problem: str) -> None:
    assert read_closing(thanks + problem, language="es").reopen


@pytest.mark.parametrize(
    ("fixed", "broken"),
    [
        ("ya no falla", "ya no funciona"),
        ("no ha vuelto a fallar", "no ha vuelto a funcionar"),
        ("volvió el internet", "volvió el problema"),
        ("dejó de cortarse", "dejó de funcionar"),
        ("sin problemas", "sin servicio"),
        ("no more errors", "no more calls come in"),
        ("it's not dropping anymore", "it's not working anymore"),
        ("stopped dropping", "stopped working"),
        ("ya no se escucha entrecortado", "ya no se escucha"),
        ("los usuarios confirman que funciona", "los usuarios confirman que no funciona"),
        ("otra vez gracias", "gracias, otra vez sin línea"),
        ("de nuevo, muchas gracias", "se cayó de nuevo, gracias"),
        ("era eso, no había reiniciado el router jaja gracias", "no era eso, no hay internet, gracias"),
        ("gracias, no faltó nada", "gracias, falta una"),
        ("no hace falta nada, gracias", "de 5 números quedaron 4 bien, falta el 5512"),
        ("ya no falta nada, gracias", "ya quedaron 3 pero falta uno"),
    ],
)
def test_a_negation_belongs_to_what_it_negates(fixed: str, broken: str) -> None:
    assert label(fixed) is ClosingLabel.THANKS
    assert label(broken) is ClosingLabel.STILL_BROKEN


def test_a_problem_that_is_past_or_feared_does_not_reopen() -> None:
    assert label("ayer no servía pero hoy ya funciona") is ClosingLabel.THANKS
    assert label("gracias, si vuelve a fallar les aviso") is ClosingLabel.THANKS
    assert label("¿puede volver a pasar?") is ClosingLabel.QUESTION


def test_a_new_matter_is_no_thanks() -> None:
    told = read_closing("gracias! otra cosa, la impresora no imprime", language="es")
    assert (told.label, told.reopen, told.reason) == (ClosingLabel.OTHER, False, "new_matter")


@pytest.mark.parametrize(
    "text",
    [
        "Respuesta automática: no funciona mi correo esta semana, vuelvo el lunes",
        "Out of office. If something is still not working, contact John",
        "Automatic reply: thanks for your message",
        "OOO until Monday, still no phone here",
        "Fuera de la oficina hasta el 3. Si sigue sin servicio llame a la mesa.",
    ],
)
def test_what_a_machine_wrote_never_reopens(text: str) -> None:
    told = read_closing(text, language="en")
    assert (told.label, told.reopen, told.reason) == (ClosingLabel.OTHER, False, "automatic_reply")


@pytest.mark.parametrize(
    "text",
    [
        "sigo sin acceso al correo",
        "I still have no access to my email",
        "la VPN sigue sin conectar fuera de la oficina",
        "estoy con el mismo problema hasta ahora",
        "no hemos recibido su llamada y sigue sin funcionar",
        "la respuesta automática de la central no funciona",
        "me llegó un mensaje automático pero sigue igual",
        "we're on the phone with users on leave and it still fails",
    ],
)
def test_a_problem_in_the_words_of_a_machine_reopens(text: str) -> None:
    assert read_closing(text, language="es").reopen


@given(st.text())
def test_only_a_problem_reopens_whatever_the_text(text: str) -> None:
    told = read_closing(text, language="es")
    assert told.reopen == (told.label is ClosingLabel.STILL_BROKEN)
