"""The intake form: what a support case must tell, in the order it is asked."""

from __future__ import annotations

import re

from dialogs.cases import Impact, Severity
from dialogs.engine.choosing import bare
from dialogs.engine.form import OTHER, TOLD, Choice, Context, Field, Form, Heard, Read, Refused
from dialogs.engine.state import Answer, Frame
from dialogs.events import File, Language
from dialogs.forms import evidence
from dialogs.messages import Plain, Row, Spans
from dialogs.phrases import voice
from dialogs.reading.impacts import read_impact, read_workaround
from dialogs.reading.phones import country_of_zone, find_phone, read_phone
from dialogs.reading.services import find_service
from dialogs.reading.text import fold
from dialogs.reading.zones import ZoneOutcome, find_zones, read_zone
from dialogs.severity import propose_severity
from dialogs.timezones import fixed_name
from dialogs.wording import zone_city

UNKNOWN = "unknown"
SHOWN_LENGTH = 600

_WORD = re.compile(r"[^\W\d_]{2,}")
_EXPECTED = re.compile(
    r"\b(?:deberia\w*|se supone que|lo normal (?:es|seria)|esperamos que|se espera|lo esperado|"
    r"tendria\w* que|should|supposed to|expected|we expect|ought to)\b"
)
_CLAUSE = re.compile(r"[^.,;!?\n]+")


def _prose(heard: Heard, refusal: str, words: int) -> Read | Refused:
    text = heard.text.strip()
    return Read(text) if len(_WORD.findall(text)) >= words else Refused(refusal)


