"""Cases that belong together: linked ones, and those that are the same as another."""

from __future__ import annotations

import re

from bot.desk import cases
from bot.desk.card import put_card
from bot.desk.cases import actor_name, record
from bot.desk.handlers import Request
from bot.desk.levels.clocks import DONE
from bot.desk.numbers import read_number
from bot.desk.places import CaseThreads, case_name, number_of, plainly
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, LinkKind
from dialogs.messages import Code, Message, Paragraph
from storage.tables import Case

_OF = re.compile(r"(?:de|of)\s+", re.IGNORECASE)


async def link(request: Request) -> Message | None:
    """Say that two cases have to do with each other. Customers hear nothing."""
    other = await _other(request)
    if not isinstance(other, Case):
        return other
    if not await join(request.turn, request.about, other, LinkKind.RELATED):
        return plainly(request.speak, "desk.link.already", case=Code(request.name), other=_name(request, other))
    return plainly(request.speak, "desk.link.done", case=Code(request.name), other=_name(request, other))


async def duplicate(request: Request) -> Message | None:
    """Say that a case is the same as another of its company: it is resolved, and its customer hears of it."""
    other = await _other(request)
    if not isinstance(other, Case):
        return other
    turn, case, speak = request.turn, request.about, request.speak
    of = _name(request, other)
    if other.organisation_id != case.organisation_id:
        return plainly(speak, "desk.duplicate.company", case=Code(request.name), other=of)
    if not await join(turn, case, other, LinkKind.DUPLICATE):
        return plainly(speak, "desk.link.already", case=Code(request.name), other=of)
    threads = await CaseThreads.of(turn, case)
    if case.status not in DONE:
        record(turn, case, EventKind.RESOLVED)
        cases.move(turn, case, CaseStatus.RESOLVED, "duplicate")
    told = threads.to_customer.spans("desk.told.duplicate", case=Code(request.name), other=of)
    threads.tell_customer(Paragraph(told))
    await put_card(turn, case, threads)
    return plainly(speak, "desk.duplicate.done", case=Code(request.name), other=of)


async def _other(request: Request) -> Case | Message | None:
    """Return the other case that the words name; a message where there is none, nothing where they name none."""
    turn = request.turn
    named = read_number(_OF.sub("", request.text.strip(), count=1), turn.settings.cases.prefix)
    if named is None or named[0] == request.about.number:
        return None
    other = await turn.unit.cases.get(named[0])
    return other or plainly(request.speak, "desk.unknown_case", case=case_name(turn, named[0]))


def _name(request: Request, case: Case) -> Code:
    return Code(case_name(request.turn, case.number))


async def join(turn: Turn, case: Case, other: Case, kind: LinkKind) -> bool:
    """Keep a link and show it under both cards. False: it was there already."""
    if not await turn.unit.cases.link(number_of(case), number_of(other), kind, turn.now):
        return False
    name = await actor_name(turn)
    this, that = (Code(case_name(turn, one.number)) for one in (case, other))
    for one, two in ((case, other), (other, case)):
        record(turn, one, EventKind.LINKED, to=case_name(turn, two.number), relation=kind)
        threads = await CaseThreads.of(turn, one)
        threads.tell_desk(Paragraph(threads.to_desk.spans(f"desk.linked.{kind}", name=name, case=this, other=that)))
    return True
