"""Correcting what a case says, field by field."""

from __future__ import annotations

import re

from bot.desk.card import put_card, shorten
from bot.desk.cases import actor_name, record, said_blocks
from bot.desk.handlers import Request
from bot.desk.places import CaseThreads, plainly
from dialogs.cases import EventKind
from dialogs.messages import Code, Message, Paragraph, Plain
from dialogs.phrases import Voice
from dialogs.reading.impacts import read_impact
from dialogs.reading.phones import read_phone
from dialogs.reading.text import fold
from dialogs.reading.zones import ZoneOutcome, read_zone
from dialogs.timezones import country_of_zone, fixed_name
from dialogs.wording import zone_city
from storage.tables import Case

FIELDS = {
    "description": "descripcion|problema|description|problem",
    "expected": "lo esperado|esperado|expected",
    "service": "servicio|linea|service|line",
    "impact": "impacto|afectados|impact",
    "workaround": "alternativa|workaround",
    "zone": "zona horaria|zona|time zone|timezone|zone",
    "phone": "telefono|celular|phone",
}
"""What can be corrected, and what people call it."""

_COLUMNS = {"expected": "expected_behaviour", "zone": "zone_name"}
_YES, _NO = {"si", "yes", "hay"}, {"no", "none", "ninguna"}
_SHOWN = 200


async def edit(request: Request) -> Message | None:
    """Correct a field of a case: its name, and the new value. The customer hears of it, but not of a phone."""
    field, text = _split(request.text)
    if not field or not text:
        return None
    turn, case, speak = request.turn, request.about, request.speak
    value = _read(request, field, text)
    if value is None:
        return plainly(speak, "desk.edit.unclear", text=shorten(text, _SHOWN), field=speak(f"desk.field.{field}"))
    column = _COLUMNS.get(field, field)
    before = getattr(case, column)
    if before == value:
        return plainly(speak, "desk.edit.same", case=Code(request.name))
    # What was said before a phone number was corrected is nobody's business any more.
    data = {} if field == "phone" else {"text": value, "before": before}
    record(turn, case, EventKind.CORRECTED, field=field, **data)
    setattr(case, column, value)
    if field == "zone":
        case.zone_assumed = False
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


def _read(request: Request, field: str, text: str) -> str | bool | None:
    """Return the value that the words stand for; nothing where they stand for none."""
    turn, case = request.turn, request.about
    match field:
        case "impact":
            return read_impact(text, language=request.speak.language).impact
        case "workaround":
            word = fold(text).strip(" .!")
            return True if word in _YES else (False if word in _NO else None)
        case "phone":
            return read_phone(text, country=country_of_zone(case.zone_name))
        case "zone":
            reading = read_zone(
                text, language=request.speak.language, at=turn.now, company_zone=turn.home.zone, question="zone"
            )
            if reading.outcome is ZoneOutcome.OFFSET and reading.offset_min is not None:
                return fixed_name(reading.offset_min)
            return reading.zone if reading.outcome is ZoneOutcome.ZONE else None
        case _:
            return text


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
        case _:
            return shorten(str(getattr(case, _COLUMNS.get(field, field))), _SHOWN)
