"""How to reach who reports."""

from __future__ import annotations

import re

from dialogs.engine.form import Choice, Context, Field, Heard, Read, Refused
from dialogs.engine.state import Answer, Frame
from dialogs.events import Language
from dialogs.forms import evidence
from dialogs.messages import Plain, Spans
from dialogs.phrases import voice
from dialogs.reading.phones import find_phone, read_phone
from dialogs.reading.text import fold
from dialogs.timezones import country_of_zone

SHOWN_DIGITS = 3
"""How many digits of a number are shown where others read, too."""

# A number in a story may as well be the line that fails: it is the person's own only where they say so.
_CALL_ME = re.compile(
    r"\b(?:llam\w*|cel(?:ular)?|movil|tel(?:efono)?|whats\w*|wsp|wa|contact\w*|comuni\w+|ubi\w+|"
    r"call|reach|phone|cell|mobile|dial me)\b[^.;\n]{0,30}$"
)


def _phone_applies(_frame: Frame, context: Context) -> bool:
    confirmed = context.profile.phone_confirmed_at
    stale = confirmed is None or context.now - confirmed > context.phone_fresh
    return context.profile.phone is None or stale


def _phone_choices(_frame: Frame, context: Context) -> tuple[Choice, ...]:
    phone = context.profile.phone
    if phone is None:
        return ()
    label = voice(context.language)("intake.phone.same", digits=phone[-SHOWN_DIGITS:])
    return (Choice(name="intake.phone.same", value=phone, label=label),)


def _country(frame: Frame, context: Context) -> str | None:
    own = context.profile.zone if evidence.zone_is_assumed(frame) else None
    return country_of_zone(own or evidence.zone_of(frame, context))


def _read_phone(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    phone = read_phone(heard.text, country=_country(frame, context))
    return Read(phone) if phone else Refused("intake.phone.again")


def _hear_phone(heard: Heard, frame: Frame, context: Context) -> str | None:
    mention = find_phone(heard.text, country=_country(frame, context))
    if mention is None:
        return None
    alone = not re.search(r"[^\W\d_]{3,}", heard.text)
    return mention.phone if alone or _CALL_ME.search(fold(heard.text[: mention.start])) else None


def _show(answer: Answer, _frame: Frame, _context: Context, language: Language) -> Spans:
    """Show only how a number ends: a channel is read by many."""
    return (Plain(voice(language)("intake.phone.masked", digits=answer.value[-SHOWN_DIGITS:])),)


PHONE = Field(
    name="phone",
    read=_read_phone,
    hear=_hear_phone,
    applies=_phone_applies,
    choices=_phone_choices,
    show=_show,
    private=True,
    skippable=True,
    called=("telefono", "celular", "numero", "numero de telefono", "phone", "phone number", "number"),
)
