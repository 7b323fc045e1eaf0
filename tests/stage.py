"""The whole assistant without a platform: a real store, real turns, and a chat that keeps what it is told.

Adapters are put on the same stage to be held to the same transcripts.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlmodel import col

from adapters.web.people import WebPerson
from bot.clock import Clock
from bot.directory import introduce_channels, introduce_people, page_channel
from bot.samples import CHANNELS, people
from bot.settings import Settings, read_settings
from bot.turns import Turns
from dialogs.events import (
    Deleted,
    Edited,
    Event,
    File,
    Invoked,
    Mailed,
    Person,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
    Submitted,
    What,
)
from dialogs.messages import (
    Button,
    Delivery,
    FormErrors,
    Mail,
    Message,
    OpenForm,
    Post,
    React,
    Reply,
    Revise,
    Whisper,
    message_text,
)
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.tables import Timer
from storage.timer_queue import TimerQueue

SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""10:00 in Miami, where every story begins."""


async def nothing_due(database: Database, clock: Clock) -> None:
    """Wait until every timer that is due has been handled."""
    due = select(Timer).where(col(Timer.due_at) <= clock.now()).limit(1)
    while True:
        async with database.reading() as session:
            if (await session.scalars(due)).first() is None:
                return
        await asyncio.sleep(0.01)


class StillClock(Clock):
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = SUNDAY) -> None:
        super().__init__()
        self._at = at

    def now(self) -> datetime:
        return self._at + self.ahead


AT_ONCE = 'times.undo = "0 seconds"'
"""Settings under which replies leave at once; what it is like to take one back has tests of its own."""


class Stage(Protocol):
    """What a transcript needs of a platform. Channels are `acme`, `globex`, `desk` and `escalations`."""

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        """Somebody writes: in their thread of the channel, or at its top where they have none.

        At its top again where it is `new`, and `below` the last post of the assistant at its top.
        """

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        """Somebody presses the latest button of that name that they can see in the channel."""

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        """Somebody types a slash command."""

    async def fills(self, who: str, values: dict[str, str]) -> None:
        """Somebody sends the form that was last opened for them, with these values changed."""

    async def reacts(self, who: str, emoji: str, *, channel: str) -> None:
        """Somebody puts an emoji on the latest message of the assistant in the channel."""

    async def answers(self, text: str) -> None:
        """Whoever the last e-mail was sent to answers it."""

    async def waits(self, time: timedelta) -> None:
        """Time passes, and what comes due happens."""

    async def heard(self, channel: str) -> str:
        """Return all that the assistant said in a channel, or changed there, or by `mail`, since last asked."""

    async def whispered(self, who: str) -> str:
        """Return what only that person was told since this was last asked."""


@dataclass
class Kept:
    """A message of the assistant as the chat keeps it."""

    id: str
    place: Place
    message: Message


@dataclass
class Chat:
    """A platform that keeps messages in memory, in the order sent, and is never in trouble."""

    platform: Platform = Platform.WEB
    kept: dict[str, Kept] = field(default_factory=dict)
    mails: list[Mail] = field(default_factory=list)
    reactions: list[React] = field(default_factory=list)
    news: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        match delivery:
            case Post(place=place, message=message):
                place = replace(place, thread=place.thread or target)
                self.kept[key] = Kept(key, place, message)
                self.news.append((place.channel, message_text(message)))
                return key
            case Revise(place=place, message=message):
                assert target is not None
                self.kept[target].message = message
                self.news.append((place.channel, message_text(message)))
            case React() as reaction:
                self.reactions.append(reaction)
            case Mail() as mail:
                self.mails.append(mail)
                self.news.append(("mail", mail_text(mail)))
        return None


def mail_text(mail: Mail) -> str:
    """Return a mail as one reads it in a mailbox."""
    return f"{mail.to}\n{mail.subject}\n{message_text(mail.message)}"


