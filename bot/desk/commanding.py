"""From what somebody types, presses or fills in to the command of the table, and its answer."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches

from bot.desk import forms
from bot.desk.cases import lock_case
from bot.desk.commands import COMMANDS, Command, may, overview, usage_of
from bot.desk.handlers import Request
from bot.desk.numbers import read_number
from bot.desk.places import case_name, plainly, reader_voice
from bot.desk.replies import held
from bot.desk.roles import is_agent, record_refusal, refuse, scope_of
from bot.turn import Turn
from dialogs.events import File, Invoked, Pressed, Submitted
from dialogs.messages import Code, FormErrors, Message, OpenForm
from dialogs.reading.text import fold
from storage.tables import Case

NOUNS = frozenset({"case", "caso"})
"""What the slash command is called, and a typed one begins with."""

TARGET_LENGTH = 80
"""How much of what was asked for a refusal keeps."""

_NOUN = re.compile(r"\s*(?P<slash>/)?(?:casos?|cases?)(?!\w)[\s:,]*")
_WORD = re.compile(r"\S+")

BY_NAME = {command.name: command for command in COMMANDS}

_BY_SAYING = sorted(
    ((saying, command, more) for command in COMMANDS for saying, more in command.sayings.items()),
    key=lambda entry: -len(entry[0]),
)
"""Everything that is said for a command, and what it adds, the longest first: "mis casos" before "mis"."""


def read_words(text: str, *, addressed: bool, loose: bool) -> str | None:
    """Return the words of a typed command without the noun (`caso`, `/case`) it begins with, if it is one.

    What is addressed to the assistant is one, and what begins with a slash. Where `loose`, the noun and a word
    of the table are enough; people say "caso" when they talk, too, and a note or a reply may begin with it.
    """
    noun = _NOUN.match(fold(text))
    rest = text[noun.end() :] if noun else text
    if addressed or (noun and noun["slash"]):
        return rest
    return rest if loose and noun and find(rest) else None


def find(words: str) -> tuple[Command, str] | None:
    """Return the command that the words begin with, and what follows."""
    words = words.strip()
    folded = fold(words)
    for saying, command, more in _BY_SAYING:
        if re.match(rf"{re.escape(saying)}(?!\w)", folded):
            rest = words[len(saying) :].strip(" \t:,")
            return command, f"{rest} {more}".strip()
    return None


async def run_command(
    turn: Turn, words: str, *, files: tuple[File, ...] = (), here: int | None = None
) -> Message | OpenForm:
    """Do what the words ask for and return the answer. `here` is the case that the place is about, if it is."""
    speak = await reader_voice(turn)
    request = Request(turn=turn, speak=speak, files=files, here=here)
    if not words.strip():
        return await overview(request)
    found = find(words) or await _case_alone(turn, words)
    if found is None:
        return await _unknown(request, words)
    command, text = found
    if not await may(turn, command):
        return (
            plainly(speak, command.instead)
            if command.instead
            else await refuse(turn, command.name, text[:TARGET_LENGTH])
        )
    request = replace(request, text=text)
    if not command.on_case:
        return await command.run(request) or _wrong(command, request)
    named = read_number(text, turn.settings.cases.prefix, bare=here is None)
    number, text = named or (here, text)
    if number is None:
        return _wrong(command, request)
    return await _on_case(command, replace(request, text=text), number)


async def _case_alone(turn: Turn, words: str) -> tuple[Command, str] | None:
    """Return what shows a case, where the words are nothing but its number."""
    named = read_number(words, turn.settings.cases.prefix)
    if named is None or named[1]:
        return None
    return BY_NAME["show" if await is_agent(turn) else "status"], words


async def _on_case(command: Command, request: Request, number: int) -> Message | OpenForm:
    turn = request.turn
    case = await lock_case(turn, number)
    if case is None or not await _is_theirs(turn, command, case):
        return plainly(request.speak, "desk.unknown_case", case=case_name(turn, number))
    request = replace(request, case=case)
    asks = isinstance(turn.event.what, Pressed | Invoked) and not (request.text or command.at_once)
    if command.form and asks:
        return OpenForm(await command.form(turn, request.speak, case))
    if command.text and not request.text and not request.files:
        return _wrong(command, request)
    return await _do(command, request)


async def _do(command: Command, request: Request) -> Message | OpenForm:
    """Do a command on a case. A reply that waits goes before whatever else the customer may hear."""
    if not command.quiet:
        await held.send_now(request.turn, request.about)
    return await command.run(request) or _wrong(command, request)


async def _is_theirs(turn: Turn, command: Command, case: Case) -> bool:
    """Tell whether who acts may know of a case; a customer who may not is recorded."""
    if not command.everyone or await is_agent(turn):
        return True
    scope = await scope_of(turn)
    if scope is not None and scope.shows(case):
        return True
    record_refusal(turn, command.name, case_name(turn, case.number))
    return False


async def submit(turn: Turn, submitted: Submitted) -> Message | OpenForm | FormErrors:
    """Do what a form sent asks for. Rights are looked at again; a form sent twice acts once."""
    speak = await reader_voice(turn)
    name = submitted.form.removeprefix("case.")
    command = BY_NAME.get(name)
    target = read_number(submitted.token.partition(":")[0], turn.settings.cases.prefix)
    if command is None or command.form is None or target is None:
        return plainly(speak, "desk.form.stale")
    if not await may(turn, command):
        return await refuse(turn, command.name, submitted.token[:TARGET_LENGTH])
    case = await lock_case(turn, target[0])
    if case is None or not await _is_theirs(turn, command, case):
        return plainly(speak, "desk.unknown_case", case=case_name(turn, target[0]))
    view = await command.form(turn, speak, case)
    if errors := forms.mistakes(view, submitted.values, speak):
        return FormErrors(errors)
    if not await turn.unit.inbox.accept(f"form:{submitted.token}", turn.event.actor.platform, turn.now):
        return plainly(speak, "desk.form.twice")
    return await _do(command, Request(turn=turn, speak=speak, case=case, text=forms.typed(view, submitted.values)))


def _wrong(command: Command, request: Request) -> Message:
    usage = usage_of(command, request.turn, request.speak)
    return plainly(request.speak, "desk.usage", usage=usage, what=request.speak(f"desk.help.{command.name}"))


async def _unknown(request: Request, words: str) -> Message:
    agent = await is_agent(request.turn)
    allowed = {word: command for command in COMMANDS if agent or command.everyone for word in command.words}
    first = fold(_WORD.findall(words)[0])
    near = get_close_matches(first, allowed, n=1, cutoff=0.7)
    known = usage_of(BY_NAME["help"], request.turn, request.speak)
    if not near:
        return plainly(request.speak, "desk.unknown", word=first[:40], help=known)
    usage = usage_of(allowed[near[0]], request.turn, request.speak).text
    meant = Code(" ".join(usage.split()[:2]))
    return plainly(request.speak, "desk.unknown_near", word=first[:40], meant=meant, help=known)
