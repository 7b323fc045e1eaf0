"""Picking one of the options of a question by typing its label, or something close to it."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from dialogs.engine.form import Choice
from dialogs.events import Language
from dialogs.phrases import voice
from dialogs.reading.text import fold

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def bare(text: str) -> str:
    """Return the text folded, without the signs around it."""
    return _EDGES.sub("", fold(text))


def label_of(choice: Choice, language: Language) -> str:
    """Return what the button of a choice reads."""
    return choice.label or voice(language)(choice.name)


def pick(text: str, choices: tuple[Choice, ...], language: Language) -> Choice | None:
    """Return the choice that a typed answer names, or nothing where it is not clear."""
    said = bare(text)
    if not said or not choices:
        return None
    labels = [bare(label_of(choice, language)) for choice in choices]
    if said in labels:
        return choices[labels.index(said)]
    if len(said) < 4:
        return None
    best = process.extract(said, labels, scorer=fuzz.ratio, limit=2)
    clear = best[0][1] >= 84 and (len(best) == 1 or best[0][1] - best[1][1] >= 8)
    return choices[best[0][2]] if clear else None
