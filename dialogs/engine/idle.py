"""What is said while no form is open: a greeting, a request for help, or the beginning of a case."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.cases import Promise
from dialogs.engine.choosing import bare
from dialogs.engine.climbing import escalate, hand_over
from dialogs.engine.conversation import INTAKE, PROFILE, Conversation
from dialogs.engine.outcome import Topic
from dialogs.engine.repairs import say_noted, speak
from dialogs.engine.state import Opening
from dialogs.engine.views import form_view
from dialogs.engine.words import Steering, Word, read_word
from dialogs.events import Language, Said
from dialogs.messages import Bullets, OpenForm, Option, Paragraph, Select, SmallPrint, Spans, Style
from dialogs.phrases import voice
from dialogs.wording import length_text

MORE = "dialog.more"
TOPICS = {
    "profile": "telefono|mi telefono|phone|my phone",
    "details": "detalles|los detalles|detalle|details|the details",
    "zone": "zona|zona horaria|la zona horaria|zone|time zone|timezone",
    "times": "tiempos|los tiempos|sla|niveles de servicio|service levels|service level|times",
    "severity": "gravedad|la gravedad|severidad|prioridad|severity|priority",
    "escalation": "escalacion|escalamiento|escalation",
    "survey": "encuesta|la encuesta|survey|the survey",
}
"""What the desk offers and asks of a customer, in the order in which help tells it, and the words for each."""

_UNDER_AN_OFFER = {Word.HELP, Word.PERSON}
_WORDS = re.compile(r"[^\W\d_]{2,}")
_WORTH = 3
"""How many words a message must have to be worth an offer."""
_DETAILED = 4
"""How many fields an opening message must tell to spare its author the lesser questions."""


def said(talk: Conversation, message: Said) -> None:
    """Answer a message that no form waits for."""
    text = message.text.strip()
    steering = read_word(text) if text else None
    if talk.context.offers and not message.addressed:
        _discreetly(talk, message, steering)
        return
    if steering is not None and _steer(talk, steering):
        return
    topic = _topic(text)
    if topic:
        explain(talk, topic)
    elif message.files or len(_WORDS.findall(text)) >= 2:
        begin(talk, message)
    elif text:
        menu(talk, "dialog.not_understood")


def _discreetly(talk: Conversation, message: Said, steering: Steering | None) -> None:
    """Offer a case for a message that tells something, and do what somebody asks for in plain words.

    Under an offer those are what its button does, a yes and help; all words where the assistant has been talked to.
    """
    word = steering.word if steering else None
    if word is Word.SEND and talk.state.offered is not None:
        _steer(talk, Steering(Word.NEW))
    elif steering and (word is Word.NEW or talk.state.serial or (talk.state.offered and word in _UNDER_AN_OFFER)):
        _steer(talk, steering)
    elif steering is None and len(_WORDS.findall(message.text)) >= _WORTH:
        opening = Opening(message.message, message.text, message.files)
        talk.state = replace(talk.state, offered=opening)
        talk.say(SmallPrint(voice(talk.language).spans("dialog.case_offer")), controls=(talk.button(Word.NEW),))


def pressed(talk: Conversation, word: Word, value: str) -> bool:
    """Do what a button asks for outside a form; return whether it means anything there.

    A button for the form that carries nothing belongs to no earlier form: it stands where nobody is talking yet.
    """
    if word is not Word.FORM:
        return _steer(talk, Steering(word))
    if value:
        return False
    if talk.state.frame is None or talk.form.name != INTAKE:
        talk.open_form(INTAKE)
        talk.tell("dialog.new_case")
        talk.proceed()
    talk.open_view(OpenForm(form_view(talk)))
    return True


def _steer(talk: Conversation, steering: Steering) -> bool:
    match steering.word:
        case Word.GREETING | Word.HELP | Word.WHY | Word.REPEAT:
            greeting = steering.word is Word.GREETING
            menu(talk, "dialog.welcome" if greeting else "dialog.offer")
        case Word.SPANISH | Word.ENGLISH:
            speak(talk, Language.SPANISH if steering.word is Word.SPANISH else Language.ENGLISH)
            menu(talk, "dialog.offer")
        case Word.MY_CASES:
            talk.consult(Topic.MY_CASES)
        case Word.STATUS:
            talk.consult(Topic.STATUS, steering.about)
        case Word.NEW if talk.state.offered is not None:
            opening = talk.state.offered
            talk.state = replace(talk.state, offered=None)
            begin(talk, Said(message=opening.message, text=opening.text, files=opening.files))
        case Word.NEW if steering.value:
            begin(talk, Said(message=_message_of(talk), text=steering.value))
        case Word.NEW | Word.RESTART:
            talk.open_form(INTAKE)
            talk.tell("dialog.new_case")
            talk.proceed()
        case Word.LEVELS:
            talk.consult(Topic.LEVELS)
        case Word.ESCALATE | Word.SUPERVISOR:
            escalate(talk, steering)
        case Word.PERSON:
            hand_over(talk)
        case Word.RESUME if talk.state.shelved is not None:
            frame = replace(talk.state.shelved, asked_at=talk.context.now)
            talk.state = replace(talk.state, frame=frame, shelved=None, serial=frame.serial)
            talk.tell("dialog.resumed")
            talk.ask_again()
        case Word.PROFILE:
            talk.open_form(PROFILE)
            talk.proceed()
        case Word.THANKS | Word.SOLVED:
            talk.tell("dialog.you_are_welcome")
        case Word.CANCEL | Word.BACK | Word.SKIP | Word.RESUME | Word.SEND | Word.FORM | Word.WRONG:
            menu(talk, "dialog.nothing_open")
        case _:
            return False
    return True


def _message_of(talk: Conversation) -> str:
    what = talk.event.what
    return what.message if isinstance(what, Said) else ""


def menu(talk: Conversation, key: str) -> None:
    """Say in a few lines what the desk offers and asks, each with a button and a word."""
    speak = voice(talk.language)
    talk.say(
        Paragraph(speak.spans(key, name=talk.name, desk=talk.context.desk)),
        Bullets(tuple(speak.spans(f"dialog.more.{topic}.line") for topic in TOPICS)),
        Paragraph(speak.spans("dialog.menu_end")),
        controls=(
            talk.button(Word.NEW, Style.PRIMARY),
            talk.button(Word.MY_CASES),
            talk.button(Word.PERSON),
            Select(
                name=MORE,
                placeholder=speak(MORE),
                options=tuple(Option(topic, speak(f"dialog.more.{topic}")) for topic in TOPICS),
            ),
        ),
    )


def _topic(text: str) -> str | None:
    """Return the help topic that a message names by one of its words."""
    said = bare(text)
    return next((topic for topic, words in TOPICS.items() if said in words.split("|")), None)


def _promised(promise: Promise, language: Language) -> Spans:
    within = length_text(promise.days, promise.rest, language)
    key = "dialog.promise.working" if promise.working else "dialog.promise.always"
    return voice(language).spans(key, severity=promise.severity, within=within)


def explain(talk: Conversation, topic: str) -> None:
    """Tell more about one topic of the help."""
    talk.tell(f"dialog.more.{topic}.text", desk=talk.context.desk, city=talk.context.home.city)
    if topic == "times" and talk.context.promises:
        talk.show(Bullets(tuple(_promised(promise, talk.language) for promise in talk.context.promises)))
    if talk.state.frame is None:
        talk.say(controls=(talk.button(Word.NEW),))
    else:
        talk.ask_again()


def begin(talk: Conversation, message: Said) -> None:
    """Open a case with what the first message already tells, and ask only for the rest."""
    talk.open_form(INTAKE)
    talk.tell("dialog.begin", name=talk.name)
    talk.receive_files(message.files)
    told = talk.listen(message.text, message.message)
    say_noted(talk, tuple(field for field in told if not field.prose))
    if len(told) >= _DETAILED:
        _spare_questions(talk)
    talk.proceed()


def _spare_questions(talk: Conversation) -> None:
    missing = talk.form.missing(talk.frame, talk.context)
    surplus = len(missing) - talk.form.patience
    for field in [field for field in missing if field.skippable][: max(surplus, 0)]:
        talk.leave_out(field)
