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


_UNSEEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)


def clean(text: str) -> str:
    """Return the text without control signs and without those that turn the direction of what stands around it.

    Lines, tabs, right-to-left letters and emoji stay.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
