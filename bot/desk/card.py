"""The card of a case in the desk's channel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.escalation.climb import Climb
from bot.desk.escalation.wording import standing
from bot.desk.levels.clocks import DONE, Clock
from bot.desk.levels.current import levels_of
from bot.desk.levels.wording import moment, next_spans
from bot.desk.places import CaseThreads, case_name, number_of
from bot.desk.third_parties.parties import awaited, parties_of, title
from bot.turn import Turn
from dialogs.cases import EscalationState
from dialogs.events import File, Place
from dialogs.messages import (
    Attachments,
    Block,
    Button,
    Fields,
    Grain,
    Heading,
    Link,
    Message,
    Plain,
    Quote,
    Row,
    SmallPrint,
    Span,
    Spans,
    Style,
)
from dialogs.phrases import Voice
from dialogs.wording import hour_text, when, zone_city
from storage.tables import Case, ThirdParty

SHOWN_LENGTH = 700
"""How many characters of a description the card shows; the whole of it then stands in the card's thread."""

SUMMARY_LENGTH = 80
"""How many characters of a description a list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case with the names behind its keys. `clock` is the requester's own zone, `clock_assumed` if untold.

    `away` tells that the assignee is absent. `climb` is its latest escalation.
    """

    case: Case
    name: str
    organisation: str
    requester: str
    phone: bool
    assignee: str
    away: bool
    clock: str
    clock_assumed: bool
    files: tuple[File, ...]
    conversation: Place
    levels: tuple[Clock, ...]
    climb: Climb | None
    awaited: tuple[ThirdParty, ...]


async def facts_of(turn: Turn, case: Case, conversation: Place) -> CaseFacts:
    """Look up what the card of a case tells."""
    unit = turn.unit
    organisation = await unit.organisations.get(case.organisation_id) if case.organisation_id else None
    requester = await unit.people.get(case.requester_key)
    assignee = await unit.people.get(case.assignee_key) if case.assignee_key else None
    own = requester.zone if requester else None
    row = await unit.escalations.latest_of(number_of(case))
    return CaseFacts(
        case=case,
        name=case_name(turn, number_of(case)),
        organisation=organisation.name if organisation else "",
        requester=requester.name if requester else "",
        phone=bool(case.phone or (requester and requester.phone)),
        assignee=assignee.name if assignee else "",
        away=assignee is not None and assignee.absent_since is not None,
        clock=own or case.zone_name,
        clock_assumed=own is None and case.zone_assumed,
        files=await unit.cases.files(number_of(case)),
        conversation=conversation,
        levels=await levels_of(turn, case),
        climb=await Climb.of(turn, row, case) if row else None,
        awaited=() if case.status in DONE else awaited(await parties_of(turn, case)),
    )


async def put_card(turn: Turn, case: Case, threads: CaseThreads, *, new: bool = False) -> None:
    """Show the card of a case in the desk's channel, or bring it up to date."""
    facts = await facts_of(turn, case, threads.customer)
    threads.put_card(render_card(facts, turn, threads.to_desk), new=new)
    turn.shown.add(number_of(case))


def render_card(facts: CaseFacts, turn: Turn, speak: Voice, *extra: Block) -> Message:
    """Return the card in a language, with more blocks at its end where something is added."""
    case = facts.case
    blocks: list[Block] = [
        Heading(speak("desk.card.heading", case=facts.name, organisation=facts.organisation or "—")),
        Quote((Plain(shorten(case.description, SHOWN_LENGTH) or speak("desk.card.untold")),)),
        Fields(_rows(facts, turn, speak)),
    ]
    if facts.files:
        blocks.append(Attachments(facts.files))
    blocks += extra
    blocks.append(SmallPrint((_conversation_link(facts, speak), Plain(" · "), *speak.spans("desk.card.hint"))))
    return Message(blocks=tuple(blocks), controls=_buttons(facts, speak), language=speak.language)


def shorten(text: str, length: int) -> str:
    """Return the beginning of a text, with a sign where something was left out."""
    return text if len(text) <= length else f"{text[:length].rstrip()}…"


def summary(case: Case, speak: Voice) -> str:
    """Return what a case is about in one short line."""
    told = shorten(" ".join(case.description.split()), SUMMARY_LENGTH)
    return f"«{told}»" if told else speak("desk.card.untold")


def assignee_text(name: str, speak: Voice, *, away: bool) -> str:
    """Return who has a case, and that they are away; nobody where there is no name."""
    return speak("desk.card.away", name=name) if away else name or speak("desk.card.nobody")


def severity_spans(case: Case, speak: Voice) -> Spans:
    """Return the severity, and that it is proposed as long as nobody has confirmed it."""
    if case.severity_confirmed:
        return (Plain(speak(f"desk.severity.{case.severity_confirmed}")),)
    proposed = speak(f"desk.severity.{case.severity_proposed}")
    return speak.spans("desk.card.proposed", severity=proposed)


