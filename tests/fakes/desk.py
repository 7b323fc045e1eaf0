"""A desk that does a little of everything, to try a page with: it answers, asks, opens forms and whispers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from adapters.web import WebAdapter
from dialogs.events import Event, Invoked, Language, Pressed, Said, Submitted
from dialogs.messages import (
    Button,
    Delivery,
    Fields,
    FormErrors,
    FormView,
    Heading,
    Input,
    InputKind,
    Message,
    OpenForm,
    Option,
    Paragraph,
    Plain,
    Post,
    Reply,
    Row,
    Select,
    Strong,
    Style,
    When,
    Whisper,
)

QUESTION = Message(
    blocks=(Paragraph((Plain("¿En qué "), Strong("zona horaria"), Plain(" está?"))),),
    controls=(
        Button(name="zone.default", label="Miami", value="America/New_York", style=Style.PRIMARY),
        Select(name="zone.other", placeholder="Otra zona", options=(Option("America/Lima", "Lima"),)),
    ),
)
CARD = Message(
    blocks=(
        Heading("LD-1 · ACME"),
        Fields(
            (
                Row("Empezó", (When(datetime(2026, 11, 22, 14, 15, tzinfo=UTC), "America/Lima", "hoy 9:15"),)),
                Row("Describe", (Plain("<b>no</b> *entran* <!channel> llamadas"),)),
            )
        ),
    ),
    controls=(Button(name="case.note", label="Nota", value="LD-1"),),
)
FORM = FormView(
    form="case.note",
    token="LD-1:7",
    title="Nota interna",
    submit="Guardar la nota",
    inputs=(
        Input(name="text", label="Nota", type=InputKind.TEXT),
        Input(
            name="kind",
            label="Tipo",
            type=InputKind.CHOICE,
            options=(Option("a", "Aviso"), Option("b", "Dato")),
            value="a",
        ),
    ),
)


def _line(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),), language=Language.SPANISH)


class ScriptedDesk:
    """Takes events as the desk would, and remembers them. While `down`, it keeps nothing and raises."""

    def __init__(self) -> None:
        self.adapter: WebAdapter | None = None
        self.events: list[Event] = []
        self.attempts = 0
        self.down = False
        self.taken = asyncio.Condition()
        self._keys: set[str] = set()

    async def __call__(self, event: Event) -> Reply | None:
        self.attempts += 1
        if self.down:
            raise ConnectionError("the store is away")
        if event.key in self._keys:
            return None
        self._keys.add(event.key)
        async with self.taken:
            self.events.append(event)
            self.taken.notify_all()
        return await self._answer(event)

    async def heard(self, count: int) -> list[Event]:
        """Wait until the desk has taken so many events, and return them."""
        async with self.taken:
            await asyncio.wait_for(self.taken.wait_for(lambda: len(self.events) >= count), 10)
        return self.events

    async def _answer(self, event: Event) -> Reply | None:
        match event.what:
            case Said(text="tarjeta"):
                await self._send(event, CARD)
            case Said(text="silencio"):
                return None
            case Said():
                await self._send(event, QUESTION)
            case Pressed(name="case.note") | Invoked(text="nota"):
                return OpenForm(FORM)
            case Pressed(value=value):
                await self._send(event, _line(f"Anotado: {value}"))
            case Invoked(command=command, text=text):
                return Whisper(_line(f"Solo para usted: {command} {text}"))
            case Submitted(values={"text": "mal"}):
                return FormErrors({"text": "Diga algo más, por favor."})
            case Submitted(values=values):
                await self._send(event, _line(f"Nota: {values['text']}"))
            case _:
                return None
        return None

    async def _send(self, event: Event, message: Message) -> None:
        assert self.adapter is not None
        delivery: Delivery = Post(place=event.place, message=message)
        await self.adapter.send(delivery, key=event.key, target=None)
