"""News to the customer while a third party is awaited.

The clock of news goes on. The warnings of that clock offer a text that is ready to send; where nobody sends one, the
assistant tells the customer itself, shortly before the news are due: once for each time they are, and never at night
where the case can wait for the morning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.desk import cases, forms
from bot.desk.ahead import Planned, planned_at
from bot.desk.card import put_card
from bot.desk.cases import lock_case, record
from bot.desk.handlers import Request
from bot.desk.levels.calendar import Calendar, Stretch, add, counted
from bot.desk.levels.clocks import DONE, Clock, running
from bot.desk.levels.current import levels_of, policy_of
from bot.desk.levels.wording import moment
from bot.desk.places import CaseThreads, case_name, number_of, plainly
from bot.desk.third_parties.parties import awaited, customers_words, parties_of
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, LevelKind, Severity
from dialogs.events import Invoked, Pressed, TimerFired
from dialogs.messages import (
    Block,
    Button,
    Code,
    Message,
    OpenForm,
    Paragraph,
    Plain,
    Quote,
    SmallPrint,
    Spans,
    Style,
    When,
    spans_text,
)
from dialogs.phrases import Voice, voice
from dialogs.reading.text import fold
from dialogs.wording import when
from storage.tables import Case

TIMER = "case.news"
"""The kind of the timer by which the assistant tells news itself; its subject is the case's number."""

SHARE = 10
"""Of a short time between news, the assistant leaves at most one part in so many."""

EDIT = "edit"
"""What follows a case's name to change the news that are ready before they go."""

_EDITS = {EDIT, "editar", "corregir", "cambiar"}
_CAN_WAIT = frozenset({Severity.S3, Severity.S4})
_DAY = (((8 * 60, 20 * 60 - 1),),) * 7
"""From 8:00 to the last minute before 20:00, every day."""


def news_clock(clocks: tuple[Clock, ...]) -> Clock | None:
    """Return the clock of the news that are due next, where it runs."""
    return next((one for one in running(clocks) if one.kind is LevelKind.UPDATE_EVERY and one.due_at), None)


def tell_at(clock: Clock, zone: str, before: timedelta, now: datetime) -> datetime:
    """Return when the assistant tells the news of a clock itself, where nobody has: `before` they are due, or now.

    News that can wait (S3 and S4) come between 8 and 20 in the customer's `zone` and in the working time of the desk;
    where the time left has no such hours, in the customer's day alone. Rather earlier than late.
    """
    assert clock.due_at is not None, "the clock of news runs while a third party is awaited"
    before = min(before, clock.target / SHARE)
    latest = max(clock.started_at, clock.due_at - before)
    if clock.severity not in _CAN_WAIT:
        return max(latest, now)
    day = Calendar("", zone, _DAY)
    since = max(clock.started_at, now)
    both = list(_both(clock, day, since, latest)) or list(counted(day, since, latest))
    return both[-1][1] if both else next(day.open_from(max(latest, now)))[0]


def _both(clock: Clock, day: Calendar, since: datetime, until: datetime) -> Iterator[Stretch]:
    for opens, closes in counted(clock.policy.calendar, since, until):
        yield from counted(day, opens, closes)


async def _tell_at(turn: Turn, case: Case, clock: Clock) -> datetime:
    return tell_at(clock, await customers_zone(turn, case), turn.settings.third_parties.news_before, turn.now)


async def customers_zone(turn: Turn, case: Case) -> str:
    """Return the zone that the requester lives in: their own, or that of what they told."""
    requester = await turn.unit.people.get(case.requester_key)
    return (requester.zone if requester else None) or case.zone_name


async def plan(turn: Turn, case: Case, clocks: tuple[Clock, ...]) -> None:
    """Set when to tell the next news of a case that waits for a third party."""
    clock = news_clock(clocks)
    if case.status is CaseStatus.WAITING_THIRD_PARTY and clock is not None:
        after, place = await _tell_at(turn, case, clock) - turn.now, (await CaseThreads.of(turn, case)).desk
        turn.set_timer(TIMER, str(number_of(case)), fence=clock.fingerprint, after=after, place=place)


