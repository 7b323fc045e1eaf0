"""What the desk is told each working day, and its managers each Monday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.desk.card import summary
from bot.desk.handlers import OPEN
from bot.desk.levels.policy import policies_of
from bot.desk.places import case_name, channel_place, channel_voice
from bot.turn import Turn
from dialogs.cases import CaseStatus, ChannelRole
from dialogs.messages import Block, Bullets, Code, Heading, Message, Paragraph, Plain, Spans
from dialogs.phrases import Voice
from dialogs.timezones import get_zone
from dialogs.wording import day_text, when
from storage.cases import Order
from storage.reports import Scope, Statistics
from storage.tables import Case, Channel

SHOWN = 8
"""How many cases each part of a digest names."""

_OURS = frozenset({CaseStatus.NEW, CaseStatus.WORKING, CaseStatus.CLOSE_THE_LOOP})
"""The statuses in which it is the desk's turn."""
_MONDAY = 0


async def post_digests(turn: Turn) -> None:
    """Post what is due on the day of the turn: to the desk's channels daily, to the managers' on Mondays."""
    chosen, today = turn.settings.digests, turn.now.astimezone(get_zone(turn.home.zone)).date()
    if chosen.daily and _works(turn, today):
        for channel in await _channels(turn, ChannelRole.DESK):
            await _post_daily(turn, channel, today)
    if chosen.weekly and today.weekday() == _MONDAY:
        managers = await _channels(turn, ChannelRole.ESCALATIONS) or await _channels(turn, ChannelRole.DESK)
        scope = Scope(since=_midnight(turn, today - timedelta(days=7)), until=_midnight(turn, today))
        if await _anything(turn, scope):
            for channel in managers:
                language = channel_voice(turn, channel).language
                turn.unit.reports.add(scope, language, channel_place(channel))


async def _channels(turn: Turn, role: ChannelRole) -> list[Channel]:
    found = await turn.unit.channels.of_role(role)
    return [channel for channel in found if channel.key not in turn.settings.digests.off]


def _works(turn: Turn, day: date) -> bool:
    return bool(policies_of(turn.settings).usual.calendar.stretches(day))


def _midnight(turn: Turn, day: date) -> datetime:
    return datetime.combine(day, time(), get_zone(turn.home.zone))


async def _anything(turn: Turn, scope: Scope) -> bool:
    statistics = Statistics(turn.unit.session, scope)
    return bool(await statistics.opened() or await turn.unit.cases.list(statuses=OPEN, limit=1))


async def _post_daily(turn: Turn, channel: Channel, today: date) -> None:
    speak = channel_voice(turn, channel)
    blocks = [*await _due_today(turn, today, speak), *await _waiting(turn, speak), *await _missed(turn, today, speak)]
    if blocks:
        day = day_text(turn.now, turn.home.zone, speak.language, None)
        heading = Heading(speak("digest.heading", day=day))
        turn.post(channel_place(channel), Message(blocks=(heading, *blocks), language=speak.language))


async def _due_today(turn: Turn, today: date, speak: Voice) -> list[Block]:
    tomorrow = _midnight(turn, today + timedelta(days=1))
    found = await turn.unit.cases.list(statuses=OPEN, order=Order.DUE, limit=SHOWN + 1)
    due = [case for case in found if case.next_due_at and case.next_due_at < tomorrow]
    return await _part(turn, "due", due, [case.next_due_at for case in due], speak)


async def _waiting(turn: Turn, speak: Voice) -> list[Block]:
    yesterday = turn.now - timedelta(days=1)
    found = await turn.unit.cases.list(statuses=_OURS, order=Order.QUIET, limit=SHOWN + 1)
    quiet = [case for case in found if case.updated_at <= yesterday]
    return await _part(turn, "waiting", quiet, [case.updated_at for case in quiet], speak)


async def _missed(turn: Turn, today: date, speak: Voice) -> list[Block]:
    """Name the cases with promises broken since the last working day began."""
    day = today - timedelta(days=1)
    while not _works(turn, day):
        day -= timedelta(days=1)
    scope = Scope(since=_midnight(turn, day), until=_midnight(turn, today))
    missed = await Statistics(turn.unit.session, scope).missed(SHOWN + 1)
    cases = [case for number, _ in missed if (case := await turn.unit.cases.get(number))]
    return await _part(turn, "missed", cases, [at for _, at in missed], speak)


async def _part(
    turn: Turn, name: str, cases: Sequence[Case], instants: Sequence[datetime | None], speak: Voice
) -> list[Block]:
    if not cases:
        return []
    shown = zip(cases[:SHOWN], instants, strict=False)
    lines = [await _line(turn, case, instant, speak) for case, instant in shown]
    more = [speak.spans("digest.more")] if len(cases) > SHOWN else []
    return [Paragraph(speak.spans(f"digest.{name}")), Bullets((*lines, *more))]


async def _line(turn: Turn, case: Case, instant: datetime | None, speak: Voice) -> Spans:
    assignee = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    at = (when(instant, turn.home.zone, speak.language, now=turn.now, home=turn.home), Plain(" · ")) if instant else ()
    who = assignee.name if assignee else speak("desk.card.nobody")
    return (Code(case_name(turn, case.number)), Plain(" · "), *at, Plain(f"{who} · {summary(case, speak)}"))
