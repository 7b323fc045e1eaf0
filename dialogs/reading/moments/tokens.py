"""Cuts a text into tokens, one kind each, so that a grammar can run over the string of their kinds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dialogs.reading.moments.lookup import look_up
from dialogs.reading.text import fold
from dialogs.reading.time_words import LEXICON

Value = object

# What only looks like a time is cut out whole (JUNK): addresses of the network, phones, prices, codes, versions.
_SCANNER: Final = re.compile(
    r"""
    (?P<JUNK>https?://\S+ | www\.\S+ | [\w.+\-]{1,64}@[\w\-]{1,64}\.\w+
      | \b\w[\w\-]{0,80}\.(?:txt|log|png|jpe?g|csv|pdf|com|net|org|zip|exe)\b
      | \+\d[\d\ ().\-]{6,}\d | \(\d{2,4}\)\s?\d{3,4}[\ \-]?\d{4}
      | \b\d{3}[\ .\-]\d{3}[\ .\-]?\d{4}\b | \b1-\d{3}-\d{3}-\d{4}\b | \b\d{3,4}-\d{4}\b | \b\d:\d\d\s\d{7}\b
      | \d{1,3}(?:\.\d{1,3}){3}(?::\d+|/\d+)? | (?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*
      | (?:us\$|[$€£]|s/\.?)\s?\d[\d.,]*(?:-\d+)?
      | \d[\d.,]*\s?(?:%|€|usd\b|eur\b|dolar\w*|dollars?\b|pesos?\b|soles\b|euros?\b)
      | \b24\s?[/x]\s?7\b | \b24\s?(?:hs|hrs?|horas|hours)\ (?:a\ day|al\ dia)
      | \b[a-z]{1,40}_[\w\-.]+ | \#\s?\d[\d\-]*(?!\d*:) )
  | (?P<ISO>\b(?:19|20)\d\d(?P<sep>[-/])\d\d?(?P=sep)\d\d?(?=t?\b|t\d)t?)
  | (?P<CLOCK>(?<![\d:.])\d{1,2}[:;]\d{2}(?::\d{2}(?:[.,]\d+)?(?:z\b|[+-]\d\d:?\d\d\b)?)?(?![\d:]))
  | (?P<HCLOCK>\b\d{1,2}[hy]\d{2}\b)
  | (?P<SLASH>\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b(?!/)
      | \b\d{1,2}/\d{1,2}\b(?![/.])

      | \b\d{1,2}-\d{1,2}-(?:20\d\d|\d\d)\b(?!-)
      | \b\d{1,2}\.\d{1,2}\.20\d\d\b)
  | (?P<CODE>\b\d+(?:[./\-]\d+){2,}\w* | \b\d{3,}[\-/]\d[\w\-]* | \b\d+[\-/]\d{3,}[\w\-]* | \b\d{1,3}(?:[.,]\d{3})+\b
      | \b(?!(?:a?las?|tipo|desde|hace|ase|hasta|ayer|hoy|since|at)\d)
        (?!(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|dec)[\-.]?\d)[a-z]+[\-.]?\d[\w\-/.]*)
  | (?P<DOT>(?<![\d.])\d{1,2}\.\d{2}(?![\d.]|\ ?mb|\ ?gb))
  | (?P<DEC>(?<![\d.])\d{1,2}[.,]\d(?![\d.]))
  | (?P<ORDINAL>\b\d{1,2}(?:(?:st|nd|rd|th|ro|ero|do|o)\b|°))
  | (?P<NUMBER>\d+(?=(?:h|hrs?|hs|horas?|hours?|mins?|minut[oe]s?|[ap]\.?m|ish|dias?|days?|[msdwy]|seg)\b|\W|_|$))
  | (?P<ALNUM>\d+\w+)
  | (?P<AMPM>\b[ap](?:\.\s?m\b\.?|m\b\.?))
  | (?P<WORD>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’][a-z]+)?)
  | (?P<END>[.!?;\n…]+) | (?P<COMMA>,) | (?P<COLON>:) | (?P<DASH>[-–—]) | (?P<TILDE>~) | (?P<ATSIGN>@)
  | (?P<PAREN>[()\[\]"'«»“”*_]) | (?P<SIGN>[^\s\w])
    """,
    re.VERBOSE,
)

_KINDS: Final = sorted(
    {kind for kind, _ in LEXICON.values()}
    | {"ISO", "CLOCK", "HCLOCK", "SLASH", "DOT", "DEC", "NUM", "BIG", "YEAR", "FOUR", "JUNK", "WORD", "END"}
    | {"COMMA", "COLON", "DASH", "PAREN", "SIGN"}
)
CODE: Final = {kind: chr(0x100 + number) for number, kind in enumerate(_KINDS)}
"""The character that stands for a kind in `Tokens.kinds`."""

_NAME: Final = {code: kind for kind, code in CODE.items()}

_MARKS: Final = re.compile("[\u0300-\u036f]")

# A letter is a unit only where it is written against its number: `20m`, `2d`.
_LETTERS: Final = {"m": ("MIN", 60), "s": ("SEC", 1), "d": ("DAYS", 1), "w": ("WEEK", 7)}

_SAME: Final = {"CODE": "JUNK", "ALNUM": "JUNK", "TILDE": "TIPO", "ATSIGN": "AT", "ORDINAL": "ORD"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut up: token ``i`` is ``text[starts[i]:ends[i]]``, of kind ``kinds[i]``, worth ``values[i]``.

    ``month_first`` says that ``12/03`` is in December.
    """

    text: str
    kinds: str
    values: list[Value]
    starts: list[int]
    ends: list[int]
    month_first: bool

    def kind(self, index: int) -> str:
        """Return the name of a token's kind; of a place before or after the text, END."""
        return _NAME[self.kinds[index]] if 0 <= index < len(self.kinds) else "END"

    def word(self, index: int) -> str:
        """Return a token as it was written; nothing before or after the text."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.kinds) else ""


def tokenize(text: str, *, month_first: bool = False) -> Tokens:
    """Cut a text into tokens; blanks are dropped."""
    kinds: list[str] = []
    values: list[Value] = []
    starts: list[int] = []
    ends: list[int] = []
    folded = fold(text)
    for match in _SCANNER.finditer(folded):
        group = match.lastgroup
        assert group is not None
        word = match.group()
        value: Value = None
        if word == "." and ends and ends[-1] == match.start() and _is_abbreviation(kinds[-1], ends[-1] - starts[-1]):
            continue
        if group == "WORD":
            glued = bool(ends) and ends[-1] == match.start()
            word = _MARKS.sub("", word).replace("’", "'") if not word.isascii() else word
            group, value = (glued and _LETTERS.get(word)) or look_up(word)
        elif group == "NUMBER":
            group, value = _number(word)
        elif group in _READERS:
            value = _READERS[group](word)
            group = "JUNK" if value is None else group
        kinds.append(CODE[_SAME.get(group, group)])
        values.append(value)
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, "".join(kinds), values, starts, ends, month_first)


def _is_abbreviation(code: str, length: int) -> bool:
    return length <= 4 and _NAME[code] in {"MONTHA", "WDA", "PLACE", "NAMED", "REL", "PART"}


def _number(digits: str) -> tuple[str, Value]:
    if len(digits) <= 2:
        return "NUM", int(digits)
    if len(digits) == 4:
        return ("YEAR" if digits[:2] in {"19", "20"} else "FOUR"), int(digits)
    return ("BIG", int(digits)) if len(digits) == 3 else ("JUNK", None)


@dataclass(frozen=True, slots=True)
class Digits:
    """A clock time in digits; ``padded`` when it was written as only a 24-hour clock is (``09:15``)."""

    hour: int
    minute: int
    second: int | None = None
    padded: bool = False
    offset: int | None = None


def _clock(word: str) -> Digits | None:
    match = re.match(r"(\d+)[:;.hy](\d\d)(?::(\d\d))?(?:[.,]\d+)?(z|[+-]\d\d:?\d\d)?", word)
    assert match is not None
    hour, minute = int(match[1]), int(match[2])
    second = int(match[3]) if match[3] else None
    if hour > 24 or minute > 59 or (second or 0) > 59 or (hour == 24 and (minute or second)):
        return None
    offset = None
    if match[4] == "z":
        offset = 0
    elif match[4]:
        digits = match[4].replace(":", "")
        offset = (int(digits[1:3]) * 60 + int(digits[3:])) * (-1 if digits[0] == "-" else 1)
        offset = offset if abs(offset) < 24 * 60 else None
    return Digits(hour, minute, second, padded=len(match[1]) == 2 and hour < 10, offset=offset)


def _parts(word: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", word)))


_READERS: Final[dict[str, Callable[[str], Value]]] = {
    "CLOCK": _clock,
    "HCLOCK": _clock,
    "DOT": _clock,
    "ISO": _parts,
    "SLASH": _parts,
    "DEC": lambda word: float(word.replace(",", ".")),
    "ORDINAL": lambda word: _parts(word)[0],
    "AMPM": lambda word: "am" if word[0] == "a" else "pm",
}
