"""What a clause says by the kinds of its words (see `closing_words`): that it works, that it does not, or nothing."""

from __future__ import annotations

import re

from dialogs.reading.closing_scanner import kinds_of


def weigh(kinds: str) -> int:
    """Return whether a clause says that it works (1), that it does not (-1), or nothing of it (0)."""
    if "U" in kinds:
        return -1
    if "K" in kinds or "X" in kinds:
        return 0
    said = re.sub("[TB]", "", kinds)
    before, again, after = said.partition("R")
    if not again:
        return _turn(said)
    after = after.replace("R", "")
    problem = "P" in after.partition("N")[0]
    if re.search("N[CYHALJo]*$", before):
        awaited = "C" in before + after or "G" in after
        return -1 if awaited else -(-1 if problem else _turn(after) or -1)
    if "P" in before or problem:
        return -1
    return _turn(before) or (1 if "G" in before else _turn(after) or (1 if "G" in after else -1))


def is_vague(kinds: str, words: str) -> bool:
    """Tell whether a clause has a verb of working, and says so much besides that this may be the trouble.

    "entra" and "ya me deja entrar" are good news, "me conecta con otra empresa" is none.
    """
    if set(kinds) & set("STNCEPFUZQM"):
        return False
    besides = sum(word.isalpha() and len(word) > 3 and kinds_of(word) in {"o", "L"} for word in words.split())
    return besides >= (4 if set(kinds) & set("GY") and "R" not in kinds else 3 if "R" in kinds else 2)


def _turn(kinds: str) -> int:
    """Return what a stretch of kinds without a return says."""
    kinds = re.sub("N+", "N", kinds.replace("M", "NW"))
    kinds = re.sub("^N(?=o{0,2}E?C|o{0,2}E)", "", kinds)  # "no sigue igual": an answer, and what goes on
    first, *negated = kinds.split("N")
    only_a_part = "Q" in first and set(kinds) & set("WSVGL")
    taken_back = set(first) & set("WS") and negated and re.fullmatch("o{0,2}|C", negated[-1])  # "resuelto no está"
    if only_a_part or taken_back:
        return -1
    told = _affirmed(first) | {_denied(part, goes_on="C" in kinds, of_problem="P" in first) for part in negated} - {0}
    return min(told) if told else -1 if set(kinds) & set("ZC") else 0


def _affirmed(kinds: str) -> set[int]:
    """Return what is said without a negation."""
    told = {1 for kind in kinds if kind in "WS"} | {-1 for kind in kinds if kind in "FE"}
    if "P" in kinds:
        told |= {-1} if set(kinds) & set("CH") else {1} if "J" in kinds else set()
    elif "C" not in kinds and (set("GH") <= set(kinds) or ("Y" in kinds and set(kinds) & set("VH"))):
        told.add(1)
    return told


def _denied(kinds: str, *, goes_on: bool, of_problem: bool) -> int:
    """Return what is said by denying the first kind that a negation bears on: "the problem does not show" is good."""
    if of_problem and not goes_on and re.match("[oY]*[VH]", kinds):
        return 1
    target = re.search("[WSFPGDJ]|V(?!F|.*P)|L(?!.*[FP])", kinds)
    if target:
        return 1 if target[0] in "FP" else -1
    return -1 if goes_on or not set(kinds) - set("YZ") else 0
