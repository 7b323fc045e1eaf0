"""What people ask of an escalation, typed or by button: begin it, acknowledge it, take the case, go further, wait."""

from __future__ import annotations

from bot.desk import cases
from bot.desk.escalation import climbing
from bot.desk.escalation.asking import ask
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.levels import levels_for
from bot.desk.escalation.people import may_answer
from bot.desk.escalation.triggers import escalate
from bot.desk.escalation.wording import standing
from bot.desk.handlers import Request
from bot.desk.numbers import read_number
from bot.desk.places import case_name, plainly
from bot.desk.roles import is_agent, refuse
from dialogs.cases import CaseStatus, EscalationCause, EscalationState
from dialogs.messages import Code, Message
from dialogs.reading.text import fold

DRILL_WORDS = frozenset({"simulacro", "drill"})


async def begin(request: Request) -> Message:
    """Let a case climb; the reason may be left out. A customer asks for their own."""
    turn, case, speak = request.turn, request.about, request.speak
    if not await is_agent(turn):
        return await ask(turn, case, request.text, speak) or plainly(
            speak, "escalation.asked.done", case=Code(request.name)
        )
    climb = await escalate(turn, case, EscalationCause.AGENT, request.text)
    if climb is not None:
        return plainly(speak, "escalation.begun", case=Code(request.name), stands=standing(climb, speak))
    row = await turn.unit.escalations.open_of(case.number or 0)
    if row is None or case.status is CaseStatus.CLOSED:
        return plainly(speak, "escalation.closed", case=Code(request.name))
    stands = standing(await Climb.of(turn, row, case), speak)
    further = Code(speak("escalation.typed.further", case=request.name))
    return plainly(speak, "escalation.already", case=Code(request.name), stands=stands, further=further)


async def acknowledge(request: Request) -> Message | None:
    """Take an escalation up."""
    climb = await _open(request)
    if not isinstance(climb, Climb):
        return climb
    if climb.row.state is EscalationState.ACKNOWLEDGED:
        return _told(request, climb, "escalation.acknowledge.already")
    await _acknowledge(request, climb)
    return _told(request, climb, "escalation.acknowledge.done")


async def takeover(request: Request) -> Message | None:
    """Take an escalation up, and the case with it."""
    climb = await _open(request)
    if not isinstance(climb, Climb):
        return climb
    if climb.case is not None:
        await cases.take(request.turn, climb.case)
    if climb.row.state is not EscalationState.ACKNOWLEDGED:
        await _acknowledge(request, climb)
    return _told(request, climb, "escalation.takeover.done")


async def _acknowledge(request: Request, climb: Climb) -> None:
    turn = request.turn
    await climbing.acknowledge(climb, turn.event.actor.key, await cases.actor_name(turn))
    await climbing.show(climb)


async def further(request: Request) -> Message | None:
    """Go on to the next level at once."""
    climb = await _open(request)
    if not isinstance(climb, Climb):
        return climb
    higher = climb.row.level + 1
    if higher >= len(climb.ladder.levels):
        return _told(request, climb, "escalation.further.top")
    await climbing.further(climb, higher, by=request.turn.event.actor.key, why="asked")
    await climbing.show(climb)
    return _told(request, climb, "escalation.further.done")


async def snooze(request: Request) -> Message | None:
    """Put an alert off for a while."""
    climb = await _open(request)
    if not isinstance(climb, Climb):
        return climb
    until = await climbing.snooze(climb, request.turn.event.actor.key)
    if until is None:
        return _told(request, climb, "escalation.snooze.not")
    await climbing.show(climb)
    return _told(request, climb, "escalation.snooze.done")


def _told(request: Request, climb: Climb, key: str) -> Message:
    speak = request.speak
    return plainly(speak, key, case=Code(climb.name(speak)), stands=standing(climb, speak))


async def _open(request: Request) -> Climb | Message | None:
    """Return the escalation that is meant: of the case named, or of this place, or the drill; else what to say."""
    turn, speak, prefix = request.turn, request.speak, request.turn.settings.cases.prefix
    named = read_number(request.text, prefix, bare=request.here is None)
    number = named[0] if named else request.here
    case = row = None
    if fold(request.text) in DRILL_WORDS:
        row = await turn.unit.escalations.latest_drill()
        name = request.text
    elif number is None:
        return None
    else:
        name = case_name(turn, number)
        case = await cases.lock_case(turn, number)
        found = await turn.unit.escalations.of_case(number) if case else ()
        row = found[-1] if found else None
    if row is None:
        return plainly(speak, "escalation.none", case=Code(name))
    climb = await Climb.of(turn, row, case)
    if not await may_answer(turn, climb.ladder):
        return await refuse(turn, "escalation", name)
    if row.state is EscalationState.OVER:
        return plainly(speak, "escalation.none", case=Code(name))
    return climb


async def levels(request: Request) -> Message:
    """Show the levels: all of them to the desk, to a customer those they may ask for."""
    return await levels_for(request.turn, request.speak)
