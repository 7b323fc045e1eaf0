"""Opening a resolved case again: to the agent who had it if they are there, else to the desk."""

from __future__ import annotations

from datetime import timedelta

from bot.desk import cases
from bot.desk.cases import actor_name, record
from bot.desk.closing import decisions, question
from bot.desk.closing.decisions import Decision, Decisions
from bot.desk.escalation.triggers import escalate
from bot.desk.levels.calendar import elapsed
from bot.desk.levels.current import levels_of
from bot.desk.levels.wording import hours_text
from bot.desk.places import Aside, CaseThreads
from bot.desk.roles import staff
from bot.turn import Turn
from dialogs.cases import CaseStatus, EscalationCause, EventKind, LevelKind
from dialogs.messages import Block, Button, Code, Mention, Paragraph, Plain, SmallPrint, Spans
from dialogs.phrases import Voice
from dialogs.reading.closings import ClosingLabel
from storage.tables import Case, PersonRow
from storage.timer_queue import CLOCK

DAY = timedelta(days=1)


async def problem_told(
    turn: Turn,
    case: Case,
    threads: CaseThreads,
    before: Decisions,
    *,
    reason: str,
    message: str | None = None,
) -> Aside:
    """Open a case again whose customer says that the problem goes on.

    Where that happened too often within a day, the agent has to look instead.
    """
    number, speak = len(before.all) + 1, threads.to_desk
    question.settle(threads, before, "closing.asked")
    holder = await assignee(turn, case)
    told = {"name": await actor_name(turn)}
    most = turn.settings.closing.reopenings_a_day
    if before.reopened_since(turn.now - DAY) >= most:
        decisions.write(turn, case, Decision.LEFT, ClosingLabel.STILL_BROKEN, reason, message=message)
        threads.tell_customer(Paragraph(threads.to_customer.spans("closing.told.left")))
        left = speak.spans("closing.desk.left", n=most, **told)
        return Aside((Paragraph((*calling(holder), *left)),), undo_button(threads, number, reopened=False))
    took = await _took(turn, case, speak)
    present = holder if holder is not None and await is_present(turn, holder) else None
    released = holder.key if holder is not None and present is None else None
    decisions.write(
        turn, case, Decision.REOPENED, ClosingLabel.STILL_BROKEN, reason, message=message, released=released
    )
    record(turn, case, EventKind.REOPENED, reason=reason)
    await reopen(turn, case, threads, ref=told_ref(threads, number))
    if released and holder:
        key, told["holder"] = "closing.desk.reopened.free", holder.name
    else:
        key = "closing.desk.reopened" if present else "closing.desk.reopened.team"
    reopened = Paragraph((*calling(present), *speak.spans(key, **told)))
    return Aside((reopened, *took), undo_button(threads, number, reopened=True), moved=True)


async def reopen(turn: Turn, case: Case, threads: CaseThreads, *, ref: str | None = None) -> None:
    """Let a case go on: with who has it, or where they are away, with nobody until somebody takes it.

    Opened again too often, it climbs, where the settings say so.
    """
    holder = await assignee(turn, case)
    speak, name = threads.to_customer, Code(threads.name)
    if holder is not None and await is_present(turn, holder):
        cases.move(turn, case, CaseStatus.WORKING, "still_broken")
        told = speak.spans("closing.told.reopened", case=name, name=holder.name)
    else:
        if holder is not None:
            record(turn, case, EventKind.RELEASED, by=CLOCK.key, before=holder.key)
            case.assignee_key = None
        cases.move(turn, case, CaseStatus.NEW, "still_broken")
        away = holder.name if holder is not None else ""
        key = "closing.told.reopened.free" if away else "closing.told.reopened.team"
        told = speak.spans(key, case=name, name=away)
    threads.tell_customer(Paragraph(told), ref=ref)
    await escalate(turn, case, EscalationCause.REOPENED)


def told_ref(threads: CaseThreads, number: int) -> str:
    """Return the name of the message that tells the customer of a reopening."""
    return f"reopened:{threads.name}:{number}"


async def assignee(turn: Turn, case: Case) -> PersonRow | None:
    """Return who has a case."""
    return await turn.unit.people.get(case.assignee_key) if case.assignee_key else None


async def is_present(turn: Turn, person: PersonRow) -> bool:
    """Tell whether an agent may be given work: not away, and still of the desk."""
    return person.absent_since is None and person.key in {one.key for one in await staff(turn)}


def calling(person: PersonRow | None) -> Spans:
    """Return what calls somebody's attention at the beginning of a sentence."""
    return (Mention(person.key, person.name), Plain(", ")) if person else ()


def undo_button(threads: CaseThreads, number: int, *, reopened: bool) -> tuple[Button, ...]:
    """Return the button that undoes the decision of that number."""
    label = threads.to_desk("closing.button.keep" if reopened else "closing.button.reopen")
    return (Button(name="case.undo", label=label, value=f"{threads.name} {number}"),)


async def _took(turn: Turn, case: Case, speak: Voice) -> tuple[Block, ...]:
    """Return how long it took until the case was resolved, of the time there was."""
    ended = [one for one in await levels_of(turn, case) if one.kind is LevelKind.RESOLUTION and one.met_at]
    if not ended or ended[-1].met_at is None:
        return ()
    clock, met_at = ended[-1], ended[-1].met_at
    took = hours_text(elapsed(clock.hours, clock.started_at, met_at, clock.pauses), speak)
    key = "closing.desk.took.working" if clock.policy.in_working_time(clock.severity) else "closing.desk.took"
    return (SmallPrint(speak.spans(key, took=took, target=hours_text(clock.target, speak))),)
