"""The history of a case, told line by line."""

from __future__ import annotations

from bot.desk.card import shorten
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.events import Platform
from dialogs.messages import Block, Bullets, Paragraph, Plain, Spans
from dialogs.phrases import Voice
from dialogs.wording import when
from storage.tables import Case, CaseEvent

SHOWN_EVENTS = 20


async def story_of(turn: Turn, case: Case, speak: Voice) -> tuple[Block, ...]:
    """Return how a case began and the latest of what happened to it, the oldest first."""
    history = await turn.unit.cases.history(number_of(case))
    latest = max(1, len(history) - SHOWN_EVENTS + 1)
    left_out = (speak.spans("desk.story.left_out", n=latest - 1),) if latest > 1 else ()
    first, *rest = [await _line(turn, event, speak) for event in (*history[:1], *history[latest:])]
    return (Paragraph(speak.spans("desk.story")), Bullets((first, *left_out, *rest)))


async def _line(turn: Turn, event: CaseEvent, speak: Voice) -> Spans:
    person = await turn.unit.people.get(event.actor_key)
    moment = when(event.at, turn.home.zone, speak.language, now=turn.now, home=turn.home)
    assistant = speak("desk.story.assistant") if event.platform is Platform.DESK else event.actor_key
    who = person.name if person else assistant
    match event.kind:
        case EventKind.SEVERITY_CONFIRMED:
            told = _severity(event, who, speak)
        case EventKind.FILED if event.data.get("by_agent"):
            told = speak.spans("desk.story.filed_for", who=who)
        case EventKind.CLOSING_WEIGHED:
            told = (*speak.spans(f"closing.story.{event.data['decision']}"), Plain(f" ({event.data['reason']})"))
        case EventKind.SURVEY_ANSWERED if event.platform is Platform.DESK:
            told = (*speak.spans("desk.story.survey_answered", who=speak("survey.customer")), *_detail(event, speak))
        case _:
            told = (*speak.spans(f"desk.story.{event.kind}", who=who), *_detail(event, speak))
    return (moment, Plain(" · "), *told)


def _severity(event: CaseEvent, who: str, speak: Voice) -> Spans:
    """Return what it was and became, and why."""
    data = event.data
    before, severity, reason = data["before"] or data["proposed"], data["severity"], data["reason"]
    key = "desk.story.severity_confirmed" if severity == before else "desk.story.severity_changed"
    told = speak.spans(key, who=who, before=before, severity=severity)
    return (*told, Plain(f": «{reason}»")) if reason else told


def _detail(event: CaseEvent, speak: Voice) -> Spans:
    data = event.data
    match event.kind:
        case EventKind.STATUS_CHANGED:
            status = data["to"]
            detail = f"«{speak(f'desk.status.{status}')}»"
        case EventKind.LINKED:
            detail = data["to"]
        case EventKind.CORRECTED:
            detail = speak(f"desk.field.{data['field']}")
        case _ if "party" in data:
            detail = _named(data["name"], data.get("text", ""))
        case EventKind.ASSIGNED:
            detail = data["name"]
        case EventKind.BREACHED:
            detail = speak(f"levels.kind.{data['level']}")
        case EventKind.FILE_ADDED:
            detail = data["name"]
        case EventKind.LEVEL_ALERTED:
            detail = data["level"]
        case EventKind.LEVEL_SKIPPED:
            why = data["why"]
            detail = f"{data['level']}: {speak(f'escalation.skipped.{why}')}"
        case EventKind.NOT_DELIVERED:
            detail = f"{data['level']}: {data['text']}"
        case EventKind.CLIMBED_ON:
            why = data["why"]
            detail = speak(f"escalation.climbed.{why}")
        case EventKind.ESCALATION_OVER:
            why = data["why"]
            detail = speak(f"escalation.over.{why}")
        case EventKind.SURVEY_ANSWERED:
            detail = speak(f"survey.mark.{data['score']}")
        case EventKind.SURVEY_ENDED:
            detail = speak(f"survey.ended.{data['reason']}")
        case _:
            detail = _quoted(data.get("text", ""))
    return (Plain(f" {detail}".rstrip()),) if detail else ()


def _named(name: str, text: str) -> str:
    return f"{name}: {_quoted(text)}" if text else name


def _quoted(text: str) -> str:
    return f"«{shorten(' '.join(text.split()), 160)}»" if text else ""
