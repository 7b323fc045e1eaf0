"""Slips of hurried fingers, made on purpose."""

from __future__ import annotations

from random import Random

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST = 5


def mistype(text: str, slips: Random) -> str:
    """Return a text with one slip in one of its long words: a letter lost, doubled, swapped or the key beside it."""
    words = text.split()
    long = [n for n, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    if not long:
        return text
    at = slips.choice(long)
    word = words[at]
    n = slips.randrange(1, len(word) - 1)
    words[at] = slips.choice(
        [
            word[:n] + word[n + 1 :],
            word[:n] + word[n] + word[n:],
            word[:n] + word[n + 1] + word[n] + word[n + 2 :],
            word[:n] + _beside(word[n], slips) + word[n + 1 :],
        ]
    )
    return " ".join(words)


def _beside(letter: str, slips: Random) -> str:
    for row in _KEYS:
        at = row.find(letter.lower())
        if at >= 0:
            return slips.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return letter
