"""An agent undoes what was decided about a customer's words; the history keeps it as a counter-example."""

from __future__ import annotations

from bot.desk import cases
from bot.desk.card import put_card
from bot.desk.cases import UNDONE, actor_name, record
from bot.desk.closing import decisions, question
from bot.desk.closing.decisions import Decision, Decisions, Weighed
from bot.desk.closing.reopening import reopen, told_ref
from bot.desk.handlers import Request
from bot.desk.levels.clocks import DONE
from bot.desk.places import CaseThreads, plainly
from dialogs.cases import CaseStatus, EventKind
from dialogs.messages import Code, Message, Paragraph


async def undo(request: Request) -> Message:
    """Undo the latest decision about the case; a button carries the number of the one that it is for."""
    turn, case, speak = request.turn, request.about, request.speak
    before = await decisions.load(turn, case)
    if not before.all:
        working = speak(f"desk.status.{CaseStatus.WORKING}").lower()
        move = Code(speak("desk.wait.move", case=request.name, status=working))
        return plainly(speak, "closing.undo.nothing", case=Code(request.name), move=move)
    latest = before.all[-1]
    meant = int(request.text) if request.text.isdecimal() else latest.number
    reopened = latest.decision is Decision.REOPENED
    stands = latest.resolution == before.resolution and (case.status in DONE) is not reopened
    if latest.undone or meant != latest.number or not stands:
        status = speak(f"desk.status.{case.status}")
        return plainly(speak, "closing.undo.stale", case=Code(request.name), status=status)
    threads = await CaseThreads.of(turn, case)
    record(turn, case, EventKind.CLOSING_UNDONE, number=latest.number, decision=latest.decision)
    await (_resolve_again if reopened else _reopen)(request, threads, before, latest)
    key = "closing.desk.undone.reopened" if reopened else "closing.desk.undone.kept"
    threads.tell_desk(Paragraph(threads.to_desk.spans(key, name=await actor_name(turn))))
    await put_card(turn, case, threads)
    return plainly(speak, "closing.undo.resolved" if reopened else "closing.undo.opened", case=Code(request.name))


async def _resolve_again(request: Request, threads: CaseThreads, _before: Decisions, wrong: Weighed) -> None:
    """Take a reopening back: the message that told the customer of it says so."""
    turn, case = request.turn, request.about
    case.assignee_key = case.assignee_key or wrong.released
    cases.move(turn, case, CaseStatus.RESOLVED, UNDONE)
    told = threads.to_customer.spans("closing.told.undone", case=Code(threads.name))
    threads.retell_customer(told_ref(threads, wrong.number), Paragraph(told))


async def _reopen(request: Request, threads: CaseThreads, before: Decisions, wrong: Weighed) -> None:
    """Open a case again whose customer told a problem that was not understood as one."""
    turn, case = request.turn, request.about
    question.settle(threads, before, "closing.asked")
    record(turn, case, EventKind.REOPENED, reason=UNDONE, message=wrong.message)
    await reopen(turn, case, threads)
