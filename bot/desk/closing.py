"""What a customer writes after a case was resolved: thanks leave it so, a problem opens it again."""

from __future__ import annotations

from bot.desk import cases
from bot.desk.cases import record
from bot.desk.places import CaseThreads
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind
from dialogs.events import Said
from dialogs.messages import Code, Paragraph
from dialogs.reading.closings import ClosingLabel, read_closing
from storage.tables import Case

THANKS = "pray"
"""The emoji that answers thanks: 🙏."""


async def weigh(turn: Turn, case: Case, threads: CaseThreads, said: Said) -> bool:
    """Do what a message on a resolved case asks for; return whether the case was opened again.

    The history keeps how the message was read and why, so that each decision can be looked into and undone.
    """
    if case.status is not CaseStatus.RESOLVED or not said.text:
        return False
    closing = read_closing(said.text, language=case.language)
    if closing.reopen:
        record(turn, case, EventKind.REOPENED, reason=closing.reason, message=said.message)
        cases.move(turn, case, CaseStatus.WORKING, "still_broken")
        threads.tell_customer(Paragraph(threads.to_customer.spans("desk.told.reopened", case=Code(threads.name))))
        return True
    if closing.label is ClosingLabel.THANKS:
        turn.react(turn.event.place, said.message, THANKS)
    elif closing.label is ClosingLabel.QUESTION or closing.reason == "unclear":
        threads.tell_customer(Paragraph(threads.to_customer.spans("desk.closing.unclear", case=Code(threads.name))))
    return False
