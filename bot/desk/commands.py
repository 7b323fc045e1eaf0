"""The one table of commands: slash commands, typed words, card buttons and the help text all read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.desk import calling, channels, corrections, forms, handlers, home, links, relaying, staffing
from bot.desk.escalation import handlers as escalations
from bot.desk.escalation.people import may_answer
from bot.desk.handlers import Request
from bot.desk.levels.ledger import why
from bot.desk.replies import answering, canned
from bot.desk.reports import asking
from bot.desk.roles import is_agent
from bot.desk.showing import show
from bot.desk.third_parties import deriving, letters, news
from bot.turn import Turn
from dialogs.events import Language
from dialogs.messages import Bullets, Code, Message, OpenForm, Paragraph, Plain
from dialogs.phrases import Voice, voice
from dialogs.reading.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be asked of the desk.

    `name` is the stable and English word, `spanish` the Spanish one, `also` the others that are understood. `on_case`
    tells that it is about one case, `text` that it cannot do without words, `everyone` that it is not for agents
    only, `managers` that it is for managers and whom the escalation list names, `founding` that it is for others too
    while there is no desk yet, `offered` that it is among the dozen in the menu of a platform that has one. `form`
    makes the form that asks for the words; where it acts `at_once` without any, the form opens on request. `quiet`
    tells that the customer hears nothing of it, so a reply that waits to leave goes on waiting. `run` returns the
    answer, or nothing where it was used wrongly. `labels` are the phrases of those of its buttons that say something
    else, each with what the button adds: typed, they do the same. `instead` is the phrase that tells who may not give
    it what to do in its place. The phrases `desk.help.NAME` and `desk.example.NAME` say what it does and show how.
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
    labels: Mapping[str, str] = field(default_factory=dict)
    instead: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Every word it is known by, folded."""
        return tuple(map(fold, (self.name, self.spanish, *self.also)))

    @property
    def sayings(self) -> Mapping[str, str]:
        """Its words and what stands on its buttons in any language, folded, each with what it adds."""
        buttons = ((fold(voice(language)(one)), more) for one, more in self.labels.items() for language in Language)
        return dict(buttons) | dict.fromkeys(self.words, "")


async def may(turn: Turn, command: Command) -> bool:
    """Tell whether who acts may give a command."""
    if command.managers:
        return await may_answer(turn)
    return command.everyone or await is_agent(turn) or (command.founding and await channels.founding(turn))


def usage_of(command: Command, turn: Turn, speak: Voice) -> Code:
    """Return how a command is used, by an example."""
    return Code(speak(f"desk.example.{command.name}", prefix=turn.settings.cases.prefix))


async def overview(request: Request) -> Message:
    """List the commands that who asks may use, each with what it does."""
    lines = [
        (usage_of(command, request.turn, request.speak), Plain(f" — {request.speak(f'desk.help.{command.name}')}"))
        for command in COMMANDS
        if await may(request.turn, command)
    ]
    heading = Paragraph(request.speak.spans("desk.help"))
    return Message(blocks=(heading, Bullets(tuple(lines))), language=request.speak.language)


COMMANDS = (
    Command(
        name="new",
        spanish="nuevo",
        also=("abrir", "crear", "create", "open"),
        run=relaying.new,
        on_case=False,
        text=True,
        instead="filing.tell_here",
    ),
    Command(name="list", spanish="lista", also=("listar",), run=handlers.list_cases, on_case=False, offered=True),
    Command(name="show", spanish="ver", also=("mostrar",), run=show, offered=True, quiet=True),
    Command(name="why", spanish="porqué", also=("por qué",), run=why, quiet=True),
    Command(name="take", spanish="tomar", run=handlers.take, offered=True),
    Command(name="assign", spanish="asignar", run=staffing.assign, text=True),
    Command(name="release", spanish="soltar", also=("liberar",), run=staffing.release),
    Command(name="absent", spanish="ausente", run=staffing.absent, on_case=False),
    Command(name="present", spanish="presente", run=staffing.present, on_case=False),
    Command(name="profile", spanish="perfil", run=staffing.profile, on_case=False),
    Command(
        name="phone",
        spanish="teléfono",
        also=("llamar", "call"),
        run=calling.phone,
        quiet=True,
        labels={"desk.button.phone": ""},
    ),
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
        run=answering.wait,
        form=forms.wait,
        labels={"desk.button.wait": ""},
    ),
    Command(
        name="mail",
        spanish="correo",
        also=("email", "e-mail", "letter"),
        run=letters.mail,
        form=forms.mail,
        at_once=True,
        labels={
            "thirdparty.button.send": letters.SEND,
            "thirdparty.button.change": "",
            "thirdparty.button.mail": "",
            "thirdparty.button.again": "",
        },
    ),
    Command(name="derive", spanish="derivar", also=("refer",), run=deriving.derive, text=True, form=forms.derive),
    Command(
        name="answered",
        spanish="contestó",
        also=("contestaron",),
        run=deriving.answered,
        text=True,
        form=forms.answered,
        labels={"desk.button.answered": "", "thirdparty.button.answered": ""},
    ),
    Command(
        name="update",
        spanish="novedad",
        also=("novedades", "news"),
        run=news.update,
        form=forms.update,
        at_once=True,
        labels={"desk.button.update": "", "desk.button.update.edit": news.EDIT},
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
        labels={"desk.button.note": ""},
    ),
    Command(
        name="severity",
        spanish="gravedad",
        also=("severidad", "prioridad", "priority"),
        run=handlers.severity,
        text=True,
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
        name="takeover",
        spanish="asumir",
        also=("take over",),
        run=escalations.takeover,
        managers=True,
        on_case=False,
        labels={"escalation.button.takeover": ""},
    ),
    Command(
        name="further",
        spanish="subir",
        also=("escalate further", "escalar más", "siguiente nivel"),
        run=escalations.further,
        labels={"escalation.button.further": ""},
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
    Command(
        name="undo",
        spanish="deshacer",
        run=answering.undo,
        quiet=True,
        labels={"closing.button.keep": "", "closing.button.reopen": ""},
    ),
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
    Command(
        name="help",
        spanish="ayuda",
        also=("hola", "hello", "hi", "hey", "buenas", "buenos días", "good morning"),
        run=overview,
        everyone=True,
        on_case=False,
        offered=True,
    ),
)
