"""A store that has been in use for years, written at once instead of lived through.

A hundredth of the cases is made up one by one; the database then copies each of them under numbers of its own.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Insert, String, cast, func, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk.cases import FOLLOW_UP, FollowUp
from bot.desk.levels.clocks import Clock, running
from bot.desk.levels.keeping import TIMER
from bot.desk.levels.policy import Policy, policies_of
from bot.desk.places import card_ref
from bot.directory import introduce_channels, page_channel
from bot.samples import CHANNELS
from bot.settings import read_settings
from dialogs.cases import BreachCause, CaseStatus, ChannelMode, ChannelRole, Impact
from dialogs.events import Language, Person, Place, Platform
from storage.database import Database
from storage.statements import table_of
from storage.tables import (
    Case,
    CaseEvent,
    Channel,
    Conversation,
    Member,
    Organisation,
    PersonRow,
    Posting,
    ServiceLevel,
    Tenant,
    Timer,
)
from storage.timers import PLACE
from storage.types import Table
from tests.bench.lives import KEPT_RESOLVED, NOW, PROBLEMS, Life

COPIES = 99
"""How often the database copies each case that was made up."""
CHUNK = 200
"""Of how many cases the copies go into one transaction."""
YEARS = timedelta(days=3 * 365)
COMPANIES, AGENTS, REQUESTERS = 1_000, 40, 5

Row = tuple[type[Table], dict[str, Any]]


def agent(number: int) -> Person:
    """Return somebody of the desk."""
    return Person(platform=Platform.WEB, tenant="desk", id=f"agent{number}", name=f"Agente {number}")


def requester(company: int, number: int) -> Person:
    """Return somebody of a customer's company."""
    return Person(platform=Platform.WEB, tenant=f"t{company}", id=f"c{company}p{number}", name=f"Cliente {number}")


def channel_of(company: int) -> Place:
    """Return the channel of a customer's company."""
    return Place(platform=Platform.WEB, channel=f"empresa{company}")


async def fill(database: Database, cases: int) -> None:
    """Give an empty store so many cases, a tenth of them open, and all who have to do with them."""
    copies = COPIES if cases > COPIES * CHUNK else 0
    made = cases // (copies + 1)
    postgres = database.engine.dialect.name == "postgresql"
    policy = policies_of(read_settings("")).usual
    async with database.unit() as unit:
        await introduce_channels(unit, map(page_channel, CHANNELS))
        await _insert(unit.session, _people())
        rows = (row for number in range(1, made + 1) for row in _case(number, made, copies, policy))
        await _insert(unit.session, rows)
        await unit.commit()
    for first in range(1, made + 1, CHUNK) if copies else ():
        async with database.unit() as unit:
            if postgres:  # what is copied refers to what is there: looking it up takes most of the time
                await unit.session.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in _copies(made, first):
                await unit.session.execute(statement)
            await unit.commit()
    if postgres:  # what its own housekeeping would have done by now
        async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text("VACUUM ANALYZE"))


async def _insert(session: AsyncSession, rows: Iterable[Row]) -> None:
    by_name = defaultdict[str, list[dict[str, Any]]](list)
    for table, row in rows:
        by_name[table_of(table).name].append(row)
    for table in Table.metadata.sorted_tables:
        if values := by_name[table.name]:
            await session.execute(insert(table), values)


def _people() -> Iterator[Row]:
    for number in range(AGENTS):
        yield from _person(agent(number), None, Place(platform=Platform.WEB, channel="desk"))
    for company in range(COMPANIES):
        place = channel_of(company)
        yield Organisation, {"id": 100 + company, "name": f"Empresa {company}"}
        yield Tenant, {"platform": Platform.WEB, "tenant": f"t{company}", "organisation_id": 100 + company}
        row = {"key": place.channel_key, "platform": Platform.WEB, "channel": place.channel, "name": place.channel}
        whose = {"role": ChannelRole.CUSTOMER, "mode": ChannelMode.EVERY, "organisation_id": 100 + company}
        yield Channel, row | whose
        for number in range(REQUESTERS):
            yield from _person(requester(company, number), 100 + company, place)


def _person(person: Person, organisation: int | None, place: Place) -> Iterator[Row]:
    who = {"key": person.key, "platform": person.platform, "tenant": person.tenant, "id": person.id}
    told = {"name": person.name, "named": False, "company": "", "first_seen_at": NOW - YEARS}
    yield PersonRow, who | told | {"organisation_id": organisation, "language": Language.SPANISH}
    yield Member, {"channel_key": place.channel_key, "person_key": person.key}


