"""A form is data: from one definition come the conversation, the Slack modal, the Teams card and the web form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.cases import Contact, Promise
from dialogs.engine.state import Answer, Frame
from dialogs.events import Language
from dialogs.messages import Option, Row, Spans
from dialogs.wording import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the desk already knows of who writes. `zone_told` tells that they said it; else it is a hint."""

    name: str = ""
    phone: str | None = None
    phone_confirmed_at: datetime | None = None
    zone: str | None = None
    language: Language | None = None
    zone_told: bool = False
    company: str = ""
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a turn may know beside the conversation: the desk, the person, the settings.

    `staff` tells that who acts is one of the desk's own, `offers` that a case is only offered for what nobody
    addressed to the assistant. `promises` are the times
    of the first answer by severity. `escalable` are the cases that who acts may send higher; nothing where they have
    none at all, and empty where none can be now.
    """

    desk: str
    home: Home
    profile: Profile = Profile()
    offers: bool = False
    staff: bool = False
    language: Language = Language.SPANISH
    phone_fresh: timedelta = timedelta(days=180)
    reminder_after: timedelta = timedelta(minutes=10)
    draft_kept: timedelta = timedelta(days=1)
    promises: tuple[Promise, ...] = ()
    escalable: tuple[Option, ...] | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message as the readers get it."""

    text: str
    at: datetime
    language: Language


TOLD = "told"
"""The value of an answer that lies in its words, to be read again whenever what it hangs on has changed."""


OTHER = "other"
"""The value of a choice that means none of those offered: the person is asked to write it."""


@dataclass(frozen=True, slots=True)
class Read:
    """An answer understood."""

    value: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer not understood; `why` is the key of a phrase that says what would help."""

    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a question: its stable name, the value it stands for, and what its label reads.

    The name is also the key of the label's phrase, unless `label` gives the very words.
    """

    name: str
    value: str
    label: str = ""


def always(_frame: Frame, _context: Context) -> bool:
    """Apply to every case."""
    return True


def no_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    """Offer nothing to pick from."""
    return ()


def no_remark(_frame: Frame, _context: Context, _language: Language) -> Spans:
    """Say nothing before the question."""
    return ()


def know_nothing(_context: Context) -> Mapping[str, Read]:
    """Begin with an empty form."""
    return {}


def conclude_nothing(_frame: Frame, _context: Context, _language: Language) -> tuple[Row, ...]:
    """Add nothing to the summary."""
    return ()


def hear_nothing(_heard: Heard, _frame: Frame, _context: Context) -> str | None:
    """Find nothing in passing: the field is only read when it is asked."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing a form wants to know.

    `read` takes an answer to its own question; `hear` finds the answer in any message, the opening one included.
    `applies` tells whether the question makes sense yet; `needs` names the answers it hangs on, whose change
    opens it again. `remark` says what made the question necessary. `fallback` is what to assume when it is left out.
    `prose` answers stay in the person's own words; `closed` ones are one of the choices and nothing else;
    `private` ones are not written out in the conversation, only in the form view. A
    `follow_up` stands in a form view only where it applies already. `called` lists the folded words by which people
    name the field, in both languages.
    """

    name: str
    read: Callable[[Heard, Frame, Context], Read | Refused]
    hear: Callable[[Heard, Frame, Context], str | None] = hear_nothing
    applies: Callable[[Frame, Context], bool] = always
    choices: Callable[[Frame, Context], tuple[Choice, ...]] = no_choices
    show: Callable[[Answer, Frame, Context, Language], Spans]
    remark: Callable[[Frame, Context, Language], Spans] = no_remark
    fallback: Callable[[Context], str] | None = None
    needs: tuple[str, ...] = ()
    skippable: bool = False
    prose: bool = False
    closed: bool = False
    private: bool = False
    follow_up: bool = False
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Ordered fields. `conclude` adds what follows from the answers to the summary; `known` fills in what is known.

    A form `aside` interrupts another one and lets it go on afterwards; what fits none of its fields is not kept. One
    that is sent `at_once` has no summary: it goes when nothing is missing, or when nobody answered for as long as it
    `waits` and what is missing may be left out.

    `patience` is how many questions may follow an opening message that told a lot.
    """

    name: str
    fields: tuple[Field, ...]
    conclude: Callable[[Frame, Context, Language], tuple[Row, ...]] = conclude_nothing
    known: Callable[[Context], Mapping[str, Read]] = know_nothing
    aside: bool = False
    at_once: bool = False
    waits: timedelta | None = None
    patience: int = 3

    def field(self, name: str) -> Field | None:
        """Return a field by its name."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def fingerprint(self) -> str:
        """What changes when an upgrade changes the questions, so that a stored form can tell."""
        shape = ";".join(f"{field.name}:{field.needs}:{field.skippable}:{field.prose}" for field in self.fields)
        return hashlib.sha256(shape.encode()).hexdigest()[:12]

    def missing(self, frame: Frame, context: Context) -> tuple[Field, ...]:
        """Return the fields that apply and have no answer, in their order."""
        return tuple(
            field for field in self.fields if field.name not in frame.answers and field.applies(frame, context)
        )
