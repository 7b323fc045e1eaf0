"""Finds a word in the lexicon, whatever hurried fingers made of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dialogs.reading.slips import Meant, is_right
from dialogs.reading.time_words import LEXICON, Value, words

# Names and things that stand beside a time; what is nearly one of them is left alone.
_NOT_MENDED: Final = words(
    "NAMED PLACE THING TICKET SHIFT OURS OPENING GREETING FUTURE WANT HAVE NEW HOLD FALTA DENTRO"
)
_MENDED: Final = Meant(word for word, (kind, _) in LEXICON.items() if len(word) >= 5 and kind not in _NOT_MENDED)
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_UNKNOWN: Final[tuple[str, Value]] = ("WORD", None)


@lru_cache(maxsize=8192)
def look_up(word: str) -> tuple[str, Value]:
    """Return kind and value of a folded word; the kind is WORD when it tells nothing about time."""
    entry = LEXICON.get(word)
    if entry is None and (stretched := _STRETCHED.sub(r"\1", word)) != word:
        entry = LEXICON.get(stretched)
    if entry is None and word.endswith("'s"):
        entry = LEXICON.get(word[:-2])
        return entry if entry and entry[0] in {"REL", "PART", "YEARS"} else _UNKNOWN
    if entry is None and not is_right(word):
        entry = LEXICON.get(_MENDED.by(word) or "")
    return entry or _UNKNOWN
