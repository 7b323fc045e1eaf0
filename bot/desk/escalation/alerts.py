"""What managers read in their channel: an alert that stays true, and what is said below it."""

from __future__ import annotations

from datetime import datetime

from bot.desk.card import CaseFacts, assignee_text, facts_of, severity_spans, summary
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import Contact
from bot.desk.escalation.people import Known, alert_place, known, mentions
from bot.desk.levels.clocks import running
from bot.desk.levels.wording import due_spans, hours_text
from bot.desk.places import ALERT, CaseThreads, channel_place, channel_voice, desk_channel, managers_channel
from bot.turn import Turn
from dialogs.cases import EscalationState
from dialogs.events import Place, Platform
from dialogs.messages import (
    Block,
    Button,
    Code,
    Fields,
    Heading,
    Message,
    Paragraph,
    Plain,
    Quote,
    Row,
    SmallPrint,
    Spans,
    Style,
    When,
)
from dialogs.phrases import Voice
from dialogs.wording import length_text, when
from storage.tables import EscalationStep


def ref_of(climb: Climb, step: EscalationStep) -> str:
    """Return the name of an alert among the postings; its lane has the same name."""
    return f"{ALERT}:{climb.identity}:{step.number}"


async def alert(climb: Climb, step: EscalationStep, people: tuple[Known, ...]) -> int:
    """Alert a level in its channel; return how many messages that takes: none where there is no channel."""
    place = await _place(climb, step)
    if place is None:
        return 0
    ref = ref_of(climb, step)
    message = await _alert(climb, step, place, people, await facts_for(climb))
    climb.turn.post(place, message, ref=ref, lane=ref)
    return 1


async def retell(climb: Climb) -> None:
    """Bring the alerts that were given before up to what is true now."""
    facts = await facts_for(climb)
    for step in climb.steps:
        ref = ref_of(climb, step)
        posting = await climb.turn.unit.postings.find(ref)
        if posting is not None and step.number not in climb.fresh:
            place = Place(platform=posting.platform, channel=posting.channel)
            people = await known(climb.turn, climb.level_of(step).contacts)
            climb.turn.revise(place, ref, await _alert(climb, step, place, people, facts), lane=ref)


async def wake(climb: Climb, step: EscalationStep) -> None:
    """Say that the time an alert was put off for is over."""
    people = await known(climb.turn, climb.level_of(step).contacts)
    await _below(climb, step, "escalation.woken", people, step.due_at)


async def remind(climb: Climb) -> None:
    """Remind who acknowledged that the case has not moved."""
    person = await climb.turn.unit.people.get(climb.row.acknowledged_by or "")
    if climb.step is not None and person is not None:
        who = Known(Contact(name=person.name or person.id), person)
        await _below(climb, climb.step, "escalation.remind", (who,), climb.row.due_at)


async def _below(climb: Climb, step: EscalationStep, key: str, people: tuple[Known, ...], at: datetime | None) -> None:
    place = await _place(climb, step)
    assert at is not None, "it is said because of what comes then"
    if place is None:
        return
    turn, ref = climb.turn, ref_of(climb, step)
    speak = await _voice(turn, place)
    until = when(at, turn.home.zone, speak.language, now=turn.now, home=turn.home)
    blocks = (*_who(people, place.platform), Paragraph(speak.spans(key, case=Code(climb.name(speak)), at=until)))
    turn.post(place, Message(blocks=blocks, language=speak.language), under=ref, lane=ref)


async def last_alarm(climb: Climb) -> None:
    """Tell everybody that nobody has answered: in the managers' channel, and the desk's."""
    turn, platform = climb.turn, await _platform(climb)
    found = (await managers_channel(turn, platform), await desk_channel(turn, platform))
    people, facts = await known(turn, climb.ladder.contacts), await facts_for(climb)
    for key, channel in {channel.key: channel for channel in found if channel}.items():
        speak = channel_voice(turn, channel)
        blocks = (
            Heading(speak("escalation.last.heading", case=climb.name(speak))),
            *_who(people, channel.platform),
            *await content(climb, facts, speak, turn.home.zone),
        )
        message = Message(blocks=blocks, controls=_buttons(climb, speak), language=speak.language)
        turn.post(channel_place(channel), message, lane=f"escalation:{climb.identity}:last:{key}")


async def _alert(
    climb: Climb, step: EscalationStep, place: Place, people: tuple[Known, ...], facts: CaseFacts | None
) -> Message:
    turn = climb.turn
    speak = await _voice(turn, place)
    level = climb.level_of(step).names[speak.language]
    late = length_text(0, climb.delay, speak.language) if climb.delay and step.number in climb.fresh else ""
    blocks = (
        Heading(speak("escalation.alert.heading", case=climb.name(speak), level=level)),
        *_who(people, place.platform),
        *((Paragraph(speak.spans("escalation.alert.late", late=late)),) if late else ()),
        *await content(climb, facts, speak, turn.home.zone),
        Paragraph(_standing(climb, step, speak)),
        *_typed(climb, speak),
    )
    return Message(blocks=blocks, controls=_buttons(climb, speak), language=speak.language)


