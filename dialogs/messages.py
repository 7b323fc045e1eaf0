"""Messages out: what the assistant says, in words that no platform owns.

Text that came from a person is always a `Plain` span, so no adapter can turn it into a mention, a link or a
broadcast. Adapters render; they never parse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator

from dialogs.events import File, Language, Place


@dataclass(frozen=True, slots=True)
class Plain:
    """Text exactly as it stands. The only span that may hold what a person wrote."""

    text: str
    kind: Literal["plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Strong:
    """Our own text, made to stand out."""

    text: str
    kind: Literal["strong"] = "strong"


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type or to copy, such as a command or a case number."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Link:
    """Our own text leading to an address or, where `place` is set, to a conversation."""

    text: str
    url: str = ""
    place: Place | None = None
    message: str | None = None
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, by the key of the store; notifies them where the platform can."""

    person: str
    name: str
    kind: Literal["mention"] = "mention"


class Grain(StrEnum):
    """How finely an instant was told; a clock hour without minutes ("las 3", "3 pm") is an hour."""

    DAY = "day"
    PART = "part"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class When:
    """An instant and the zone it was told in. `text` is how it reads there, for who cannot see their own."""

    instant: datetime
    zone: str
    text: str
    grain: Grain = Grain.MINUTE
    kind: Literal["when"] = "when"


Span = Annotated[Plain | Strong | Code | Link | Mention | When, Discriminator("kind")]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    spans: Spans
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above the rest."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else wrote, shown as theirs."""

    spans: Spans
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """What helps but can be passed over."""

    spans: Spans
    kind: Literal["small"] = "small"


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value."""

    label: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values under each other, such as the summary of a case."""

    rows: tuple[Row, ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list."""

    items: tuple[Spans, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Attachments:
    """Files of the store, shown or offered for download."""

    files: tuple[File, ...]
    kind: Literal["attachments"] = "attachments"


Block = Annotated[Paragraph | Heading | Quote | SmallPrint | Fields | Bullets | Attachments, Discriminator("kind")]


class Style(StrEnum):
    """How a button presents itself."""

    DEFAULT = "default"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A choice by its stable name (`intake.zone.default`) and its value. It always works typed as well.

    `opens` tells that it opens a form, or shows something to who presses alone, and `answers` that it answers what was
    asked last, so that its label alone, said there, is the same.
    """

    name: str
    label: str
    value: str = ""
    style: Style = Style.DEFAULT
    opens: bool = False
    answers: bool = False
    kind: Literal["button"] = "button"


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list to pick from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A list to pick one option from; what is pressed carries the option's value. `opens` is as with a button."""

    name: str
    placeholder: str
    options: tuple[Option, ...]
    opens: bool = False
    kind: Literal["select"] = "select"


Control = Annotated[Button | Select, Discriminator("kind")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is said in one go. `language` is the language of its words."""

    blocks: tuple[Block, ...]
    controls: tuple[Control, ...] = ()
    language: Language = Language.SPANISH


class InputKind(StrEnum):
    """What a form's input looks like."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One question of a form view."""

    name: str
    label: str
    type: InputKind = InputKind.LINE
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    hint: str = ""
    max_length: int = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form as a dialog to fill in at once; comes back as `Submitted` with the same name and token."""

    form: str
    token: str
    title: str
    submit: str
    inputs: tuple[Input, ...]
    cancel: str = ""
    language: Language = Language.SPANISH


# What a turn owes the platform at once, right after its commit.


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Open this form for who pressed or typed."""

    view: FormView
    kind: Literal["open_form"] = "open_form"


@dataclass(frozen=True, slots=True)
class FormErrors:
    """The form stays open; each input by name has a sentence saying what to mend."""

    errors: Mapping[str, str]
    kind: Literal["form_errors"] = "form_errors"


@dataclass(frozen=True, slots=True)
class Whisper:
    """Said at once, and only to who acted."""

    message: Message
    kind: Literal["whisper"] = "whisper"


Reply = OpenForm | FormErrors | Whisper


# What the outbox holds, in order per lane.


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A new message. `under` puts it into the thread of the message that was posted with that `ref`.

    `ref` names the message for later: `Revise` it, or post under it. Where it is `awaited`, the desk hears of it once
    it stands.
    """

    place: Place
    message: Message
    ref: str | None = None
    under: str | None = None
    awaited: bool = False
    kind: Literal["post"] = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise:
    """The message posted with `ref` gets a new content."""

    place: Place
    ref: str
    message: Message
    kind: Literal["revise"] = "revise"


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """The assistant puts an emoji on a message of the platform, or takes its own away."""

    place: Place
    message: str
    emoji: str
    added: bool = True
    kind: Literal["react"] = "react"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHome:
    """What somebody sees on the assistant's page for them, in place of what stood there.

    `place` is their private chat with the assistant, `person` their id on the platform.
    """

    place: Place
    person: str
    message: Message
    kind: Literal["show_home"] = "show_home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail to one address, so that each has one outcome; the adapter renders text and HTML from the message.

    Mails with the same `about` (a case: `LD-12`) are shown as one conversation. Answers go to `reply_to`, where that
    is not the sender. `ref` names the mail for who hears of it where it cannot be delivered. What somebody wrote, or
    looked at before it went, is not `automatic`.
    """

    to: str
    subject: str
    message: Message
    about: str = ""
    reply_to: str = ""
    ref: str | None = None
    automatic: bool = True
    kind: Literal["mail"] = "mail"


Delivery = Annotated[Post | Revise | React | ShowHome | Mail, Discriminator("kind")]


def span_text(span: Span) -> str:
    """Return what a span says without its form."""
    match span:
        case Mention(name=name):
            return f"@{name}"
        case Link(text=text, url=url):
            return f"{text} ({url})" if url and url != text else text
        case _:
            return span.text


def spans_text(spans: Spans) -> str:
    """Return what the spans say without their form."""
    return "".join(map(span_text, spans))


def _block_text(block: Block) -> str:
    match block:
        case Heading(text=text):
            return text
        case Fields(rows=rows):
            return "\n".join(f"{row.label}: {spans_text(row.spans)}" for row in rows)
        case Bullets(items=items):
            return "\n".join(f"• {spans_text(item)}" for item in items)
        case Attachments(files=files):
            return "\n".join(f"📎 {file.name}" for file in files)
        case Quote(spans=spans):
            return f"«{spans_text(spans)}»"
        case _:
            return spans_text(block.spans)


def message_text(message: Message) -> str:
    """Return the whole message as plain text, for notifications, screen readers and transcripts."""
    return "\n".join(filter(None, map(_block_text, message.blocks)))
