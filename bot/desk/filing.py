"""How a case begins: told by its customer, or by an agent for them."""

from __future__ import annotations

from bot.desk import people, reaching
from bot.desk.card import SHOWN_LENGTH, put_card
from bot.desk.cases import actor_name, keep_files, record, said_blocks
from bot.desk.levels.current import levels_of
from bot.desk.levels.wording import first_answer
from bot.desk.places import CaseThreads
from bot.desk.roles import organisation_of
from bot.turn import Turn
from dialogs.cases import Draft, EventKind
from dialogs.messages import Block, Code, Mention, Paragraph
from storage.tables import Case, Conversation, PersonRow


async def file_case(turn: Turn, draft: Draft, conversation: Conversation) -> Case:
    """Open a case from what a conversation told: number, history, card, and what the customer hears."""
    requester = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    case = await _add(turn, draft, conversation, requester, await organisation_of(turn))
    threads = await _begin(turn, case, draft)
    speak = threads.to_customer
    filed = speak.spans("desk.filed" if draft.complete else "desk.filed.person", case=Code(threads.name))
    asked, controls = reaching.question(turn, case, requester, threads) if draft.complete else ((), ())
    threads.tell_customer(Paragraph(filed), *await _what_follows(turn, case, threads), *asked, controls=controls)
    return case


async def file_for(
    turn: Turn, draft: Draft, conversation: Conversation, requester: PersonRow, organisation_id: int
) -> Case:
    """Open a case that an agent, who acts, tells for a customer. What the customer reads of it opens their thread."""
    case = await _add(turn, draft, conversation, requester, organisation_id)
    threads = await _begin(turn, case, draft, by_agent=True)
    told = threads.to_customer.spans(
        "filing.told",
        who=Mention(requester.key, requester.name),
        name=await actor_name(turn),
        desk=turn.settings.organisation.name,
        case=Code(threads.name),
    )
    words = said_blocks(draft.description, draft.files)
    threads.open_customer(Paragraph(told), *words, *await _what_follows(turn, case, threads))
    return case


async def _begin(turn: Turn, case: Case, draft: Draft, *, by_agent: bool = False) -> CaseThreads:
    """Write down that a case was filed, and show it to the desk with all that came with it."""
    record(turn, case, EventKind.FILED, status=case.status, complete=draft.complete, by_agent=by_agent)
    await keep_files(turn, case, draft.files)
    threads = await CaseThreads.of(turn, case)
    await put_card(turn, case, threads, new=True)
    if len(case.description) > SHOWN_LENGTH:
        threads.tell_desk(Paragraph(threads.to_desk.spans("desk.card.whole")), *said_blocks(case.description))
    for remark in draft.notes:
        record(turn, case, EventKind.CUSTOMER_WROTE, by=remark.person, text=remark.text)
        await people.join(turn, case, remark.person)
        wrote = threads.to_desk.spans("desk.wrote", name=remark.name)
        threads.tell_desk(Paragraph(wrote), *said_blocks(remark.text))
    return threads


async def _what_follows(turn: Turn, case: Case, threads: CaseThreads) -> tuple[Block, ...]:
    """Return what the customer can do and expect from here on."""
    speak = threads.to_customer
    status = Code(speak("desk.filed.status", case=threads.name))
    first = first_answer(turn, case, await levels_of(turn, case), speak)
    return (Paragraph(speak.spans("desk.filed.next", status=status)), Paragraph(first))


async def _add(
    turn: Turn, draft: Draft, conversation: Conversation, requester: PersonRow, organisation_id: int | None
) -> Case:
    started = draft.started
    case = Case(
        organisation_id=organisation_id,
        requester_key=requester.key,
        conversation_key=conversation.key,
        language=draft.language,
        description=draft.description,
        expected_behaviour=draft.expected_behaviour,
        service=draft.service,
        impact=draft.impact,
        workaround=draft.workaround,
        severity_proposed=draft.severity_proposed,
        severity_reason=draft.severity_reason,
        started_text=started.text if started else None,
        started_instant=started.instant if started else None,
        started_zone=started.zone or None if started else None,
        started_assumed=started.assumed if started else False,
        started_grain=started.grain if started else None,
        zone_name=draft.zone.name,
        zone_assumed=draft.zone.assumed,
        phone=draft.phone or requester.phone,
        complete=draft.complete,
        created_at=turn.now,
        updated_at=turn.now,
    )
    conversation.case_number = await turn.unit.cases.add(case)
    return case
