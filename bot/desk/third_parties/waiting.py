"""How a case comes to wait for a third party, and what the customer hears of it."""

from __future__ import annotations

from bot.desk import cases
from bot.desk.cases import record
from bot.desk.third_parties.news import next_news
from bot.desk.third_parties.parties import Referral, customers_words
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind
from dialogs.messages import Code, Paragraph
from storage.tables import ThirdParty


async def again(turn: Turn, party: ThirdParty) -> ThirdParty:
    """Return a third party that is asked anew, after it had answered or was done with."""
    fresh = ThirdParty(
        case_number=party.case_number,
        name=party.name,
        reference=party.reference,
        email=party.email,
        token=party.token,
        asked_at=turn.now,
        written_at=party.written_at,
    )
    await turn.unit.third_parties.add(fresh)
    return fresh


async def wait_for(referral: Referral, text: str = "") -> None:
    """Let a case wait for a third party that was just asked. The customer is told in one sentence.

    Who asks for a case that nobody has, takes it. `text` is what the agent notes with it.
    """
    turn, case, threads, party = referral.turn, referral.case, referral.threads, referral.party
    if case.assignee_key is None:
        cases.own(turn, case)
    record(turn, case, EventKind.DERIVED, party=party.id, name=party.name, reference=party.reference, text=text)
    speak, name = threads.to_customer, Code(threads.name)
    who = customers_words(turn, [party], speak)
    if case.status is CaseStatus.WAITING_THIRD_PARTY:
        told = speak.spans("thirdparty.told.too", who=who, case=name)
    else:
        told = speak.spans("thirdparty.told", who=who, case=name, at=await next_news(turn, case))
        cases.move(turn, case, CaseStatus.WAITING_THIRD_PARTY, "derived")
    threads.tell_customer(Paragraph(told))