def _rows(facts: CaseFacts, turn: Turn, speak: Voice) -> tuple[Row, ...]:
    case = facts.case
    told: list[tuple[str, Spans | None]] = [
        ("status", (Plain(speak(f"desk.status.{case.status}")),)),
        ("assignee", (Plain(assignee_text(facts.assignee, speak, away=facts.away)),)),
        ("awaited", _awaited(facts, turn, speak)),
        ("next", next_spans(facts.levels, turn, speak)),
        ("escalation", _escalation(facts.climb, speak)),
        ("requester", _requester(facts, speak)),
        ("clock", _clock(facts, turn, speak)),
        ("severity", severity_spans(case, speak)),
        ("impact", _impact(case, speak)),
        ("started", _started(facts, turn, speak)),
        ("expected", _plain(shorten(case.expected_behaviour, SHOWN_LENGTH))),
        ("service", _plain(case.service)),
        ("incomplete", None if case.complete else speak.spans("desk.card.asked_for_person")),
    ]
    return tuple(Row(speak(f"desk.card.{name}"), spans) for name, spans in told if spans)


def _awaited(facts: CaseFacts, turn: Turn, speak: Voice) -> Spans | None:
    """Return for which third parties the case waits, and since when."""
    told = [
        speak.spans("thirdparty.since", party=title(party), since=moment(turn, party.asked_at, speak))
        for party in facts.awaited
    ]
    return tuple(span for one in told for span in (Plain("; "), *one))[1:] or None


def _escalation(climb: Climb | None, speak: Voice) -> Spans | None:
    """Return where the case stands on its way up, unless that is over."""
    return standing(climb, speak) if climb and climb.row.state is not EscalationState.OVER else None


def _plain(text: str | None) -> Spans | None:
    return (Plain(text),) if text else None


def _requester(facts: CaseFacts, speak: Voice) -> Spans:
    return (Plain(facts.requester), *((Plain(f" · {speak('desk.card.has_phone')}"),) if facts.phone else ()))


def _clock(facts: CaseFacts, turn: Turn, speak: Voice) -> Spans:
    here = hour_text(turn.now, turn.home.zone, speak.language)
    if facts.clock == turn.home.zone:
        spans = speak.spans("desk.card.same_clock", city=turn.home.city)
    else:
        there = hour_text(turn.now, facts.clock, speak.language)
        city = zone_city(facts.clock, speak.language, turn.home)
        key = "desk.card.equal_clocks" if there == here else "desk.card.clocks"
        spans = speak.spans(key, there=there, city=city, here=here, home=turn.home.city)
    return (*spans, *_assumed(speak)) if facts.clock_assumed else spans


def _impact(case: Case, speak: Voice) -> Spans | None:
    if case.impact is None:
        return None
    impact = speak(f"desk.impact.{case.impact}")
    if case.workaround is None:
        return (Plain(impact),)
    workaround = speak("desk.workaround.yes" if case.workaround else "desk.workaround.no")
    return (Plain(f"{impact}; {workaround}"),)


def _started(facts: CaseFacts, turn: Turn, speak: Voice) -> Spans | None:
    """Return when it began: as told, as an instant, and on the customer's clock where it differs from the desk's.

    That the zone was assumed is said in words: an instant is shown in each reader's own zone.
    """
    case, home = facts.case, turn.home
    if case.started_instant is None:
        return _plain(case.started_text)
    grain = case.started_grain or Grain.MINUTE
    zone = case.started_zone or case.zone_name
    spans: list[Span] = [Plain(f"«{case.started_text}» · ")] if case.started_text else []
    spans.append(when(case.started_instant, home.zone, speak.language, now=None, home=home, grain=grain))
    if zone != home.zone and grain not in {Grain.DAY, Grain.PART}:
        hour, city = hour_text(case.started_instant, zone, speak.language), zone_city(zone, speak.language, home)
        spans.append(Plain(f" · {speak('desk.card.there', hour=hour, city=city)}"))
    return (*spans, *_assumed(speak)) if case.started_assumed else tuple(spans)


def _assumed(speak: Voice) -> Spans:
    return (Plain(" "), *speak.spans("desk.card.assumed"))


def _conversation_link(facts: CaseFacts, speak: Voice) -> Link:
    place = facts.conversation
    return Link(speak("desk.card.conversation"), place=place, message=place.thread)


def _buttons(facts: CaseFacts, speak: Voice) -> tuple[Button, ...]:
    done = facts.case.status in DONE
    names = ("reply", "note") if done else ("take", "reply", "wait", "note", "severity", "derive", "resolve")
    if facts.awaited:
        names = (*names, "answered")
    if facts.phone:
        names = (*names, "phone")
    first = "reply" if facts.assignee else "take"
    return tuple(
        Button(
            name=f"case.{name}",
            label=speak(f"desk.button.{name}"),
            value=facts.name,
            style=Style.PRIMARY if name == first else Style.DEFAULT,
            opens=name != "take",
        )
        for name in names
    )