async def news_due(turn: Turn, what: TimerFired) -> None:
    """Tell the customer that a third party is still awaited, unless something has happened since this was planned."""
    case = await lock_case(turn, int(what.subject))
    if case is None or case.status is not CaseStatus.WAITING_THIRD_PARTY:
        return
    turn.touched[number_of(case)] = case  # what is to be told later, `plan` sets at the end of the turn
    clock = news_clock(await levels_of(turn, case))
    if clock is None or clock.fingerprint != what.fence or await _tell_at(turn, case, clock) > turn.now:
        return
    threads = await CaseThreads.of(turn, case)
    news = await news_of(turn, case)
    record(turn, case, EventKind.UPDATED, text=spans_text(news))
    threads.tell_customer(Paragraph(news))
    threads.tell_desk(Paragraph(threads.to_desk.spans("thirdparty.news.told")), Quote((Plain(spans_text(news)),)))
    await put_card(turn, case, threads)


async def news_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell when the assistant gives the customer news where nobody does before."""
    timer = await planned_at(turn, TIMER, str(case.number))
    waits = case.status is CaseStatus.WAITING_THIRD_PARTY
    return (Planned(timer[0], speak.spans("ahead.news")),) if timer and waits else ()


async def news_of(turn: Turn, case: Case) -> Spans:
    """Return what is told while a third party is awaited: for whom we wait, and by when there are more news."""
    speak = voice(case.language)
    who = customers_words(turn, awaited(await parties_of(turn, case)), speak)
    at = await next_news(turn, case)
    return speak.spans("thirdparty.news", who=who, case=Code(case_name(turn, case.number)), at=at)


async def next_news(turn: Turn, case: Case) -> When:
    """Return by when the customer hears of a case again, if they are told something now, on their own clock."""
    policy, severity = await policy_of(turn, case), case.severity_confirmed or case.severity_proposed
    due = add(policy.hours(severity), turn.now, policy.target(severity, LevelKind.UPDATE_EVERY))
    assert due is not None, "nothing pauses what begins now"
    return when(due, case.zone_name, voice(case.language).language, now=turn.now, home=turn.home)


async def offer(turn: Turn, case: Case, clock: Clock, speak: Voice) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Return what a warning of due news adds while a third party is awaited: the text that is ready, to be sent."""
    if case.status is not CaseStatus.WAITING_THIRD_PARTY:
        return (), ()
    name = case_name(turn, case.number)
    at = moment(turn, await _tell_at(turn, case, clock), speak)
    typed = Code(speak("thirdparty.news.typed", case=name))
    blocks = (
        Paragraph(speak.spans("thirdparty.news.ready")),
        Quote((Plain(spans_text(await news_of(turn, case))),)),
        SmallPrint(speak.spans("thirdparty.news.otherwise", at=at, typed=typed)),
    )
    send = Button(name="case.update", label=speak("desk.button.update"), value=name, style=Style.PRIMARY)
    mend = Button(name="case.update", label=speak("desk.button.update.edit"), value=f"{name} {EDIT}")
    return blocks, (send, mend)


async def update(request: Request) -> Message | OpenForm | None:
    """Send news to the customer: those that are ready where no words are given, or one's own."""
    turn, case, speak = request.turn, request.about, request.speak
    text, asked = request.text, fold(request.text).strip()
    if case.status in DONE:
        return plainly(speak, "thirdparty.over", case=Code(request.name))
    if not text or asked in _EDITS:
        if case.status is not CaseStatus.WAITING_THIRD_PARTY:
            return plainly(speak, "thirdparty.news.none", case=Code(request.name), typed=_typed(request))
        text = spans_text(await news_of(turn, case))
    if asked in _EDITS:
        if isinstance(turn.event.what, Pressed | Invoked):
            return OpenForm(forms.filled(await forms.update(turn, speak, case), text=text))
        return plainly(speak, "thirdparty.news.edit", text=text, typed=_typed(request))
    await cases.reply(turn, case, text, request.files)
    return plainly(speak, "thirdparty.news.sent", case=Code(request.name))


def _typed(request: Request) -> Code:
    return Code(request.speak("thirdparty.news.typed", case=request.name))
