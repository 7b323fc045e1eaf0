"""What a conversation remembers between two turns. Small JSON, kept by the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter

from dialogs.cases import Remark
from dialogs.events import File, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: its value for us, and the words it was told in.

    `at` is when it was told and `language` what it was told in, so that "hace una hora" can be read again;
    `message` is the platform's id of the message it stands in. `assumed` answers were never told; `skipped` ones
    were left out.
    """

    value: str
    text: str = ""
    at: datetime
    language: Language = Language.SPANISH
    message: str | None = None
    assumed: bool = False
    skipped: bool = False


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A form being filled by `owner`.

    `asking` names the field of the open question, or one of the form's own steps (summary, change).
    `trail` lists the fields asked so far, for going back; `refusals` counts answers in a row not understood,
    and `offered` holds the values that the last of them could have meant.
    `attended` tells that somebody of the desk wrote last, so that what comes next answers them and not the form.
    """

    form: str
    fingerprint: str
    serial: int
    owner: str
    owner_name: str
    answers: Answers = field(default_factory=dict)
    asking: str = ""
    asked_at: datetime
    trail: tuple[str, ...] = ()
    refusals: int = 0
    offered: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    notes: tuple[Remark, ...] = ()
    reminded: bool = False
    attended: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A message under which a case was offered, kept until somebody takes the offer."""

    message: str
    text: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogState:
    """A conversation: its language, the open form, the last one put aside, and the message a case was offered for.

    `interrupted` is the form that goes on after the open one. `serial` counts forms and `asked` questions, so that
    a button knows which one it belongs to.
    """

    language: Language | None = None
    frame: Frame | None = None
    shelved: Frame | None = None
    interrupted: Frame | None = None
    offered: Opening | None = None
    serial: int = 0
    asked: int = 0


@cache
def _adapter() -> TypeAdapter[DialogState]:
    return TypeAdapter(DialogState)


def dump_state(state: DialogState) -> str:
    """Return the state as JSON."""
    return _adapter().dump_json(state, exclude_defaults=True).decode()


def load_state(text: str) -> DialogState:
    """Return the state that `dump_state` wrote, an earlier release's included."""
    return _adapter().validate_json(text or "{}")
