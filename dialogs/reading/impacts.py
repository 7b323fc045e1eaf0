"""How many people a problem touches and whether there is a way around, from facts and never from the tone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.cases import Impact
from dialogs.reading import impact_words as words
from dialogs.reading.text import fold


@dataclass(frozen=True, slots=True)
class ImpactReading:
    """An impact, absent when the text tells nothing of who is affected, and why (a stable name)."""

    impact: Impact | None
    reason: str


_READ = 4000  # characters: a message says it in its first lines, the rest is evidence
_CLAUSE = re.compile(r"[^.;:!?\n]+")
_FACTS = (
    (Impact.MANY_USERS, words.NOT_ALL, "not_all_told"),
    (Impact.ONE_USER, words.ONLY_ONE, "only_one_told"),
    (Impact.NONE, words.NONE, "nobody_affected_told"),
    (Impact.ALL_DOWN, words.ALL, "everyone_told"),
    (Impact.MANY_USERS, words.MANY, "several_told"),
    (Impact.ONE_USER, words.ONE_NAMED, "one_named"),
    (Impact.MANY_USERS, words.WE, "we_told"),
    (Impact.ONE_USER, words.ONE, "one_told"),
)


def read_impact(text: str, *, language: str) -> ImpactReading:  # noqa: ARG001 - people mix both languages, so both are read
    """Return who is affected by what a text tells, in Spanish or English.

    What bounds the damage ("only me", "not everyone") is heard before what spreads it ("nobody can"), so that
    neither shouting nor understatement counts. Greetings, times ("all day") and who has not answered are no facts,
    nor is what somebody wishes, expects or calls their own ("my case") unless a trouble is told of it.
    """
    folded = words.NOT_WHO.sub(r"\g<kept> ", fold(text[:_READ]).replace("’", "'"))
    folded = words.ASIDE.sub(" ; ", folded)
    for impact, pattern, reason in _FACTS:
        if pattern.search(folded):
            return ImpactReading(impact, reason)
    if any(words.OWN.search(clause) and words.TROUBLE.search(clause) for clause in _CLAUSE.findall(folded)):
        return ImpactReading(Impact.ONE_USER, "own_trouble_told")
    return ImpactReading(None, "nothing_told")


def read_workaround(text: str) -> bool | None:
    """Tell whether there is a way around the problem, None when the text does not say."""
    folded = fold(text[:_READ])
    if words.NO_WAY_AROUND.search(folded):
        return False
    return True if words.WAY_AROUND.search(folded) else None
