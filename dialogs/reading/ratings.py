"""A mark from 1 to 5 as people write it: "5", "5, muy amables", "4/5", "le doy un 3", "cinco estrellas", "⭐⭐⭐⭐"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.reading.wordlists import any_of

SCALE = range(1, 6)


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark and what was written beside it. `score` is missing where the number is not on the scale."""

    score: int | None
    rest: str = ""


_WORDS = {
    **dict(zip(("uno", "dos", "tres", "cuatro", "cinco"), SCALE, strict=True)),
    **dict(zip(("one", "two", "three", "four", "five"), SCALE, strict=True)),
}
_STARS = re.compile(r"\s*(?P<stars>(?:[⭐🌟★]\ufe0f?\s*)+)(?P<rest>.*)", re.DOTALL)
_MARK = re.compile(
    r"""
    \W*
    (?P<told>(?:(?:yo\s+)?(?:les?|te|los|la)?\s*(?:doy|pongo|califico|damos|ponemos)\s+(?:con\s+)?|(?:mi\s+)?(?:nota|puntaje)\s*|
        (?:mi\s+)?(?:calificaci[oó]n|puntuaci[oó]n)\s*|(?:my\s+)?(?:rating|score|mark)\s*|
        i(?:'d|\s+would|\s+will)?\s+(?:give|rate)\s+(?:you|it|this|them)?\s*)
        (?:es|is|de|of|as|:|=)?\s*)?
    (?:un[ao]?\s+|a\s+)?
    (?P<mark>\d{1,3}(?:[.,]\d)?|uno|dos|tres|cuatro|cinco|one|two|three|four|five)(?!\w)(?:\ufe0f?\u20e3)?
    (?P<scale>\s*(?:/|de|sobre|out\s+of|of)\s*(?P<top>5|10|100)(?![\d:])(?!\s*(?:/|am\b|pm\b)))?
    (?P<unit>\s*(?:estrellas?|stars?|puntos?|points?)\b)?
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_APART = re.compile(r"\s*(?:[,;.!)\n—–-]+(?!\s*\d)|:(?!\s*\d)|\(|(?:\s*[^\w\s.,;:!?)(-])+\s*$)")
"""What parts a mark from a remark. A number after it makes a list, an hour or a decimal of it."""
_REMARK = re.compile(
    any_of(
        r"""
        \s+(muy todo excelentes? perfect[oa]? genial super s[uú]per gracias buen[oa]?s? bien mal[oa]?s? p[eé]sim[oa]s?
        regular r[aá]pid[oa]s? lent[oa]s? amables? porque pero aunque falt[oó] great good very excellent perfect thanks
        thank nice bad poor terrible awful ok slow fast quick because but although well)\b
        """
    ),
    re.IGNORECASE,
)
_LIST = re.compile(r"(?:^|\s)2\s*[.)-]")


def read_rating(text: str) -> Rating | None:
    """Return the mark that a message gives, or nothing where its number counts or names something else.

    "5 minutos después volvió a fallar" and "2 líneas siguen caídas" give no mark.
    """
    if stars := _STARS.fullmatch(text):
        count = sum(stars["stars"].count(star) for star in "⭐🌟★")
        return Rating(count if count in SCALE else None, _remark(stars["rest"]))
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    rest, explicit = found["rest"], found["told"] or found["unit"]
    bare = not re.search(r"\w", rest)
    if not (bare or explicit or _APART.match(rest) or _REMARK.match(rest)) or (bare and "?" in rest):
        return None
    if found["mark"] == "1" and _LIST.search(rest):
        return None
    mark = found["mark"].lower()
    score = _WORDS.get(mark) or (int(mark) if mark.isdecimal() else None)
    on_scale = score in SCALE and found["top"] in {None, "5"}
    if not on_scale and not (bare or explicit or found["scale"]):
        return None
    return Rating(score if on_scale else None, _remark(rest))


def _remark(rest: str) -> str:
    told = rest.strip().lstrip(",;.:!)-—– \n").strip()
    return told if re.search(r"\w", told) else ""
