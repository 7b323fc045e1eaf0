"""The hours a case speaks of: when it started, and the zone of its hours, logs and pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dialogs.engine.form import TOLD, Context
from dialogs.engine.state import Answer, Frame
from dialogs.events import File, Language
from dialogs.messages import Grain, Plain, Spans
from dialogs.phrases import voice
from dialogs.reading.logs import read_logs
from dialogs.reading.moments import Flag, Moment, Role, read_foreign_date, read_moments
from dialogs.timezones import get_zone
from dialogs.wording import when

Show = Callable[[Answer, Frame, Context, Language], Spans]

CLOCK_GRAINS = {Grain.HOUR, Grain.MINUTE, Grain.SECOND}
SECOND = "second"
UNKNOWN, VAGUE = "unknown", "vague"
_ZONES_APART = timedelta(hours=15)
_ELSEWHERE = ("Etc/UTC", "Asia/Tokyo")


def zone_of(frame: Frame, context: Context) -> str:
    """Return the zone told in this form or, where nobody says, the desk's own: it is assumed, and shown so."""
    told = frame.answers.get("zone")
    return told.value if told and told.value else context.home.zone


def start_moment(text: str, at: datetime, zone: str, language: Language) -> Moment | None:
    """Return the moment that a text tells as the beginning: one said to be it, else the first told.

    Nothing that lies ahead is a beginning; but an hour of today may be past where its author is, and its zone is
    perhaps not told yet.
    """
    moments = [
        moment
        for moment in read_moments(text, language=language, reference=at, zone=zone)
        if moment.role is not Role.END and moment.utc <= at + _ZONES_APART
    ]
    if not moments:
        return read_foreign_date(text, reference=at, zone=zone)
    return next((moment for moment in moments if moment.role is Role.START), moments[0])


@dataclass(frozen=True, slots=True)
class Start:
    """When it started: the instant, how finely it was told, in which zone and in which words."""

    instant: datetime
    grain: Grain
    zone: str
    words: str


def is_only_a_start(text: str, at: datetime, zone: str, language: Language) -> bool:
    """Tell whether a message says since when and nothing else: "desde las 8 y media"."""
    moment = start_moment(text, at, zone, language)
    return moment is not None and len(text.strip()) - len(moment.text) <= len("desde las ")


def told_moment(frame: Frame, context: Context) -> Start | None:
    """Return when it started; nothing where it is unknown."""
    answer = frame.answers.get("started")
    if answer is None or answer.skipped or answer.value in {UNKNOWN, VAGUE}:
        return None
    zone = zone_of(frame, context)
    if answer.value == "now":
        return Start(answer.at, Grain.MINUTE, zone, answer.text)
    moment = start_moment(answer.text, answer.at, zone, answer.language)
    if moment is None:
        return None
    occurrence = frame.answers.get("occurrence")
    again = occurrence is not None and occurrence.value == SECOND and moment.flag is Flag.AMBIGUOUS
    return Start(_second_pass(moment) if again else moment.utc, moment.grain, moment.zone, moment.text)


def _second_pass(moment: Moment) -> datetime:
    """Return the instant at which the clocks showed a repeated hour again."""
    return datetime.fromisoformat(moment.t).replace(tzinfo=get_zone(moment.zone), fold=1).astimezone(UTC)


def hour_came_twice(frame: Frame, context: Context) -> bool:
    """Tell whether a clock change made the hour of the start come twice, in a zone that is settled."""
    answer = frame.answers.get("started")
    if answer is None or answer.value != TOLD or ("zone" not in frame.answers and zone_matters(frame, context)):
        return False
    moment = start_moment(answer.text, answer.at, zone_of(frame, context), answer.language)
    return moment is not None and moment.flag is Flag.AMBIGUOUS


def told_start(frame: Frame, context: Context, language: Language) -> Spans | None:
    """Return when it started as told and, where the zones differ, by the desk's clock."""
    told = told_moment(frame, context)
    if told is None:
        answer = frame.answers.get("started")
        return (Plain(answer.text),) if answer and answer.text and answer.value != UNKNOWN else None
    instant, grain, zone = told.instant, told.grain, told.zone
    assumed = start_is_assumed(frame) and zone == zone_of(frame, context)
    here = when(instant, zone, language, now=context.now, home=context.home, grain=grain, assumed=assumed)
    clocks = {instant.astimezone(get_zone(name)).utcoffset() for name in (zone, context.home.zone)}
    if grain not in CLOCK_GRAINS or len(clocks) == 1:
        return (here,)
    there = when(instant, context.home.zone, language, now=context.now, home=context.home, grain=grain)
    return (here, Plain(" = "), there)


def _hangs_on_zone(answer: Answer, grains: Collection[Grain]) -> bool:
    """Tell whether a text has moments whose instant hangs on a zone: "a las 9", not "hace dos horas"."""
    readings = [
        [
            moment.utc
            for moment in read_moments(answer.text, language=answer.language, reference=answer.at, zone=zone)
            if moment.grain in grains
        ]
        for zone in _ELSEWHERE
    ]
    return readings[0] != readings[1]


def start_is_assumed(frame: Frame) -> bool:
    """Tell whether the instant of the start hangs on a zone that nobody has said."""
    answer = frame.answers.get("started")
    return answer is not None and zone_is_assumed(frame) and _hangs_on_zone(answer, tuple(Grain))


def _needs_zone(file: File, zone: str, reference: datetime) -> bool:
    if file.media_type.startswith("image/"):
        return not file.taken_at or datetime.fromisoformat(file.taken_at).tzinfo is None
    return bool(file.excerpt) and read_logs(file.excerpt, zone=zone, reference=reference).needs_zone


def log_hours(text: str, zone: str, reference: datetime) -> tuple[str, str, bool] | None:
    """Return the first and last hour of a log as they stand there, and whether a zone stands with them."""
    reading = read_logs(text, zone=zone, reference=reference) if text else None
    if reading is None or reading.first is None or reading.last is None:
        return None
    return reading.first.local[11:16], reading.last.local[11:16], not reading.needs_zone


def remark_hours(frame: Frame, context: Context, language: Language) -> Spans:
    """Say which log has hours without a zone, and from when to when."""
    description = frame.answers.get("description")
    logs = [(file.name, file.excerpt) for file in frame.files]
    if description is not None and "\n" in description.value:
        logs.append((voice(language)("intake.zone.pasted"), description.value))
    for name, text in logs:
        hours = log_hours(text, context.home.zone, context.now)
        if hours is not None and not hours[2]:
            key = "intake.zone.log" if hours[0] != hours[1] else "intake.zone.log_once"
            return voice(language).spans(key, name=name, first=hours[0], last=hours[1])
    return ()


def zone_matters(frame: Frame, context: Context) -> bool:
    """Tell whether anything told or sent has hours without a zone."""
    prose = (frame.answers.get(name) for name in ("description", "started"))
    if any(_hangs_on_zone(answer, CLOCK_GRAINS) for answer in prose if answer):
        return True
    return any(_needs_zone(file, context.home.zone, context.now) for file in frame.files) or bool(
        remark_hours(frame, context, context.language)
    )


def zone_is_assumed(frame: Frame) -> bool:
    """Tell whether nobody has said the zone."""
    told = frame.answers.get("zone")
    return told is None or told.assumed or told.skipped
