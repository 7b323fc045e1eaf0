"""The forms behind the card's buttons. What is filled in makes the words that could have been typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.desk.places import case_name, destination
from bot.desk.third_parties.parties import parties_of
from bot.turn import Turn
from dialogs.cases import Severity
from dialogs.messages import FormView, Input, InputKind, Option, spans_text
from dialogs.phrases import Voice
from dialogs.reading.addresses import LONGEST, is_address
from storage.tables import Case

CANNED = "canned"
"""The input that asks for a reply that is ready."""

PARTY, EMAIL = "party", "email"
"""The inputs that ask for the name of a third party, and for its address."""

Maker = Callable[[Turn, Voice, Case], Awaitable[FormView]]


def typed(view: FormView, values: Mapping[str, str]) -> str:
    """Return what is filled in as the words that could have been typed: a name in quotes, a text on its own lines."""
    told = ((question, values.get(question.name, "").strip()) for question in view.inputs)
    return "".join(_written(question, value) for question, value in told if value).strip()


def _written(question: Input, value: str) -> str:
    if question.name == PARTY:
        return f""" "{value.replace('"', " ")}" """
    return f"\n{value}" if question.type is InputKind.TEXT else f" {value}"


def mistakes(view: FormView, values: Mapping[str, str], speak: Voice) -> dict[str, str]:
    """Return what is to be mended, by input: nothing filled in where it is needed, no option chosen, no address."""
    found = {one.name: _mistake(one, values.get(one.name, "").strip()) for one in view.inputs}
    return {name: speak(f"desk.form.{mistake}") for name, mistake in found.items() if mistake}


def _mistake(question: Input, value: str) -> str:
    if not value:
        return "empty" if question.required else ""
    if question.options and value not in {option.value for option in question.options}:
        return "choose"
    return "no_address" if question.name == EMAIL and not is_address(value) else ""


def filled(view: FormView, **values: str) -> FormView:
    """Return a form with some of its inputs filled in."""
    inputs = (replace(one, value=values.get(one.name, one.value)) for one in view.inputs)
    return replace(view, inputs=tuple(inputs))


async def reply(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask for the words to the customer, or for a reply that is ready; the hint says to whom they go."""
    hint = await _to_whom("reply", turn, speak, case)
    ready = _ready(turn, speak)
    return _view("reply", turn, speak, case, *ready, _words("reply", speak, hint=hint, required=not ready))


async def wait(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask for the question to the customer; it may have been asked already."""
    hint = await _to_whom("wait", turn, speak, case)
    return _view("wait", turn, speak, case, *_ready(turn, speak), _words("wait", speak, hint=hint, required=False))


async def _to_whom(name: str, turn: Turn, speak: Voice, case: Case) -> str:
    where = spans_text(await destination(turn, case, speak))
    return speak(f"desk.form.{name}.hint", where=where, language=speak(f"desk.language.{case.language}"))


def _ready(turn: Turn, speak: Voice) -> tuple[Input, ...]:
    """Ask which of the replies that are ready to begin with, where there are any."""
    options = tuple(Option(f"!{one.key}", one.beginning(speak.language)) for one in turn.settings.replies)
    label, hint = speak("replies.form.ready"), speak("replies.form.ready.hint")
    choice = Input(name=CANNED, label=label, hint=hint, type=InputKind.CHOICE, required=False, options=options)
    return (choice,) if options else ()


async def note(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask for an internal note."""
    return _view("note", turn, speak, case, _words("note", speak, hint=speak("desk.form.note.hint")))


async def resolve(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask what was done; it may be left out."""
    hint = speak("desk.form.resolve.hint", language=speak(f"desk.language.{case.language}"))
    return _view("resolve", turn, speak, case, _words("resolve", speak, hint=hint, required=False))


async def escalate(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask why a case should go higher; it may be left out."""
    words = _words("escalate", speak, hint=speak("desk.form.escalate.hint"), required=False)
    return _view("escalate", turn, speak, case, words)


async def severity(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask for a severity and why, the proposed one chosen."""
    level = Input(
        name="severity",
        label=speak("desk.form.severity.level"),
        type=InputKind.CHOICE,
        value=case.severity_confirmed or case.severity_proposed,
        options=tuple(Option(level, speak(f"desk.severity.{level}")) for level in Severity),
    )
    why = _words("severity", speak, hint=speak("desk.form.severity.hint"), required=False)
    return _view("severity", turn, speak, case, level, why)


async def update(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask for news to the customer."""
    hint = await _to_whom("reply", turn, speak, case)
    return _view("update", turn, speak, case, _words("update", speak, hint=hint))


async def answered(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask what a third party answered, and which one where there are several."""
    words = _words("answered", speak, hint=speak("desk.form.note.hint"))
    return _view("answered", turn, speak, case, *await _party(turn, case, speak), words)


async def derive(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask whom to ask about a case."""
    known = ", ".join(one.name for one in turn.settings.third_parties.known)
    party = Input(name=PARTY, label=speak("desk.form.derive.party"), hint=known, max_length=80)
    reference = Input(
        name="reference",
        label=speak("desk.form.derive.reference"),
        hint=speak("desk.form.derive.reference.hint"),
        required=False,
        max_length=60,
    )
    email = _address(speak("desk.form.derive.email.hint"), speak, required=False)
    return _view("derive", turn, speak, case, party, reference, email)


async def mail(turn: Turn, speak: Voice, case: Case) -> FormView:
    """Ask for the words to a third party, and to which one where there are several."""
    return _view(
        "mail",
        turn,
        speak,
        case,
        *await _party(turn, case, speak),
        _address("", speak),
        _words("mail", speak, hint=speak("desk.form.mail.hint")),
    )


async def _party(turn: Turn, case: Case, speak: Voice) -> tuple[Input, ...]:
    """Return what asks which third party is meant, where there are several that have not been done with."""
    names = dict.fromkeys(party.name for party in await parties_of(turn, case) if party.ended_at is None)
    party = Input(
        name=PARTY,
        label=speak("desk.form.party"),
        type=InputKind.CHOICE,
        value=next(iter(names), ""),
        options=tuple(Option(name, name) for name in names),
    )
    return (party,) if len(names) > 1 else ()


def _address(hint: str, speak: Voice, *, required: bool = True) -> Input:
    label = speak("desk.form.email")
    return Input(name=EMAIL, label=label, hint=hint, required=required, max_length=LONGEST)


def _words(name: str, speak: Voice, *, hint: str, required: bool = True) -> Input:
    label = speak(f"desk.form.{name}.text")
    return Input(name="text", label=label, type=InputKind.TEXT, required=required, hint=hint)


def _view(name: str, turn: Turn, speak: Voice, case: Case, *inputs: Input) -> FormView:
    number = case_name(turn, case.number)
    return FormView(
        form=f"case.{name}",
        token=f"{number}:{turn.event.key}",
        title=speak(f"desk.form.{name}.title", case=number),
        submit=speak(f"desk.form.{name}.submit"),
        cancel=speak("desk.form.cancel"),
        inputs=inputs,
        language=speak.language,
    )
