"""Words that steer the conversation wherever it stands: cancel, back, help, a person, another language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from dialogs.engine.choosing import bare
from dialogs.engine.sayings import SAYINGS
from dialogs.reading.text import fold


class Word(StrEnum):
    """A steering word. Its value is also the stable name of the button that does the same."""

    CANCEL = "dialog.cancel"
    BACK = "dialog.back"
    CHANGE = "dialog.change"
    SKIP = "dialog.skip"
    WHY = "dialog.why"
    HELP = "dialog.help"
    REPEAT = "dialog.repeat"
    RESTART = "dialog.restart"
    RESUME = "dialog.resume"
    PERSON = "dialog.person"
    ESCALATE = "dialog.escalate"
    SUPERVISOR = "dialog.supervisor"
    LEVELS = "dialog.levels"
    SPANISH = "dialog.spanish"
    ENGLISH = "dialog.english"
    SEND = "dialog.send"
    FORM = "dialog.form"
    NEW = "dialog.new"
    MY_CASES = "dialog.cases"
    STATUS = "dialog.status"
    GREETING = "dialog.greeting"
    THANKS = "dialog.thanks"
    SOLVED = "dialog.solved"
    WRONG = "dialog.wrong"
    PROFILE = "dialog.profile"


@dataclass(frozen=True, slots=True)
class Steering:
    """A steering word and what it was said about: a case number, the name of a field and its new value."""

    word: Word
    about: str = ""
    value: str = ""


_WORDS = {" ".join(saying.split()): Word[name] for name, sayings in SAYINGS.items() for saying in sayings.split("|")}
# A short word one letter away from another is too often that other one: only long ones may be misspelt.
_LONG = tuple(saying for saying in _WORDS if len(saying) >= 5)
_COURTESY = re.compile(
    r"\b(?:por favor|porfavor|porfa(?:s|vor)?|pf|plis|pls|please|plz|quiero|quisiera|deseo|necesito|me gustaria|"
    r"puedo|puede|puedes|podria|can i|can you|could you|could i|i want to|i would like to|i'd like to|"
    r"i wanna|let me|lets|let's)\b"
)
_AGREED = re.compile(
    r"^(?:(?:ok|okay|oki|great|perfect|good|just|si|sip|bueno|listo|dale|perfecto|claro|ya|yes|yeah|sure)[ ,.!]+)+"
)
_ASKED_FOR_PERSON = re.compile(
    r"\b(?:hablar|comuni\w+|pas[ae]me|pase?me|transfier\w+|contact\w+|quiero|necesito)\b.*"
    r"\b(?:persona|humano|asesor|agente|alguien|ejecutiv[oa]|operador|supervisor)\b|"
    r"\b(?:talk|speak|connect|transfer|get|give) .*\b(?:human|person|agent|someone|somebody|representative|operator)\b|"
    r"\b(?:someone|somebody|you|please) call me\b|\bque (?:alguien )?me llamen?\b"
)
_MATTERS = (
    r"casos?|tickets?|asunto|problema|reclamo|incidente|incidencia|falla|cases?|matter|problem|issue|incident|request"
)
_HIGHER = (
    r"supervisor\w*|supervision|gerent[ea]|gerencia|jef[ea]|jefatura|superior|encargad[oa]|manager|management|boss|"
    r"(?:otro |siguiente |proximo |next |higher )?(?:nivel|level)(?: siguiente| superior| mas alto| up)?"
)
_ESCALATE = re.compile(
    rf"[\W_]*(?:(?:{_COURTESY.pattern}|que|pueden|podrian|pudieran|hay que|i need(?: to)?)(?!\w)[\W_]*)*"
    r"(?:(?:me|nos|lo|la|se) )*(?:escal(?:ar|a|e|en|o)(?:lo|la|me)?|escalate)(?!\w)"
    rf"(?: +(?:el|la|lo|mi|este|esta|esto|eso|it|my|the|this|that)(?!\w))*(?: +(?:{_MATTERS})(?!\w))?"
    rf"(?: +(?:al?|con|to|with)(?!\w)(?: (?:el|la|un|una|su|the|a|your)(?!\w))?(?: +(?:{_HIGHER})(?!\w))?)?"
    r"(?: *(?:(?P<number>[a-z]{2,6}[- ]*\d{1,9}|#\d{1,9})(?!\w)|(?P<bare>\d{1,9})(?=[\W_]*$)))?"
    r"(?: +(?:ya(?! que)|ahora(?: mismo)?|de inmediato|inmediatamente|con urgencia|urgente(?:mente)?|"
    r"lo antes posible|cuanto antes|now|urgently|immediately|asap|right away)(?!\w))?"
)
_COMPLAINT = re.compile(r"(?s)(?P<reason>.+)[,.;:!]+\s+(?P<wish>[^,.;:!]+[.!]*)")
_REASON = re.compile(r"\s*(?:[,.:;]|(?:porque|por que|ya que|pues|because|since|as)(?!\w))")
_ASKED_FOR_SUPERVISOR = re.compile(
    r"(?:hablar|comuni\w+|pas[ae]me|transfier\w+|contact\w+|llam\w+|talk|speak|connect|transfer|put|get)"
    r"(?: [\w']+){0,4} (?:supervisor\w*|gerent[ea]|gerencia|jef[ea]|encargad[oa]|superior|director|manager|boss|"
    r"supervision)"
)
_ANOTHER = re.compile(
    r"(?:tengo |hay |i have |we have )?(?:otro (?:problema|asunto|caso|inconveniente)|otra (?:falla|cosa)|"
    r"another (?:issue|problem|case))[:,. ]+(?P<text>.{12,})"
)
_NEWS = re.compile(
    r"(?:y |hola |buenas )*(?:(?:como|que) (?:va|sigue|paso con|hay de) (?:mi|el|lo de mi|lo del)? ?caso|mi caso|"
    r"(?:hay |alguna? |tienen )*(?:alguna )?novedad(?:es)?|algun avance|"
    r"(?:any|is there any) (?:update|news)s?|what(?:'s| is) (?:the|going on with) (?:status of )?(?:the |my )?case|"
    r"how is my case(?: going)?)"
)
_MISTAKEN = re.compile(
    r"(?:esta|estan) mal (?:el|la|los|las|mi) (?P<after>.+)|"
    r"(?:el|la|los|las|mi|the|my) (?P<before>.+?) (?:esta|estan|is|are) (?:mal|wrong|equivocad[oa]s?)"
)
_HURRY = re.compile(r"[ ,.]+(?:ya|ahora|pues|now|then|already|ahorita)$")
_TAKEN_OUT = re.compile(
    r"(?:quit[ae]r?|borr[ae]r?|elimin[ae]r?|remove|delete|drop) (?:el |la |los |las |mi |the |my )?(?P<about>.+)"
)
_STATUS = re.compile(
    r"(?:cual es el |ver |dame |deme |what is the |what's the )?"
    r"(?:estado|estatus|status|como va|como sigue|how is|novedades|ver|show|update on)"
    r"(?: (?:de|del|el|mi|of|the|my|on|for))*(?: (?:caso|ticket|case))? *"
    r"(?P<number>[a-z]{1,6}-? ?\d{1,9}|#? ?\d{1,9})"
)
_BARE_STATUS = re.compile(r"(?:estado|estatus|status)(?: (?:de|del|of|my|the|mi))*(?: (?:caso|ticket|case))?")
_CHANGE = re.compile(
    r"(?:cambiar|cambia|cambie|corregir|corrige|corrija|editar|modificar|modifique|actualizar|"
    r"change|edit|correct|fix|update|modify)"
    r" (?:(?:el|la|los|las|lo|mi|the|my|de|del) )*(?P<about>.+)"
)
_MOST_WORDS = 8


def read_word(text: str) -> Steering | None:
    """Return the steering word that a whole message is, misspelt or wrapped in courtesy; else nothing.

    A word inside a longer sentence steers nothing: "no puedo volver a llamar" is not "back".
    """
    said = " ".join(bare(text).split())
    if another := _ANOTHER.fullmatch(said):
        return Steering(Word.NEW, value=text[-len(another["text"]) :].strip())
    if escalation := _escalation(text):
        return escalation
    if not said or said.count(" ") >= _MOST_WORDS:
        return None
    if said in _WORDS:
        return Steering(_WORDS[said])
    said = " ".join(bare(_COURTESY.sub(" ", said)).split())
    if said in _WORDS:
        return Steering(_WORDS[said])
    if steering := _by_shape(said):
        return steering
    bared = _HURRY.sub("", _AGREED.sub("", said))
    if bared in _WORDS:
        return Steering(_WORDS[bared])
    if status := _STATUS.fullmatch(said):
        return Steering(Word.STATUS, status["number"].replace(" ", "").upper())
    if _BARE_STATUS.fullmatch(said):
        return Steering(Word.MY_CASES)
    if change := _CHANGE.fullmatch(said):
        return Steering(Word.CHANGE, change["about"])
    return _misspelt(said)


def _escalation(text: str) -> Steering | None:
    """Return the wish that a case goes higher: "escalar LD-12 nadie contesta", "escalate my case because …"."""
    folded = fold(text)
    found = _ESCALATE.match(folded)
    if found is None:
        return _complaint(text)
    number, rest = found["number"] or found["bare"] or "", folded[found.end() :]
    said = " ".join(bare(_COURTESY.sub(" ", rest)).split())
    if said and not number and not _REASON.match(rest):
        return None
    reason = text[found.end() :].strip(" \t\n,.:;") if said else ""
    return Steering(Word.ESCALATE, re.sub(r"[\s#-]", "", number).upper(), reason)


def _complaint(text: str) -> Steering | None:
    """Return the wish that a complaint ends with, with the complaint as its reason: "no avanza, quiero escalar"."""
    said = _COMPLAINT.fullmatch(text.strip())
    wish = _escalation(said["wish"]) if said else None
    return replace(wish, value=wish.value or said["reason"]) if said and wish else None


def _by_shape(said: str) -> Steering | None:
    """Return the steering word of what people say in many ways."""
    if _ASKED_FOR_SUPERVISOR.fullmatch(said):
        return Steering(Word.SUPERVISOR)
    if _ASKED_FOR_PERSON.search(said) and not said.startswith(("no ", "we can't", "we cannot", "i can't")):
        return Steering(Word.PERSON)
    if _NEWS.fullmatch(said):
        return Steering(Word.STATUS)
    if taken_out := _TAKEN_OUT.fullmatch(said):
        return Steering(Word.SKIP, taken_out["about"])
    if mistaken := _MISTAKEN.fullmatch(said):
        return Steering(Word.CHANGE, mistaken["after"] or mistaken["before"])
    return None


def _misspelt(said: str) -> Steering | None:
    if len(said) < 5:
        return None
    best = process.extractOne(said, _LONG, scorer=fuzz.ratio, score_cutoff=86)
    return Steering(_WORDS[best[0]]) if best else None


_NOTHING = re.compile(
    r"(?:no|nop|nope|na|n/a|nada|ningun[oa]?|none|no tengo|no hay|no aplica|no se|nose|no lo se|no sabria|"
    r"ni idea|no idea|idk|(?:i )?do ?n.?t (?:know|have one)|not sure|no por ahora|not now|no tengo \w+|"
    r"prefiero (?:no|correo|email|mail|por (?:correo|aqui|chat)|escribir)\b.*|no (?:deseo|quiero) dar\w* .*)"
)


def says_nothing(text: str) -> bool:
    """Tell whether an answer is that there is none: "no", "nose", "no idea"."""
    return _NOTHING.fullmatch(" ".join(bare(text).split())) is not None


_STATED = re.compile(
    r"(?:(?:no|perdon|disculpe|en realidad|mejor|actually|sorry|wait)[ ,.]+)*(?:el|la|mi|su|the|my) (?P<about>.+)"
)


def read_statement(text: str, names: dict[str, tuple[str, ...]]) -> Steering | None:
    """Return which field a message states anew and as what: "no, la zona es Quito"."""
    stated = _STATED.fullmatch(" ".join(bare(text).split()))
    found = split_change(stated["about"], names) if stated else None
    return found if found and found.value else None


_LINKS = (" a ", " por ", " to ", ": ", " es ", " is ")
_NO_LINK = re.compile(r", (?P<after>.+)| (?P<figures>.*\d.*)")
"""What follows the name of a field that is asked to change, where nothing joins them: "phone 813 555 0177"."""


def split_change(about: str, names: dict[str, tuple[str, ...]], *, asked: bool = False) -> Steering | None:
    """Return which field a "change …" is about and its new value, if it was told at once.

    `names` maps each field to the folded words people call it by; `asked` tells that a change was asked for in so
    many words, so that nothing need join the two.
    """
    calls = sorted(
        ((called, field) for field, words in names.items() for called in words),
        key=lambda pair: -len(pair[0]),
    )
    for called, field in calls:
        if about == called:
            return Steering(Word.CHANGE, field)
        for link in _LINKS:
            if about.startswith(called + link):
                return Steering(Word.CHANGE, field, about[len(called + link) :].strip())
        if asked and about.startswith(called) and (told := _NO_LINK.fullmatch(about, len(called))):
            return Steering(Word.CHANGE, field, told["after"] or told["figures"])
    spelt = process.extractOne(about, [called for called, _ in calls], scorer=fuzz.ratio, score_cutoff=80)
    return Steering(Word.CHANGE, calls[spelt[2]][1]) if spelt else None
