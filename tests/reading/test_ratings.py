from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.ratings import SCALE, read_rating


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", 5),
        ("5.", 5),
        ("5!!", 5),
        ("5, muy amables", 5),
        ("4/5", 4),
        ("4 de 5", 4),
        ("4 / 5 todo bien", 4),
        ("un 5", 5),
        ("le doy un 5", 5),
        ("Les doy 5 estrellas, excelente", 5),
        ("cinco", 5),
        ("5 estrellas", 5),
        ("⭐⭐⭐⭐", 4),
        ("⭐️⭐️⭐️ bien", 3),
        ("5️⃣", 5),
        ("1", 1),
        ("1, pésimo", 1),
        ("1 pésimo servicio", 1),
        ("2 muy lento", 2),
        ("5 excelente", 5),
        ("5 👍", 5),
        ("5🙏", 5),
        ("I'd give you a 5", 5),
        ("five", 5),
        ("Five stars!", 5),
        ("4 - good but slow", 4),
        ("rating: 3", 3),
        ("Calificación: 4", 4),
        ("mi nota es 4", 4),
        ("5 out of 5", 5),
        ("3\nfaltó avisar", 3),
        ("(5)", 5),
        ("5) muy bien", 5),
        ("5 gracias!", 5),
        ("#5", 5),
        ("5 pero sigue fallando", 5),
        ("5.- Excelente", 5),
        ("un 4 porque tardaron", 4),
        ("5 thanks", 5),
    ],
)
def test_a_mark_is_read_however_it_is_written(text: str, score: int) -> None:
    rating = read_rating(text)
    assert rating is not None
    assert rating.score == score


@pytest.mark.parametrize(
    "text",
    [
        "5 minutos después volvió a fallar",
        "2 líneas siguen caídas",
        "1 hora sin servicio",
        "5:30 se cayó otra vez",
        "2, 3 y 4 siguen caídas",
        "1. no funciona\n2. sigue caído",
        "gracias",
        "sigue igual",
        "no",
        "5 de la tarde",
        "4 de 5 líneas siguen caídas",
        "¿5?",
        "cinco minutos",
        "dos sedes sin tono",
        "3 de los anexos",
        "one more thing",
        "two lines are down",
        "5 am falló de nuevo",
        "las 5 líneas",
        "1 línea no da tono",
        "the 5 extensions",
        "uno de los anexos sigue igual",
        "5% de pérdida",
        "192.168.1.1",
        "2 personas",
        "a las 5 se cayó",
        "1) no sale 2) no entra",
        "3 veces se cortó",
        "4 de mayo",
        "una consulta",
        "un momento",
        "100 mbps",
        "5 usuarios, no pueden llamar",
        "3 calls failed",
        "5 lines, still down",
    ],
)
def test_a_number_that_counts_or_names_something_is_no_mark(text: str) -> None:
    assert read_rating(text) is None


@pytest.mark.parametrize("text", ["0", "6", "10", "10/10", "4.5", "8/10", "le doy un 10", "100"])
def test_a_number_off_the_scale_is_told_apart(text: str) -> None:
    rating = read_rating(text)
    assert rating is not None
    assert rating.score is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("5, muy amables", "muy amables"),
        ("4/5", ""),
        ("1, pésimo; nadie contestó", "pésimo; nadie contestó"),
        ("Le doy 3 estrellas: tardaron", "tardaron"),
        ("⭐⭐⭐⭐ gracias Marta", "gracias Marta"),
        ("5 👍", ""),
    ],
)
def test_what_is_said_beside_the_mark_is_kept(text: str, rest: str) -> None:
    rating = read_rating(text)
    assert rating is not None
    assert rating.rest == rest


@given(st.text())
def test_a_mark_is_always_on_the_scale(text: str) -> None:
    rating = read_rating(text)
    assert rating is None or rating.score is None or rating.score in SCALE
