"""What a customer may look up: their company's cases, and how one of them is going."""

from __future__ import annotations

from bot.desk.card import severity_spans, summary
from bot.desk.numbers import read_number
from bot.desk.places import case_name, plainly
from bot.desk.roles import record_refusal, scope_of
from bot.turn import Turn
from dialogs.cases import CaseStatus
from dialogs.engine.words import Word
from dialogs.messages import Bullets, Button, Code, Fields, Message, Paragraph, Plain, Row, Spans
from dialogs.phrases import Voice
from dialogs.wording import when
from storage.tables import Case

SHOWN_CASES = 15


async def my_cases(turn: Turn, speak: Voice) -> Message:
    """List the cases that are not closed of the company of who asks."""
    scope = await scope_of(turn)
    if scope is None:
        return plainly(speak, "desk.mine.empty")
    found = await turn.unit.cases.list(
        organisation_id=scope.organisation_id,
        requester_key=scope.requester_key,
        statuses=frozenset(CaseStatus) - {CaseStatus.CLOSED},
        limit=SHOWN_CASES + 1,
    )
    if not found:
        return plainly(speak, "desk.mine.empty")
    lines = tuple(_line(turn, case, speak) for case in found[:SHOWN_CASES])
    more = (Paragraph(speak.spans("desk.list.more", n=SHOWN_CASES)),) if len(found) > SHOWN_CASES else ()
    heading = Paragraph(speak.spans("desk.mine"))
    return Message(blocks=(heading, Bullets(lines), *more), language=speak.language)


def _line(turn: Turn, case: Case, speak: Voice) -> Spans:
    told = f" {speak(f'desk.customer_status.{case.status}')} · {summary(case, speak)}"
    return (Code(case_name(turn, case.number)), Plain(told))


async def status(turn: Turn, argument: str, speak: Voice, conversation: str) -> Message:
    """Tell how a case is going: the one named, or the one that the conversation of that key is about.

    The case of another company is answered like one that does not exist, and the attempt is recorded.
    """
    named = read_number(argument, turn.settings.cases.prefix)
    if named is None and argument.strip():
        return plainly(speak, "desk.status.usage", example=Code(speak("desk.filed.status", case=case_name(turn, 12))))
    if named is None:
        case = await turn.unit.cases.by_conversation(conversation)
        if case is None:
            return await my_cases(turn, speak)
    else:
        case = await turn.unit.cases.get(named[0])
        name = case_name(turn, named[0])
        scope = await scope_of(turn)
        if case is not None and not (scope and scope.shows(case)):
            record_refusal(turn, "status", name)
            case = None
        if case is None:
            return plainly(speak, "desk.unknown_case", case=name)
    return await _told(turn, case, speak)


async def _told(turn: Turn, case: Case, speak: Voice) -> Message:
    assignee = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    filed = when(case.created_at, case.zone_name, speak.language, now=turn.now, home=turn.home)
    rows = (
        Row(speak("desk.card.status"), (Plain(speak(f"desk.customer_status.{case.status}")),)),
        Row(speak("desk.card.assignee"), (Plain(assignee.name if assignee else speak("desk.card.nobody")),)),
        Row(speak("desk.card.severity"), severity_spans(case, speak)),
        Row(
            speak("desk.card.filed"),
            (filed,),
        ),
        Row(speak("desk.card.about"), (Plain(summary(case, speak)),)),
    )
    heading = Paragraph(speak.spans("desk.status.heading", case=Code(case_name(turn, case.number))))
    return Message(blocks=(heading, Fields(rows)), controls=_escalate(turn, case, speak), language=speak.language)


def _escalate(turn: Turn, case: Case, speak: Voice) -> tuple[Button, ...]:
    """Return the button that sends a case higher, where it can be."""
    if case.status is CaseStatus.CLOSED:
        return ()
    name = case_name(turn, case.number)
    return (Button(name=Word.ESCALATE, label=speak("dialog.escalate", case=name), value=name),)
