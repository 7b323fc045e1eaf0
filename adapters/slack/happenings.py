"""What happened, with Slack's own ids still in it. `adapters.slack.intake` makes an event of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from dialogs.events import What

Payload = Mapping[str, Any]

SHORTCUT = "case.from_message"
POINTED = "pointed.message"
"""What the desk is asked about a message that somebody points at: by the shortcut, or with an emoji."""


class Answer(StrEnum):
    """How Slack can be answered at once."""

    NOTHING = "nothing"
    MODAL = "modal"
    VIEW = "view"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event with Slack's own ids still in it. `raw` is text as Slack wrote it, `files` as Slack lists them.

    `thread` None means the top of the channel; `answers_us` that the bot began the thread; `lookup` that the thread
    of `what.message` has to be asked for.
    """

    key: str
    user: str
    tenant: str
    channel: str
    at: datetime
    what: What
    thread: str | None = None
    direct: bool = False
    answers_us: bool = False
    raw: str = ""
    files: tuple[Payload, ...] = ()
    lookup: bool = False
    answer: Answer = Answer.NOTHING
    trigger: str = ""
    response_url: str = ""
    view: Payload = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """A channel got a new id."""

    old: str
    new: str


def instant(ts: str) -> datetime:
    """Return the instant of a message id."""
    return datetime.fromtimestamp(float(ts), UTC)


def thread_of(posted: Payload) -> str | None:
    """Return the thread a message was written in; None where it stands at the top, though it may begin a thread."""
    thread: str | None = posted.get("thread_ts")
    return None if thread == posted.get("ts") else thread


def is_direct(channel: str) -> bool:
    """Tell a private chat with the bot from a channel."""
    return channel.startswith("D")
