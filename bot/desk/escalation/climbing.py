"""How a case climbs, level by level, until somebody takes it up or nobody is left.

Each level has its minutes to acknowledge; then the next one is alerted. A level that nobody can be reached at is passed
over, and the history says why. After the last one the list is begun anew as often as set, and then everybody gets the
last alarm. An acknowledgement holds for a while: a case that has not moved by then climbs on.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.desk.card import put_card
from bot.desk.escalation import alerts, letters, told
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import ladder_for
from bot.desk.escalation.need import is_moving, why_over
from bot.desk.escalation.outage import delay_of
from bot.desk.escalation.people import known, present
from bot.desk.places import CaseThreads, number_of
from bot.turn import Turn
from dialogs.cases import EscalationCause, EscalationState, EventKind, SkipReason
from storage.tables import Case, Escalation, EscalationStep
from storage.timer_queue import CLOCK

TIMER = "case.escalation"
"""The kind of the one timer of an escalation; its subject is the escalation's id."""

MOST_SNOOZES = 2
"""How often a level may put an alert off."""

LATE = timedelta(minutes=2)
"""What comes this long after it was due was kept from coming in time."""


async def begin(
    turn: Turn, case: Case, cause: EscalationCause, reason: str = "", *, breach: str = "", first: int = 0
) -> Climb:
    """Let a case climb from a level on. Who acts is who asked for it, unless the clock did."""
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    row = Escalation(
        case_number=number_of(case),
        cause=cause,
        reason=reason,
        breach=breach,
        by_key=CLOCK.key if cause is EscalationCause.BREACH else turn.event.actor.key,
        ladder=ladder_for(turn.settings, organisation.name if organisation else "").dump(),
        state=EscalationState.CLIMBING,
        started_at=turn.now,
    )
    await turn.unit.escalations.add(row)
    climb = Climb(turn, row, case)
    climb.note(EventKind.ESCALATED, by=row.by_key, cause=cause, text=reason, escalation=row.id)
    await go_on(climb, first)
    return climb


async def go_on(climb: Climb, first: int) -> None:
    """Alert the next level from one on; where none is left, wait for one that opens, or alarm everybody."""
    row, ladder, now = climb.row, climb.ladder, climb.turn.now
    for number in range(first, len(ladder.levels)):
        if await _try(climb, number):
            return
    reached = {step.round for step in climb.steps if step.skipped is None}
    openings = [level.opens_at(now) for level in ladder.levels]
    later = min((opening for opening in openings if opening > now), default=None)
    if row.round in reached and row.round <= ladder.repeats:
        row.round += 1
        await go_on(climb, 0)
    elif later is not None and not reached:
        row.level = openings.index(later) - 1
        _next(climb, EscalationState.WAITING, later)
        await told.of_opening(climb, ladder.levels[row.level + 1], later)
    else:
        _next(climb, EscalationState.UNANSWERED)
        climb.note(EventKind.LAST_ALARM)
        await alerts.last_alarm(climb)
        await letters.last_alarm(climb)
        await told.of_last_alarm(climb)


async def _try(climb: Climb, number: int) -> bool:
    """Alert a level, unless nobody can be reached there; return whether it was."""
    turn, level = climb.turn, climb.ladder.levels[number]
    climb.row.level, climb.row.snoozes = number, 0
    step = EscalationStep(
        escalation_id=climb.identity,
        number=len(climb.steps) + 1,
        round=climb.row.round,
        level=number,
        name=level.names[turn.settings.languages.default],
        at=turn.now,
        due_at=turn.now + level.within,
    )
    again = any(one.level == number and one.skipped is None for one in climb.steps)
    climb.steps.append(step)
    climb.fresh.add(step.number)
    turn.unit.escalations.add_step(step)
    people = await present(turn, level)
    if not level.on_duty(turn.now):
        return _passed_over(climb, step, SkipReason.OUT_OF_HOURS)
    if level.contacts and not people:
        return _passed_over(climb, step, SkipReason.ABSENT)
    _next(climb, EscalationState.CLIMBING, step.due_at)
    step.ways = await alerts.alert(climb, step, people) + await letters.alert(climb, step, people)
    if not step.ways:
        return _passed_over(climb, step, SkipReason.UNREACHABLE)
    climb.note(EventKind.LEVEL_ALERTED, level=step.name, step=step.number, due_at=_text(step.due_at))
    await told.of_level(climb, step, again=again)
    return True


def _passed_over(climb: Climb, step: EscalationStep, why: SkipReason) -> bool:
    step.skipped, step.due_at = why, None
    climb.note(EventKind.LEVEL_SKIPPED, level=step.name, step=step.number, why=why)
    return False


