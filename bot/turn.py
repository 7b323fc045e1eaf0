"""One event being handled: what a turn may read, and what it decides, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.links import Links
from bot.settings import Settings
from dialogs.events import Event, Person, Place
from dialogs.messages import Mail, Message, Post, React, Reply, Revise, ShowHome
from dialogs.wording import Home
from storage.tables import Case
from storage.unit import UnitOfWork


@dataclass(slots=True)
class Turn:
    """An event, the unit of work it is handled in, and the instant it is handled at.

    Whatever is decided goes through here into the outbox and the timers, and lasts only if the unit commits.
    `links` makes links into the assistant, where it can be reached from outside. `reply` is what the platform is owed
    at once, after the commit. `touched` are the cases whose history has grown, by number, `shown` those of them whose
    card is up to date, and `moved` those with another status, with its reason.
    """

    unit: UnitOfWork
    event: Event
    now: datetime
    settings: Settings
    links: Links | None = None
    reply: Reply | None = field(default=None)
    touched: dict[int, Case] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    moved: dict[int, str] = field(default_factory=dict)

    @property
    def home(self) -> Home:
        """The desk's own zone and city."""
        return Home(self.settings.zone.default, self.settings.zone.city)

    def acting_as(self, person: Person, place: Place | None = None) -> Turn:
        """Return this turn as that of somebody else who acts in it, there or elsewhere. What either decides is one."""
        return replace(self, event=replace(self.event, actor=person, place=place or self.event.place))

    def post(
        self,
        place: Place,
        message: Message,
        *,
        ref: str | None = None,
        under: str | None = None,
        lane: str = "",
        awaited: bool = False,
    ) -> None:
        """Decide a new message. `lane` keeps the order; without one it is the conversation's own.

        The desk hears of an `awaited` one once it stands.
        """
        delivery = Post(place=place, message=message, ref=ref, under=under, awaited=awaited)
        self.unit.outbox.add(delivery, lane or place.key, self.now)

    def warn(self, place: Place, message: Message) -> None:
        """Decide a message that holds nothing of a case, so that nobody there need be kept from reading it."""
        self.unit.outbox.add(
            Post(place=place, message=message), f"warning:{place.channel_key}", self.now, regardless=True
        )

    def revise(self, place: Place, ref: str, message: Message, *, lane: str) -> None:
        """Decide a new content for the message that was posted as `ref`."""
        self.unit.outbox.add(Revise(place=place, ref=ref, message=message), lane, self.now)

    def react(self, place: Place, message: str, emoji: str, *, added: bool = True) -> None:
        """Decide to put an emoji on a message of the platform, or to take it away."""
        self.unit.outbox.add(React(place=place, message=message, emoji=emoji, added=added), place.key, self.now)

    def mail(self, mail: Mail) -> None:
        """Decide an e-mail. Those about one thing (`LD-12`) to one address keep their order."""
        self.unit.outbox.add(mail, f"mail:{mail.about}:{mail.to}", self.now)

    def show_home(self, place: Place, person: str, message: Message) -> None:
        """Decide what stands on the assistant's page for somebody; `person` is their id on the platform."""
        delivery = ShowHome(place=place, person=person, message=message)
        self.unit.outbox.add(delivery, f"home:{place.channel_key}", self.now)

    def set_timer(self, kind: str, subject: str, *, fence: str, after: timedelta, place: Place) -> None:
        """Come back to a subject after a while; the one timer of this kind it has is moved."""
        self.unit.timers.set(kind, subject, fence=fence, due_at=self.now + after, place=place, now=self.now)

    def cancel_timer(self, kind: str, subject: str) -> None:
        """Do not come back to a subject."""
        self.unit.timers.cancel(kind, subject)
