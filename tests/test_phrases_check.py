"""The check of the phrases finds what a reader would miss; and it finds nothing in this project."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tools.check_phrases import PACKAGES, problems

ROOT = Path(__file__).resolve().parent.parent

GREETING = 'msgid "shop.greeting"\nmsgstr "{text}"\n'
PLURAL = dedent("""\
    msgid "shop.parcels"
    msgid_plural "shop.parcels"
    msgstr[0] "{one}"
    msgstr[1] "{many}"
    """)
SPEAKS = "voice(language)('shop.greeting')\n"


@pytest.fixture
def check(tmp_path: Path) -> Check:
    return Check(tmp_path)


class Check:
    """A little project of one catalogue and one module."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, code: str, *, es: str, en: str) -> list[str]:
        for language, text in (("es", es), ("en", en)):
            folder = self.root / "dialogs" / "phrases" / language
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "shop.po").write_text(text)
        (self.root / "shop").mkdir(exist_ok=True)
        (self.root / "shop" / "module.py").write_text(code)
        return problems(self.root, ["shop"])


def greeting(text: str) -> str:
    return GREETING.replace("{text}", text)


def plural(one: str, many: str) -> str:
    return PLURAL.replace("{one}", one).replace("{many}", many)


def test_this_project_has_every_phrase_in_both_languages_and_none_in_vain() -> None:
    assert problems(ROOT, PACKAGES) == []


def test_a_project_in_order_has_no_problems(check: Check) -> None:
    assert check(SPEAKS, es=greeting("Hola"), en=greeting("Hello")) == []


def test_a_phrase_missing_in_a_language_is_found(check: Check) -> None:
    assert check(SPEAKS, es=greeting("Hola"), en="") == ["shop.greeting: missing in en"]


def test_a_missing_catalogue_is_found(check: Check) -> None:
    folder = check.root / "dialogs" / "phrases" / "es"
    folder.mkdir(parents=True)
    (folder / "lonely.po").write_text('msgid "lonely.word"\nmsgstr "Solo"\n')
    found = check(SPEAKS + "voice(language)('lonely.word')", es=greeting("Hola"), en=greeting("Hello"))
    assert found == ["en/lonely.po is missing"]


@pytest.mark.parametrize(
    ("es", "en", "found"),
    [
        ("Hola {name}", "Hello", "shop.greeting: the languages hold different placeholders"),
        ("Hola {nombre}", "Hello {name}", "shop.greeting: the languages hold different placeholders"),
        ("", "Hello", "shop.greeting: empty in es"),
    ],
)
def test_phrases_that_do_not_match_are_found(check: Check, es: str, en: str, found: str) -> None:
    assert check(SPEAKS, es=greeting(es), en=greeting(en)) == [found]


def test_a_fuzzy_phrase_is_found(check: Check) -> None:
    found = check(SPEAKS, es="#, fuzzy\n" + greeting("Hola"), en=greeting("Hello"))
    assert found == ["shop.greeting: marked fuzzy in es"]


def test_plural_forms_are_compared(check: Check) -> None:
    code = "voice(language)('shop.parcels', n=2, place='x')"
    fine = plural("un paquete en {place}", "{n} paquetes en {place}")
    assert check(code, es=fine, en=plural("one parcel at {place}", "{n} parcels at {place}")) == []
    assert check(code, es=fine, en=plural("one parcel", "{n} parcels at {place}")) == [
        "shop.parcels: the plural forms in en hold different placeholders",
    ]
    single = 'msgid "shop.parcels"\nmsgstr "{n} parcels at {place}"\n'
    assert check(code, es=fine, en=single) == ["shop.parcels: has plural forms in one language only"]


def test_a_key_that_belongs_to_another_catalogue_is_found(check: Check) -> None:
    strange = 'msgid "bank.greeting"\nmsgstr "x"\n'
    found = check("voice(language)('bank.greeting')", es=strange, en=strange)
    assert found == ["bank.greeting: belongs into bank.po, not into shop.po"]


@pytest.mark.parametrize(
    "code",
    [
        "voice(language)('shop.gone')",
        "speak = voice(language)\nspeak('shop.gone')",
        "async def f(turn):\n    speak = await reader_voice(turn)\n    speak.spans('shop.gone', name='x')",
        "def f(speak: Voice):\n    return speak('shop.gone')",
        "def say(key):\n    return voice(language).spans(key)\n\nsay('shop.gone')",
        "def say(key):\n    return voice(language).spans(key)\n\ndef tell(key):\n    say(key)\n\ntell('shop.gone')",
        "voice(language)('shop.gone' if late else 'shop.greeting')",
    ],
)
def test_a_key_that_is_in_no_catalogue_is_found_however_it_is_spoken(check: Check, code: str) -> None:
    found = check(SPEAKS + code, es=greeting("Hola"), en=greeting("Hello"))
    assert found == ["shop.gone: spoken in the code, in no catalogue"]


def test_a_computed_key_that_can_be_in_no_catalogue_is_found(check: Check) -> None:
    (found,) = check(SPEAKS + "voice(language)(f'shop.{kind}.gone')", es=greeting("Hola"), en=greeting("Hello"))
    assert found.endswith("gone: spoken in the code, in no catalogue")


@pytest.mark.parametrize("code", ["", "name = 'shop.greetings'", "voice(language)(f'shop.{kind}.greeting')"])
def test_a_phrase_used_nowhere_is_found(check: Check, code: str) -> None:
    assert "shop.greeting: used nowhere" in check(code, es=greeting("Hola"), en=greeting("Hello"))


@pytest.mark.parametrize("code", ["KEYS = {'a': 'shop.greeting'}", "voice(language)(f'shop.{kind}')"])
def test_a_phrase_named_in_data_or_computed_counts_as_used(check: Check, code: str) -> None:
    assert check(code, es=greeting("Hola"), en=greeting("Hello")) == []


def test_a_phrase_that_only_the_page_names_counts_as_used(check: Check) -> None:
    static = check.root / "shop" / "static"
    static.mkdir(parents=True)
    (static / "page.js").write_text('say("shop.greeting");')
    assert check("", es=greeting("Hola"), en=greeting("Hello")) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Plain('Good morning')", "Good morning"),
        ("Plain(f'Case {number}')", "Case "),
        ("Button(name='shop.buy', label='Buy')", "Buy"),
        ("messages.Heading('Welcome')", "Welcome"),
    ],
)
def test_words_for_people_that_stand_in_code_are_found(check: Check, code: str, words: str) -> None:
    found = check(SPEAKS + code, es=greeting("Hola"), en=greeting("Hello"))
    assert found == [f"shop/module.py:2: words outside the catalogues: {words}"]


@pytest.mark.parametrize("code", ["Plain(text)", "Plain(' · ')", "Plain(f'{a}: {b}')", "Button(name='a', label=speak)"])
def test_signs_and_values_are_no_words(check: Check, code: str) -> None:
    assert check(SPEAKS + code, es=greeting("Hola"), en=greeting("Hello")) == []
