"""Words that steer the conversation wherever it stands: cancel, back, help, a person, another language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from dialogs.engine.choosing import bare


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
    SPANISH = "dialog.spanish"
    ENGLISH = "dialog.english"
    SEND = "dialog.send"
    FORM = "dialog.form"
    NEW = "dialog.new"
    MY_CASES = "dialog.cases"
    STATUS = "dialog.status"
    GREETING = "dialog.greeting"
    THANKS = "dialog.thanks"
    PROFILE = "dialog.profile"


@dataclass(frozen=True, slots=True)
class Steering:
    """A steering word and what it was said about: a case number, the name of a field and its new value."""

    word: Word
    about: str = ""
    value: str = ""


_SAYINGS: dict[Word, str] = {
    Word.CANCEL: "cancelar|cancela|cancelalo|cancelar caso|cancelar el caso|olvidalo|dejalo asi|ya no|salir|"
    "cancel|cancel it|cancel that|cancel case|forget it|never mind|nevermind|quit|exit|abort",
    Word.BACK: "atras|volver|vuelve|regresar|volver atras|ir atras|anterior|pregunta anterior|la anterior|"
    "back|go back|previous|previous question",
    Word.CHANGE: "cambiar|cambiar algo|cambiar respuesta|cambiar una respuesta|corregir|corregir algo|editar|modificar|"
    "change|change something|change an answer|edit|correct|fix something",
    Word.SKIP: "saltar|saltear|omitir|pasar|siguiente|saltar pregunta|prefiero no decirlo|prefiero no|no aplica|n/a|"
    "skip|skip it|skip this|next|pass|rather not say|not applicable",
    Word.WHY: "por que|porque|por que pregunta|por que lo pregunta|por que preguntas|para que|para que sirve|"
    "por que lo necesita|para que lo necesita|why|why do you ask|why do you need it|what for|why do you need that",
    Word.HELP: "ayuda|ayudame|ayudeme|necesito ayuda|menu|opciones|que puede hacer|que puedes hacer|"
    "que hace|como funciona|comandos|instrucciones|"
    "help|help me|i need help|options|what can you do|how does this work|commands",
    Word.REPEAT: "repetir|repite|repita|repitelo|repita la pregunta|repite la pregunta|otra vez|de nuevo|como|que|"
    "no entendi|no entiendo|"
    "repeat|repeat that|repeat the question|again|say again|come again|pardon|what|i do not understand|"
    "i don't understand|i don t understand",
    Word.RESTART: "empezar de nuevo|comenzar de nuevo|desde cero|empezar de cero|reiniciar|volver a empezar|"
    "borrar todo|start over|start again|restart|from scratch|begin again",
    Word.RESUME: "retomar|continuar|seguir|deshacer|recuperar|resume|continue|undo|go on",
    Word.PERSON: "persona|agente|humano|asesor|operador|hablar con una persona|hablar con alguien|"
    "hablar con un agente|hablar con un asesor|hablar con un humano|con una persona|un humano|una persona|"
    "que me llamen|llamenme|alguien que me ayude|"
    "person|agent|human|operator|talk to a person|talk to someone|talk to somebody|talk to an agent|"
    "talk to a human|speak to a person|speak to someone|speak to an agent|speak with an agent|real person|"
    "a person|a human|call me",
    Word.SPANISH: "espanol|en espanol|castellano|spanish|in spanish|hablar en espanol|hable espanol|habla espanol",
    Word.ENGLISH: "english|in english|ingles|en ingles|speak english|do you speak english|switch to english",
    Word.SEND: "enviar|envialo|enviarlo|envie|envielo|enviar caso|enviar el caso|mandar|mandalo|mandelo|confirmar|"
    "confirmo|si|sip|sii|ok|okay|dale|listo|correcto|de acuerdo|esta bien|todo bien|perfecto|adelante|asi esta bien|"
    "si enviar|si envielo|si todo bien|"
    "send|send it|submit|yes|yep|yeah|sure|go ahead|looks good|all good|correct|confirm|that is right|"
    "that's right|yes send it",
    Word.FORM: "formulario|llenar formulario|abrir formulario|form|open form|fill in the form|open the form",
    Word.NEW: "nuevo|nuevo caso|caso nuevo|abrir caso|abrir un caso|crear caso|crear un caso|reportar|"
    "reportar un problema|tengo un problema|otro caso|otro problema|tengo una falla|tengo un inconveniente|"
    "new|new case|open case|open a case|create case|create a case|report|report a problem|"
    "i have a problem|i have an issue|another case|another problem|new ticket|nuevo ticket",
    Word.MY_CASES: "mis casos|ver mis casos|casos abiertos|casos|mis tickets|my cases|my tickets|open cases|cases|"
    "list my cases|show my cases",
    Word.GREETING: "hola|ola|holaa|holi|buenas|buen dia|buenos dias|buenas tardes|buenas noches|saludos|que tal|"
    "hola buenas|hola buen dia|hola buenos dias|hola buenas tardes|hola buenas noches|hola que tal|como esta|"
    "hola como esta|hola como estan|muy buenas|alo|hey|hi|hello|hello there|hi there|good morning|"
    "good afternoon|good evening|hey there|hi team|hola equipo|hello team|how are you",
    Word.PROFILE: "perfil|mi perfil|su perfil|ver perfil|ver mi perfil|mis datos|cambiar mis datos|cambiar mi perfil|"
    "cambiar perfil|profile|my profile|show my profile|my details|change my profile|change profile",
    Word.THANKS: "gracias|muchas gracias|mil gracias|graciass|grax|gracias totales|ok gracias|listo gracias|"
    "muy amable|muy amables|thanks|thank you|thx|ty|many thanks|thanks a lot|thank you very much|ok thanks",
}

_WORDS = {saying: word for word, sayings in _SAYINGS.items() for saying in sayings.split("|")}
# A short word one letter away from another is too often that other one: only long ones may be misspelt.
_LONG = tuple(saying for saying in _WORDS if len(saying) >= 5)
_COURTESY = re.compile(
    r"\b(?:por favor|porfavor|porfa(?:s|vor)?|pf|plis|pls|please|plz|quiero|quisiera|deseo|necesito|me gustaria|"
    r"puedo|puede|puedes|podria|can i|can you|could you|could i|i want to|i would like to|i'd like to|"
    r"i wanna|let me|lets|let's)\b"
)
_AGREED = re.compile(r"(?:(?:ok|okay|oki|si|sip|bueno|listo|dale|perfecto|claro|ya|yes|yeah|sure|well|so)[ ,.!]+)+")
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
    if not said or said.count(" ") >= _MOST_WORDS:
        return None
    if said in _WORDS:
        return Steering(_WORDS[said])
    said = " ".join(bare(_COURTESY.sub(" ", said)).split())
    if said in _WORDS:
        return Steering(_WORDS[said])
    if (agreed := _AGREED.match(said)) and said[agreed.end() :] in _WORDS:
        return Steering(_WORDS[said[agreed.end() :]])
    if status := _STATUS.fullmatch(said):
        return Steering(Word.STATUS, status["number"].replace(" ", "").upper())
    if _BARE_STATUS.fullmatch(said):
        return Steering(Word.MY_CASES)
    if change := _CHANGE.fullmatch(said):
        return Steering(Word.CHANGE, change["about"])
    return _misspelt(said)


def _misspelt(said: str) -> Steering | None:
    if len(said) < 5:
        return None
    best = process.extractOne(said, _LONG, scorer=fuzz.ratio, score_cutoff=86)
    return Steering(_WORDS[best[0]]) if best else None


_NOTHING = re.compile(
    r"(?:no|nop|nope|na|n/a|nada|ningun[oa]?|none|no tengo|no hay|no aplica|no se|nose|no lo se|no sabria|"
    r"ni idea|no idea|(?:i )?do ?n.?t (?:know|have one)|not sure|no por ahora|not now|prefiero no \w+)"
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


def split_change(about: str, names: dict[str, tuple[str, ...]]) -> Steering | None:
    """Return which field a "change …" is about and its new value, if it was told at once.

    `names` maps each field to the folded words people call it by.
    """
    calls = sorted(
        ((called, field) for field, words in names.items() for called in words),
        key=lambda pair: -len(pair[0]),
    )
    for called, field in calls:
        if about == called:
            return Steering(Word.CHANGE, field)
        for link in (" a ", " por ", " to ", ": ", " es ", " is "):
            if about.startswith(called + link):
                return Steering(Word.CHANGE, field, about[len(called + link) :].strip())
    spelt = process.extractOne(about, [called for called, _ in calls], scorer=fuzz.ratio, score_cutoff=80)
    return Steering(Word.CHANGE, calls[spelt[2]][1]) if spelt else None
