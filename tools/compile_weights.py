"""Compile what the readers learn from the examples into the small tables that they load.

    make weights

Reads tests/reading/corpora, writes dialogs/reading/data/*_weights.txt. The same examples give the same table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dialogs.cases import Impact
from dialogs.reading.closings import closing_pieces
from dialogs.reading.impacts import impact_pieces
from dialogs.reading.pieces import is_verdict
from dialogs.reading.weights import ALWAYS, UNIT
from tests.reading.corpus import rows

DATA = Path(__file__).resolve().parent.parent / "dialogs" / "reading" / "data"
UNTUNED = "voices/{}s"
TUNED = ("{}s", "strangers/{}s")
"""The corpora that the rules were tuned to: there they are right too often to learn from them how far to trust them, so
that their verdict is told only with every second example."""
SEEN = 2  # examples: a rarer piece is left out
TEXT, VERDICT = 0.3, 0.9  # how strongly a piece of the text and the verdict of the rules weigh while learning
LEAST = 2  # a piece whose weights are all smaller is left out
"""In the units of the table."""


@dataclass(frozen=True)
class Example:
    """What is weighed of an example, each with its strength, and its label."""

    pieces: dict[str, float]
    label: str


def examples(name: str, label: str, pieces_of: Callable[..., tuple[object, list[str]]]) -> Iterator[Example]:
    """Yield the examples of a reader, each text once."""
    told = [(row, True) for row in rows(UNTUNED.format(name))]
    for corpus in TUNED:
        told += [(row, n % 2 == 0) for n, row in enumerate(rows(corpus.format(name)))]
    seen = set[str]()
    for row, with_rules in told:
        if row["text"] not in seen:
            seen.add(row["text"])
            _, pieces = pieces_of(row["text"], with_rules=with_rules)
            strengths = {piece: n * strength(piece) for piece, n in Counter(pieces).items()}
            yield Example(strengths, row[label] or Impact.NONE)


def strength(piece: str) -> float:
    """Return how strongly a piece weighs while learning."""
    return VERDICT if is_verdict(piece) else TEXT


def learn(learnt_from: list[Example]) -> tuple[list[str], dict[str, list[float]]]:
    """Return the labels, and the weights of each piece for them."""
    seen = Counter(piece for example in learnt_from for piece in example.pieces)
    kept = [{piece: n for piece, n in each.pieces.items() if seen[piece] >= SEEN} for each in learnt_from]
    columns = DictVectorizer()
    model = LogisticRegression(class_weight="balanced", max_iter=300)
    model.fit(columns.fit_transform(kept), [each.label for each in learnt_from])
    weights = {piece: [row[n] * strength(piece) for row in model.coef_] for piece, n in columns.vocabulary_.items()}
    return list(model.classes_), {ALWAYS: list(model.intercept_), **weights}


def table(labels: list[str], weights: dict[str, list[float]]) -> str:
    """Return the table as it is written (see `dialogs.reading.weights`)."""
    rounded = {piece: [round(each * UNIT) for each in told] for piece, told in sorted(weights.items())}
    lines = (
        f"{piece}\t{' '.join(map(str, told))}"
        for piece, told in rounded.items()
        if piece == ALWAYS or max(map(abs, told)) >= LEAST
    )
    return "\n".join([" ".join(labels), *lines, ""])


def main() -> None:
    """Write the tables."""
    readers: tuple[tuple[str, str, Any], ...] = (
        ("closing", "label", closing_pieces),
        ("impact", "impact", impact_pieces),
    )
    for name, label, pieces_of in readers:
        (DATA / f"{name}_weights.txt").write_text(table(*learn(list(examples(name, label, pieces_of)))), "utf-8")


if __name__ == "__main__":
    main()
