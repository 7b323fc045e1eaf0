"""Slips of hurried fingers: which word was meant by one that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from dialogs.reading.closing_words import KINDS
from dialogs.reading.time_words import LEXICON
from dialogs.reading.zones.words import ORDINARY_WORDS, SMALL_WORDS

_BESIDE = {
    "a": "qsz",
    "b": "vn",
    "c": "xvsz",
    "d": "sfec",
    "e": "wrd",
    "f": "dgr",
    "g": "fhtj",
    "h": "gjy",
    "i": "uoky",
    "j": "hkug",
    "k": "jlic",
    "l": "kop",
    "m": "nj",
    "n": "bm",
    "o": "iplk",
    "p": "ol",
    "q": "wa",
    "r": "etf",
    "s": "adwzc",
    "t": "ryg",
    "u": "yij",
    "v": "cb",
    "w": "qes",
    "x": "zcs",
    "y": "tuhi",
    "z": "xasc",
}
"""The letters that stand beside one on the keyboard, or sound alike."""


_SHORTEST_MENDED = 5


class Meant:
    """Words to look up which of them a misspelt one meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[tuple[str, int], list[str]] = {}
        for word in words:
            for length in range(len(word) - 1, len(word) + 2):
                self._words.setdefault((word[0], length), []).append(word)

    def by(self, written: str) -> str | None:
        """Return the first word that one slip makes of one of five letters or more, if any."""
        if len(written) < _SHORTEST_MENDED:
            return None
        return next((word for word in self._words.get((written[0], len(written)), ()) if is_slip(written, word)), None)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(resources.files("dialogs.reading").joinpath("data", name).read_text(encoding="utf-8").split())


@cache
def mended_words() -> Meant:
    """Return the words of troubles, thanks and people that are worth mending."""
    return Meant(_words("mended_words.txt"))


@cache
def _right() -> frozenset[str]:
    idioms = re.findall(r"[a-z]{4,}", " ".join(KINDS.values()))
    return frozenset(
        {*idioms, *LEXICON, *ORDINARY_WORDS, *SMALL_WORDS, *_words("mended_words.txt"), *_words("right_words.txt")}
    )


def is_right(word: str) -> bool:
    """Tell whether a folded word is known to be spelled right, so that it is no slip of another."""
    return word in _right()


def is_slip(written: str, meant: str) -> bool:
    """Tell whether one slip makes a word of another, after its first letter.

    A slip is a letter left out, put in or doubled, two neighbours swapped, or a letter that stands beside the right
    one on the keyboard or sounds like it.
    """
    if written[0] != meant[0] or abs(len(written) - len(meant)) > 1:
        return False
    same = next((n for n, (one, other) in enumerate(zip(written, meant, strict=False)) if one != other), None)
    if same is None:
        return False
    if len(written) < len(meant):
        return written[same:] == meant[same + 1 :]
    if len(written) > len(meant):
        return written[same + 1 :] == meant[same:]
    if written[same + 1 :] == meant[same + 1 :]:
        return written[same] in _BESIDE.get(meant[same], "")
    swapped = written[same + 1] + written[same]
    return written[:same] + swapped + written[same + 2 :] == meant