async def acknowledge(climb: Climb, key: str, name: str) -> None:
    """Somebody takes it up; that holds for a while."""
    turn, row = climb.turn, climb.row
    step = await _answered(climb, key)
    if step is not None and step.acknowledged_at is None:
        step.acknowledged_at, step.acknowledged_by = turn.now, key
    row.acknowledged_at, row.acknowledged_by, row.reminded_at = turn.now, key, None
    climb.holder = name
    _next(climb, EscalationState.ACKNOWLEDGED, turn.now + climb.ladder.held - climb.ladder.reminded)
    climb.note(EventKind.ACKNOWLEDGED, by=key, level=step.name if step else "")
    await told.of_acknowledgement(climb, name)
    if climb.case is None:
        await end(climb, "drill")
    else:
        await alerts.retell(climb)


async def _answered(climb: Climb, key: str) -> EscalationStep | None:
    """Return whose alert somebody answers: the last one of a level that names them, else the last one."""
    for step in reversed(climb.steps):
        people = await known(climb.turn, climb.level_of(step).contacts)
        if step.skipped is None and key in {one.person.key for one in people if one.person}:
            return step
    return climb.step


async def snooze(climb: Climb, key: str) -> datetime | None:
    """Put the alert off; return until when, or nothing where that was done often enough."""
    if climb.row.state is not EscalationState.CLIMBING or climb.row.snoozes >= MOST_SNOOZES:
        return None
    climb.row.snoozes += 1
    until = climb.turn.now + climb.ladder.snooze
    _next(climb, EscalationState.SNOOZED, until)
    climb.note(EventKind.SNOOZED, by=key, until=_text(until))
    await alerts.retell(climb)
    return until


async def further(climb: Climb, first: int, *, by: str = CLOCK.key, why: str) -> None:
    """Leave the level behind, and go on from another one."""
    climb.note(EventKind.CLIMBED_ON, by=by, why=why)
    await go_on(climb, first)
    await alerts.retell(climb)


async def end(climb: Climb, why: str) -> None:
    """Stop: it is not needed any more."""
    _next(climb, EscalationState.OVER)
    climb.row.ended_at, climb.row.outcome = climb.turn.now, why
    climb.note(EventKind.ESCALATION_OVER, why=why)
    await alerts.retell(climb)


async def come_due(climb: Climb) -> None:
    """Do what was to be done now, if it is still needed."""
    row = climb.row
    if row.due_at is not None:
        climb.delay = await delay_of(climb.turn, row.due_at, longer_than=LATE)
    if why := await why_over(climb.turn, row, climb.case):
        await end(climb, why)
        return
    match row.state:
        case EscalationState.CLIMBING:
            await further(climb, row.level + 1, why="no_answer")
        case EscalationState.WAITING:
            await go_on(climb, row.level + 1)
        case EscalationState.SNOOZED:
            await _wake(climb)
        case EscalationState.ACKNOWLEDGED:
            await _look_whether_it_moved(climb)
        case _:
            pass


async def _wake(climb: Climb) -> None:
    step = climb.step
    assert step is not None, "only what was alerted is put off"
    step.due_at = climb.turn.now + climb.level_of(step).within
    _next(climb, EscalationState.CLIMBING, step.due_at)
    await alerts.wake(climb, step)
    await alerts.retell(climb)


async def _look_whether_it_moved(climb: Climb) -> None:
    row = climb.row
    assert row.acknowledged_at is not None, "it was acknowledged"
    if climb.case is None or await is_moving(climb.turn, climb.case, row.acknowledged_at):
        await end(climb, "moved")
    elif row.reminded_at is None:
        row.reminded_at = climb.turn.now
        _next(climb, EscalationState.ACKNOWLEDGED, climb.turn.now + climb.ladder.reminded)
        climb.note(EventKind.ACKNOWLEDGER_REMINDED)
        await alerts.remind(climb)
    else:
        await further(climb, row.level + 1, why="not_moved")


async def not_delivered(climb: Climb, number: int, to: str, why: str) -> None:
    """A message to a level is lost for good; where all of them are, the next level is alerted."""
    step = climb.steps[number - 1]
    step.failed += 1
    climb.note(EventKind.NOT_DELIVERED, level=step.name, to=to, text=why)
    await told.of_lost_message(climb, step, to, why)
    waits = climb.row.state in {EscalationState.CLIMBING, EscalationState.SNOOZED} and step is climb.step
    if step.failed >= step.ways and waits:
        _passed_over(climb, step, SkipReason.UNREACHABLE)
        await go_on(climb, climb.row.level + 1)
        await alerts.retell(climb)


async def show(climb: Climb) -> None:
    """Bring the card of the case up to date."""
    if climb.case is not None:
        await put_card(climb.turn, climb.case, await CaseThreads.of(climb.turn, climb.case))


def _next(climb: Climb, state: EscalationState, due_at: datetime | None = None) -> None:
    """Keep where it stands, and when to come back."""
    turn, row = climb.turn, climb.row
    row.state, row.due_at, row.fence = state, due_at, row.fence + 1
    if due_at is None:
        turn.cancel_timer(TIMER, str(climb.identity))
    else:
        fence, after = str(row.fence), due_at - turn.now
        turn.set_timer(TIMER, str(climb.identity), fence=fence, after=after, place=turn.event.place)


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant else None