async def facts_for(climb: Climb) -> CaseFacts | None:
    """Look up what a level has to know of the case; a drill has none."""
    if climb.case is None:
        return None
    return await facts_of(climb.turn, climb.case, (await CaseThreads.of(climb.turn, climb.case)).customer)


async def content(climb: Climb, facts: CaseFacts | None, speak: Voice, zone: str) -> tuple[Block, ...]:
    """Return what a level has to know: what for, whose case, how it stands, and what is due, on the clock of a zone."""
    if facts is None:
        return (Paragraph(speak.spans("escalation.drill.text")),)
    turn, case = climb.turn, facts.case
    told: dict[str, Spans] = {
        "escalation.row.cause": (Plain(await cause_text(climb, speak)),),
        "desk.card.about": (Plain(summary(case, speak)),),
        "desk.card.requester": (Plain(f"{facts.requester} · {facts.organisation or '—'}"),),
        "desk.card.severity": severity_spans(case, speak),
        "desk.card.status": (Plain(speak(f"desk.status.{case.status}")),),
        "desk.card.assignee": (Plain(assignee_text(facts.assignee, speak, away=facts.away)),),
    }
    if clocks := running(facts.levels):
        told["desk.card.next"] = due_spans(clocks[0], turn, speak, zone)
    reason = (Quote((Plain(climb.row.reason),)),) if climb.row.reason else ()
    return (*reason, Fields(tuple(Row(speak(key), spans) for key, spans in told.items())))


async def cause_text(climb: Climb, speak: Voice) -> str:
    """Return why it climbs, and who asked for it."""
    person = await climb.turn.unit.people.get(climb.row.by_key)
    kind = climb.row.breach.partition(":")[0]
    told = speak(f"levels.kind.{kind}") if kind else ""
    return speak(f"escalation.cause.{climb.row.cause}", name=person.name if person else "", kind=told)


def _standing(climb: Climb, step: EscalationStep, speak: Voice) -> Spans:
    """Return how an alert stands: open, put off, taken up, left behind, not needed any more."""
    row, turn = climb.row, climb.turn

    def at(instant: datetime | None) -> When:
        assert instant is not None, "it is told because it has its time"
        return when(instant, turn.home.zone, speak.language, now=None, home=turn.home)

    match row.state:
        case EscalationState.OVER:
            return speak.spans(f"escalation.over.{row.outcome}")
        case EscalationState.ACKNOWLEDGED:
            return speak.spans("escalation.stands.acknowledged", name=climb.holder, at=at(row.acknowledged_at))
        case EscalationState.UNANSWERED:
            return speak.spans("escalation.stands.unanswered")
        case EscalationState.SNOOZED if step is climb.step:
            return speak.spans("escalation.stands.snoozed", at=at(row.due_at))
        case EscalationState.CLIMBING if step is climb.step:
            return speak.spans("escalation.stands.open", at=at(step.due_at))
        case _:
            return speak.spans("escalation.stands.left")


def _offered(climb: Climb) -> tuple[str, ...]:
    """Return what can be done about an escalation as it stands, by the names of the commands."""
    state = climb.row.state
    can = {
        "acknowledge": state is not EscalationState.ACKNOWLEDGED,
        "takeover": climb.case is not None,
        "further": climb.row.level + 1 < len(climb.ladder.levels),
        "snooze": state is EscalationState.CLIMBING,
    }
    return tuple(name for name, possible in can.items() if possible and state is not EscalationState.OVER)


def _buttons(climb: Climb, speak: Voice) -> tuple[Button, ...]:
    return tuple(
        Button(
            name=f"case.{name}",
            label=speak(f"escalation.button.{name}", time=hours_text(climb.ladder.snooze, speak)),
            value=climb.name(speak),
            style=Style.PRIMARY if name == "acknowledge" else Style.DEFAULT,
        )
        for name in _offered(climb)
    )


def _typed(climb: Climb, speak: Voice) -> tuple[Block, ...]:
    words = [speak(f"escalation.typed.{name}", case=climb.name(speak)) for name in _offered(climb)]
    spans = [span for word in words for span in (Plain(" · "), Code(word))][1:]
    return (SmallPrint(speak.spans("escalation.alert.typed", typed=tuple(spans))),) if spans else ()


def _who(people: tuple[Known, ...], platform: Platform) -> tuple[Block, ...]:
    return (Paragraph(mentions(people, platform)),) if people else ()


async def _place(climb: Climb, step: EscalationStep) -> Place | None:
    return await alert_place(climb.turn, climb.level_of(step), await _platform(climb))


async def _platform(climb: Climb) -> Platform:
    """Return the platform of the case, or of where a drill was begun."""
    if climb.case is None:
        return climb.turn.event.place.platform
    return (await CaseThreads.of(climb.turn, climb.case)).customer.platform


async def _voice(turn: Turn, place: Place) -> Voice:
    return channel_voice(turn, await turn.unit.channels.get(place.channel_key))
