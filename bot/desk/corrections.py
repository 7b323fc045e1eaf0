"""Correcting what a case says, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.desk.card import put_card, shorten
from bot.desk.cases import actor_name, record, said_blocks
from bot.desk.handlers import Request
from bot.desk.places import CaseThreads, plainly
from dialogs.cases import EventKind
from dialogs.events import Language
from dialogs.forms.evidence import start_moment
from dialogs.messages import Code, Grain, Message, Paragraph, Plain
from dialogs.phrases import Voice
from dialogs.reading.impacts import read_impact
from dialogs.reading.phones import read_phone
from dialogs.reading.text import fold
from dialogs.reading.zones import ZoneOutcome, read_zone
from dialogs.timezones import country_of_zone, fixed_name
from dialogs.wording import when, zone_city
from storage.tables import Case

FIELDS = {
    "description": "descripcion|problema|description|problem",
    "expected": "lo esperado|esperado|expected",
    "service": "servicio|linea|service|line",
    "impact": "impacto|afectados|impact",
    "workaround": "alternativa|workaround",
    "started": "desde cuando|desde|inicio|comienzo|empezo|since when|since|start|started|began",
    "zone": "zona horaria|zona|time zone|timezone|zone",
    "phone": "telefono|celular|phone",
}
"""What can be corrected, and what people call it."""

_YES, _NO = {"si", "yes", "hay"}, {"no", "none", "ninguna"}
_SHOWN = 200


async def edit(request: Request) -> Message | None:
    """Correct a field of a case: its name, and the new value. The customer hears of it, but not of a phone."""
    field, text = _split(request.text)
    if not field or not text:
        return None
    turn, case, speak = request.turn, request.about, request.speak
    values = _read(request, field, text)
    if values is None:
        return plainly(speak, "desk.edit.unclear", text=shorten(text, _SHOWN), field=speak(f"desk.field.{field}"))
    column, value = next(iter(values.items()))
    before = getattr(case, column)
    if all(getattr(case, name) == new for name, new in values.items()):
        return plainly(speak, "desk.edit.same", case=Code(request.name))
    # What was said before a phone number was corrected is nobody's business any more.
    data = {} if field == "phone" else {"text": value, "before": before}
    record(turn, case, EventKind.CORRECTED, field=field, **data)
    for name, new in values.items():
        setattr(case, name, new)
    threads = await CaseThreads.of(turn, case)
    if field != "phone":
        heading = _told(request, "desk.told.corrected", field, threads.to_customer)
        threads.tell_customer(heading, *said_blocks(_shown(request, case, field, threads.to_customer)))
        corrected = threads.to_desk.spans(
            "desk.corrected", name=await actor_name(turn), field=threads.to_desk(f"desk.field.{field}")
        )
        threads.tell_desk(Paragraph(corrected), *said_blocks(_shown(request, case, field, threads.to_desk)))
    await put_card(turn, case, threads)
    return plainly(speak, "desk.edit.done", case=Code(request.name), field=speak(f"desk.field.{field}"))


def _split(text: str) -> tuple[str, str]:
    """Return which field the words begin with, and the value that follows."""
    said = fold(text)
    calls = sorted(((call, field) for field, names in FIELDS.items() for call in names.split("|")), key=_length)
    for call, field in calls:
        if re.match(rf"{call}(?!\w)", said):
            return field, text[len(call) :].strip(" \t:,=")
    return "", ""


def _length(entry: tuple[str, str]) -> int:
    return -len(entry[0])


def _read(request: Request, field: str, text: str) -> Mapping[str, Any] | None:
    """Return the new values by column, the one that the words stand for first; nothing where they stand for none."""
    turn, case, language = request.turn, request.about, request.speak.language
    match field:
        case "expected":
            return {"expected_behaviour": text}
        case "impact":
            impact = read_impact(text, language=language).impact
            return {"impact": impact} if impact else None
        case "workaround":
            word = fold(text).strip(" .!")
            return {"workaround": word in _YES} if word in _YES | _NO else None
        case "phone":
            phone = read_phone(text, country=country_of_zone(case.zone_name))
            return {"phone": phone} if phone else None
        case "started":
            return _started(text, turn.now, case.zone_name, language, assumed=case.zone_assumed)
        case "zone":
            reading = read_zone(text, language=language, at=turn.now, company_zone=turn.home.zone, question="zone")
            if reading.outcome is ZoneOutcome.OFFSET and reading.offset_min is not None:
                return _zone(case, fixed_name(reading.offset_min))
            return _zone(case, reading.zone) if reading.outcome is ZoneOutcome.ZONE and reading.zone else None
        case _:
            return {field: text}


def _zone(case: Case, zone: str) -> dict[str, Any]:
    """Return a zone that is told now; a beginning that was read in an assumed one is read again in it."""
    values: dict[str, Any] = {"zone_name": zone, "zone_assumed": False}
    if case.started_assumed and case.started_text:
        values |= _started(case.started_text, case.created_at, zone, case.language, assumed=False) or {}
    return values


def _started(text: str, at: datetime, zone: str, language: Language, *, assumed: bool) -> dict[str, Any] | None:
    """Return the beginning that a text tells at an instant; `assumed` where its zone is, unless the text names one."""
    moment = start_moment(text, at, zone, language)
    if moment is None:
        return None
    return {
        "started_text": moment.text,
        "started_instant": moment.utc,
        "started_zone": moment.zone,
        "started_assumed": assumed and moment.zone == zone,
        "started_grain": moment.grain,
    }


def _told(request: Request, key: str, field: str, speak: Voice) -> Paragraph:
    return Paragraph((*speak.spans(key, case=Code(request.name), field=speak(f"desk.field.{field}")), Plain(":")))


def _shown(request: Request, case: Case, field: str, speak: Voice) -> str:
    """Return the new value as people read it."""
    match field:
        case "impact":
            return speak(f"desk.impact.{case.impact}")
        case "workaround":
            return speak("desk.workaround.yes" if case.workaround else "desk.workaround.no")
        case "zone":
            return zone_city(case.zone_name, speak.language, request.turn.home)
        case "started":
            assert case.started_instant is not None, "what was corrected was understood"
            zone = case.started_zone or case.zone_name
            return when(
                case.started_instant,
                zone,
                speak.language,
                now=request.turn.now,
                home=request.turn.home,
                grain=case.started_grain or Grain.MINUTE,
                assumed=case.started_assumed,
            ).text
        case "expected":
            return shorten(case.expected_behaviour, _SHOWN)
        case _:
            return shorten(str(getattr(case, field)), _SHOWN)
