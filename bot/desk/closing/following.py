"""Another case in the thread of an earlier one: it is linked to it, and both sides are told."""

from __future__ import annotations

from bot.desk.links import join
from bot.desk.places import CaseThreads, case_name
from bot.turn import Turn
from dialogs.cases import CaseStatus, LinkKind
from dialogs.messages import Code, Paragraph
from storage.tables import Case, Conversation


def _kind(earlier: Case) -> LinkKind:
    return LinkKind.FOLLOW_UP if earlier.status is CaseStatus.CLOSED else LinkKind.RELATED


async def _earlier(turn: Turn, number: int | None) -> Case | None:
    """Return the case that a thread was about. A private chat is about no case in particular."""
    return None if number is None or turn.event.place.direct else await turn.unit.cases.get(number)


async def announce_another(turn: Turn, conversation: Conversation) -> None:
    """Say that what was just begun in the thread of a case becomes another one, linked to it."""
    earlier = await _earlier(turn, conversation.case_number)
    if earlier is not None:
        threads = await CaseThreads.of(turn, earlier)
        told = threads.to_customer.spans(f"closing.follow_up.{_kind(earlier)}", case=Code(threads.name))
        threads.tell_customer(Paragraph(told))


async def link_to_earlier(turn: Turn, case: Case, number: int | None) -> None:
    """Link a case to the one that its thread was about before."""
    earlier = await _earlier(turn, number)
    if earlier is not None and await join(turn, case, earlier, _kind(earlier)):
        threads = await CaseThreads.of(turn, case)
        other = Code(case_name(turn, earlier.number))
        linked = threads.to_customer.spans("closing.follow_up.done", case=Code(threads.name), other=other)
        threads.tell_customer(Paragraph(linked))
