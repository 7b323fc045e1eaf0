"""Who is told that a promise is about to be broken, or is; and how that is taken back once it is no longer true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.card import assignee_text
from bot.desk.levels.clocks import BREACH, Clock
from bot.desk.levels.wording import kind_text, moment, paused_spans
from bot.desk.people import holder_of
from bot.desk.places import card_ref, case_name, channel_place, channel_voice, desk_channel, managers_channel
from bot.desk.third_parties.news import offer
from bot.turn import Turn
from dialogs.cases import CaseStatus, LevelKind
from dialogs.events import Place
from dialogs.messages import Bullets, Code, Mention, Message, Paragraph, Span, Spans
from dialogs.phrases import Voice
from storage.tables import Case, ServiceLevel

_WARNING, _BREACH = "warning", "breach"


@dataclass(frozen=True, slots=True)
class Level:
    """A clock beside what the store keeps of it."""

    clock: Clock
    row: ServiceLevel


async def tell(turn: Turn, case: Case, levels: Sequence[Level]) -> None:
    """Say what has come due since somebody was last told: one message to who has the case, one to the managers."""
    news = [level for level in levels if level.clock.stage(turn.now) > level.row.told]
    warned = [level for level in news if level.clock.stage(turn.now) < BREACH and warns(level.clock, case)]
    broken = [level for level in news if level.clock.stage(turn.now) == BREACH]
    for name, told in ((_WARNING, warned), (_BREACH, broken)):
        if not told:
            continue
        ref = f"{name}:{case_name(turn, case.number)}:{turn.event.key}"
        earlier = {level.row.told_ref for level in told} - {None}
        for level in told:
            level.row.told, level.row.told_ref = level.clock.stage(turn.now), ref
        await _put(turn, case, ref, told, new=True)
        for old in sorted(filter(None, earlier)):
            await retell(turn, case, old, levels)


def warns(clock: Clock, case: Case) -> bool:
    """Tell whether somebody is to be warned: where the policy says so, and of news while a third party is awaited.

    What stands still is not about to break; where it goes on, its warning comes.
    """
    return not clock.paused and (bool(clock.policy.warn_at) or case.status is CaseStatus.WAITING_THIRD_PARTY)


async def retell(turn: Turn, case: Case, ref: str, levels: Iterable[Level]) -> None:
    """Bring a message that told of clocks up to what is true now."""
    await _put(turn, case, ref, [level for level in levels if level.row.told_ref == ref], new=False)


async def _put(turn: Turn, case: Case, ref: str, told: Sequence[Level], *, new: bool) -> None:
    warning = ref.startswith(f"{_WARNING}:")
    platform = turn.event.place.platform
    conversation = await turn.unit.conversations.get(case.conversation_key)
    if conversation is not None:
        platform = conversation.platform
    channel = await (desk_channel if warning else managers_channel)(turn, platform)
    if channel is None:
        return
    speak = channel_voice(turn, channel)
    message = await _message(turn, case, told, speak, warning=warning)
    lane = card_ref(case_name(turn, case.number)) if warning else ref
    posting = await turn.unit.postings.find(ref)
    place = Place(platform=posting.platform, channel=posting.channel) if posting else channel_place(channel)
    if new:
        under = card_ref(case_name(turn, case.number)) if warning and await holder_of(turn, case) else None
        turn.post(place, message, ref=ref, under=under, lane=lane)
    else:
        turn.revise(place, ref, message, lane=lane)


async def _message(turn: Turn, case: Case, told: Sequence[Level], speak: Voice, *, warning: bool) -> Message:
    name = Code(case_name(turn, case.number))
    if not told:
        heading = speak.spans("levels.superseded", case=name)
    elif not any(level.clock.stage(turn.now) for level in told):
        heading = speak.spans("levels.withdrawn", case=name)
    elif warning:
        heading = speak.spans("levels.warning", case=name, who=await _holder(turn, case, speak))
    else:
        heading = speak.spans("levels.breach", case=name, who=await _holder(turn, case, speak))
    lines = tuple(_line(level, turn, speak) for level in told)
    due = next((one.clock for one in told if _news_due(one.clock, turn.now)), None) if warning else None
    more, controls = await offer(turn, case, due, speak) if due else ((), ())
    blocks = (Paragraph(heading), *((Bullets(lines),) if lines else ()), *more)
    return Message(blocks=blocks, controls=controls, language=speak.language)


def _news_due(clock: Clock, now: datetime) -> bool:
    return clock.kind is LevelKind.UPDATE_EVERY and clock.ended_at is None and clock.stage(now) > 0


async def _holder(turn: Turn, case: Case, speak: Voice) -> Span | str:
    if holder := await holder_of(turn, case):
        return Mention(holder.key, holder.name)
    away = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    return assignee_text(away.name, speak, away=True) if away else speak("levels.nobody")


def _line(level: Level, turn: Turn, speak: Voice) -> Spans:
    """Return what a clock is like now: due, overdue, kept, standing still or of no matter any more."""
    clock, kind = level.clock, kind_text(level.clock, speak)
    broken = clock.breached_at(turn.now)
    if broken and clock.met_at:
        met = moment(turn, clock.met_at, speak)
        return speak.spans("levels.line.late", kind=kind, at=moment(turn, broken, speak), met=met)
    if broken:
        return speak.spans("levels.line.broken", kind=kind, at=moment(turn, broken, speak))
    if clock.met_at:
        return speak.spans("levels.line.met", kind=kind, at=moment(turn, clock.met_at, speak))
    if clock.dropped_at:
        return speak.spans("levels.line.dropped", kind=kind)
    if clock.due_at is None:
        return paused_spans(clock, speak)
    stage = clock.stage(turn.now)
    key = "levels.line.due" if stage else "levels.line.moved"
    return speak.spans(key, kind=kind, at=moment(turn, clock.due_at, speak), percent=stage)
