"""What happened, with Teams' own ids still in it. `adapters.teams.intake` makes an event of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.events import Language, Place, What

Payload = Mapping[str, Any]


class Answer(StrEnum):
    """How Teams can be answered at once: not at all, by what a card shows, or by a dialog."""

    NOTHING = "nothing"
    CARD = "card"
    DIALOG = "dialog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who acted, as an activity presents them. `member` is their id among the people this bot meets (`29:…`)."""

    member: str
    object: str = ""
    name: str = ""
    language: Language | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an activity came from, and where answers to it are sent."""

    service_url: str
    tenant: str
    bot: str
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event with Teams' own ids still in it. `files` are attachments as Teams lists them.

    `mentioned` are whom it names, but for the assistant.

    `view` is the form that was sent, as its card carried it, `card` the id of the message that was
    pressed, and `carried` what of ours it carried.
    """

    key: str
    sender: Sender
    origin: Origin
    place: Place
    at: datetime
    what: What
    files: tuple[Payload, ...] = ()
    mentioned: tuple[Sender, ...] = ()
    answer: Answer = Answer.NOTHING
    view: Payload = field(default_factory=dict)
    card: str = ""
    carried: Payload = field(default_factory=dict)
