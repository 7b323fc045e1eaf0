"""What the readers learnt from examples: thousands of them, which the tables of weights are compiled from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.cases import Impact
from dialogs.reading.closings import ClosingLabel, closing_pieces
from dialogs.reading.impacts import impact_pieces
from dialogs.reading.pieces import is_verdict
from dialogs.reading.weights import weights_of
from tests.reading import scores
from tests.reading.corpus import rows


def test_the_labels_are_those_of_the_readers() -> None:
    assert set(weights_of("closing").labels) == set(ClosingLabel)
    assert set(weights_of("impact").labels) == set(Impact)


@pytest.mark.parametrize("name", ["closing", "impact"])
@given(text=st.text())
def test_chances_add_up_to_one_whatever_the_text(name: str, text: str) -> None:
    pieces = {"closing": closing_pieces, "impact": impact_pieces}[name](text)[1]
    assert sum(weights_of(name).chances(pieces).values()) == pytest.approx(1)


@given(text=st.text())
def test_nothing_that_somebody_writes_passes_for_a_verdict_of_the_rules(text: str) -> None:
    assert not any(is_verdict(piece) for piece in closing_pieces(text, with_rules=False)[1])


def test_the_tables_hold_what_the_examples_teach() -> None:
    assert scores.closings(rows("voices/closings")[::10])["right"] >= 0.97, "run `make weights`"
    assert scores.impacts(rows("voices/impacts")[::10])["right"] >= 0.97, "run `make weights`"
