"""An operator's mistakes are told at once, each with its line and how to mend it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.durations import read_duration
from bot.mistakes import SettingsError
from bot.settings import load_settings, read_settings
from dialogs.events import Language
from dialogs.phrases import voice

GOOD = """
[organisation]
name = "Fibra Andina"

[times]
reminder_after = "20 minutos"

[[channels]]
platform = "web"
id = "acme"
name = "acme-soporte"
role = "customer"
organisation = "ACME"
"""

BAD = """
[organisation]
nmae = "Fibra"

[zone]
default = "America/Miami"

[times]
reminder_after = "soon"
draft_kept = 5

[[channels]]
platform = "web"
id = "desk"
name = "mesa"
role = "agents"

[[channels]]
platform = "web"
id = "acme"
name = "acme"
role = "customer"

[files]
forbidden = [
    "exe",
    "sh",
]
max_megabytes = 9000
colour = "red"
"""


def sentences(source: str, language: Language) -> list[str]:
    with pytest.raises(SettingsError) as told:
        read_settings(source)
    return list(told.value.sentences(voice(language)))


def test_a_file_says_only_what_differs_from_the_defaults() -> None:
    settings = read_settings(GOOD)
    assert settings.organisation.name == "Fibra Andina"
    assert settings.times.reminder_after == timedelta(minutes=20)
    assert settings.times.draft_kept == timedelta(days=1)
    assert settings.zone.default == "America/New_York"
    assert [channel.organisation for channel in settings.channels] == ["ACME"]


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "support.toml") == read_settings("")


def test_all_mistakes_are_told_at_once_in_spanish() -> None:
    assert "\n".join(sentences(BAD, Language.SPANISH)) == (
        "Hay 8 errores en support.toml:\n"
        "  línea 3: No existe «organisation.nmae». ¿Quiso escribir «name»?\n"
        "  línea 6: «zone.default» no puede ser «America/Miami». "
        'Escriba una zona horaria IANA como "America/New_York" o "America/Bogota".\n'
        "  línea 9: «times.reminder_after» no puede ser «soon». "
        'Escriba un tiempo como "10 minutes", "2h" o "1 día".\n'
        "  línea 10: «times.draft_kept» no puede ser «5». "
        'Escriba un tiempo como "10 minutes", "2h" o "1 día".\n'
        "  línea 16: «channels[0].role» no puede ser «agents». "
        "Use una de estas palabras: customer, desk, escalations, direct.\n"
        '  línea 18: «channels[1]» es un canal de cliente: diga de qué empresa con organisation = "…".\n'
        "  línea 29: «files.max_megabytes» no puede ser 9000. Lo máximo es 2000.\n"
        "  línea 30: No existe «files.colour». Aquí se conocen: folder, max_megabytes, forbidden."
    )


def test_the_same_mistakes_in_english() -> None:
    assert sentences(BAD, Language.ENGLISH)[:2] == [
        "There are 8 mistakes in support.toml:",
        "  line 3: There is no “organisation.nmae”. Did you mean “name”?",
    ]


def test_a_text_that_is_not_toml_is_told_with_its_line() -> None:
    headline, sentence = sentences('[organisation]\nname = "Fibra\n', Language.ENGLISH)
    assert headline == "There is one mistake in support.toml:"
    assert sentence.startswith("  line 2: This is not valid TOML")


def test_a_channel_written_twice_is_told() -> None:
    twice = GOOD + GOOD[GOOD.index("[[channels]]") :]
    assert sentences(twice, Language.ENGLISH) == [
        "There is one mistake in support.toml:",
        "  line 14: “channels[1]”: web acme is there twice. Leave one.",
    ]


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(tmp_path)
    assert "cannot be read" in "\n".join(told.value.sentences(voice(Language.ENGLISH)))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("10 minutes", timedelta(minutes=10)),
        ("10m", timedelta(minutes=10)),
        ("1h 30m", timedelta(minutes=90)),
        ("1 hora y 30 minutos", timedelta(minutes=90)),
        ("2 DÍAS", timedelta(days=2)),
        ("3 weeks", timedelta(weeks=3)),
    ],
)
def test_lengths_of_time_read_as_people_write_them(text: str, length: timedelta) -> None:
    assert read_duration(text) == length


@pytest.mark.parametrize("text", ["", "10", "soon", "0 minutes", "-5 minutes", "10 minutes ago", "5 moons"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        read_duration(text)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("[organisation]\nname = 3", "«organisation.name» no puede ser «3». Escriba un texto entre comillas."),
        ("[files]\nfolder = 3", "«files.folder» no puede ser «3». Escriba un texto entre comillas."),
        ('[organisation]\nname = ""', "«organisation.name» está vacío. Escriba algo entre las comillas."),
        (f'[organisation]\nname = "{"x" * 201}"', "«organisation.name» es demasiado largo: caben 200 letras."),
        (
            '[files]\nmax_megabytes = "x"',
            "«files.max_megabytes» no puede ser «x». Escriba un número entero, sin comillas.",
        ),
        (
            "[files]\nmax_megabytes = 2.5",
            "«files.max_megabytes» no puede ser «2.5». Escriba un número entero, sin comillas.",
        ),
        ('[files]\nforbidden = "exe"', "«files.forbidden» no puede ser «exe». Escriba una lista entre corchetes."),
        ('[channels]\nid = "x"', "«channels» son varios: empiece cada uno con [[channels]] en su propia línea."),
        ("channels = [3]", "«channels» son varios: empiece cada uno con [[channels]] en su propia línea."),
        ('zone = "Lima"', "«zone» es una sección: empiécela con [zone] en su propia línea."),
        (
            "[service_levels]\nwarn_at = 75",
            "«service_levels.warn_at» no puede ser «75». Escriba una lista entre corchetes.",
        ),
        (
            '[organisation]\ntimezone = "America/Lima"',
            "No existe «organisation.timezone». Aquí se conocen: name, website, privacy, terms.",
        ),
    ],
)
def test_what_is_of_the_wrong_kind_is_told_in_the_operators_words(source: str, told: str) -> None:
    assert sentences(source, Language.SPANISH)[1].partition(": ")[2] == told


def test_a_date_that_is_none_is_told() -> None:
    source = '[[calendars]]\nname = "x"\nzone = "America/Lima"\nday = "8h"\nmonday = "09:00-10:00"\n'
    told = sentences(source + '[[calendars.exceptions]]\ndate = "Navidad"\nhours = []\n', Language.SPANISH)
    assert (
        "  línea 7: «calendars[0].exceptions[0].date» no puede ser «Navidad». Escriba una fecha como 2026-12-24."
        in told
    )
