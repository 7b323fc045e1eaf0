"""Tells a count from an hour and a name from a day."""

from __future__ import annotations

from typing import Final

from dialogs.reading.moments.tokens import Tokens
from dialogs.reading.text import fold
from dialogs.reading.time_words import words

# Words that end like a plural noun and are none.
_NOT_NOUNS: Final = words(
    "nos les las los mas es despues menos antes tras sus mis as is was this us yes has does its it's always "
    "perhaps ees est ees est entonces lunes martes miercoles jueves viernes gracias yes sos vos"
)
SERVICES: Final = words(
    "servicio internet corte caido caida caidos tono luz linea lineas senal sistema red estuvo estuvimos hubo "
    "fue down out outage service phones offline"
)
"""What was down, or that it was; what stands beside it is a time, not a count."""

_ADJECTIVES: Final = words("different other more remote separate new distintos distintas diferentes otros otras")
_CROWDS: Final = words("people ppl staff folk gente personal customers clientes")
_UNITS: Final = frozenset({"THING", "SEC", "MIN", "DIA", "DAYS", "WEEK", "MONTHS", "YEARS", "JUNK", "TICKET"})


def is_counted(tokens: Tokens, index: int) -> bool:
    """Tell whether the token after a number is what the number counts ("las 3 líneas", "at 5 sites")."""
    kind, word = tokens.kind(index), fold(tokens.word(index))
    if kind in _UNITS or word in _ADJECTIVES | _CROWDS:
        return True
    if kind == "APPROX" and tokens.kind(index + 1) in {"NUM", "WNUM"}:  # "8 or 9 people"
        return is_counted(tokens, index + 2)
    if kind == "DE":
        return tokens.kind(index + 1) in {"LAS", "LOS", "THE"} or (
            tokens.kind(index + 1) == "WORD" and tokens.word(index + 1).endswith("s")
        )
    plural = kind in {"WORD", "PLACE"} and len(word) > 2 and word.endswith("s") and not word.endswith(("mos", "ss"))
    return plural and word not in _NOT_NOUNS


def is_address(tokens: Tokens, index: int) -> bool:
    """Tell whether a date stands where a street or a person has its name ("Av. 9 de Julio")."""
    while tokens.kind(index - 1) in {"NUM", "ORD", "WNUM", "DE", "EL"}:
        index -= 1
    return tokens.kind(index - 1) in {"PLACE", "NAMED"}


_CALENDAR: Final = frozenset({"MONTH", "WD"})


def is_name(tokens: Tokens, index: int) -> bool:
    """Tell whether a day or month is part of a name ("Domingo Pérez", "April Jones", "Black Friday")."""
    word, after, before = tokens.word(index), tokens.word(index + 1), tokens.kind(index - 1)
    if before in {"NAMED", "PLACE"} or tokens.kind(index + 1) == "NAMED":
        return True
    told = before in {"EL", "SINCE", "UNTIL", "EN", "FROM", "LAST", "NEXT", "THIS", "BETWEEN", "DEL"}
    if tokens.kind(index) == "MONTH" and before in {"FROM", "EN"}:
        told = False
    capital = word[:1].isupper() and not word.isupper()
    titled = after[:1].isupper() and after[1:].islower()
    spanish = word in {"Domingo", "Julio", "Mayo", "Abril", "Martes"}  # no Spanish day or month has a capital
    followed = titled and (
        tokens.kind(index + 1) in {"WORD", "THING"} or (spanish and tokens.kind(index + 1) in _CALENDAR)
    )
    if capital and word == "Domingo" and before in {"WORD", "A", "AL", "MONTH"}:
        return True
    possessive = tokens.kind(index + 1) == "SIGN" and tokens.ends[index] == tokens.starts[index + 1]
    return not told and capital and (followed or possessive)
