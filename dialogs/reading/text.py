"""Folding of what people type, so that a hurried `MAÑANA` and `manana` read alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0:1].lower()
    return base if len(base) == 1 else character


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return the text in lower case without accents, character for character.

    The result has the length of the text, so that an offset in one is an offset in the other.
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text))
