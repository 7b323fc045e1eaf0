"""`/case why LD-12`: where each due time comes from, so that it can be checked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.desk.handlers import Request
from bot.desk.levels.calendar import ALWAYS, DAY, Calendar, Hours, Pause, counted, elapsed, holiday_name
from bot.desk.levels.clocks import Clock, running
from bot.desk.levels.current import levels_of, policy_of
from bot.desk.levels.wording import hours_text, kind_text, moment
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.messages import Block, Bullets, Heading, Message, Paragraph, Spans, Strong
from dialogs.phrases import Voice
from dialogs.timezones import get_zone
from dialogs.wording import day_text, hour_text
from storage.tables import ServiceLevel, ThirdParty

SHOWN_STRETCHES = 15
SHOWN_ENDED = 10


async def why(request: Request) -> Message:
    """Show the ledger of a case: policy, counted stretches, pauses and holidays of what runs; how the rest ended."""
    turn, speak, case = request.turn, request.speak, request.about
    policy = await policy_of(turn, case)
    clocks = running(await levels_of(turn, case))
    whose = speak("levels.why.own", name=policy.name) if policy.name else speak("levels.why.usual")
    severity = speak(f"desk.severity.{case.severity_confirmed or case.severity_proposed}")
    blocks: list[Block] = [
        Heading(speak("levels.why.heading", case=request.name)),
        Paragraph(speak.spans("levels.why.policy", severity=severity, whose=whose, version=policy.version)),
    ]
    if not clocks:
        blocks.append(Paragraph(speak.spans("levels.why.none")))
    for clock in clocks:
        blocks += _clock(clock, turn, speak)
    if parties := await turn.unit.third_parties.of_case(number_of(case)):
        lines = tuple(_waited(party, turn, speak) for party in parties)
        counts = "levels.why.third_parties.pauses" if policy.third_party_pauses else "levels.why.third_parties"
        blocks += [Paragraph(speak.spans(counts)), Bullets(lines)]
    rows = await turn.unit.service_levels.of_case(number_of(case))
    ended = tuple(_ended(row, turn, speak) for row in rows if row.met_at or row.dropped_at)
    if ended:
        blocks += [Paragraph(speak.spans("levels.why.ended")), Bullets(ended[-SHOWN_ENDED:])]
    return Message(blocks=tuple(blocks), language=speak.language)


def _clock(clock: Clock, turn: Turn, speak: Voice) -> Iterator[Block]:
    calendar = clock.policy.calendar
    if clock.hours is ALWAYS:
        hours = speak("levels.why.always")
    else:
        day = hours_text(calendar.day, speak)
        hours = speak("levels.why.working", calendar=calendar.name, zone=calendar.zone, day=day)
    yield Paragraph(
        speak.spans("levels.why.clock", kind=Strong(kind_text(clock, speak)), target=_target(clock, speak), hours=hours)
    )
    yield Bullets(tuple(_lines(clock, turn, speak)))


def _target(clock: Clock, speak: Voice) -> str:
    return hours_text(clock.target, speak)


def _lines(clock: Clock, turn: Turn, speak: Voice) -> Iterator[Spans]:
    yield speak.spans("levels.why.started", at=moment(turn, clock.started_at, speak))
    for pause in clock.pauses:
        since, whom = moment(turn, pause.since, speak), _whom(pause)
        if pause.until:
            ended = moment(turn, pause.until, speak)
            yield speak.spans(f"levels.why.pause.{whom}", since=since, until=ended)
        else:
            yield speak.spans(f"levels.why.pause_open.{whom}", since=since)
    until = clock.due_at or turn.now
    yield from _stretches(clock, until, turn, speak)
    if clock.hours is not ALWAYS:
        yield from _unusual(clock.policy.calendar, clock.started_at, until, speak)
    gone = elapsed(clock.hours, clock.started_at, min(until, turn.now), clock.pauses)
    yield speak.spans("levels.why.sofar", time=hours_text(gone, speak), target=_target(clock, speak))
    if clock.due_at is None:
        key = f"levels.why.paused_now.{_whom(clock.pauses[-1])}"
        yield speak.spans(key, left=hours_text(clock.target - gone, speak))
    else:
        key = "levels.why.broken" if clock.breached_at(turn.now) else "levels.why.due"
        yield speak.spans(key, at=moment(turn, clock.due_at, speak))


def _whom(pause: Pause) -> str:
    return "third_party" if pause.third_party else "customer"


def _stretches(clock: Clock, until: datetime, turn: Turn, speak: Voice) -> Iterator[Spans]:
    zone = turn.home.zone if clock.hours is ALWAYS else clock.policy.calendar.zone
    stretches = list(counted(clock.hours, clock.started_at, until, clock.pauses))
    for opens, closes in stretches[:SHOWN_STRETCHES]:
        yield speak.spans(
            "levels.why.counts",
            day=day_text(opens, zone, speak.language, None),
            since=hour_text(opens, zone, speak.language),
            until=hour_text(closes, zone, speak.language),
            time=hours_text(closes - opens, speak),
        )
    if more := stretches[SHOWN_STRETCHES:]:
        rest = sum((closes - opens for opens, closes in more), timedelta())
        yield speak.spans("levels.why.more", n=len(more), time=hours_text(rest, speak))


def _unusual(calendar: Calendar, since: datetime, until: datetime, speak: Voice) -> Iterator[Spans]:
    """Tell each holiday and each date with hours of its own between two instants."""
    zone = get_zone(calendar.zone)
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        text = _date_text(day, calendar.zone, speak)
        if day in calendar.exceptions:
            yield speak.spans("levels.why.special", day=text, hours=_hours_text(calendar.exceptions[day], speak))
        elif name := holiday_name(calendar.holidays, day, speak.language):
            yield speak.spans("levels.why.holiday", day=text, name=name)
        day += DAY


def _date_text(day: date, zone: str, speak: Voice) -> str:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=get_zone(zone))
    return day_text(noon, zone, speak.language, None)


def _hours_text(hours: Hours, speak: Voice) -> str:
    told = ", ".join(f"{a // 60}:{a % 60:02}–{b // 60}:{b % 60:02}" for a, b in hours)
    return told or speak("levels.why.closed")


def _waited(party: ThirdParty, turn: Turn, speak: Voice) -> Spans:
    """Tell since when and until when a third party was waited for, apart from what counts."""
    since, until = moment(turn, party.asked_at, speak), party.answered_at or party.ended_at
    if until is None:
        return speak.spans("levels.why.third_party.open", name=party.name, since=since)
    return speak.spans("levels.why.third_party", name=party.name, since=since, until=moment(turn, until, speak))


def _ended(row: ServiceLevel, turn: Turn, speak: Voice) -> Spans:
    kind, since = speak(f"levels.kind.{row.kind}"), moment(turn, row.started_at, speak)
    if row.met_at is None or row.due_at is None:
        ended = row.met_at or row.dropped_at
        assert ended is not None, "only what has ended is told here"
        return speak.spans("levels.why.dropped", kind=kind, since=since, at=moment(turn, ended, speak))
    key = "levels.why.late" if row.breached_at else "levels.why.met"
    due, at = moment(turn, row.due_at, speak), moment(turn, row.met_at, speak)
    return speak.spans(key, kind=kind, since=since, due=due, at=at)
