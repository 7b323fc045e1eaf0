"""What another hand wrote, who had seen neither the code nor the other corpora."""

from __future__ import annotations

from tests.reading import scores
from tests.reading.corpus import rows


def test_closings() -> None:
    told = scores.closings(rows("strangers/closings"))
    assert told["right"] >= 0.94, told.misread
    assert told["reopened"] >= 0.98, told.misread
    assert told["left closed"] >= 0.98, told.misread


def test_impacts() -> None:
    told = scores.impacts(rows("strangers/impacts"))
    assert told["right"] >= 0.97, told.misread


def test_moments() -> None:
    told = scores.moments(rows("strangers/moments"))
    assert told["exact"] >= 0.96, told.misread
    assert told["clean"] >= 0.98, told.misread


def test_zones() -> None:
    told = scores.zones(rows("strangers/zones"))
    assert told["accepted"] >= 0.95, told.misread
    assert told["silently wrong"] <= 0.005, told.misread


def test_phones() -> None:
    told = scores.phones(rows("strangers/phones"))
    assert told["exact"] == 1, told.misread


def test_logs() -> None:
    told = scores.logs(rows("strangers/logs"))
    assert told["exact"] == 1, told.misread
