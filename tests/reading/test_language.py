from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.language import Language, read_language
from tests.reading import scores
from tests.reading.corpus import rows


def test_the_corpus_stays_read_as_well_as_it_is() -> None:
    told = scores.languages(rows("language"))
    assert told["right"] >= 0.985, told.misread


@pytest.mark.parametrize("text", ["", "ok", "👍", "305 777 1234", "https://acme.com/estado-de-la-red", "José", "LD-12"])
def test_what_tells_no_language_is_unknown(text: str) -> None:
    assert read_language(text) is Language.UNKNOWN


def test_lines_of_a_log_do_not_decide() -> None:
    log = "2026-11-22 09:12:03 pbx01 call failed\nNov 22 09:12:04 pbx01 the trunk is down\n"
    assert read_language(f"{log}no salen llamadas") is Language.ES
    assert read_language(log) is Language.UNKNOWN


def test_quoted_evidence_does_not_decide() -> None:
    assert read_language("me sale ```the connection was refused by the server``` al entrar") is Language.ES


@given(st.text())
def test_it_reads_any_text(text: str) -> None:
    assert read_language(text) in Language
