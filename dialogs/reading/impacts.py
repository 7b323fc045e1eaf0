"""How many people a problem touches and whether there is a way around, from facts and never from the tone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.reading.text import fold


class Impact(StrEnum):
    """How many people are affected: nobody yet, one, several, or everyone."""

    NONE = "none"
    ONE_USER = "one_user"
    MANY_USERS = "many_users"
    ALL_DOWN = "all_down"


@dataclass(frozen=True, slots=True)
class ImpactReading:
    """An impact, absent when the text tells nothing of who is affected, and why (a stable name)."""

    impact: Impact | None
    reason: str


_ALL = re.compile(
    r"\bnadie\b|\btod[oa]s\b|toda la (?:oficina|sede|empresa)|\beveryone\b|\beverybody\b|\bnobody\b|\bno one\b"
)
_MANY = re.compile(
    r"\b(?:varios|varias|algunos|algunas|muchos|several|some|many|most)\b|\b(?:[2-9]|\d\d+) (?:usuarios|personas|users|people)"
)
_ONE = re.compile(
    r"\bmi\b|no puedo|\bmy\b|i can'?t|(?:un|una|one|a) (?:usuario|persona|user|person)\b|only me|solo a mi"
)
_NONE = re.compile(
    r"nadie (?:esta )?afectado|sin (?:impacto|afectacion)|no afecta|no impact|nobody (?:is )?affected"
)


def read_impact(text: str, *, language: str) -> ImpactReading:  # noqa: ARG001 - people mix both languages, so both are read
    """Return who is affected by what a text tells."""
    folded = fold(text)
    for impact, pattern in (
        (Impact.NONE, _NONE),
        (Impact.ALL_DOWN, _ALL),
        (Impact.MANY_USERS, _MANY),
        (Impact.ONE_USER, _ONE),
    ):
        if pattern.search(folded):
            return ImpactReading(impact, f"{impact}_told")
    return ImpactReading(None, "nothing_told")


_NO_WAY_AROUND = re.compile(
    r"\b(?:sin|no hay|no tenemos|ninguna) (?:otra )?(?:alternativa|forma|manera|opcion)|no (?:workaround|way around|alternative)"
)
_WAY_AROUND = re.compile(
    r"\balternativa|por ahora usamos|mientras (?:tanto )?usamos|workaround|way around|in the meantime"
)


def read_workaround(text: str) -> bool | None:
    """Tell whether there is a way around the problem, None when the text does not say."""
    folded = fold(text)
    if _NO_WAY_AROUND.search(folded):
        return False
    return True if _WAY_AROUND.search(folded) else None
