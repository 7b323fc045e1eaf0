"""What a turn decides: the new state, and what to do, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dialogs.engine.state import DialogState, Frame
from dialogs.events import Language
from dialogs.messages import Message, Reply


@dataclass(frozen=True, slots=True)
class Say:
    """Say this in the conversation."""

    message: Message


class Topic(StrEnum):
    """What only the desk can answer in the middle of a conversation."""

    STATUS = "status"
    MY_CASES = "my_cases"
    ESCALATION = "escalation"
    LEVELS = "levels"


@dataclass(frozen=True, slots=True)
class Consult:
    """Let the desk answer here, between what was said before and what follows."""

    topic: Topic
    argument: str
    language: Language


@dataclass(frozen=True, slots=True)
class Complete:
    """The form is done. `handed_over` tells that the person asked for somebody before everything was told."""

    frame: Frame
    language: Language
    handed_over: bool = False


Effect = Say | Consult | Complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a turn. `silence` is how long to wait for the next word, nothing where nobody waits.

    `told_language` is set when the person chose a language.
    """

    state: DialogState
    effects: tuple[Effect, ...] = ()
    reply: Reply | None = None
    silence: timedelta | None = None
    told_language: Language | None = None
