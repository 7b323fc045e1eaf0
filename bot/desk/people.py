"""Who is meant, and who takes part in a case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.reading.text import fold
from storage.tables import Case, PersonRow


def named(text: str, people: Iterable[PersonRow]) -> tuple[PersonRow, str] | None:
    """Return whom a text names at its beginning, and what follows: `@Diego`, their whole name, or their id.

    A first name that two people share names nobody.
    """
    meant, rest = all_named(text, people)
    return (meant[0], rest) if len(meant) == 1 else None


def all_named(text: str, people: Iterable[PersonRow]) -> tuple[tuple[PersonRow, ...], str]:
    """Return everybody whom the longest name at the beginning of a text may mean, and what follows it."""
    said = text.strip().removeprefix("@")
    found: dict[str, dict[str, PersonRow]] = {}
    for person in people:
        for called in {person.name, person.name.partition(" ")[0], person.id} - {""}:
            if re.match(rf"{re.escape(fold(called))}(?!\w)", fold(said)):
                found.setdefault(fold(called), {})[person.key] = person
    longest = max(found, key=len, default="")
    return tuple(found.get(longest, {}).values()), said[len(longest) :].strip(" \t\n:,")


async def holder_of(turn: Turn, case: Case) -> PersonRow | None:
    """Return who has a case and is there to be spoken to; nothing where nobody has it, or they are away."""
    person = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    return person if person and person.absent_since is None else None


async def load_names(turn: Turn, cases: Iterable[Case]) -> None:
    """Look up the companies and the assignees of many cases at once, so that asking for each costs nothing more."""
    found = tuple(cases)
    await turn.unit.organisations.load({case.organisation_id for case in found if case.organisation_id is not None})
    await turn.unit.people.load({case.assignee_key for case in found if case.assignee_key is not None})


async def join(turn: Turn, case: Case, key: str) -> None:
    """Let who writes in a case's thread take part in it: anybody but the requester and people of other companies."""
    person = await turn.unit.people.get(key)
    if person is None or key == case.requester_key:
        return
    company = await turn.unit.organisations.of_tenant(person.platform, person.tenant)
    if company is not None and company.id != case.organisation_id:
        return
    if await turn.unit.cases.join(number_of(case), key, turn.now):
        joined, by = EventKind.JOINED, turn.event.key
        turn.unit.cases.record(case, joined, actor=key, at=turn.now, platform=person.platform, data={}, event_key=by)
