"""A small support desk with two customers, on a real store; what is sent appears on the screens of its channels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot import desk
from bot.links import Links
from bot.routing import route
from bot.settings import Settings, read_settings
from bot.turn import Turn
from dialogs.cases import ChannelRole, Draft, EventKind, Impact, Severity, Told, ToldZone
from dialogs.events import (
    Deleted,
    Edited,
    Event,
    File,
    Invoked,
    Language,
    Person,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
    Submitted,
    What,
)
from dialogs.messages import Attachments, FormView, Message, OpenForm, Post, Reply, Revise, Whisper, message_text
from storage.database import Database
from storage.outbox import DELIVERY
from storage.tables import Case, CaseEvent, Channel, OutboxRow, OutboxState, Posting, Refusal
from storage.timer_queue import TimerQueue
from tests.stage import AT_ONCE

START = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)

ANA = Person(platform=Platform.WEB, tenant="acme", id="ana", name="Ana Quispe")
BRUNO = Person(platform=Platform.WEB, tenant="acme", id="bruno", name="Bruno Paz")
LUIS = Person(platform=Platform.WEB, tenant="globex", id="luis", name="Luis Ferrer", language=Language.ENGLISH)
GUEST = Person(platform=Platform.WEB, tenant="elsewhere", id="gus", name="Gus Visita")
MARTA = Person(platform=Platform.WEB, tenant="ld", id="marta", name="Marta Rivas")
DIEGO = Person(platform=Platform.WEB, tenant="ld", id="diego", name="Diego Salas", language=Language.ENGLISH)
CARMEN = Person(platform=Platform.WEB, tenant="ld", id="carmen", name="Carmen Ortiz")
SALES = Person(platform=Platform.WEB, tenant="ld", id="sol", name="Sol Ventas")

ACME = Place(platform=Platform.WEB, channel="acme")
GLOBEX = Place(platform=Platform.WEB, channel="globex")
DESK = Place(platform=Platform.WEB, channel="desk")
ESCALATIONS = Place(platform=Platform.WEB, channel="escalations")

LOG = File(id="f1", name="router.log", media_type="text/plain", size=12, sha256="ab")


@dataclass(slots=True)
class Shown:
    """A message on a screen."""

    id: str
    message: Message

    @property
    def text(self) -> str:
        return message_text(self.message)

    @property
    def buttons(self) -> tuple[str, ...]:
        return tuple(control.name for control in self.message.controls)

    @property
    def files(self) -> tuple[str, ...]:
        blocks = [block for block in self.message.blocks if isinstance(block, Attachments)]
        return tuple(file.name for block in blocks for file in block.files)


@dataclass(slots=True)
class Office:
    """Lets people act, and shows what each channel looks like afterwards."""

    database: Database
    settings: Settings
    links: Links | None = None
    now: datetime = START
    screens: dict[str, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    ids: count[int] = field(default_factory=lambda: count(1))

    async def open(self) -> None:
        """Tell the store who and where."""
        async with self.database.unit() as unit:
            for name, place, tenant in (("ACME", ACME, "acme"), ("Globex", GLOBEX, "globex")):
                company = await unit.organisations.get_or_add(name)
                await unit.organisations.set_tenant(Platform.WEB, tenant, company)
                await unit.channels.put(_channel(place, ChannelRole.CUSTOMER, company.id))
            await unit.channels.put(_channel(DESK, ChannelRole.DESK, None))
            await unit.channels.put(_channel(ESCALATIONS, ChannelRole.ESCALATIONS, None))
            for person, places in (
                (ANA, [ACME]),
                (BRUNO, [ACME]),
                (GUEST, [ACME]),
                (LUIS, [GLOBEX]),
                (MARTA, [ACME, GLOBEX, DESK]),
                (DIEGO, [ACME, GLOBEX, DESK]),
                (CARMEN, [ESCALATIONS]),
                (SALES, [ACME]),
            ):
                await unit.people.get_or_add(person, self.now)
                for place in places:
                    await unit.members.add(place.channel_key, person.key)
            await unit.commit()

    # What people do.

    async def does(self, person: Person, place: Place, what: What) -> Reply | None:
        event = Event(key=f"event:{next(self.ids)}", actor=person, place=place, at=self.now, what=what)
        async with self.database.unit() as unit:
            turn = Turn(unit, event, self.now, self.settings, self.links)
            await route(turn)
            await unit.commit()
        await self.deliver()
        self.now += timedelta(minutes=1)
        return turn.reply

    async def says(self, person: Person, place: Place, text: str, *files: File, addressed: bool = False) -> str:
        """Write a message and return its id."""
        said = Said(message=f"said:{next(self.ids)}", text=text, files=files, addressed=addressed)
        await self.does(person, place, said)
        return said.message

    async def presses(self, person: Person, button: str, value: str, place: Place = DESK) -> Reply | None:
        return await self.does(person, place, Pressed(name=button, value=value))

    async def types(self, person: Person, text: str, place: Place = DESK, command: str = "caso") -> str:
        """Use the slash command and return the answer that only its author sees."""
        return whispered(await self.does(person, place, Invoked(command=command, text=text)))

    async def sends(self, person: Person, view: FormView, **values: str) -> Reply | None:
        return await self.does(person, DESK, Submitted(form=view.form, token=view.token, values=values))

    async def edits(self, person: Person, place: Place, message: str, text: str) -> None:
        await self.does(person, place, Edited(message=message, text=text))

    async def deletes(self, person: Person, place: Place, message: str) -> None:
        await self.does(person, place, Deleted(message=message))

    async def reacts(self, person: Person, place: Place, message: str, emoji: str) -> None:
        await self.does(person, place, Reacted(message=message, emoji=emoji))

    async def files(self, person: Person, channel: Place, description: str, **more: object) -> Place:
        """File a case from a new thread of the channel; return the thread."""
        thread = Place(platform=channel.platform, channel=channel.channel, thread=f"said:{next(self.ids)}")
        told = {
            "description": description,
            "language": Language.SPANISH,
            "zone": ToldZone("America/Lima", assumed=False),
            "severity_proposed": Severity.S2,
            "severity_reason": "severity.because.many_users.no_workaround",
            "impact": Impact.MANY_USERS,
            "workaround": False,
            "expected_behaviour": "Llamadas sin cortes",
            "started": Told(text="a las 9", instant=START - timedelta(hours=1), zone="America/Lima"),
            "phone": "+51987654321",
        }
        said = Said(message=thread.thread or "", text=description)
        event = Event(key=f"event:{next(self.ids)}", actor=person, place=thread, at=self.now, what=said)
        async with self.database.unit() as unit:
            turn = Turn(unit, event, self.now, self.settings, self.links)
            conversation = await unit.conversations.lock(thread, self.now)
            await desk.file_case(turn, Draft(**(told | more)), conversation)  # type: ignore[arg-type]
            await desk.settle(turn)
            await unit.commit()
        await self.deliver()
        self.now += timedelta(minutes=1)
        return thread

    async def waits(self, minutes: float) -> None:
        """Let time pass, and let what comes due happen at its own moment."""
        until = self.now + timedelta(minutes=minutes)
        queue = TimerQueue(self.database, "test")
        while due := await queue.claim(until, 1):
            (event,) = due
            self.now = max(self.now, event.at)
            async with self.database.unit() as unit:
                if await unit.timers.finish(event.key):
                    await route(Turn(unit, event, self.now, self.settings, self.links))
                await unit.commit()
            await self.deliver()
        self.now = until

    # What there is to see.

    async def deliver(self) -> None:
        """Bring what was decided onto the screens, in order."""
        async with self.database.unit() as unit:
            pending = select(OutboxRow).where(col(OutboxRow.state) == OutboxState.PENDING).order_by(col(OutboxRow.id))
            for row in (await unit.session.scalars(pending)).all():
                delivery = DELIVERY.validate_json(row.payload)
                row.state = OutboxState.DONE
                if isinstance(delivery, Post):
                    posting = await unit.postings.find(delivery.under) if delivery.under else None
                    place = delivery.place
                    thread = posting.message if posting else place.thread
                    shown = Shown(f"bot:{next(self.ids)}", delivery.message)
                    self.screens[f"{place.channel}:{thread or ''}"].append(shown)
                    if delivery.ref:
                        unit.session.add(
                            Posting(ref=delivery.ref, platform=place.platform, channel=place.channel, message=shown.id)
                        )
                        await unit.session.flush()
                elif isinstance(delivery, Revise):
                    posting = await unit.postings.find(delivery.ref)
                    assert posting is not None
                    self._on_screen(posting.message).message = delivery.message
            await unit.commit()

    def _on_screen(self, message: str) -> Shown:
        return next(shown for screen in self.screens.values() for shown in screen if shown.id == message)

    def screen(self, place: Place) -> list[Shown]:
        return self.screens[f"{place.channel}:{place.thread or ''}"]

    def last(self, place: Place) -> str:
        return self.screen(place)[-1].text

    def card(self, number: int = 1) -> Shown:
        cards = [shown for shown in self.screen(DESK) if shown.text.startswith(f"LD-{number} ")]
        return cards[-1]

    def under_card(self, number: int = 1) -> Place:
        return Place(platform=Platform.WEB, channel="desk", thread=self.card(number).id)

    def customers_see(self) -> str:
        """Everything that ever stood in a customer's channel."""
        channels = ("acme:", "globex:")
        return "\n".join(
            shown.text for key, screen in self.screens.items() if key.startswith(channels) for shown in screen
        )

    async def case(self, number: int = 1) -> Case:
        async with self.database.unit() as unit:
            case = await unit.cases.get(number)
            assert case is not None
            return case

    async def history(self, number: int = 1) -> list[CaseEvent]:
        async with self.database.unit() as unit:
            return list(await unit.cases.history(number))

    async def kinds(self, number: int = 1) -> list[EventKind]:
        return [event.kind for event in await self.history(number)]

    async def refusals(self) -> list[tuple[str, str, str]]:
        async with self.database.unit() as unit:
            rows = await unit.session.scalars(select(Refusal).order_by(col(Refusal.id)))
            return [(row.actor_key.rpartition(":")[2], row.action, row.target) for row in rows]


def _channel(place: Place, role: ChannelRole, organisation: int | None) -> Channel:
    return Channel(
        key=place.channel_key,
        platform=place.platform,
        channel=place.channel,
        role=role,
        organisation_id=organisation,
    )


def whispered(reply: Reply | None) -> str:
    """Return what only who acted gets to read."""
    assert isinstance(reply, Whisper), reply
    return message_text(reply.message)


def opened(reply: Reply | None) -> FormView:
    """Return the form that was opened."""
    assert isinstance(reply, OpenForm), reply
    return reply.view


@pytest.fixture
async def office(sqlite_database: Database) -> Office:
    """A desk that speaks Spanish."""
    office = Office(sqlite_database, read_settings(AT_ONCE))
    await office.open()
    return office


@pytest.fixture
async def any_office(database: Database) -> Office:
    """A desk that speaks Spanish, on SQLite and on PostgreSQL."""
    office = Office(database, read_settings(AT_ONCE))
    await office.open()
    return office


@pytest.fixture
async def english_office(sqlite_database: Database) -> Office:
    """A desk that speaks English."""
    office = Office(sqlite_database, read_settings(f'{AT_ONCE}\nlanguages.default = "en"'))
    await office.open()
    return office
