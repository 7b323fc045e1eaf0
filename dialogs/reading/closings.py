"""What a message after a case was resolved means: thanks, a problem that goes on, a question, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dialogs.reading.closing_words import is_automatic, kinds_of, plain_words
from dialogs.reading.text import fold
from dialogs.reading.wordlists import any_of


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


_READ = 4000  # characters: a message says it in its first lines, the rest is evidence
_SENTENCE = re.compile(r"[^.!?\n;…]+[.!?\n;…]*")
_BREAK = re.compile(
    r"""([,:()"—–]|\s-\s|\b(?:pero|but|however|sin\sembargo|aunque|although|though|(?<!\bva\s)y|e|(?<!on\s)(?<!up\s)and
    |solo\sque|except|then|so|porque|because|since|entonces)\b)""",
    re.VERBOSE,
)
_CONTRASTS = {"pero", "but", "however", "sin embargo", "solo que", "except"}
_ASKING = re.compile(
    any_of(
        r"""
        _*[¿_]*(ok(ay)?_ hola_ hi_ y_ and_ so_)?(que_(fue paso ocurrio sucedio significa tengo hago debo era)
            cual\b cuales\b como_(lo se puedo hago cambio configuro evit fue) cuando_(?!pued teng tien)
            por_que\b a_que_ quien con_quien cuant[oa]s?\b (tengo_)?una?_(pregunta duda consulta preguntita)
            me_queda_una_duda (me_gustaria quisiera quiero queria necesito i_need_to)_(know saber preguntar
            consultar entender) (me_)?(podri?an? puede[ns]? pueden podes)_(explic indic decir enviar mandar
            ayudar) what\b(?!_(a bad terrible poor awful)\b) why\b how\b when_(will are is can does do)
            who\b(?!_knows) where\b which\b is_(it there this) are_(you we) can_(i you we)\b could_(i you we)\b
            do_(i we you) should will_(it this you) does\b did_(you it) any_idea (i_have_a quick one
            a)_(quick_)?question hay_(algun que\b) me_tocari?a (para hasta desde)_(cuando que_hora) donde\b
            de_casualidad puedo\b debo\b es_necesario i('d _would)_like_to_know)
        """
    )
)
_NEW_MATTER = re.compile(
    any_of(
        r"""
        \b(otr[oa]_(cosa tema asunto problema caso requerimiento solicitud consulta inconveniente falla pedido
            incidente) (caso tema problema ticket)_(nuevo aparte distinto diferente) nuev[oa]_(caso tema
            problema solicitud requerimiento) algo_(distinto diferente mas) por_otr[oa]_(lado parte)
            aparte_de_eso adicional(mente)? ademas por_cierto (would also)_(also like) aprovech\w+ de_paso
            ya_que_estamos lo_que_necesit\w+ cambiando_de_tema tambien_(necesit quier quisier me_gustar)\w*
            ahora_(necesit quier quisier)\w* another_(thing issue problem case matter request ticket one)
            one_more_(thing issue request) a?_?different_(problem issue thing matter case) new_(issue problem
            case request ticket) unrelated separate(ly _issue)? on_another_note while_(i_have_you (you we)('re
            _are)_at_it) now_(on_?to for) next_up by_the_way btw also_(i we)_(need want would) something_else)\b
        """
    )
)
_REQUEST = re.compile(
    any_of(
        r"""
        \b(necesit\w+ quiero quisiera queria favor por_favor please i_need we_need i_want we_want i'd_like
            envi[ea]n\w* solicit\w+ agent)\b
        """
    )
)
_WAITING = re.compile(
    any_of(
        r"""
        \b((voy vamos dejame dejenme dejeme let_me permitame)_(a_)?(prob revis test verific valid check verify
            test confirm)\w* les?_cuento te_(digo cuento) (i we)?('ll _will)_(test check try confirm let) (will
            gonna)_(check test let try) prob(ando are aremos) testing checking revis(o are ando) confirm(o
            are)_en mañana manana_confirmo un_moment\w+ one_moment a_minute hold_on (i'm estoy)_(en in)_)
        """
    )
)
_WRITES_AGAIN = re.compile(
    any_of(
        r"""
        \b(avis\w+ contact\w* escrib\w+ report\w+ comunic\w+ llamo llamamos let_(you u)_know write reach_out
            call_you get_back ping update_you tell_you shout)\b
        """
    )
)
_BELIEVED = re.compile(r"\b(?:pens[eao]\w*|crei\w*|thought|assumed)\b")
_WAS = re.compile(r"\w(?:aban?|abamos)\b|\b(?:serv|pod|ten|hab|sal|conec)ian?\b")
_IF_LATER = re.compile(r"(?<=\w\s)(?:(?<!ahora\s)(?<!hoy\s)(?<!ya\s)\bsi|\bif|\bin case|\bpor si|\ben caso)\s\w.*")
_IF = re.compile(r"\s*(?:si|if|cuando|when|en caso|in case|por si|unless|a menos)\b(?!\s*$)")


def _turn(kinds: str) -> int:
    """Return what a stretch of kinds without a return says: 1 works, -1 does not, 0 nothing."""
    kinds = re.sub("N+", "N", kinds.replace("M", "NW"))
    first, *negated = kinds.split("N")
    told = {1 for kind in first if kind in "WS"} | {-1 for kind in first if kind in "FE"}
    if "P" in first and set(first) & set("CH"):
        told.add(-1)
    elif "C" not in first and (("G" in first and "H" in first) or ("Y" in first and set(first) & set("VH"))):
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


# Whose lack is no trouble of a service: the writer's own, and what is done or known.
_OWN = re.compile(
    any_of(
        r"""
        \b(estoy soy tengo se necesit\w+ quier\w+ entiend\w+ import\w* urg\w+ prisa pris caso ticket mio mia
            i'm am know want need mind understand care my case thread hurry rush urgent idea duda dudas
            pregunt\w+ cuenta gracias)\b
        """
    )
)


def _denies(clauses: list[_Clause]) -> bool:
    """Tell whether nothing is said but that something is not: "wasn't configured right", "no graba"."""
    if any(clause.valence or clause.is_question or set(clause.kinds) & set("TKX") for clause in clauses):
        return False
    return any("N" in clause.kinds and not _OWN.search(clause.words) for clause in clauses)


def _is_taken_back(clauses: list[_Clause]) -> bool:
    """Tell whether thanks are followed by a "but" and something else than good news: "gracias, pero no le aparece"."""
    if any(clause.valence > 0 or clause.is_question for clause in clauses):
        return False
    has_thanks = any("T" in clause.kinds for clause in clauses)
    return has_thanks and any(clause.is_contrast and set(clause.kinds) <= set("oHYGVDNA") for clause in clauses)


def read_closing(text: str, *, language: str) -> Closing:  # noqa: ARG001 - people mix both languages, so both are read
    """Return what a message after the resolution of a case means, in Spanish or English.

    Only a problem that goes on reopens. A problem told beside thanks goes before them; one that is past, feared
    or asked about does not count; a new matter is for a new case; what a machine wrote is nothing.
    """
    text = text[:_READ]
    if is_automatic(fold(text).replace("’", "'")):
        return Closing(ClosingLabel.OTHER, reopen=False, reason="automatic_reply")
    words = plain_words(text)
    new_matter = _NEW_MATTER.search(words)
    clauses = list(_clauses(words[: new_matter.start()] if new_matter else words))
    for n, clause in enumerate(clauses):
        if clause.valence < 0 and _is_told(clause, words) and not _overcome(clauses, n):
            return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="problem_told")
    if not new_matter and _is_taken_back(clauses):
        return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="thanks_but")
    if not new_matter and _denies(clauses):
        return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="denial_told")
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
