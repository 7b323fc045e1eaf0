"""What a reader has learnt from examples: how much each piece of a message speaks for each label.

A logistic regression, compiled by tools/compile_weights.py. Its file has the labels in the first line, then a line for
each piece: the piece, a tab, and its weight for each label in hundredths of a natural logarithm of the odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp

ALWAYS = ""
"""The piece that every message has: what speaks for a label before anything is read."""
UNIT = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """The labels, and for each piece its weights for them, in that order."""

    labels: tuple[str, ...]
    by_piece: Mapping[str, tuple[int, ...]]

    def chances(self, pieces: Iterable[str]) -> dict[str, float]:
        """Return how likely each label is, by the pieces of a message; they add up to one."""
        known = [weights for piece in (ALWAYS, *pieces) if (weights := self.by_piece.get(piece))]
        totals = [sum(column) / UNIT for column in zip(*known, strict=True)]
        highest = max(totals)
        odds = [exp(total - highest) for total in totals]
        whole = sum(odds)
        return {label: each / whole for label, each in zip(self.labels, odds, strict=True)}


@cache
def weights_of(name: str) -> Weights:
    """Return what the reader of that name has learnt. Raises: FileNotFoundError."""
    text = resources.files("dialogs.reading").joinpath("data", f"{name}_weights.txt").read_text(encoding="utf-8")
    labels, *lines = text.splitlines()
    told = dict(line.rsplit("\t", 1) for line in lines)
    alike = {each: tuple(map(int, each.split())) for each in set(told.values())}  # most pieces share theirs
    return Weights(tuple(labels.split()), {piece: alike[each] for piece, each in told.items()})
