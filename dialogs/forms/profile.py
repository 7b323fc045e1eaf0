"""The profile form: who somebody is and how to reach them, to look at and to change at any time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.cases import Contact
from dialogs.engine.choosing import bare
from dialogs.engine.form import (
    OTHER,
    Choice,
    Context,
    Field,
    Form,
    Heard,
    Profile,
    Read,
    Refused,
    always,
    hear_nothing,
    no_choices,
)
from dialogs.engine.state import Answer, Frame
from dialogs.events import Language
from dialogs.forms.intake import INTAKE
from dialogs.messages import Plain, Spans
from dialogs.phrases import voice
from dialogs.wording import zone_city

MOST_LETTERS = 120

_LETTER = re.compile(r"[^\W\d_]")
_CALL = re.compile(r"\b(?:llam\w*|telefon\w*|voz|call\w*|phone\w*|voice)\b")
_CHAT = re.compile(r"\b(?:mensaj\w*|chat|texto|escrib\w*|aqui|message\w*|text|here|writ\w*)\b")
_SPANISH, _ENGLISH = re.compile(r"\b(?:espanol|castellano|spanish)\b"), re.compile(r"\b(?:ingles|english)\b")


def _read_name(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    text = " ".join(heard.text.split())
    return Read(text) if _LETTER.search(text) and len(text) <= MOST_LETTERS else Refused("profile.name.again")


def _read_company(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    text = " ".join(heard.text.split())
    return Read(text) if text and len(text) <= MOST_LETTERS else Refused("profile.company.again")


def _read_language(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    said = bare(heard.text)
    told = [one for one, words in ((Language.SPANISH, _SPANISH), (Language.ENGLISH, _ENGLISH)) if words.search(said)]
    return Read(told[0]) if len(told) == 1 else Refused("profile.language.again")


def _read_contact(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    said = bare(heard.text)
    told = [one for one, words in ((Contact.CALL, _CALL), (Contact.CHAT, _CHAT)) if words.search(said)]
    return Read(told[0]) if len(told) == 1 else Refused("profile.contact.again")


def _languages(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="profile.language.es", value=Language.SPANISH),
        Choice(name="profile.language.en", value=Language.ENGLISH),
    )


def _contacts(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="profile.contact.call", value=Contact.CALL),
        Choice(name="profile.contact.chat", value=Contact.CHAT),
    )


def _zones(frame: Frame, context: Context) -> tuple[Choice, ...]:
    zones = frame.offered or (context.home.zone,)
    named = tuple(
        Choice(name=f"profile.zone.pick.{number}", value=zone, label=zone_city(zone, context.language, context.home))
        for number, zone in enumerate(zones, 1)
    )
    return named if frame.offered else (*named, Choice(name="profile.zone.other", value=OTHER))


def _show_text(answer: Answer, _frame: Frame, _context: Context, _language: Language) -> Spans:
    return (Plain(answer.value),)


def _show_language(answer: Answer, _frame: Frame, _context: Context, language: Language) -> Spans:
    return (Plain(voice(language)(f"profile.language.{answer.value}")),)


def _show_contact(answer: Answer, _frame: Frame, _context: Context, language: Language) -> Spans:
    return (Plain(voice(language)(f"profile.contact.{answer.value}")),)


def _known(context: Context) -> Mapping[str, Read]:
    profile = context.profile
    known = {
        "name": profile.name,
        "company": profile.company,
        "phone": profile.phone,
        "zone": profile.zone,
        "language": profile.language or context.language,
        "contact": profile.contact,
    }
    assumed = {"zone": not profile.zone_told, "language": False}
    return {name: Read(value, assumed=assumed.get(name, False)) for name, value in known.items() if value}


def _as_in_intake(name: str) -> Field:
    field = INTAKE.field(name)
    assert field is not None, "the intake asks for it too"
    return replace(field, applies=always, hear=hear_nothing, fallback=None, needs=(), skippable=True)


PROFILE = Form(
    name="profile",
    fields=(
        Field(name="name", read=_read_name, show=_show_text, called=("nombre", "mi nombre", "name", "my name")),
        Field(
            name="company",
            read=_read_company,
            show=_show_text,
            skippable=True,
            called=("empresa", "compania", "mi empresa", "company", "my company"),
        ),
        replace(_as_in_intake("phone"), choices=no_choices),
        replace(_as_in_intake("zone"), choices=_zones),
        Field(
            name="language",
            read=_read_language,
            choices=_languages,
            show=_show_language,
            closed=True,
            called=("idioma", "lengua", "language"),
        ),
        Field(
            name="contact",
            read=_read_contact,
            choices=_contacts,
            show=_show_contact,
            skippable=True,
            closed=True,
            called=("contacto", "preferencia", "como me contactan", "contact", "preference"),
        ),
    ),
    known=_known,
    aside=True,
)


def told_profile(frame: Frame, context: Context) -> Profile:
    """Return what a filled profile form tells. What was left out is empty."""
    told = {name: answer.value for name, answer in frame.answers.items() if answer.value and not answer.skipped}
    return Profile(
        name=told.get("name", context.profile.name),
        company=told.get("company", ""),
        phone=told.get("phone"),
        zone=told.get("zone"),
        language=Language(told.get("language", context.language)),
        contact=Contact(told["contact"]) if "contact" in told else None,
    )
