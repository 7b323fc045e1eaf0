"""What a message after a case was resolved means: thanks, a problem that goes on, a question, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dialogs.reading.closing_words import is_automatic, kinds_of, plain_words


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


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of a message: its kinds of words (see `closing_words`), what it says, and how."""

    kinds: str
    words: str
    valence: int
    is_question: bool
    is_contrast: bool


_SENTENCE = re.compile(r"[^.!?\n;…]+[.!?\n;…]*")
_BREAK = re.compile(
    r"""([,:()"—–]|\s-\s|\b(?:pero|but|however|sin\sembargo|aunque|although|though|(?<!\bva\s)y|e|(?<!on\s)(?<!up\s)and
    |solo\sque|except|then|so|porque|because|since|entonces)\b)""",
    re.VERBOSE,
)
_CONTRASTS = {"pero", "but", "however", "sin embargo", "solo que", "except"}
_ASKING = re.compile(
    r"""\s*[¿\s]*(?:ok(?:ay)?\s|hola\s|hi\s|y\s|and\s|so\s)?(?:que\s(?:fue|paso|ocurrio|sucedio|significa|tengo|hago|debo|era)|cual\b|cuales\b
    |como\s(?:lo|se|puedo|hago|cambio|configuro|evit|fue)|cuando\s(?!pued|teng|tien)|por\sque\b|a\sque\s|quien|con\squien|cuant[oa]s?\b
    |(?:tengo\s)?una?\s(?:pregunta|duda|consulta|preguntita)|me\squeda\suna\sduda|(?:me\sgustaria|quisiera|quiero|queria)\s(?:saber|preguntar|consultar|entender)
    |(?:me\s)?(?:podri?an?|puede[ns]?|pueden|podes)\s(?:explic|indic|decir|enviar|mandar|ayudar)
    |what\b|why\b|how\b|when\s(?:will|are|is|can|does|do)|who\b(?!\sknows)|where\b|which\b|is\s(?:it|there|this)|are\s(?:you|we)|can\s(?:i|you|we)\b|could\s(?:i|you|we)\b
    |do\s(?:i|we|you)|should|will\s(?:it|this|you)|does\b|did\s(?:you|it)|any\sidea|(?:i\shave\sa|quick|one|a)\s(?:quick\s)?question
    |hay\s(?:algun|que\b)|me\stocari?a|(?:para|hasta|desde)\s(?:cuando|que\shora)|donde\b|de\scasualidad|puedo\b|debo\b|es\snecesario
    |i(?:'d|\swould)\slike\sto\sknow)""",
    re.VERBOSE,
)
_NEW_MATTER = re.compile(
    r"""\b(?:otr[oa]\s(?:cosa|tema|asunto|problema|caso|requerimiento|solicitud|consulta|inconveniente|falla|pedido|incidente)
    |(?:caso|tema|problema|ticket)\s(?:nuevo|aparte|distinto|diferente)|nuev[oa]\s(?:caso|tema|problema|solicitud|requerimiento)
    |algo\s(?:distinto|diferente|mas)|por\sotr[oa]\s(?:lado|parte)|aparte\sde\seso|adicional(?:mente)?|aprovech\w+|de\spaso|ya\sque\sestamos|lo\sque\snecesit\w+|cambiando\sde\stema
    |tambien\s(?:necesit|quier|quisier|me\sgustar)\w*|ahora\s(?:necesit|quier|quisier)\w*
    |another\s(?:thing|issue|problem|case|matter|request|ticket|one)|one\smore\s(?:thing|issue|request)|a?\s?different\s(?:problem|issue|thing|matter|case)
    |new\s(?:issue|problem|case|request|ticket)|unrelated|separate(?:ly|\sissue)?|on\sanother\snote|while\s(?:i\shave\syou|(?:you|we)(?:'re|\sare)\sat\sit)|now\s(?:on\s?to|for)|next\sup|by\sthe\sway|btw
    |also\s(?:i|we)\s(?:need|want|would)|something\selse)\b""",
    re.VERBOSE,
)
_REQUEST = re.compile(
    r"\b(?:necesit\w+|quiero|quisiera|queria|favor|por favor|please|i need|we need|i want|we want|i'd like|envi[ea]n\w*|solicit\w+|agent)\b"
)
_WAITING = re.compile(
    r"""\b(?:(?:voy|vamos|dejame|dejenme|dejeme|let\sme|permitame)\s(?:a\s)?(?:prob|revis|test|verific|valid|check|verify|test|confirm)\w*|les?\scuento|te\s(?:digo|cuento)|(?:i|we)?(?:'ll|\swill)\s(?:test|check|try|confirm|let)|(?:will|gonna)\s(?:check|test|let|try)
    |prob(?:ando|are|aremos)|testing|checking|revis(?:o|are|ando)|confirm(?:o|are)\sen|mañana|manana\sconfirmo|un\smoment\w+|one\smoment|a\sminute|hold\son|(?:i'm|estoy)\s(?:en|in)\s)""",
    re.VERBOSE,
)
_WRITES_AGAIN = re.compile(
    r"\b(?:avis\w+|contact\w*|escrib\w+|report\w+|comunic\w+|llamo|llamamos|let (?:you|u) know|write|reach out|call you|get back|ping|update you|tell you|shout)\b"
)
_BELIEVED = re.compile(r"\b(?:pens[eao]\w*|crei\w*|thought|assumed)\b")
_WAS = re.compile(r"\w(?:aban?|abamos)\b|\b(?:serv|pod|ten|hab|sal|conec)ian?\b")
_IF_LATER = re.compile(r"(?<=\w\s)\b(?:if|si|in case|por si|en caso)\s\w.*")
_IF = re.compile(r"\s*(?:si|if|cuando|when|en caso|in case|por si|unless|a menos)\b(?!\s*$)")


