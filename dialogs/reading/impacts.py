"""How many people a problem touches and whether there is a way around, from facts and never from the tone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.cases import Impact
from dialogs.reading import closing_phrases as phrases
from dialogs.reading import impact_bounds as bounds
from dialogs.reading import impact_words as words
from dialogs.reading.closing_scanner import kinds_of, plain_words
from dialogs.reading.closing_valence import weigh
from dialogs.reading.pieces import kind_pieces, text_pieces, verdict_pieces
from dialogs.reading.text import fold
from dialogs.reading.weights import weights_of


@dataclass(frozen=True, slots=True)
class ImpactReading:
    """An impact, absent when the text tells nothing of who is affected, and why (a stable name).

    ``is_told`` is false where no one affected is told and the impact is only what the trouble lets one expect.
    """

    impact: Impact | None
    reason: str
    is_told: bool = True


_READ = 4000  # characters: a message says it in its first lines, the rest is evidence
_SURE = 0.7  # a likelihood; below it the conversation asks all the same
_SUBJECT = 4  # words: a denial so short is the subject of what follows
_BORDER = re.compile(
    r"(?<=[.;:!?\n])|(?<=[^\d],)|(?=\b(?:pero|but|however|mientras|while|whereas|aunque|although|excepto?|menos|salvo)\b)"
)
_BOUNDS = (
    (Impact.MANY_USERS, words.NOT_ALL, "not_all_told"),
    (Impact.ONE_USER, words.ONLY_ONE, "only_one_told"),
)
_FACTS = (
    (Impact.ALL_DOWN, words.ALL, "everyone_told"),
    (Impact.MANY_USERS, words.MANY, "several_told"),
    (Impact.ONE_USER, words.ONE_NAMED, "one_named"),
    (Impact.MANY_USERS, words.WE, "we_told"),
    (Impact.ONE_USER, words.ONE, "one_told"),
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a text, the kinds of its words (see `closing_words`), and whether it says that something works."""

    words: str
    kinds: str
    valence: int

    @property
    def fails(self) -> bool:
        """Whether it says that something does not work now."""
        kinds = set(self.kinds)
        if "A" in kinds or phrases.IF.match(self.words) or ("?" in self.words and not kinds & set("NMC")):
            return False
        return (self.valence < 0 and bool(kinds & set("NMFPEZCRU"))) or ({"N", "H"} <= kinds and "P" not in kinds)

    @property
    def works(self) -> bool:
        """Whether it says that something or somebody else is well now: "los demás sí", "inbound is fine"."""
        past = "A" in self.kinds or phrases.WAS.search(self.words)
        return self.valence >= 0 and bool(
            bounds.YES.search(self.words) or (self.valence and set(self.kinds) & set("WSR") and not past)
        )


def _pieces(plain: str) -> list[_Piece]:
    found = []
    before = ""
    for piece in _BORDER.split(plain):
        before += piece
        kinds = kinds_of(before)
        if set(kinds) <= {"N", "o"} and "N" in kinds and len(kinds) < _SUBJECT:
            continue  # "nadie, pero nadie, puede entrar"
        found.append(_Piece(before, kinds, weigh(kinds)))
        before = ""
    return [*found, _Piece(before, kinds_of(before), -1)] if before else found


def _first(facts: tuple[tuple[Impact, re.Pattern[str], str], ...], told: str) -> ImpactReading | None:
    return next((ImpactReading(impact, reason) for impact, pattern, reason in facts if pattern.search(told)), None)


def _without_asides(told: str) -> str:
    return words.ASIDE.sub(" ; ", words.NOT_WHO.sub(r"\g<kept> ", told))


def _others_are_well(told: str, working: str, *, fails: bool) -> ImpactReading | None:
    """Return who is affected where only those who are not are told: "others are fine", "everyone but Tom"."""
    excepted = bounds.EXCEPTED.search(told) and bounds.EVERYONE.search(working)
    if not (fails or excepted or bounds.OTHERS.search(working)):
        return None
    several = bounds.UNITS.search(working) or bounds.SEVERAL.search(told)
    return ImpactReading(Impact.MANY_USERS if several else Impact.ONE_USER, "others_are_well")


def _by_rules(plain: str, pieces: list[_Piece]) -> ImpactReading:
    """Return what the rules make of a text.

    Who is told is looked for in what does not work: what works for others bounds the damage. Neither shouting nor
    understatement counts. Greetings, times ("all day") and who has not answered are no facts, nor is what somebody
    wishes, expects or calls their own ("my case") unless a trouble is told of it.
    """
    fails = any(piece.fails and not words.WANTS.search(piece.words) for piece in pieces)
    if words.WANTS.search(plain) and not fails:
        return ImpactReading(Impact.NONE if words.NONE.search(plain) else None, "wanted")
    working = "".join(piece.words for piece in pieces if piece.works)
    told = _without_asides("".join(piece.words for piece in pieces if not piece.works))
    whole = _without_asides(plain)
    found = _first(_BOUNDS, told)
    if not found and words.NONE.search(whole):
        return ImpactReading(Impact.NONE, "nobody_affected_told")
    found = found or _first(_FACTS, told)
    if found and found.impact is Impact.ALL_DOWN and working:
        return ImpactReading(Impact.MANY_USERS, "some_of_it_works")
    found = found or (_first(_BOUNDS, whole) if working else None)
    if found:
        return found
    if any(words.OWN.search(piece.words) and (piece.valence < 0 or "N" in piece.kinds) for piece in _pieces(told)):
        return ImpactReading(Impact.ONE_USER, "own_trouble_told")
    if (fails or words.AFFECTS.search(told)) and words.SOME_CALLS.search(told):
        return ImpactReading(Impact.MANY_USERS, "some_calls_fail", is_told=False)
    if working and (found := _others_are_well(told, working, fails=fails)):
        return found
    return ImpactReading(None, "nothing_told")


def impact_pieces(text: str, *, with_rules: bool = True) -> tuple[ImpactReading, list[str]]:
    """Return what the rules make of a text, and the pieces of it that are weighed: one of them is that verdict."""
    plain = words.TONE.sub(" ", plain_words(text[:_READ]))
    pieces = _pieces(plain)
    ruled = _by_rules(plain, pieces)
    said = ((each.kinds, "fails" if each.fails else "works" if each.works else f"{each.valence}") for each in pieces)
    verdict = verdict_pieces(f"{ruled.impact}", ruled.reason) if with_rules else ()
    return ruled, [*text_pieces(plain), *kind_pieces(said), *verdict]


def read_impact(text: str, *, language: str) -> ImpactReading:  # noqa: ARG001 - people mix both languages, so both are read
    """Return who is affected by what a text tells, in Spanish or English.

    The rules read the text first; their verdict is one of the pieces by which the learnt weights decide, and where
    those alone tell, the reason is `sounds_like_it`.
    """
    ruled, pieces = impact_pieces(text)
    chances = weights_of("impact").chances(pieces)
    likeliest = Impact(max(chances, key=chances.__getitem__))
    if likeliest is (ruled.impact or Impact.NONE):
        return ruled
    told = None if likeliest is Impact.NONE else likeliest
    return ImpactReading(told, "sounds_like_it", is_told=chances[likeliest] >= _SURE)


def read_workaround(text: str) -> bool | None:
    """Tell whether there is a way around the problem, None when the text does not say."""
    folded = fold(text[:_READ])
    if words.NO_WAY_AROUND.search(folded):
        return False
    return True if words.WAY_AROUND.search(folded) else None
