"""What a learnt reader weighs in a message: pieces of its words, its words and pairs of them, and their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_]+(?:'\w+)?|[^\w\s]")
_NUMBER = re.compile(r"\d+")
_ONE = "1"
_MANY = "0"
_SHORTEST, _LONGEST = 3, 5
_KINDS = 4


def _stretches(text: str, shortest: int, longest: int) -> Iterator[str]:
    for length in range(shortest, min(longest, len(text)) + 1):
        for n in range(len(text) - length + 1):
            yield text[n : n + length]


@lru_cache(maxsize=4096)
def _of_word(word: str) -> tuple[str, ...]:
    return (f"= {word} ", *_stretches(f" {word} ", _SHORTEST, _LONGEST))


@lru_cache(maxsize=4096)
def _of_clause(kinds: str, said: str) -> tuple[str, ...]:
    marked = "^" + re.sub("o+", "o", kinds) + "$"
    return (f":{said}", *(f":{stretch}" for stretch in _stretches(marked, 1, _KINDS)))


def text_pieces(plain: str) -> Iterator[str]:
    """Yield the plain words (see `plain_words`), the stretches of 3 to 5 characters in each, and their pairs.

    Numbers but one are alike, and a word stands between spaces, as the whole text stands between `^` and `$`.
    """
    words = ["^", *_TOKEN.findall(_NUMBER.sub(lambda told: _ONE if told[0] == _ONE else _MANY, plain)), "$"]
    for word in words:
        yield from _of_word(word)
    for one, other in pairwise(words):
        yield f"{one} {other}"


def kind_pieces(clauses: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the stretches of up to four kinds of words in each clause, and what is said of it, also of the last.

    Each clause has its kinds (see `closing_words`) and a word or sign for what else is known of it.
    """
    said = ""
    for kinds, said in clauses:
        yield from _of_clause(kinds, said)
    yield f":last {said}"


def verdict_pieces(label: str, reason: str) -> tuple[str, ...]:
    """Return what the rules made of a message."""
    return f"!{label}", f"!{reason}"


def is_verdict(piece: str) -> bool:
    """Tell whether a piece is a verdict of the rules; a sign of the text stands before a space."""
    return piece[0] == "!" and piece[1:2] not in {"", " "}
