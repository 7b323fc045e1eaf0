"""What the desk hears of an answer: a note under the card, praise for the agent, an alarm for the managers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.desk.card import summary
from bot.desk.places import CaseThreads, case_name, channel_place, channel_voice, desk_channel, managers_channel
from bot.turn import Turn
from dialogs.messages import Block, Code, Link, Mention, Message, Paragraph, Plain, Quote, SmallPrint, Span
from dialogs.phrases import Voice
from storage.tables import Case, Survey


class Band(StrEnum):
    """Who besides the case's own thread is told of a mark: the team, or the managers."""

    PRAISE = "praise"
    ALARM = "alarm"


def band_of(score: int) -> Band | None:
    """Return who is told of a mark: 4 and 5 are praise, 1 and 2 an alarm."""
    return Band.PRAISE if score >= 4 else Band.ALARM if score <= 2 else None


async def tell_staff(turn: Turn, case: Case, survey: Survey, before: Sequence[int]) -> None:
    """Tell of an answer, or of what was added to it. `before` are the marks that were told of it so far."""
    assert survey.score is not None, "an answer is a mark"
    await _note(turn, case, survey, new=not before)
    told = {band for band in map(band_of, before) if band}
    band = band_of(survey.score)
    for one in sorted(told | ({band} if band else set())):
        await _put(turn, case, survey, one, new=one not in told)


async def _note(turn: Turn, case: Case, survey: Survey, *, new: bool) -> None:
    threads = await CaseThreads.of(turn, case)
    speak, ref = threads.to_desk, f"survey-note:{survey.id}"
    name = await _answerer(turn, survey, speak)
    blocks = (Paragraph(speak.spans("survey.desk.answered", name=name, score=survey.score or 0)), *_said(survey, speak))
    if new:
        threads.tell_desk(*blocks, ref=ref)
    else:
        threads.retell_desk(ref, *blocks)


async def _put(turn: Turn, case: Case, survey: Survey, band: Band, *, new: bool) -> None:
    """Post what the team or the managers read, or bring it up to date."""
    threads = await CaseThreads.of(turn, case)
    platform = threads.customer.platform
    channel = await (desk_channel if band is Band.PRAISE else managers_channel)(turn, platform)
    if channel is None:
        return
    speak, ref = channel_voice(turn, channel), f"survey-{band}:{survey.id}"
    answered = SmallPrint(speak.spans("survey.desk.by", name=await _answerer(turn, survey, speak)))
    by = () if turn.settings.survey.anonymous else (answered,)
    link = Link(speak("desk.card.conversation"), place=threads.customer, message=threads.customer.thread)
    about = SmallPrint((Plain(f"{summary(case, speak)} · "), link))
    blocks = (await _heading(turn, case, survey, band, speak), *_said(survey, speak), *by, about)
    message = Message(blocks=blocks, language=speak.language)
    if new:
        turn.post(channel_place(channel), message, ref=ref, lane=ref)
    else:
        turn.revise(channel_place(channel), ref, message, lane=ref)


async def _heading(turn: Turn, case: Case, survey: Survey, band: Band, speak: Voice) -> Block:
    """Return who rated what, and whose work it was: the agent is called where they are praised."""
    assert survey.score is not None, "an answer is a mark"
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    company = organisation.name if organisation else speak("survey.customer")
    agent = await turn.unit.people.get(survey.agent_key)
    who: Span | str = agent.name if agent else ""
    if agent and band is Band.PRAISE:
        who = Mention(agent.key, agent.name)
    key = f"survey.{band}" if band_of(survey.score) is band else "survey.corrected"
    name = Code(case_name(turn, case.number))
    return Paragraph(speak.spans(key, who=who, company=company, case=name, score=survey.score))


def _said(survey: Survey, speak: Voice) -> tuple[Block, ...]:
    comment = (Quote((Plain(survey.comment),)),) if survey.comment else ()
    better = (Paragraph(speak.spans("survey.desk.improve")), Quote((Plain(survey.improvement),)))
    return (*comment, *(better if survey.improvement else ()))


async def _answerer(turn: Turn, survey: Survey, speak: Voice) -> str:
    """Return who answered, or that it was the customer where nobody is to know more."""
    person = await turn.unit.people.get(survey.answered_by or "")
    return speak("survey.customer") if person is None or turn.settings.survey.anonymous else person.name
