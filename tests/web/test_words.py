"""The page's own words: what its scripts say is what the server gives them."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from adapters.web.chrome import chrome
from dialogs.events import Language

SCRIPTS = "\n".join(
    file.read_text("utf-8")
    for file in resources.files("adapters.web").joinpath("static").iterdir()
    if file.name.endswith(".js")
)
SAID = set(re.findall(r'"(web\.[\w.]+)"', SCRIPTS))
FAMILIES = tuple(re.findall(r"`(web\.[\w.]+\.)\$\{", SCRIPTS))


@pytest.mark.parametrize("language", Language)
def test_every_phrase_a_script_says_is_there_and_no_other(language: Language) -> None:
    given = set(chrome(language))
    assert given >= SAID
    assert {key for key in given - SAID if not key.startswith(FAMILIES)} == set()


@pytest.mark.parametrize("language", Language)
def test_places_for_values_are_left_to_the_browser(language: Language) -> None:
    assert "{count}" in chrome(language)["web.thread.many"]


def test_no_script_makes_markup_out_of_text() -> None:
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", SCRIPTS) == []
