"""`/case show`: the card of a case, its story so far, and what comes next by itself."""

from __future__ import annotations

from bot.desk.ahead import plan_line
from bot.desk.card import facts_of, render_card
from bot.desk.escalation.plan import steps_of
from bot.desk.handlers import Request
from bot.desk.places import CaseThreads
from bot.desk.story import story_of
from bot.desk.timers import everything_ahead
from dialogs.messages import Block, Bullets, Message, Paragraph


async def show(request: Request) -> Message:
    """Show the card of a case, its story and its plan, on the desk's clock and on the customer's."""
    turn, case, speak = request.turn, request.about, request.speak
    threads = await CaseThreads.of(turn, case)
    facts = await facts_of(turn, case, threads.customer)
    steps = steps_of(facts.climb, speak) if facts.climb else ()
    story = await story_of(turn, case, facts.clock, speak)
    return render_card(facts, turn, speak, *steps, *story, *await _plan(request, facts.clock))


async def _plan(request: Request, zone: str) -> tuple[Block, ...]:
    turn, speak = request.turn, request.speak
    planned = await everything_ahead(turn, request.about, speak)
    if not planned:
        return (Paragraph(speak.spans("ahead.nothing")),)
    return (
        Paragraph(speak.spans("ahead.heading")),
        Bullets(tuple(plan_line(turn, one, zone, speak) for one in planned)),
    )