def _read_description(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    return _prose(heard, "intake.description.vague", 2)


def _hear_description(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    return heard.text.strip() if len(_WORD.findall(heard.text)) >= 3 else None


def _read_expected(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    return _prose(heard, "intake.expected.vague", 1)


def _hear_expected(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    for match in _CLAUSE.finditer(heard.text):
        cue = _EXPECTED.search(fold(match.group()))
        if cue and len(_WORD.findall(match.group())) >= 3:
            return match.group().strip() or None
    return None


def _read_service(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    text = heard.text.strip()
    return Read(text) if re.search(r"\w", text) else Refused("intake.service.again")


def _hear_service(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    return find_service(heard.text)


def _impact_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.impact.nobody", value=Impact.NONE),
        Choice(name="intake.impact.one", value=Impact.ONE_USER),
        Choice(name="intake.impact.several", value=Impact.MANY_USERS),
        Choice(name="intake.impact.everyone", value=Impact.ALL_DOWN),
    )


def _hear_impact(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    return read_impact(heard.text, language=heard.language).impact


def _read_impact(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    impact = _hear_impact(heard, frame, context)
    return Read(impact) if impact else Refused("intake.impact.again")


def _workaround_applies(frame: Frame, _context: Context) -> bool:
    impact = frame.answers.get("impact")
    return impact is not None and not impact.skipped and impact.value != Impact.NONE


def _workaround_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.workaround.yes", value="yes"),
        Choice(name="intake.workaround.no", value="no"),
    )


def _hear_workaround(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    told = read_workaround(heard.text)
    return None if told is None else ("yes" if told else "no")


_YES = re.compile(r"(?:si+|sip|claro|yes+|yep|yeah|correcto|asi es|hay|there is)\b")
_NO = re.compile(r"(?:no+|nop|nope|ningun\w*|nada|para nada|none|negativo)\b")


def _read_workaround(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    if told := _hear_workaround(heard, frame, context):
        return Read(told)
    said = bare(heard.text)
    if _YES.match(said):
        return Read("yes")
    return Read("no") if _NO.match(said) else Refused("intake.workaround.again")


def _started_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.started.now", value="now"),
        Choice(name="intake.started.hour", value="hour"),
        Choice(name="intake.started.yesterday", value="yesterday"),
        Choice(name="intake.started.unknown", value=UNKNOWN),
    )


_NO_IDEA = re.compile(
    r"\b(?:no (?:lo )?(?:se|sabemos|sabria)|ni idea|no (?:me )?acuerdo|(?:do ?n.?t|not) (?:know|sure)|no idea)\b"
)


def _read_started(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    if evidence.start_moment(heard.text, heard.at, evidence.zone_of(frame, context), heard.language):
        return Read(TOLD)
    return Read(UNKNOWN) if _NO_IDEA.search(fold(heard.text)) else Refused("intake.started.again")


def _hear_started(heard: Heard, frame: Frame, context: Context) -> str | None:
    moment = evidence.start_moment(heard.text, heard.at, evidence.zone_of(frame, context), heard.language)
    return TOLD if moment else None


def _show_started(answer: Answer, frame: Frame, context: Context, language: Language) -> Spans:
    told = evidence.told_start(frame, context, language)
    if told is None or answer.value == UNKNOWN:
        return (Plain(voice(language)("intake.started.unknown")),)
    return told


def _zone_choices(frame: Frame, context: Context) -> tuple[Choice, ...]:
    if frame.offered:
        return tuple(
            Choice(name=f"intake.zone.pick.{number}", value=zone, label=zone_label(zone, context))
            for number, zone in enumerate(frame.offered, 1)
        )
    choices = [Choice(name="intake.zone.default", value=context.home.zone, label=context.home.city)]
    own = context.profile.zone
    if own and own != context.home.zone:
        choices.append(Choice(name="intake.zone.own", value=own, label=zone_label(own, context)))
    choices.append(Choice(name="intake.zone.utc", value="Etc/UTC", label="UTC"))
    choices.append(Choice(name="intake.zone.other", value=OTHER))
    return tuple(choices)


def zone_label(zone: str, context: Context, language: Language | None = None) -> str:
    """Return how a zone reads as an option: the city, and the IANA name where it says more."""
    city = zone_city(zone, language or context.language, context.home)
    region = zone.partition("/")[0]
    return city if region in {"Etc", "America"} or zone.startswith("UTC") else f"{city} ({region})"


def _read_zone(heard: Heard, _frame: Frame, context: Context) -> Read | Refused:
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


def _show_text(answer: Answer, _frame: Frame, _context: Context, _language: Language) -> Spans:
    text = answer.value
    return (Plain(text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH].rstrip()}…"),)


def _show_choice(field: str, names: dict[str, str]) -> evidence.Show:
    def show(answer: Answer, _frame: Frame, _context: Context, language: Language) -> Spans:
        return (Plain(voice(language)(f"intake.{field}.{names[answer.value]}")),)

    return show


def severity_of(frame: Frame) -> tuple[Severity, str]:
    """Return the severity that the answers propose, and the key of the reason."""
    impact, workaround = frame.answers.get("impact"), frame.answers.get("workaround")
    return propose_severity(
        Impact(impact.value) if impact and impact.value else None,
        workaround=workaround.value == "yes" if workaround and workaround.value else None,
    )


def _propose(frame: Frame, context: Context, language: Language) -> tuple[Row, ...]:
    speak = voice(language)
    severity, reason = severity_of(frame)
    rows = [
        Row(
            speak("intake.severity.label"),
            speak.spans("intake.severity.proposed", severity=severity, because=speak(reason)),
        )
    ]
    if "zone" not in frame.answers and evidence.told_moment(frame, context):
        city = zone_city(evidence.zone_of(frame, context), language, context.home)
        rows.insert(0, Row(speak("intake.zone.label"), speak.spans("wording.assumed", city=city)))
    if frame.files:
        listed = ", ".join(_file_text(file, frame, context, language) for file in frame.files)
        rows.insert(0, Row(speak("intake.files.label"), (Plain(listed),)))
    rows += [Row(speak("intake.note.label", name=note.name), (Plain(note.text),)) for note in frame.notes]
    return tuple(rows)


def _file_text(file: File, frame: Frame, context: Context, language: Language) -> str:
    """Return the name of a file and, where it has hours, which ones and in which zone."""
    hours = evidence.log_hours(file.excerpt, context.home.zone, context.now)
    if hours is None:
        return file.name
    speak, (first, last, told) = voice(language), hours
    city = zone_city(evidence.zone_of(frame, context), language, context.home)
    zone = speak("wording.assumed", city=city) if evidence.zone_is_assumed(frame) else city
    span = first if first == last else f"{first}–{last}"
    return f"{file.name} ({span}, {speak('intake.files.own_zone') if told else zone})"


INTAKE = Form(
    name="intake",
    fields=(
        Field(
            name="description",
            read=_read_description,
            hear=_hear_description,
            show=_show_text,
            prose=True,
            called=("descripcion", "problema", "lo que pasa", "detalle", "description", "problem", "issue"),
        ),
        Field(
            name="expected",
            read=_read_expected,
            hear=_hear_expected,
            show=_show_text,
            prose=True,
            called=("lo esperado", "esperado", "comportamiento esperado", "expected", "expected behaviour"),
        ),
        Field(
            name="service",
            read=_read_service,
            hear=_hear_service,
            show=_show_text,
            skippable=True,
            called=("servicio", "linea", "service", "line"),
        ),
        Field(
            name="impact",
            read=_read_impact,
            hear=_hear_impact,
            choices=_impact_choices,
            show=_show_choice(
                "impact",
                {
                    Impact.NONE: "nobody",
                    Impact.ONE_USER: "one",
                    Impact.MANY_USERS: "several",
                    Impact.ALL_DOWN: "everyone",
                },
            ),
            closed=True,
            called=("impacto", "afectados", "a quien afecta", "impact", "who is affected", "affected"),
        ),
        Field(
            name="workaround",
            read=_read_workaround,
            hear=_hear_workaround,
            applies=_workaround_applies,
            choices=_workaround_choices,
            show=_show_choice("workaround", {"yes": "yes", "no": "no"}),
            needs=("impact",),
            skippable=True,
            closed=True,
            called=("alternativa", "otra forma", "workaround", "way around"),
        ),
        Field(
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
        ),
        Field(
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
        ),
        Field(
            name="phone",
            read=_read_phone,
            hear=_hear_phone,
            applies=_phone_applies,
            choices=_phone_choices,
            show=_show_text,
            skippable=True,
            called=("telefono", "celular", "numero", "numero de telefono", "phone", "phone number", "number"),
        ),
    ),
    conclude=_propose,
)
