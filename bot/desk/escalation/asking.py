"""A customer who wants their case to go higher: which case, what to ask them, and what they are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.card import shorten, summary
from bot.desk.cases import keep_files, lock_case
from bot.desk.escalation import climbing
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import ladder_for, read_ladder
from bot.desk.escalation.triggers import escalate
from bot.desk.handlers import LABEL_LENGTH
from bot.desk.numbers import read_number
from bot.desk.places import case_name, number_of, place_of, plainly
from bot.desk.roles import record_refusal, scope_of
from bot.turn import Turn
from dialogs.cases import CaseStatus, EscalationCause, EscalationState
from dialogs.events import File, Language
from dialogs.forms.escalation import Wish
from dialogs.messages import Code, Message, Option
from dialogs.phrases import Voice, voice
from dialogs.wording import when
from storage.tables import Case, Conversation

OFFERED = 5
"""How many cases a customer who names none is asked about."""


async def escalable(turn: Turn, about: str, conversation: str) -> tuple[Option, ...] | None:
    """Return the cases that who acts may send higher now, each with what it is about.

    It is the one they name, or the one that the conversation of that key is about, or else any of theirs. Nothing is
    returned where there is none at all, and none where it is on its way already.
    """
    cases = await _meant(turn, about, conversation)
    if not cases and not about.strip():
        return None
    return tuple([_option(turn, case) for case in cases if await _can_go_higher(turn, case)])


async def _meant(turn: Turn, about: str, conversation: str) -> Sequence[Case]:
    """Return the cases that a customer means and may know of."""
    scope = await scope_of(turn)
    if scope is None:
        return ()
    here = await turn.unit.cases.by_conversation(conversation)
    if named := read_number(about, turn.settings.cases.prefix):
        found = await turn.unit.cases.get(named[0])
        return (found,) if found and scope.shows(found) else ()
    if here is not None and scope.shows(here):
        return (here,)
    return await turn.unit.cases.list(
        organisation_id=scope.organisation_id,
        requester_key=scope.requester_key,
        statuses=frozenset(CaseStatus) - {CaseStatus.CLOSED},
        limit=OFFERED,
    )


def _option(turn: Turn, case: Case) -> Option:
    name = case_name(turn, case.number)
    return Option(name, shorten(f"{name} {summary(case, voice(case.language))}", LABEL_LENGTH))


async def _can_go_higher(turn: Turn, case: Case) -> bool:
    if case.status is CaseStatus.CLOSED:
        return False
    row = await turn.unit.escalations.open_of(number_of(case))
    if row is None:
        return await _first_level(turn, case) is not None
    return row.state is EscalationState.ACKNOWLEDGED and read_ladder(row.ladder).for_customers(row.level) is not None


async def wished(
    turn: Turn, conversation: Conversation, wish: Wish, files: tuple[File, ...], language: Language
) -> None:
    """Do what a customer wants of a case, and answer where they said so. Whose case it is, is looked at again."""
    (case, *_), speak = (await _meant(turn, wish.case, conversation.key) or (None,)), voice(language)
    locked = await lock_case(turn, number_of(case)) if case else None
    if locked is None:
        turn.post(place_of(conversation), plainly(speak, "desk.unknown_case", case=wish.case))
        return
    await keep_files(turn, locked, files)
    told = await ask(turn, locked, wish.reason, speak)
    if told is None and conversation.key != locked.conversation_key:
        told = plainly(speak, "escalation.asked.done", case=Code(case_name(turn, locked.number)))
    if told is not None:
        turn.post(place_of(conversation), told)


async def explain(turn: Turn, about: str, conversation: str, speak: Voice) -> Message:
    """Say why no case goes higher now: there is none, or who has it already."""
    named = read_number(about, turn.settings.cases.prefix)
    case = next(iter(await _meant(turn, about, conversation)), None)
    if case is None:
        if named is None:
            return plainly(speak, "escalation.asked.no_case")
        record_refusal(turn, "escalate", case_name(turn, named[0]))
        return plainly(speak, "desk.unknown_case", case=case_name(turn, named[0]))
    row = await turn.unit.escalations.open_of(number_of(case))
    if row is not None:
        return _has_it(await Climb.of(turn, row, case), speak)
    key = "closed" if case.status is CaseStatus.CLOSED else "no_level"
    return plainly(speak, f"escalation.asked.{key}", case=Code(case_name(turn, case.number)))


async def ask(turn: Turn, case: Case, reason: str, speak: Voice) -> Message | None:
    """Do what a customer asks for: let their case climb, or go on where somebody has it already.

    A level that was alerted has its minutes first; one that took the case up may be left behind. Returns what to
    answer, nothing where the thread of the case tells them that it climbs.
    """
    row = await turn.unit.escalations.open_of(number_of(case))
    if row is not None:
        climb = await Climb.of(turn, row, case)
        higher = climb.ladder.for_customers(row.level)
        if row.state is not EscalationState.ACKNOWLEDGED or higher is None:
            return _has_it(climb, speak)
        await climbing.further(climb, higher, by=turn.event.actor.key, why="asked")
        await climbing.show(climb)
        return None
    first = await _first_level(turn, case)
    if first is None:
        return plainly(speak, "escalation.asked.no_level", case=Code(case_name(turn, case.number)))
    if await escalate(turn, case, EscalationCause.CUSTOMER, reason, first=first) is None:
        return plainly(speak, "escalation.asked.closed", case=Code(case_name(turn, case.number)))
    return None


async def _first_level(turn: Turn, case: Case) -> int | None:
    """Return where a customer's escalation begins: above where their case got to before, as far as they may."""
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    ladder = ladder_for(turn.settings, organisation.name if organisation else "")
    allowed = [number for number, level in enumerate(ladder.levels) if level.customers]
    reached = max((row.level for row in await turn.unit.escalations.of_case(number_of(case))), default=-1)
    return next((number for number in allowed if number > reached), allowed[-1] if allowed else None)


def _has_it(climb: Climb, speak: Voice) -> Message:
    """Say who has the case already, and until when they answer."""
    assert climb.case is not None, "customers ask for their cases"
    row, turn, zone = climb.row, climb.turn, climb.case.zone_name
    name = Code(case_name(turn, row.case_number))
    position = row.level + 1 if row.state is EscalationState.WAITING else max(row.level, 0)
    level = climb.ladder.levels[position].names[speak.language]
    if row.state is EscalationState.ACKNOWLEDGED or row.due_at is None:
        return plainly(speak, "escalation.asked.held", case=name, level=level, name=climb.holder)
    key = "waiting" if row.state is EscalationState.WAITING else "alerted"
    until = when(row.due_at, zone, speak.language, now=turn.now, home=turn.home)
    return plainly(speak, f"escalation.asked.{key}", case=name, level=level, at=until)