def _case(number: int, of: int, copies: int, policy: Policy) -> Iterator[Row]:
    """Make up a case, the first being the oldest: its rows in every table.

    The timers are those of its copies, too, a minute apart.
    """
    chance, age = random.Random(number), 1 - number / of
    company = int(COMPANIES * chance.random() ** 3)  # a tenth of the cases is the largest customer's
    customer, holder = requester(company, chance.randrange(REQUESTERS)), agent(chance.randrange(AGENTS))
    filed = NOW - YEARS * age - timedelta(seconds=chance.randrange(3600))
    life = Life(chance, filed, customer, holder, over=age > 0.2 or chance.random() < 0.5)
    clocks = life.judge(policy)
    place = Place(platform=Platform.WEB, channel=channel_of(company).channel, thread=str(number))
    seen = {"created_at": filed, "updated_at": life.last}
    where = {"key": place.key, "platform": place.platform, "channel": place.channel, "thread": place.thread}
    talk = {"person_key": customer.key, "case_number": number, "direct": False, "state": "", "turns": 9}
    yield Conversation, where | seen | talk
    yield (
        Case,
        seen
        | {
            "organisation_id": 100 + company,
            "requester_key": customer.key,
            "conversation_key": place.key,
            "status": life.status,
            "assignee_key": holder.key if life.taken else None,
            "language": Language.SPANISH,
            "description": chance.choice(PROBLEMS),
            "expected_behaviour": "Que las llamadas duren lo que tienen que durar",
            "service": "Troncal SIP",
            "impact": Impact.MANY_USERS,
            "workaround": False,
            "severity_proposed": life.severity,
            "severity_reason": "severity.because.untold",
            "severity_confirmed": life.confirmed,
            "started_assumed": False,
            "zone_name": "America/Lima",
            "zone_assumed": False,
            "phone": "+51987654321",
            "complete": True,
            "nudges": True,
            "next_due_at": min(filter(None, (clock.due_at for clock in running(clocks))), default=None),
        },
    )
    card = {"ref": card_ref(f"LD-{number}"), "platform": Platform.WEB, "channel": "desk", "message": f"m{number}"}
    yield Posting, card
    for entry in life.entries:
        told = {"actor_key": entry.actor, "platform": entry.platform, "data": dict(entry.data), "event_key": "web:1"}
        yield CaseEvent, {"case_number": number, "at": entry.at, "kind": entry.kind} | told
    for clock in clocks:
        yield ServiceLevel, {"case_number": number} | _level(clock)
    moments = {at: clock.fingerprint for clock in running(clocks) if (at := clock.next_at(NOW))}
    timers = [(TIMER, moments[at], at) for at in sorted(moments)[:1]]
    if life.status is CaseStatus.RESOLVED:
        timers.append((FOLLOW_UP, FollowUp.CLOSE, life.last + KEPT_RESOLVED))
    set_for = {"place": PLACE.dump_json(place).decode(), "set_at": life.last, "attempts": 0}
    for kind, fence, due in timers:
        for copy in range(copies + 1):
            subject = str(of + (number - 1) * copies + copy if copy else number)
            row = {"kind": kind, "subject": subject, "key": f"{kind}:{subject}", "fence": fence}
            yield Timer, set_for | row | {"due_at": due + timedelta(minutes=copy)}


def _level(clock: Clock) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "number": clock.number,
        "severity": clock.severity,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "met_at": clock.met_at,
        "dropped_at": clock.dropped_at,
        "breached_at": clock.breached_at(NOW),
        "cause": BreachCause.AGENT if clock.breached_at(NOW) else None,
        "paused": [[end and end.isoformat() for end in (pause.since, pause.until)] for pause in clock.pauses],
        "fingerprint": clock.fingerprint,
        "policy_version": clock.policy.version,
        "told": clock.stage(NOW),
    }


def _copies(made: int, first: int) -> Iterator[Insert]:
    """Return the statements that copy a chunk of the cases that were made up, with all that belongs to them."""
    cases, talks, cards = table_of(Case), table_of(Conversation), table_of(Posting)
    events, levels = table_of(CaseEvent), table_of(ServiceLevel)
    copies = select(literal(1).label("n")).cte("copies", recursive=True)
    copies = copies.union_all(select(copies.c.n + 1).where(copies.c.n < COPIES))
    number = made + (cases.c.number - 1) * COPIES + copies.c.n
    before, name = cast(cases.c.number, String), cast(number, String)
    key = func.replace(cases.c.conversation_key, ":" + before, ":" + name)
    chunk = cases.c.number.between(first, min(first + CHUNK - 1, made))
    changes: tuple[tuple[Any, ColumnElement[bool], dict[str, ColumnElement[Any]]], ...] = (
        (cases, chunk, {"conversation_key": key}),
        (talks, talks.c.case_number == cases.c.number, {"key": key, "thread": name, "case_number": number}),
        (cards, cards.c.ref == "card:LD-" + before, {"ref": "card:LD-" + name, "message": "m" + name}),
        (events, events.c.case_number == cases.c.number, {"case_number": number}),
        (levels, levels.c.case_number == cases.c.number, {"case_number": number}),
    )
    for table, of_case, changed in changes:
        columns = [column for column in table.c if column is not table.autoincrement_column]
        values = [changed.get(column.name, column) for column in columns]
        source = cases if table is cases else cases.join(table, of_case)
        order = (events.c.at, copies.c.n) if table is events else (cases.c.number, copies.c.n)
        rows = select(*values).select_from(source).join(copies, literal(1) == 1).where(chunk).order_by(*order)
        yield insert(table).from_select([column.name for column in columns], rows)
