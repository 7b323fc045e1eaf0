"""How many people a problem touches and whether there is a way around, from facts and never from the tone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.cases import Impact
from dialogs.reading import impact_words as words
from dialogs.reading.closing_scanner import plain_words
from dialogs.reading.closings import tells_trouble
from dialogs.reading.text import fold


@dataclass(frozen=True, slots=True)
class ImpactReading:
    """An impact, absent when the text tells nothing of who is affected, and why (a stable name).

    ``is_told`` is false where no one affected is told and the impact is only what the trouble lets one expect.
    """

    impact: Impact | None
    reason: str
    is_told: bool = True


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
    plain = plain_words(text[:_READ])
    if words.WANTS.search(plain) and not tells_trouble(text):
        return ImpactReading(Impact.NONE if words.NONE.search(plain) else None, "wanted")
    folded = words.ASIDE.sub(" ; ", words.NOT_WHO.sub(r"\g<kept> ", plain))
    for impact, pattern, reason in _FACTS:
        if pattern.search(folded):
            return ImpactReading(impact, reason)
    if any(words.OWN.search(clause) and tells_trouble(clause) for clause in _CLAUSE.findall(folded)):
        return ImpactReading(Impact.ONE_USER, "own_trouble_told")
    if words.SOME_CALLS.search(folded) and tells_trouble(text):
        return ImpactReading(Impact.MANY_USERS, "some_calls_fail", is_told=False)
    return ImpactReading(None, "nothing_told")


def read_workaround(text: str) -> bool | None:
    """Tell whether there is a way around the problem, None when the text does not say."""
    folded = fold(text[:_READ])
    if words.NO_WAY_AROUND.search(folded):
        return False
    return True if words.WAY_AROUND.search(folded) else None
