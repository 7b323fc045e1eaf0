"""The list of levels as people read it."""

from __future__ import annotations

from bot.desk.escalation.ladder import Level, ladder_for
from bot.desk.levels.wording import hours_text
from bot.desk.places import case_name
from bot.desk.roles import is_agent, organisation_of
from bot.turn import Turn
from dialogs.messages import Bullets, Code, Message, Paragraph, Plain, Spans, Strong
from dialogs.phrases import Voice
from dialogs.wording import when


async def levels_for(turn: Turn, speak: Voice) -> Message:
    """Return the levels in their order: who, within what time, when they are on duty. To customers only theirs."""
    company = await organisation_of(turn)
    organisation = await turn.unit.organisations.get(company) if company else None
    ladder = ladder_for(turn.settings, organisation.name if organisation else "")
    agent = await is_agent(turn)
    shown = [level for level in ladder.levels if agent or level.customers]
    if not shown:
        return Message(blocks=(Paragraph(speak.spans("escalation.list.none")),), language=speak.language)
    lines = tuple(_line(turn, number, level, speak) for number, level in enumerate(shown, 1))
    typed = Code(speak("escalation.typed.escalate", case=case_name(turn, 12)))
    blocks = (
        Paragraph(speak.spans("escalation.list")),
        Bullets(lines),
        Paragraph(speak.spans("escalation.list.how", typed=typed)),
    )
    return Message(blocks=blocks, language=speak.language)


def _line(turn: Turn, number: int, level: Level, speak: Voice) -> Spans:
    within = hours_text(level.within, speak)
    name = Strong(level.names[speak.language])
    told = speak.spans("escalation.list.level", number=number, level=name, within=within)
    names = ", ".join(contact.name for contact in level.contacts)
    who = (Plain(f" · {names}"),) if names else ()
    if level.on_duty(turn.now):
        return (*told, *who)
    opens = when(level.opens_at(turn.now), turn.home.zone, speak.language, now=turn.now, home=turn.home)
    return (*told, *who, Plain(" · "), *speak.spans("escalation.list.closed", at=opens))
