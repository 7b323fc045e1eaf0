"""Since when, and the zone of the hours, logs and pictures."""

from __future__ import annotations

import re

from dialogs.engine.choosing import bare
from dialogs.engine.form import OTHER, TOLD, Choice, Context, Field, Heard, Read, Refused
from dialogs.engine.state import Answer, Frame
from dialogs.events import Language
from dialogs.forms import evidence
from dialogs.forms.evidence import UNKNOWN
from dialogs.forms.showing import show_choice
from dialogs.messages import Plain, Spans
from dialogs.phrases import voice
from dialogs.reading.moments import Flag
from dialogs.reading.text import fold
from dialogs.reading.zones import ZoneOutcome, find_zones, read_zone
from dialogs.timezones import fixed_name
from dialogs.wording import zone_city


def _started_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.started.now", value="now"),
        Choice(name="intake.started.hour", value="hour"),
        Choice(name="intake.started.yesterday", value="yesterday"),
        Choice(name="intake.started.unknown", value=UNKNOWN),
    )


_JUST_NOW = re.compile(r"\b(?:recien|ahorit[ao]|ahora mismo|hace nada|just now|right now|a moment ago)\b")
_VAGUE = re.compile(
    r"\bhace (?:un )?(?:rato|buen rato|mucho|tiempo|poco|banda|dias|unos dias|varios dias|semanas)\b|\bdesde siempre\b|"
    r"\bsiempre\b|\ba while ago\b|\bfor (?:a while|ages|days|weeks)\b|\brecently\b|\blong (?:time )?ago\b|\balways\b"
)
_NO_IDEA = re.compile(
    r"\b(?:no (?:lo )?(?:se|sabemos|sabria)|nose|idk|ni idea|no (?:me )?acuerdo|(?:do ?n.?t|not) (?:know|sure)|"
    r"no idea)\b"
)


