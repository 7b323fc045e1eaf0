"""The one table of commands: slash commands, typed words, card buttons and the help text all read it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.desk import calling, channels, corrections, forms, handlers, home, links, staffing
from bot.desk.cases import lock_case
from bot.desk.escalation import handlers as escalations
from bot.desk.escalation.people import may_answer
from bot.desk.handlers import Request
from bot.desk.levels.ledger import why
from bot.desk.numbers import read_number
from bot.desk.places import case_name, plainly, reader_voice
from bot.desk.replies import answering, canned, held
from bot.desk.reports import asking
from bot.desk.roles import is_agent, record_refusal, refuse, scope_of
from bot.desk.third_parties import deriving, letters, news
from bot.turn import Turn
from dialogs.events import File, Invoked, Pressed, Submitted
from dialogs.messages import Bullets, Code, FormErrors, Message, OpenForm, Paragraph, Plain
from dialogs.phrases import Voice
from dialogs.reading.text import fold
from storage.tables import Case

NOUNS = frozenset({"case", "caso"})
"""What the slash command is called, and a typed one begins with."""

TARGET_LENGTH = 80
"""How much of what was asked for a refusal keeps."""

_NOUN = re.compile(r"\s*(?P<slash>/)?(?:casos?|cases?)(?!\w)[\s:,]*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be asked of the desk.

    `name` is the stable and English word, `spanish` the Spanish one, `also` the others that are understood. `on_case`
    tells that it is about one case, `text` that it cannot do without words, `everyone` that it is not for agents
    only, `managers` that it is for managers and whom the escalation list names, `founding` that it is for others too
    while there is no desk yet, `offered` that it is among the dozen in the menu of a platform that has one. `form`
    makes the form that asks for the words; where it acts `at_once` without any, the form opens on request. `quiet`
    tells that the customer hears nothing of it, so a reply that waits to leave goes on waiting. `run` returns the
    answer, or nothing where it was used wrongly. The phrases `desk.help.NAME` and `desk.example.NAME` say what it does
    and show how.
    """

    name: str
    spanish: str
    run: Callable[[Request], Awaitable[Message | OpenForm | None]]
    also: tuple[str, ...] = ()
    everyone: bool = False
    managers: bool = False
    founding: bool = False
    on_case: bool = True
    text: bool = False
    offered: bool = False
    form: forms.Maker | None = None
    at_once: bool = False
    quiet: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Every word it is known by, folded."""
        return tuple(map(fold, (self.name, self.spanish, *self.also)))


async def _help(request: Request) -> Message:
    lines = [
        (_usage(command, request.turn, request.speak), Plain(f" — {request.speak(f'desk.help.{command.name}')}"))
        for command in COMMANDS
        if await _may(request.turn, command)
    ]
    heading = Paragraph(request.speak.spans("desk.help"))
    return Message(blocks=(heading, Bullets(tuple(lines))), language=request.speak.language)


COMMANDS = (
    Command(name="list", spanish="lista", also=("listar",), run=handlers.list_cases, on_case=False, offered=True),
    Command(name="show", spanish="ver", also=("mostrar",), run=handlers.show, offered=True, quiet=True),
    Command(name="why", spanish="porqué", also=("por qué",), run=why, quiet=True),
    Command(name="take", spanish="tomar", run=handlers.take, offered=True),
    Command(name="assign", spanish="asignar", run=staffing.assign, text=True),
    Command(name="release", spanish="soltar", also=("liberar",), run=staffing.release),
    Command(name="absent", spanish="ausente", run=staffing.absent, on_case=False),
    Command(name="present", spanish="presente", run=staffing.present, on_case=False),
    Command(name="phone", spanish="teléfono", also=("llamar", "call"), run=calling.phone, quiet=True),
    Command(name="edit", spanish="corregir", also=("editar", "correct"), run=corrections.edit, text=True),
    Command(name="link", spanish="vincular", also=("enlazar",), run=links.link, text=True, quiet=True),
    Command(name="duplicate", spanish="duplicado", also=("duplicar",), run=links.duplicate, text=True),
    Command(name="participants", spanish="participantes", run=staffing.participants, quiet=True),
    Command(
        name="reply",
        spanish="responder",
        also=("answer", "contestar"),
        run=answering.reply,
        text=True,
        offered=True,
        form=forms.reply,
    ),
    Command(
        name="wait",
        spanish="esperar",
        also=("reply and wait", "responder y esperar"),
        run=answering.wait,
        form=forms.wait,
    ),
    Command(
        name="mail",
        spanish="correo",
        also=("email", "e-mail", "letter"),
        run=letters.mail,
        form=forms.mail,
        at_once=True,
    ),
    Command(name="derive", spanish="derivar", also=("refer",), run=deriving.derive, text=True, form=forms.derive),
    Command(
        name="answered",
        spanish="contestó",
        also=("contestaron",),
        run=deriving.answered,
        text=True,
        form=forms.answered,
    ),
    Command(
        name="update",
        spanish="novedad",
        also=("novedades", "news"),
        run=news.update,
        form=forms.update,
        at_once=True,
    ),
    Command(name="replies", spanish="respuestas", run=canned.replies, on_case=False),
    Command(name="move", spanish="mover", also=("pasar",), run=handlers.move_to, text=True),
    Command(name="nudge", spanish="recordar", run=handlers.nudge, text=True, quiet=True),
    Command(
        name="note",
        spanish="nota",
        also=("anotar",),
        run=handlers.note,
        text=True,
        offered=True,
        form=forms.note,
        quiet=True,
    ),
    Command(
        name="severity",
        spanish="gravedad",
        also=("severidad", "prioridad", "priority"),
        run=handlers.severity,
        text=True,
        offered=True,
        form=forms.severity,
    ),
    Command(name="resolve", spanish="resolver", run=handlers.resolve, offered=True, form=forms.resolve),
    Command(
        name="escalate", spanish="escalar", run=escalations.begin, everyone=True, offered=True, form=forms.escalate
    ),
    Command(
        name="acknowledge",
        spanish="acuse",
        also=("ack", "acusar recibo", "acusar", "acuso recibo"),
        run=escalations.acknowledge,
        managers=True,
        on_case=False,
    ),
    Command(
        name="takeover", spanish="asumir", also=("take over",), run=escalations.takeover, managers=True, on_case=False
    ),
    Command(
        name="further",
        spanish="subir",
        also=("escalate further", "escalar más", "siguiente nivel"),
        run=escalations.further,
        managers=True,
        on_case=False,
    ),
    Command(
        name="snooze", spanish="posponer", also=("postergar",), run=escalations.snooze, managers=True, on_case=False
    ),
    Command(
        name="levels",
        spanish="niveles",
        also=("lista de escalación", "escalation list", "escalation levels"),
        run=escalations.levels,
        everyone=True,
        on_case=False,
    ),
    Command(name="undo", spanish="deshacer", run=answering.undo, quiet=True),
    Command(
        name="mine",
        spanish="míos",
        also=("mis casos", "mis", "my cases", "my"),
        run=handlers.mine,
        everyone=True,
        on_case=False,
        offered=True,
    ),
    Command(name="home", spanish="inicio", run=home.home, everyone=True, on_case=False),
    Command(name="report", spanish="informe", also=("reporte",), run=asking.report, on_case=False),
    Command(
        name="channel",
        spanish="canal",
        run=channels.set_channel,
        on_case=False,
        text=True,
        founding=True,
        offered=True,
    ),
    Command(name="status", spanish="estado", run=handlers.status, everyone=True, on_case=False, offered=True),
    Command(name="help", spanish="ayuda", run=_help, everyone=True, on_case=False, offered=True),
)

_BY_NAME = {command.name: command for command in COMMANDS}

_BY_WORD = sorted(((word, command) for command in COMMANDS for word in command.words), key=lambda entry: -len(entry[0]))
"""Every word with its command, the longest first: "mis casos" before "mis"."""


def read_words(text: str, *, addressed: bool, loose: bool) -> str | None:
    """Return the words of a typed command without the noun (`caso`, `/case`) it begins with, if it is one.

    What is addressed to the assistant is one, and what begins with a slash. Where `loose`, the noun and a word
    of the table are enough; people say "caso" when they talk, too, and a note or a reply may begin with it.
    """
    noun = _NOUN.match(fold(text))
    rest = text[noun.end() :] if noun else text
    if addressed or (noun and noun["slash"]):
        return rest
    return rest if loose and noun and _find(rest) else None


def _find(words: str) -> tuple[Command, str] | None:
    """Return the command that the words begin with, and what follows."""
    words = words.strip()
    folded = fold(words)
    for word, command in _BY_WORD:
        if re.match(rf"{re.escape(word)}(?!\w)", folded):
            return command, words[len(word) :].strip(" \t:,")
    return None


async def run_command(
    turn: Turn, words: str, *, files: tuple[File, ...] = (), here: int | None = None
) -> Message | OpenForm:
    """Do what the words ask for and return the answer. `here` is the case that the place is about, if it is."""
    speak = await reader_voice(turn)
    request = Request(turn=turn, speak=speak, files=files, here=here)
    if not words.strip():
        return await _help(request)
    found = _find(words) or await _case_alone(turn, words)
    if found is None:
        return await _unknown(request, words)
    command, text = found
    if not await _may(turn, command):
        return await refuse(turn, command.name, text[:TARGET_LENGTH])
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
    return _BY_NAME["show" if await is_agent(turn) else "status"], words


async def _may(turn: Turn, command: Command) -> bool:
    if command.managers:
        return await may_answer(turn)
    return command.everyone or await is_agent(turn) or (command.founding and await channels.founding(turn))


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
    command = _BY_NAME.get(name)
    target = read_number(submitted.token.partition(":")[0], turn.settings.cases.prefix)
    if command is None or command.form is None or target is None:
        return plainly(speak, "desk.form.stale")
    if not await _may(turn, command):
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


def _usage(command: Command, turn: Turn, speak: Voice) -> Code:
    return Code(speak(f"desk.example.{command.name}", prefix=turn.settings.cases.prefix))


def _wrong(command: Command, request: Request) -> Message:
    usage = _usage(command, request.turn, request.speak)
    return plainly(request.speak, "desk.usage", usage=usage, what=request.speak(f"desk.help.{command.name}"))


async def _unknown(request: Request, words: str) -> Message:
    agent = await is_agent(request.turn)
    allowed = {word: command for command in COMMANDS if agent or command.everyone for word in command.words}
    first = fold(_WORD.findall(words)[0])
    near = get_close_matches(first, allowed, n=1, cutoff=0.7)
    known = _usage(_BY_NAME["help"], request.turn, request.speak)
    if not near:
        return plainly(request.speak, "desk.unknown", word=first[:40], help=known)
    usage = _usage(allowed[near[0]], request.turn, request.speak).text
    meant = Code(" ".join(usage.split()[:2]))
    return plainly(request.speak, "desk.unknown_near", word=first[:40], meant=meant, help=known)
