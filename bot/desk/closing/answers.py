"""The two buttons of a customer who was asked whether the problem goes on."""

from __future__ import annotations

from bot.desk.card import put_card
from bot.desk.cases import lock_case
from bot.desk.closing import decisions, question
from bot.desk.closing.decisions import Decision
from bot.desk.closing.reopening import problem_told
from bot.desk.numbers import read_number
from bot.desk.places import CaseThreads, case_name, plainly, reader_voice
from bot.desk.roles import record_refusal, speaks_for
from bot.turn import Turn
from dialogs.cases import CaseStatus
from dialogs.events import Pressed
from dialogs.messages import Code, Whisper
from dialogs.reading.closings import ClosingLabel
from storage.tables import Case


async def pressed(turn: Turn, what: Pressed) -> None:
    """Take the answer that a button gives; one that comes too late is told so."""
    speak = await reader_voice(turn)
    named = read_number(what.value, turn.settings.cases.prefix)
    case = await lock_case(turn, named[0]) if named else None
    if case is None or not await speaks_for(turn, case):
        record_refusal(turn, what.name, what.value)
        turn.reply = Whisper(plainly(speak, "closing.not_yours"))
        return
    told = await (_still if what.name == question.STILL else _good)(turn, case)
    if told:
        turn.reply = Whisper(plainly(speak, told, case=Code(case_name(turn, case.number))))


async def _still(turn: Turn, case: Case) -> str:
    """Open the case again; return the phrase that says why not, where it is not resolved."""
    if case.status is CaseStatus.CLOSED:
        return "closing.late.closed"
    if case.status is not CaseStatus.RESOLVED:
        return "closing.late.open"
    threads = await CaseThreads.of(turn, case)
    told = await problem_told(turn, case, threads, await decisions.load(turn, case), reason="said_still")
    threads.tell_desk(*told.blocks, controls=told.controls)
    if told.moved:
        await put_card(turn, case, threads)
    return ""


async def _good(turn: Turn, case: Case) -> str:
    """Leave the case resolved; return the phrase that says so where nobody was waiting for it."""
    before = await decisions.load(turn, case)
    if before.question is None:
        return "closing.late.good" if case.status in {CaseStatus.RESOLVED, CaseStatus.CLOSED} else "closing.late.open"
    threads = await CaseThreads.of(turn, case)
    decisions.write(turn, case, Decision.KEPT, ClosingLabel.THANKS, "said_solved")
    question.settle(threads, before, "closing.asked.good")
    return ""
