"""What a message after a case was resolved means: thanks, a problem that goes on, a question, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.reading import closing_phrases as phrases
from dialogs.reading.clauses import Clause, clauses_of
from dialogs.reading.closing_scanner import kinds_of, plain_words
from dialogs.reading.pieces import kind_pieces, text_pieces, verdict_pieces
from dialogs.reading.text import fold
from dialogs.reading.weights import weights_of


class ClosingLabel(StrEnum):
    """What a message after the end of a case is."""

    THANKS = "thanks"
    STILL_BROKEN = "still_broken"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Closing:
    """A reading of a closing message: its label, whether it reopens the case, and why (a stable name)."""

    label: ClosingLabel
    reopen: bool
    reason: str


_READ = 4000  # characters: a message says it in its first lines, the rest is evidence
_REOPENS = 0.28
"""How likely a problem must be: on two held-out sets it leaves 98 in 100 problems and 95 in 100 thanks right."""


def _is_told(clause: Clause, message: str) -> bool:
    """Tell whether a clause that says "does not work" says so of now, not of a condition or inside a question."""
    if phrases.IF.match(clause.words) and not clause.is_question:
        return clause.words.split()[0] in {"si", "if", "cuando", "when"} and not phrases.WRITES_AGAIN.search(message)
    kinds = set(clause.kinds)
    goes_on = "C" in kinds and kinds & set("NFPEMZG")
    if not clause.is_question or goes_on or "U" in kinds or phrases.SYMPTOM_ASKED.search(clause.words):
        return True
    if "R" in kinds:
        return not phrases.MAY_HAPPEN.search(clause.words)
    return "N" in kinds and bool(kinds & set("WS"))


def _overcome(clauses: list[Clause], n: int, message: str) -> bool:
    """Tell whether what follows takes a "no" or a past trouble back: "no, thanks", "it was down, now it works"."""
    clause, others = clauses[n], clauses[:n] + clauses[n + 1 :]
    later = [each.valence for each in clauses[n + 1 :] if each.valence]
    if clause.words.strip() in {"no", "nop", "nope", "nah"} and not clause.is_contrast:
        return min(later, default=0) >= 0 and (1 in later or "T" in "".join(each.kinds for each in others))
    if phrases.BELIEVED.search(clause.words):
        return True
    if phrases.EXPLAINED.search(clause.sentence) and not (clause.is_contrast or set(clause.kinds) & set("CRN")):
        return True
    if re.fullmatch("[YoA]*M", clause.kinds) and phrases.PLAN.search(message):
        return True  # "ahora no puedo, en la tarde valido"
    if "C" in clause.kinds and not set(clause.kinds) & set("WSFPGEZRMU") and phrases.PLAN.search(message):
        return True  # "aún no ha llegado el encargado, cuando llegue validamos"
    is_past = "A" in clause.kinds or phrases.WAS.search(clause.words)
    is_well = any(each.valence > 0 for each in others) or phrases.EXPLAINED.search(message)
    return bool(is_past and is_well and min(later, default=1) > 0)


def _states(clause: Clause) -> bool:
    """Tell whether a clause without a judgement states something of the service: no courtesy, plan, wish or aside."""
    done = "J" in clause.kinds and "N" not in clause.kinds
    if clause.valence or clause.is_question or done or set(clause.kinds) & set("TBKX"):
        return False
    said = (phrases.PLAN, phrases.ASIDE, phrases.REQUEST, phrases.EXPLAINED)
    return not (phrases.IF.match(clause.words) or any(pattern.search(clause.sentence) for pattern in said))


def _remains(clauses: list[Clause]) -> str:
    """Return why what nobody has a word for is a trouble, or nothing.

    Who writes after a case was closed and neither thanks, asks, plans nor wishes has a trouble to tell. Beside
    thanks or good news it takes a "but", or a thing of the service.
    """
    believed = any(phrases.BELIEVED.search(clause.words) for clause in clauses)
    stated = [clause for clause in clauses if _states(clause)]
    is_sure = set("".join(clause.kinds for clause in clauses)) & set("TS")
    if not believed and any(each.is_contrast and (not is_sure or set(each.kinds) & set("GHLNPV")) for each in stated):
        return "but_told"
    if stated and re.fullmatch("[oYAGL]*No{0,2}", stated[-1].kinds) and not phrases.OWN.search(stated[-1].words):
        return "denial_told"  # "figura resuelto y no lo está"
    if any(clause.valence > 0 or clause.is_question for clause in clauses):
        return ""
    if any("T" in clause.kinds for clause in clauses):
        told = any(clause.is_contrast or set(clause.kinds) & set("GLP") for clause in stated)
        return "thanks_but" if told and not believed else ""
    if any("N" in clause.kinds and not phrases.OWN.search(clause.words) for clause in stated):
        return "denial_told"
    told = any(
        set(clause.kinds) & set("GHLPV") or (len(clause.kinds) > 2 and "Y" not in clause.kinds) for clause in stated
    )
    return "statement_told" if told else ""


def _by_rules(words: str, clauses: list[Clause]) -> Closing:
    """Return what the rules make of a message.

    A problem told beside thanks goes before them; one that is past, feared or asked about does not count; a new
    matter is for a new case. A statement that is none of these is taken for a problem.
    """
    new_matter = phrases.NEW_MATTER.search(words)
    if new_matter:
        clauses = list(clauses_of(words[: new_matter.start()]))
    for n, clause in enumerate(clauses):
        if clause.valence < 0 and _is_told(clause, words) and not _overcome(clauses, n, words):
            return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="problem_told")
    if not new_matter and (reason := _remains(clauses)):
        return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason=reason)
    if any(clause.is_question for clause in clauses) or (new_matter and "?" in words):
        return Closing(ClosingLabel.QUESTION, reopen=False, reason="question_asked")
    if new_matter:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="new_matter")
    said = "".join(clause.kinds for clause in clauses)
    if phrases.REQUEST.search(words) and "T" not in said:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="request")
    if "K" in said:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="not_tried_yet")
    if any(clause.valence > 0 for clause in clauses):
        return Closing(ClosingLabel.THANKS, reopen=False, reason="works_told")
    if phrases.PLAN.search(words) and "T" not in kinds_of(phrases.ACK.sub(" ", words)):
        return Closing(ClosingLabel.OTHER, reopen=False, reason="tries_first")
    if phrases.EXPLAINED.search(words):
        return Closing(ClosingLabel.THANKS, reopen=False, reason="cause_told")
    if "T" in said and "X" not in said:
        return Closing(ClosingLabel.THANKS, reopen=False, reason="thanks_told")
    return Closing(ClosingLabel.OTHER, reopen=False, reason="unclear")


def closing_pieces(text: str, *, with_rules: bool = True) -> tuple[Closing, list[str]]:
    """Return what the rules make of a message, and the pieces of it that are weighed: one of them is that verdict."""
    words = phrases.THANKS_AGAIN.sub(" ", plain_words(text[:_READ]))
    clauses = list(clauses_of(words))
    ruled = _by_rules(words, clauses)
    said = (
        (each.kinds, f"{each.valence}{'?' if each.is_question else '!' if each.is_contrast else ''}")
        for each in clauses
    )
    verdict = verdict_pieces(ruled.label, ruled.reason) if with_rules else ()
    return ruled, [*text_pieces(words), *kind_pieces(said), *verdict]


def read_closing(text: str, *, language: str) -> Closing:  # noqa: ARG001 - people mix both languages, so both are read
    """Return what a message after the resolution of a case means, in Spanish or English.

    Only a problem that goes on reopens, and what a machine wrote never does. The rules read the message first; their
    verdict is one of the pieces by which the learnt weights decide, and theirs alone is kept with the reason
    `sounds_like_it`. To miss a problem costs more than to open a case again, so less than even odds are enough for one.
    """
    if phrases.AUTOMATIC.search(fold(text[:_READ]).replace("’", "'")):
        return Closing(ClosingLabel.OTHER, reopen=False, reason="automatic_reply")
    ruled, pieces = closing_pieces(text)
    chances = weights_of("closing").chances(pieces)
    reopen = chances.pop(ClosingLabel.STILL_BROKEN) >= _REOPENS
    label = ClosingLabel.STILL_BROKEN if reopen else ClosingLabel(max(chances, key=chances.__getitem__))
    return ruled if label is ruled.label else Closing(label, reopen=reopen, reason="sounds_like_it")
