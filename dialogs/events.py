"""Events in: what happened on a platform, in words that no platform owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator


class Platform(StrEnum):
    """Where people talk. `DESK` is the assistant's own clockwork: timers, not people."""

    WEB = "web"
    SLACK = "slack"
    TEAMS = "teams"
    MAIL = "mail"
    DESK = "desk"


class Language(StrEnum):
    """The languages the assistant speaks."""

    SPANISH = "es"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as their platform presents them.

    `tenant` is the platform's own organisation id. `language` and `zone` are hints, never answers.
    `automatic` marks bots and other apps; `guest` somebody who is not of the workspace's own
    people: let into it, or of another company that shares a channel.
    """

    platform: Platform
    tenant: str
    id: str
    name: str = ""
    language: Language | None = None
    zone: str | None = None
    automatic: bool = False
    guest: bool = False

    @property
    def key(self) -> str:
        """The one name of this person in the store."""
        return f"{self.platform}:{self.tenant}:{self.id}"


WHOLE_CHAT = "chat"
"""The thread of everything that is said in a chat of several people, which has no threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel, or one thread of it. `direct` marks a private chat with the assistant."""

    platform: Platform
    channel: str
    thread: str | None = None
    direct: bool = False

    @property
    def channel_key(self) -> str:
        """The one name of the channel in the store."""
        return f"{self.platform}:{self.channel}"

    @property
    def key(self) -> str:
        """The one name of the conversation in the store."""
        return f"{self.platform}:{self.channel}:{self.thread or ''}"


class FileProblem(StrEnum):
    """Why a file that somebody sent is not with us."""

    TOO_LARGE = "too_large"
    FORBIDDEN_TYPE = "forbidden_type"
    UNREACHABLE = "unreachable"
    NOT_GIVEN = "not_given"
    NO_SPACE = "no_space"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as the store keeps it: `id` names it there, `size` is in bytes.

    Where `problem` is set there is no content, only the name people know it by. `excerpt` is the readable
    beginning and end of a text file, and `taken_at` a picture's own EXIF time, both for the readers.
    """

    id: str
    name: str
    media_type: str = "application/octet-stream"
    size: int = 0
    sha256: str = ""
    problem: FileProblem | None = None
    excerpt: str = ""
    taken_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message. `message` is its id on the platform; `addressed` tells that it was for the assistant.

    `mentioned` are the people whom the platform itself names in it, but for the assistant.
    """

    message: str
    text: str = ""
    files: tuple[File, ...] = ()
    addressed: bool = False
    mentioned: tuple[Person, ...] = ()
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button or an option of a list, by its stable name; `value` is what it carried."""

    name: str
    value: str = ""
    message: str | None = None
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A form, sent. `token` is what the form view carried, `values` its inputs by name."""

    form: str
    token: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoked:
    """A slash command, or its text equivalent: `/case take LD-12` is `case` with `take LD-12`.

    `mentioned` is as in `Said`.
    """

    command: str
    text: str = ""
    mentioned: tuple[Person, ...] = ()
    kind: Literal["invoked"] = "invoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A message got a new text."""

    message: str
    text: str
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A message was taken back."""

    message: str
    kind: Literal["deleted"] = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """An emoji was put on a message, or taken away. `emoji` is a short name without colons: `eyes`."""

    message: str
    emoji: str
    added: bool = True
    kind: Literal["reacted"] = "reacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Somebody came into a channel, or left it. `me` tells that it is the assistant itself."""

    me: bool = False
    left: bool = False
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A channel is shared with another company or, where it `ended`, with none any more: perhaps it was `archived`."""

    ended: bool = False
    archived: bool = False
    kind: Literal["shared"] = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened:
    """Somebody opened the page that the assistant has for each person on the platform: Slack's Home tab."""

    kind: Literal["home_opened"] = "home_opened"


class MailNature(StrEnum):
    """What an e-mail is: somebody's words, a machine's, or the report that one of ours did not arrive."""

    LETTER = "letter"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """An e-mail came. `text` is what is new in it: where it quotes more than that, the whole is among its files.

    `answers` is what tells of which mail it is an answer: ids, and addresses it was sent to. Of a bounce, `failed` are
    the addresses that were not reached, and `text` is why.
    """

    message: str
    subject: str = ""
    text: str = ""
    files: tuple[File, ...] = ()
    answers: tuple[str, ...] = ()
    nature: MailNature = MailNature.LETTER
    failed: tuple[str, ...] = ()
    kind: Literal["mailed"] = "mailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired:
    """A timer of this conversation or case came due. `timer` names its kind, `fence` what it was set for."""

    timer: str
    fence: str
    subject: str
    kind: Literal["timer"] = "timer"


What = Annotated[
    Said
    | Pressed
    | Submitted
    | Invoked
    | Edited
    | Deleted
    | Reacted
    | Joined
    | Shared
    | HomeOpened
    | Mailed
    | TimerFired,
    Discriminator("kind"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened: who, where, what, and when by the platform's clock.

    `key` is the idempotency key, unique within the platform: the same happening always has the same key.
    """

    key: str
    actor: Person
    place: Place
    at: datetime
    what: What
