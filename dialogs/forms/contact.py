"""How to reach who reports."""

from __future__ import annotations

from dialogs.engine.form import Choice, Context, Field, Heard, Read, Refused
from dialogs.engine.state import Frame
from dialogs.forms import evidence
from dialogs.forms.showing import show_text
from dialogs.phrases import voice
from dialogs.reading.phones import country_of_zone, find_phone, read_phone


def _phone_applies(_frame: Frame, context: Context) -> bool:
    confirmed = context.profile.phone_confirmed_at
    stale = confirmed is None or context.now - confirmed > context.phone_fresh
    return context.profile.phone is None or stale


def _phone_choices(_frame: Frame, context: Context) -> tuple[Choice, ...]:
    phone = context.profile.phone
    if phone is None:
        return ()
    label = voice(context.language)("intake.phone.same", phone=phone)
    return (Choice(name="intake.phone.same", value=phone, label=label),)


def _country(frame: Frame, context: Context) -> str | None:
    return country_of_zone(evidence.zone_of(frame, context))


def _read_phone(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    phone = read_phone(heard.text, country=_country(frame, context))
    return Read(phone) if phone else Refused("intake.phone.again")


def _hear_phone(heard: Heard, frame: Frame, context: Context) -> str | None:
    mention = find_phone(heard.text, country=_country(frame, context))
    return mention.phone if mention else None


PHONE = Field(
    name="phone",
    read=_read_phone,
    hear=_hear_phone,
    applies=_phone_applies,
    choices=_phone_choices,
    show=show_text,
    skippable=True,
    called=("telefono", "celular", "numero", "numero de telefono", "phone", "phone number", "number"),
)
