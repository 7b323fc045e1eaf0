"""The severity that the facts propose, each with a reason that says no more than was told."""

from __future__ import annotations

import itertools

import pytest

from dialogs.cases import Impact
from dialogs.events import Language
from dialogs.phrases import voice
from dialogs.severity import propose_severity


@pytest.mark.parametrize(
    ("impact", "workaround", "severity"),
    [
        (Impact.ALL_DOWN, False, "S1"),
        (Impact.ALL_DOWN, None, "S1"),
        (Impact.ALL_DOWN, True, "S2"),
        (Impact.MANY_USERS, False, "S2"),
        (Impact.MANY_USERS, True, "S3"),
        (Impact.ONE_USER, False, "S3"),
        (Impact.ONE_USER, True, "S4"),
        (Impact.NONE, None, "S4"),
        (None, None, "S3"),
    ],
)
def test_it_follows_from_how_many_and_whether_there_is_a_way_around(
    impact: Impact | None, workaround: bool | None, severity: str
) -> None:
    assert propose_severity(impact, workaround=workaround)[0] == severity


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_can_be_said(language: Language) -> None:
    for impact, workaround in itertools.product((*Impact, None), (True, False, None)):
        assert voice(language)(propose_severity(impact, workaround=workaround)[1])


def test_a_way_around_that_nobody_spoke_of_is_not_denied() -> None:
    _, reason = propose_severity(Impact.ONE_USER, workaround=None)
    assert "no se dijo" in voice(Language.SPANISH)(reason)
