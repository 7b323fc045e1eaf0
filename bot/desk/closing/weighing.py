"""Weighing what a customer writes after a resolution: thanks leave it so, a problem opens the case again."""

from __future__ import annotations

from datetime import timedelta

from bot.desk.cases import actor_name, said_blocks
from bot.desk.closing import decisions, question
from bot.desk.closing.decisions import Decision, Decisions, Weighed
from bot.desk.closing.reopening import assignee, calling, problem_told, undo_button
from bot.desk.levels.clocks import DONE
from bot.desk.places import Aside, CaseThreads, number_of
from bot.desk.roles import speaks_for
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, LinkKind
from dialogs.messages import Code, Paragraph, SmallPrint
from dialogs.reading.closings import Closing, ClosingLabel, read_closing
from storage.tables import Case

THANKS = "pray"
"""The emoji that answers thanks: 🙏."""

CROSSED = timedelta(seconds=10)
"""Words that came so shortly before a resolution were most likely not read by who resolved it."""

_NEW_MATTER = "new_matter"
_TRIES = frozenset({"tries_first", "not_tried_yet"})


async def weigh(turn: Turn, case: Case, threads: CaseThreads, text: str, message: str) -> Aside:
    """Decide what a message of a customer means for their resolved case, write down why, and do it.

    Without words there were only files: nobody knows what they say.
    """
    if case.status not in DONE or not await speaks_for(turn, case):
        return Aside()
    other = await _same_case(turn, case)
    if other is not None:
        return await _pass_on(turn, threads, other, text)
    before = await decisions.load(turn, case)
    read = read_closing(text, language=case.language) if text else _unread("only_file")
    read = _in_context(turn, read, text, before)
    if read.reopen:
        return await problem_told(turn, case, threads, before, reason=read.reason, message=message)
    decision = _decide(read)
    decisions.write(turn, case, decision, read.label, read.reason, message=message)
    if read.label is ClosingLabel.THANKS:
        question.settle(threads, before, "closing.asked.good")
        if before.about(message) is None:
            turn.react(turn.event.place, message, THANKS)
    elif decision is Decision.ASKED and before.question is None:
        question.ask(threads, "closing.ask.question" if read.label is ClosingLabel.QUESTION else "closing.ask")
    note = await _note(turn, case, threads, decision, read)
    undo = undo_button(threads, len(before.all) + 1, reopened=False)
    return Aside((note,), undo, new_matter=read.reason == _NEW_MATTER)


async def _same_case(turn: Turn, case: Case) -> Case | None:
    """Return the case that goes on in place of one that was found to be the same."""
    for link in await turn.unit.cases.links(number_of(case)):
        if link.kind is LinkKind.DUPLICATE and link.case_number == case.number:
            other = await turn.unit.cases.get(link.other_number)
            return other if other and other.status not in DONE else None
    return None


async def _pass_on(turn: Turn, threads: CaseThreads, other: Case, text: str) -> Aside:
    """Show what was written about a case under the card of the one that goes on in its place."""
    there = await CaseThreads.of(turn, other)
    wrote = there.to_desk.spans("closing.desk.wrote", name=await actor_name(turn), case=Code(threads.name))
    there.tell_desk(Paragraph(wrote), *said_blocks(text))
    return Aside((SmallPrint(threads.to_desk.spans("closing.desk.elsewhere", other=Code(there.name))),))


def begins_another(case: Case, text: str) -> bool:
    """Tell whether what is written in the thread of a closed case begins another. Thanks do not."""
    read = read_closing(text, language=case.language)
    return read.label is not ClosingLabel.THANKS and read.reason != "automatic_reply"


def _unread(reason: str) -> Closing:
    return Closing(ClosingLabel.OTHER, reopen=False, reason=reason)


def _in_context(turn: Turn, read: Closing, text: str, before: Decisions) -> Closing:
    """Read a message by what went before: a bare yes or no answers the question, words after thanks belong to them."""
    goes_on = question.goes_on(text) if before.question is not None else None
    if goes_on is not None:
        label = ClosingLabel.STILL_BROKEN if goes_on else ClosingLabel.THANKS
        return Closing(label, reopen=goes_on, reason="said_still" if goes_on else "said_solved")
    own = [one for one in before.current if one.actor == turn.event.actor.key]
    if read.reason == "unclear" and "?" not in text and own and _is_fresh_thanks(turn, own[-1]):
        return _unread("after_thanks")
    return read


def _is_fresh_thanks(turn: Turn, weighed: Weighed) -> bool:
    thanks = weighed.label is ClosingLabel.THANKS or weighed.reason == "after_thanks"
    return thanks and turn.now - weighed.at <= turn.settings.times.grouping


def _decide(read: Closing) -> Decision:
    if read.reason == "automatic_reply":
        return Decision.IGNORED
    if read.label is ClosingLabel.THANKS or read.reason in _TRIES | {"after_thanks", _NEW_MATTER}:
        return Decision.KEPT
    return Decision.ASKED


async def _note(
    turn: Turn, case: Case, threads: CaseThreads, decision: Decision, read: Closing
) -> Paragraph | SmallPrint:
    """Return what the desk reads of a decision that leaves the case resolved."""
    speak = threads.to_desk
    if read.label is ClosingLabel.QUESTION:
        asks = speak.spans("closing.desk.question", name=await actor_name(turn))
        return Paragraph((*calling(await assignee(turn, case)), *asks))
    if read.label is ClosingLabel.THANKS:
        return SmallPrint(speak.spans("closing.desk.thanks"))
    if read.reason == _NEW_MATTER:
        return SmallPrint(speak.spans("closing.desk.new_matter"))
    return SmallPrint(speak.spans(f"closing.desk.{decision}"))


async def weigh_again(turn: Turn, case: Case, threads: CaseThreads, text: str, message: str) -> Aside:
    """Weigh a message that was weighed before and has another text now. Others are of no matter to the resolution."""
    known = case.status is CaseStatus.RESOLVED and (await decisions.load(turn, case)).about(message)
    return await weigh(turn, case, threads, text, message) if known else Aside()


async def weigh_crossed(turn: Turn, case: Case) -> None:
    """Ask about a problem that was told a moment before its case was resolved: the two crossed on their way."""
    history = await turn.unit.cases.history(number_of(case))
    wrote = [one for one in history if one.kind is EventKind.CUSTOMER_WROTE and turn.now - one.at <= CROSSED]
    if wrote and read_closing(wrote[-1].data.get("text", ""), language=case.language).reopen:
        message = wrote[-1].data.get("message")
        decisions.write(turn, case, Decision.ASKED, ClosingLabel.STILL_BROKEN, "crossed", message=message)
        threads = await CaseThreads.of(turn, case)
        question.ask(threads, "closing.ask.crossed")
        threads.tell_desk(SmallPrint(threads.to_desk.spans("closing.desk.crossed")))
