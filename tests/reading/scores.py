"""How well the readers read a corpus, by the measures that docs/reading.md tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dialogs.reading.closings import read_closing
from dialogs.reading.impacts import read_impact

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Closings:
    """Shares of one: right labels and reopenings, real problems that reopen, thanks that stay closed."""

    labels: float
    reopened: float
    left_closed: float
    misread: list[str]


@dataclass(frozen=True, slots=True)
class Impacts:
    """The share of impacts read as told."""

    exact: float
    misread: list[str]


def _share(right: int, of: int) -> float:
    return right / of if of else 1.0


def score_closings(corpus: list[_Row]) -> Closings:
    read = [(row, read_closing(row["text"], language=row["language"])) for row in corpus]
    wrong = [(row, told) for row, told in read if (told.label, told.reopen) != (row["label"], row["reopen"])]
    problems = [told.reopen for row, told in read if row["reopen"]]
    thanks = [not told.reopen for row, told in read if row["label"] == "thanks"]
    return Closings(
        labels=_share(len(read) - len(wrong), len(read)),
        reopened=_share(sum(problems), len(problems)),
        left_closed=_share(sum(thanks), len(thanks)),
        misread=[f"{row['label']} read as {told.label} ({told.reason}): {row['text']}" for row, told in wrong],
    )


def score_impacts(corpus: list[_Row]) -> Impacts:
    read = [(row, read_impact(row["text"], language=row["language"])) for row in corpus]
    wrong = [(row, told) for row, told in read if told.impact != row["impact"]]
    return Impacts(
        exact=_share(len(read) - len(wrong), len(read)),
        misread=[f"{row['impact']} read as {told.impact} ({told.reason}): {row['text']}" for row, told in wrong],
    )