def _read_started(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    moment = evidence.start_moment(heard.text, heard.at, evidence.zone_of(frame, context), heard.language)
    if moment is not None and moment.flag is Flag.NONEXISTENT and not evidence.zone_is_assumed(frame):
        return Refused("intake.started.nonexistent")
    if moment is not None:
        return Read(TOLD)
    if _JUST_NOW.search(fold(heard.text)):
        return Read("now")
    if _VAGUE.search(fold(heard.text)):
        return Read(evidence.VAGUE)
    return Read(UNKNOWN) if _NO_IDEA.search(fold(heard.text)) else Refused("intake.started.again")


def _hear_started(heard: Heard, frame: Frame, context: Context) -> str | None:
    moment = evidence.start_moment(heard.text, heard.at, evidence.zone_of(frame, context), heard.language)
    return TOLD if moment else None


def _show_started(answer: Answer, frame: Frame, context: Context, language: Language) -> Spans:
    told = evidence.told_start(frame, context, language)
    if answer.value == evidence.VAGUE:
        return (Plain(answer.text),)
    if told is None or answer.value == UNKNOWN:
        return (Plain(voice(language)("intake.started.unknown")),)
    return told


def _zone_choices(frame: Frame, context: Context) -> tuple[Choice, ...]:
    if offered := frame.offered or _half_told(frame, context):
        picks = [
            Choice(name=f"intake.zone.pick.{number}", value=zone, label=zone_label(zone, context))
            for number, zone in enumerate(offered, 1)
        ]
        return (*picks, Choice(name="intake.zone.other", value=OTHER))
    choices = [Choice(name="intake.zone.default", value=context.home.zone, label=context.home.city)]
    own = context.profile.zone
    if own and own != context.home.zone:
        choices.append(Choice(name="intake.zone.own", value=own, label=zone_label(own, context)))
    choices.append(Choice(name="intake.zone.utc", value="Etc/UTC", label="UTC"))
    choices.append(Choice(name="intake.zone.other", value=OTHER))
    return tuple(choices)


def _half_told(frame: Frame, context: Context) -> tuple[str, ...]:
    """Return what a zone named in the story may be, where it may be several: "3pm est", "hora de México"."""
    for name in ("started", "description"):
        answer = frame.answers.get(name)
        if answer is None:
            continue
        for mention in find_zones(answer.text, language=answer.language, at=answer.at, company_zone=context.home.zone):
            if mention.reading.outcome is ZoneOutcome.ASK and mention.reading.candidates:
                return mention.reading.candidates[:5]
    return ()


def zone_label(zone: str, context: Context, language: Language | None = None) -> str:
    """Return how a zone reads as an option: the city, and the IANA name where it says more."""
    city = zone_city(zone, language or context.language, context.home)
    region = zone.partition("/")[0]
    return city if region in {"Etc", "America"} or zone.startswith("UTC") else f"{city} ({region})"


_OWN = re.compile(r"(?:la )?(?:hora )?(?:de )?(?:aqui|aca|local|mia|mi zona|mi hora|nuestra|here|mine|ours|my time)")


def _read_zone(heard: Heard, _frame: Frame, context: Context) -> Read | Refused:
    if context.profile.zone and _OWN.fullmatch(bare(heard.text)):
        return Read(context.profile.zone)
    reading = read_zone(
        heard.text, language=heard.language, at=heard.at, company_zone=context.home.zone, question="zone"
    )
    match reading.outcome:
        case ZoneOutcome.ZONE if reading.zone:
            return Read(reading.zone)
        case ZoneOutcome.OFFSET if reading.offset_min is not None:
            return Read(fixed_name(reading.offset_min))
        case ZoneOutcome.ASK if reading.candidates:
            return Refused("intake.zone.which", reading.candidates[:5])
        case ZoneOutcome.ASK if _NO_IDEA.search(fold(heard.text)):
            return Read(context.home.zone, assumed=True)
        case _:
            return Refused("intake.zone.again")


def _hear_zone(heard: Heard, _frame: Frame, context: Context) -> str | None:
    mentions = find_zones(heard.text, language=heard.language, at=heard.at, company_zone=context.home.zone)
    told = {
        mention.reading.zone or fixed_name(mention.reading.offset_min or 0)
        for mention in mentions
        if mention.reading.outcome in {ZoneOutcome.ZONE, ZoneOutcome.OFFSET}
    }
    return told.pop() if len(told) == 1 else None


def _show_zone(answer: Answer, _frame: Frame, context: Context, language: Language) -> Spans:
    city = zone_city(answer.value, language, context.home)
    speak = voice(language)
    return speak.spans("wording.assumed", city=city) if answer.assumed else (Plain(city),)


def _occurrence_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.occurrence.first", value="first"),
        Choice(name="intake.occurrence.second", value=evidence.SECOND),
    )


def _read_occurrence(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    said = fold(heard.text)
    if re.search(r"\b(?:primer\w*|antes|first|before|earlier)\b", said):
        return Read("first")
    if re.search(r"\b(?:segund\w*|despues|second|after|later)\b", said):
        return Read(evidence.SECOND)
    return Refused("intake.occurrence.again")


STARTED = Field(
    name="started",
    read=_read_started,
    hear=_hear_started,
    choices=_started_choices,
    show=_show_started,
    called=(
        "inicio",
        "hora",
        "fecha",
        "cuando",
        "cuando empezo",
        "start",
        "time",
        "when",
        "start time",
    ),
)


ZONE = Field(
    name="zone",
    read=_read_zone,
    hear=_hear_zone,
    applies=evidence.zone_matters,
    choices=_zone_choices,
    show=_show_zone,
    remark=evidence.remark_hours,
    fallback=lambda context: context.home.zone,
    skippable=True,
    called=("zona", "zona horaria", "huso", "huso horario", "zone", "time zone", "timezone"),
)


OCCURRENCE = Field(
    name="occurrence",
    read=_read_occurrence,
    applies=evidence.hour_came_twice,
    choices=_occurrence_choices,
    show=show_choice("occurrence", {"first": "first", evidence.SECOND: "second"}),
    needs=("started", "zone"),
    skippable=True,
    closed=True,
    follow_up=True,
    called=("cual de las dos", "vez", "which of the two"),
)
