"""The words around the name of a zone: those that say nothing against it, and those that bear it out."""

from __future__ import annotations

from importlib import resources


def _words(name: str) -> frozenset[str]:
    text = resources.files("dialogs.reading").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(text.splitlines())


SMALL_WORDS = _words("small_words.txt")
"""What may stand around a name without making the answer one about something else, folded."""

ORDINARY_WORDS = _words("ordinary_words.txt")
"""Ordinary words, dates and names of persons that are, or nearly are, the name of a place."""

ZONE_WORDS = frozenset(
    {
        *("hora", "horas", "horario", "horarios", "horaria", "horarias", "tiempo", "huso", "zona", "zonas"),
        *("time", "times", "tz", "timezone"),
    }
)
"""Words that make of the name beside them the name of a zone."""

HOUR_WORDS = frozenset({"hora", "horas", "horario", "horaria", "huso", "timezone", "tz"})
"""Those of them that do so inside a sentence about something else."""

COUNTED_WORDS = frozenset({"hora", "horas", "times"})
"""Those of them that a count before them turns into a length of time: "3 horas en Lima"."""

COUNTS = frozenset({"una", "media", "ultima", "ultimas", "primera", "cada", "unas", "varias", "pocas", "muchas"})
"""Counts that are no digits."""

AFTER_ZONE = frozenset({"time", "tz", "timezone", "zone"})
"""Those of them that stand after the name."""

PLACE_WORDS = frozenset(
    {
        *("estoy", "estamos", "vivo", "vivimos", "somos", "soy", "desde", "sede", "oficina", "oficinas"),
        *("ubicado", "ubicados", "ubicada", "ubicadas", "live", "based", "located", "office", "offices", "from"),
        *(
            "estan",
            "esta",
            "queda",
            "quedan",
            "operamos",
            "trabajamos",
            "trabajan",
            "are",
            "operate",
            "team",
            "agents",
            "is",
        ),
    }
)
"""Words that make of the name after them the place of the writer."""

LINKS = frozenset(
    {
        *("de", "del", "en", "la", "el", "las", "los", "es", "son", "al", "a", "para", "nuestra", "nuestro"),
        *(
            "in",
            "at",
            "to",
            "the",
            "of",
            "our",
            "is",
            "are",
            "on",
            "out",
            "local",
            "legal",
            "oficial",
            "estandar",
            "normal",
        ),
    }
)
"""Words that may stand between either and the name."""

ARTICLES = frozenset({"la", "el", "un", "una", "the", "a"})

THINGS = frozenset(
    {
        *("oficina", "sede", "telefonica", "servidor", "office", "server", "branch", "system", "desk"),
    }
)
"""Words that make of a `central` or an `eastern` beside them a thing and no zone."""

OWNERS = frozenset({"de", "del", "of", "nuestra", "nuestro", "mia"})
"""Words after it that do so: "central de la oficina"."""

PERSON_WORDS = frozenset(
    {
        *("nombre", "llamo", "llama", "habla", "sr", "sra", "senor", "senora", "ing", "ingeniero", "lic", "dr", "dra"),
        *("name", "mr", "mrs", "ms", "don", "dona", "atte"),
    }
)
"""Words that make of the name after them that of a person."""

AFTER_PERSON = frozenset({"speaking", "will", "says", "said", "dice", "dijo"})
"""Words that do so after it."""

PERSON_NAMES = frozenset(
    {
        *("austin", "jordan", "charlotte", "madison", "santiago", "leon", "victoria", "orlando", "israel", "florence"),
        *("paris", "sydney", "georgia", "virginia", "dallas", "lima", "medina", "cordoba", "valencia", "carolina"),
        *("brooklyn", "houston", "milan", "toledo", "salamanca", "francia", "america", "roma", "savannah", "phoenix"),
    }
)
"""Names of places that many people bear."""

DENIALS = frozenset({"no", "not", "nunca", "ni", "isn", "aren"})
"""Words that take back the name beside them."""
