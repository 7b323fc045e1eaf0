from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.cases import Impact
from dialogs.reading.impacts import read_impact, read_workaround
from tests.reading import scores
from tests.reading.corpus import rows


def impact(text: str) -> Impact | None:
    return read_impact(text, language="es").impact


def test_the_corpus_stays_read_as_well_as_it_is() -> None:
    told = scores.impacts(rows("impacts"))
    assert told["right"] >= 0.985, told.misread


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("los de ventas no pueden llamar, los demás sí", Impact.MANY_USERS),
        ("mi teléfono no suena pero los demás sí", Impact.ONE_USER),
        ("todos pueden entrar excepto doña Marta", Impact.ONE_USER),
        ("inbound is fine but nobody can call out", Impact.MANY_USERS),
        ("se oye robot en toda la oficina, pero se puede hablar", Impact.MANY_USERS),
        ("quisiera cambiar el plan de toda la empresa", None),
    ],
)
def test_what_works_bounds_what_does_not(text: str, expected: Impact | None) -> None:
    assert impact(text) is expected


def test_what_only_the_trouble_lets_one_expect_is_marked() -> None:
    told = read_impact("no salen llamadas a Venezuela", language="es")
    assert (told.impact, told.is_told) == (Impact.MANY_USERS, False)


@pytest.mark.parametrize("text", [row["text"] for row in rows("impacts")[::7]])
def test_shouting_changes_nothing(text: str) -> None:
    assert impact(f"URGENTE!!! {text}") == impact(text)
    assert impact(f"{text}!!!!!") == impact(text)


@pytest.mark.parametrize("text", [row["text"] for row in rows("impacts")[::7] if row["impact"] not in {"none", None}])
def test_understatement_changes_nothing(text: str) -> None:
    assert impact(f"un detallito sin importancia: {text}") == impact(text)


def test_nothing_said_is_not_nobody_yet() -> None:
    assert impact("hay un problema con el servicio") is None
    assert impact("por ahora no afecta a nadie") is Impact.NONE


@pytest.mark.parametrize(
    ("text", "there_is_one"),
    [
        ("por ahora usamos los celulares", True),
        ("mientras tanto llamamos desde el celular", True),
        ("hay una alternativa pero es lenta", True),
        ("tenemos un respaldo", True),
        ("there is a workaround", True),
        ("for now we use our mobiles", True),
        ("usamos los celulares", True),
        ("podemos llamar por el móvil", True),
        ("we can use our cell phones", True),
        ("podemos llamar pero no recibir", None),
        ("no hay alternativa", False),
        ("sin otra forma de trabajar", False),
        ("no tenemos plan b", False),
        ("there's no workaround", False),
        ("no way around it", False),
        ("nadie puede llamar", None),
        ("the phones are down", None),
    ],
)
def test_a_way_around_is_heard(text: str, *, there_is_one: bool | None) -> None:
    assert read_workaround(text) is there_is_one


@given(st.text())
def test_it_reads_any_text(text: str) -> None:
    assert read_impact(text, language="es").reason
    read_workaround(text)