def _turn(kinds: str) -> int:
    """Return what a stretch of kinds without a return says: 1 works, -1 does not, 0 nothing."""
    kinds = re.sub("N+", "N", kinds.replace("M", "NW"))
    first, *negated = kinds.split("N")
    told = {1 for kind in first if kind in "WS"} | {-1 for kind in first if kind in "FE"}
    if "P" in first and set(first) & set("CH"):
        told.add(-1)
    elif "G" in first and "H" in first and "C" not in first:
        told.add(1)
    for part in negated:
        target = re.search("[WSFPGD]|V(?!.*P)", part)
        if target:
            told.add(1 if target[0] in "FP" else -1)
        elif "C" in kinds or not set(part) - set("YZ"):
            told.add(-1)
    if not told and set(kinds) & set("ZC"):
        return -1
    return min(told, default=0)


def _weigh(kinds: str) -> int:
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
    if re.search("N[CYHAo]*$", before):
        awaited = "C" in before + after or "G" in after
        return -1 if awaited else -(-1 if problem else _turn(after) or -1)
    if "P" in before or problem:
        return -1
    return _turn(before) or (1 if "G" in before else _turn(after) or (1 if "G" in after else -1))


def _clauses(words: str) -> Iterator[_Clause]:
    for sentence in _SENTENCE.findall(words):
        ends_asking = "?" in sentence
        joint = ""
        for n, piece in enumerate(_BREAK.split(sentence.rstrip(".!?\n;…"))):
            if n % 2:
                joint = piece
            elif piece.strip():
                asks = ends_asking or _ASKING.match(piece) is not None
                kinds = kinds_of(piece if asks else _IF_LATER.sub("", piece))
                yield _Clause(kinds, piece, _weigh(kinds), asks, joint in _CONTRASTS)


def _is_told(clause: _Clause, message: str) -> bool:
    """Tell whether a clause that says "does not work" says so of now, not of a condition or inside a question."""
    if _IF.match(clause.words) and not clause.is_question:
        return clause.words.split()[0] == "si" and not _WRITES_AGAIN.search(message)
    if clause.is_question:
        return "C" in clause.kinds or ("N" in clause.kinds and bool(set(clause.kinds) & set("WS")))
    return True


def _overcome(clauses: list[_Clause], n: int) -> bool:
    """Tell whether what follows takes a "no" or a past trouble back: "no, thanks", "it was down, now it works"."""
    clause, others = clauses[n], clauses[:n] + clauses[n + 1 :]
    later = [each.valence for each in clauses[n + 1 :] if each.valence]
    if clause.words.strip() in {"no", "nop", "nope", "nah"}:
        return min(later, default=0) >= 0 and (1 in later or "T" in "".join(each.kinds for each in others))
    if _BELIEVED.search(clause.words):
        return True
    is_past = "A" in clause.kinds or _WAS.search(clause.words)
    return bool(is_past and any(each.valence > 0 for each in others) and min(later, default=1) > 0)


def read_closing(text: str, *, language: str) -> Closing:  # noqa: ARG001 - people mix both languages, so both are read
    """Return what a message after the resolution of a case means, in Spanish or English.

    Only a problem that goes on reopens. A problem told beside thanks goes before them; one that is past, feared
    or asked about does not count; a new matter is for a new case; what a machine wrote is nothing.
    """
    words = plain_words(text)
    if is_automatic(words):
        return Closing(ClosingLabel.OTHER, reopen=False, reason="automatic_reply")
    new_matter = _NEW_MATTER.search(words)
    clauses = list(_clauses(words[: new_matter.start()] if new_matter else words))
    for n, clause in enumerate(clauses):
        if clause.valence < 0 and _is_told(clause, words) and not _overcome(clauses, n):
            return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="problem_told")
    contrast = [clause for clause in clauses if clause.is_contrast and set(clause.kinds) <= set("oHYGVDN")]
    if contrast and not new_matter and not any(clause.valence > 0 or clause.is_question for clause in clauses):
        if "T" in "".join(clause.kinds for clause in clauses):
            return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="thanks_but")
    if any(clause.is_question for clause in clauses) or (new_matter and "?" in words):
        return Closing(ClosingLabel.QUESTION, reopen=False, reason="question_asked")
    if new_matter:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="new_matter")
    said = "".join(clause.kinds for clause in clauses)
    if _REQUEST.search(words) and "T" not in said:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="request")
    if _WAITING.search(words) and "T" not in said:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="tries_first")
    if "K" in said:
        return Closing(ClosingLabel.OTHER, reopen=False, reason="not_tried_yet")
    if any(clause.valence > 0 for clause in clauses):
        return Closing(ClosingLabel.THANKS, reopen=False, reason="works_told")
    if "T" in said and "X" not in said:
        return Closing(ClosingLabel.THANKS, reopen=False, reason="thanks_told")
    return Closing(ClosingLabel.OTHER, reopen=False, reason="unclear")
