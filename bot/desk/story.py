"""The history of a case, told line by line."""

from __future__ import annotations

from bot.desk.ahead import elsewhere
from bot.desk.card import shorten
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.events import Platform
from dialogs.messages import Block, Bullets, Paragraph, Plain, Spans, spans_text
from dialogs.phrases import Voice
from dialogs.wording import when, zone_city
from storage.tables import Case, CaseEvent

SHOWN_EVENTS = 20
STORY_LENGTH = 1700
"""How many characters of a story are shown: with the card and what comes next it has to fit into one message."""

REASONS = frozenset(
    {
        "asked",
        "assigned",
        "command",
        "customer_wrote",
        "derived",
        "duplicate",
        "escalated",
        "no_answer",
        "replied",
        "resolved",
        "resolved_long_ago",
        "still_broken",
        "taken",
        "third_party_answered",
        "third_party_done",
        "third_party_withdrawn",
        "undone",
    }
)
"""Why a status changes, but for the words of an agent."""


async def story_of(turn: Turn, case: Case, zone: str, speak: Voice) -> tuple[Block, ...]:
    """Return how a case began and the latest of what happened to it, the oldest first.

    Where the customer's `zone` has another hour than the desk, each line tells both.
    """
    begun, *later = await turn.unit.cases.history(number_of(case))
    first = await _line(turn, begun, zone, speak)
    room = STORY_LENGTH - len(spans_text(first))
    latest: list[Spans] = []
    for event in reversed(later[-SHOWN_EVENTS + 1 :]):
        line = await _line(turn, event, zone, speak)
        room -= len(spans_text(line))
        if room < 0:
            break
        latest.insert(0, line)
    missing = len(later) - len(latest)
    left_out = (speak.spans("desk.story.left_out", n=missing),) if missing else ()
    both = any(elsewhere(turn, event.at, zone, speak) for event in (begun, *later))
    city = zone_city(zone, speak.language, turn.home)
    heading = speak.spans("desk.story.both", city=city) if both else speak.spans("desk.story")
    return (Paragraph(heading), Bullets((first, *left_out, *latest)))


async def _line(turn: Turn, event: CaseEvent, zone: str, speak: Voice) -> Spans:
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
    return (moment, *elsewhere(turn, event.at, zone, speak), Plain(" · "), *told)


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
            status, reason = data["to"], data["reason"]
            why = speak(f"desk.reason.{reason}") if reason in REASONS else _quoted(reason)
            detail = f"«{speak(f'desk.status.{status}')}»" + (f" ({why})" if why else "")
        case EventKind.LINKED:
            detail = data["to"]
        case EventKind.CORRECTED:
            detail = speak(f"desk.field.{data['field']}")
        case _ if "party" in data:
            detail = _named(data["name"], data.get("text", ""))
        case EventKind.ASSIGNED:
            detail = _named(data["name"], data.get("text", ""))
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
    return f"«{shorten(' '.join(text.split()), 120)}»" if text else ""