class BareStage:
    """The assistant and a chat in memory."""

    def __init__(self, database: Database, settings: Settings | None = None, clock: Clock | None = None) -> None:
        self.settings = settings or read_settings(AT_ONCE)
        self.clock = clock or StillClock()
        self.database = database
        self.chat = Chat()
        self.turns = Turns(database, self.settings, self.clock, lambda: None)
        self.people: dict[str, WebPerson] = {one.id: one for one in people(self.settings.organisation.name)}
        self._outbox = DeliveryQueue(database, "stage")
        self._timers = TimerQueue(database, "stage")
        self._threads: dict[tuple[str, str], str] = {}
        self._whispers: dict[str, list[str]] = {}
        self._forms: dict[str, OpenForm] = {}
        self._count = 0

    async def open(self) -> BareStage:
        """Introduce the sample companies."""
        async with self.database.unit() as unit:
            await introduce_channels(unit, map(page_channel, CHANNELS))
            await introduce_people(unit, self.people.values(), self.clock.now())
            await unit.commit()
        return self

    async def happens(self, who: str, channel: str, what: What, *, thread: str | None) -> Reply | None:
        """Hand one event to the assistant and deliver what it decides."""
        self._count += 1
        self.clock.advance(timedelta(seconds=1))
        event = Event(
            key=f"stage:{self._count}",
            actor=self.people[who].as_person(),
            place=Place(platform=Platform.WEB, channel=channel, thread=thread),
            at=self.clock.now(),
            what=what,
        )
        reply = await self.turns.handle(event)
        match reply:
            case Whisper(message=message):
                self._whispers.setdefault(who, []).append(message_text(message))
            case OpenForm() as form:
                self._forms[who] = form
            case FormErrors(errors=errors):
                self._whispers.setdefault(who, []).extend(errors.values())
            case None:
                pass
        await self.deliver()
        return reply

    async def deliver(self) -> None:
        """Send everything that waits, in order."""
        while claimed := await self._outbox.claim(self.clock.now(), 50):
            for one in claimed:
                message = await self.chat.send(one.delivery, key=one.key, target=one.target)
                await self._outbox.finish(one, message, self.clock.now())

    async def says(
        self, who: str, text: str, *, channel: str, files: tuple[str, ...] = (), new: bool = False, below: bool = False
    ) -> None:
        thread = self._begun(channel) if below else None if new else self._thread(who, channel)
        message = f"m{self._count + 1}"
        if thread is None and channel not in {"desk", "escalations"}:
            self._threads[channel, who] = message
        sent = tuple(File(id=f"{name}-{message}", name=name, media_type=_media_type(name)) for name in files)
        await self.happens(who, channel, Said(message=message, text=text, files=sent), thread=thread)

    def _thread(self, who: str, channel: str) -> str | None:
        """Return the thread that somebody writes in: their own, the card's, or the last one of the channel."""
        if channel in {"desk", "escalations"}:
            return self._begun(channel)
        threads = [thread for (where, _), thread in self._threads.items() if where == channel]
        return self._threads.get((channel, who)) or (threads[-1] if threads else None)

    def _begun(self, channel: str) -> str | None:
        begun = [one.id for one in self.chat.kept.values() if one.place.channel == channel and not one.place.thread]
        return begun[-1] if begun else None

    async def presses(self, who: str, name: str, *, channel: str) -> None:
        for kept in reversed(self.chat.kept.values()):
            for control in kept.message.controls:
                if kept.place.channel == channel and isinstance(control, Button) and control.name == name:
                    pressed = Pressed(name=name, value=control.value, message=kept.id)
                    await self.happens(who, channel, pressed, thread=kept.place.thread)
                    return
        raise AssertionError(f"no button {name} in {channel}")

    async def commands(self, who: str, text: str, *, channel: str) -> None:
        name, _, rest = text.removeprefix("/").partition(" ")
        await self.happens(who, channel, Invoked(command=name, text=rest), thread=None)

    async def fills(self, who: str, values: dict[str, str]) -> None:
        view = self._forms[who].view
        known = {one.name: one.value for one in view.inputs}
        sent = Submitted(form=view.form, token=view.token, values=known | values)
        channel = self.people[who].channels[0]
        await self.happens(who, channel, sent, thread=self._thread(who, channel))

    async def answers(self, text: str) -> None:
        mail = self.chat.mails[-1]
        self._count += 1
        self.clock.advance(timedelta(seconds=1))
        event = Event(
            key=f"mail:{self._count}",
            actor=Person(platform=Platform.MAIL, tenant=mail.to.rpartition("@")[2], id=mail.to),
            place=Place(platform=Platform.MAIL, channel="inbox", thread=mail.about),
            at=self.clock.now(),
            what=Mailed(message=f"m{self._count}", subject=f"Re: {mail.subject}", text=text),
        )
        await self.turns.handle(event)
        await self.deliver()

    async def edits(self, who: str, message: str, text: str, *, channel: str) -> None:
        await self.happens(who, channel, Edited(message=message, text=text), thread=self._thread(who, channel))

    async def deletes(self, who: str, message: str, *, channel: str) -> None:
        await self.happens(who, channel, Deleted(message=message), thread=self._thread(who, channel))

    async def reacts(self, who: str, emoji: str, *, channel: str) -> None:
        kept = [one for one in self.chat.kept.values() if one.place.channel == channel][-1]
        await self.happens(who, channel, Reacted(message=kept.id, emoji=emoji), thread=kept.place.thread)

    async def waits(self, time: timedelta) -> None:
        until = self.clock.now() + time
        while due := await self._timers.next_due(until=until):
            self.clock.advance(max(due - self.clock.now(), timedelta()))
            for event in await self._timers.claim(self.clock.now()):
                await self.turns.handle(event)
        self.clock.advance(until - self.clock.now())
        await self.deliver()

    async def heard(self, channel: str) -> str:
        told = [text for where, text in self.chat.news if where == channel]
        self.chat.news = [(where, text) for where, text in self.chat.news if where != channel]
        return "\n".join(told)

    async def whispered(self, who: str) -> str:
        return "\n".join(self._whispers.pop(who, []))


def _media_type(name: str) -> str:
    return {"png": "image/png", "log": "text/plain"}.get(name.rpartition(".")[2], "application/octet-stream")
