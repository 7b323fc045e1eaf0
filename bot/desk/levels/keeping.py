"""Keeps service levels true: worked out anew in the transaction of whatever changes them, and at their moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.desk.ahead import Planned
from bot.desk.card import put_card
from bot.desk.cases import lock_case
from bot.desk.escalation.triggers import escalate
from bot.desk.levels.clocks import BREACH, Clock, running
from bot.desk.levels.current import levels_of
from bot.desk.levels.telling import Level, retell, tell, warns
from bot.desk.levels.wording import kind_text
from bot.desk.people import holder_of
from bot.desk.places import CaseThreads, number_of
from bot.desk.third_parties.news import plan
from bot.turn import Turn
from dialogs.cases import BreachCause, CaseStatus, EscalationCause, EventKind
from dialogs.events import TimerFired
from dialogs.messages import Spans
from dialogs.phrases import Voice
from storage.tables import Case, ServiceLevel
from storage.timer_queue import CLOCK

TIMER = "case.service_level"
"""The kind of the one timer that a case has for its next warning or breach; its subject is the case's number."""


async def level_due(turn: Turn, what: TimerFired) -> None:
    """Come back to a case at a moment of one of its clocks.

    The fence is the fingerprint of the clock that it was set for. Where no clock of the case has it any more (other
    promises since the process was started anew), the case is only worked out again.
    """
    case = await lock_case(turn, int(what.subject))
    if case is not None:
        turn.touched[number_of(case)] = case


async def levels_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell the warnings and the breach that each running clock comes to if nothing stops it."""
    holder = await holder_of(turn, case)
    who = holder.name if holder else speak("ahead.level.desk")
    return [
        Planned(at, _stage_told(clock, stage, who, speak))
        for clock in running(await levels_of(turn, case))
        for stage, at in clock.stages()
        if at > turn.now and (stage == BREACH or warns(clock, case))
    ]


def _stage_told(clock: Clock, stage: int, who: str, speak: Voice) -> Spans:
    kind = kind_text(clock, speak)
    if stage == BREACH:
        return speak.spans("ahead.level.due", kind=kind)
    return speak.spans("ahead.level.warning", who=who, kind=kind, percent=stage)


async def settle_levels(turn: Turn) -> None:
    """Bring the service levels of every case that the turn touched in line with what happened."""
    for case in turn.touched.values():
        await _settle(turn, case)


async def _settle(turn: Turn, case: Case) -> None:
    number, what = number_of(case), turn.event.what
    clocks = await levels_of(turn, case)
    rows = {(row.kind, row.number): row for row in await turn.unit.service_levels.of_case(number)}
    levels, alive, broken, outdated = [], list[Level](), list[Clock](), set[str]()
    changed = moved = False
    for clock in clocks:
        row = rows.get((clock.kind, clock.number))
        if row is None:
            row = _new_row(number, clock)
            turn.unit.service_levels.add(row)
        levels.append(level := Level(clock, row))
        if row.fingerprint and (row.met_at or row.dropped_at):
            continue  # what has ended is a fact: no later policy judges it
        alive.append(level)
        if row.fingerprint != clock.fingerprint:
            changed = True
            moved |= (row.due_at, row.met_at, row.dropped_at) != (clock.due_at, clock.met_at, clock.dropped_at)
            if row.told_ref:
                outdated.add(row.told_ref)
            row.told = min(row.told, clock.stage(turn.now))
        if clock.ended_at is None and clock.breached_at(turn.now) and row.breached_at is None:
            broken.append(clock)
        moved |= await _write(turn, case, level)
    await tell(turn, case, alive)
    for clock in broken:
        await escalate(turn, case, EscalationCause.BREACH, breach=f"{clock.kind}:{clock.number}")
    for ref in sorted(outdated & {level.row.told_ref for level in levels}):
        await retell(turn, case, ref, levels)
    case.next_due_at = min(filter(None, (clock.due_at for clock in running(clocks))), default=None)
    moments = {at: clock.fingerprint for clock in running(clocks) if (at := clock.next_at(turn.now))}
    if changed or isinstance(what, TimerFired):
        await _set_timer(turn, case, moments)
    await plan(turn, case, clocks)
    in_time = isinstance(what, TimerFired) and what.fence in {clock.fingerprint for clock in running(clocks)}
    if in_time or (moved and number not in turn.shown):
        await put_card(turn, case, await CaseThreads.of(turn, case))


def _new_row(number: int, clock: Clock) -> ServiceLevel:
    return ServiceLevel(
        case_number=number,
        kind=clock.kind,
        number=clock.number,
        severity=clock.severity,
        started_at=clock.started_at,
        fingerprint="",
        policy_version=clock.policy.version,
    )


async def _write(turn: Turn, case: Case, level: Level) -> bool:
    """Keep a clock in its row; return whether it has just been broken, or is no longer."""
    clock, row = level.clock, level.row
    broken = clock.breached_at(turn.now)
    if broken and row.breached_at is None:
        row.cause = await _cause(turn, case)
        turn.unit.cases.record(
            case,
            EventKind.BREACHED,
            actor=CLOCK.key,
            at=turn.now,
            platform=CLOCK.platform,
            data={
                "level": clock.kind,
                "number": clock.number,
                "due_at": _text(broken),
                "cause": row.cause,
            },
            event_key=turn.event.key,
        )
    different = row.breached_at != broken
    row.severity, row.policy_version, row.fingerprint = clock.severity, clock.policy.version, clock.fingerprint
    row.due_at, row.met_at, row.dropped_at, row.breached_at = clock.due_at, clock.met_at, clock.dropped_at, broken
    row.paused = [[_text(pause.since), _text(pause.until)] for pause in clock.pauses]
    return different


async def _cause(turn: Turn, case: Case) -> BreachCause:
    """Return who was to act on a case as it stands."""
    if case.status is CaseStatus.WAITING_THIRD_PARTY:
        return BreachCause.THIRD_PARTY
    assignee = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    if assignee is None:
        return BreachCause.NOBODY
    return BreachCause.ABSENT if assignee.absent_since else BreachCause.AGENT


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant else None


async def _set_timer(turn: Turn, case: Case, moments: Mapping[datetime, str]) -> None:
    subject = str(number_of(case))
    if not moments:
        turn.cancel_timer(TIMER, subject)
        return
    first, place = min(moments), (await CaseThreads.of(turn, case)).desk
    turn.set_timer(TIMER, subject, fence=moments[first], after=first - turn.now, place=place)
