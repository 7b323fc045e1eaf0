"""The page that the assistant has for each person: their company's open cases or, for who works here, the queue.

Slack shows it as the Home tab; `/case home` tells the same anywhere. It is brought up to date when its reader opens it
and when they act on it, and looked at again every now and then while they may still have it before them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.desk.card import shorten, summary
from bot.desk.handlers import LABEL_LENGTH, OPEN, Request
from bot.desk.levels.wording import moment
from bot.desk.people import load_names
from bot.desk.places import case_name, number_of, reader_voice
from bot.desk.roles import is_agent, scope_of
from bot.turn import Turn
from dialogs.engine.words import Word
from dialogs.events import Language, Person, Pressed, Submitted, TimerFired
from dialogs.messages import (
    Block,
    Bullets,
    Button,
    Code,
    Control,
    Heading,
    Message,
    Option,
    Paragraph,
    Plain,
    Select,
    SmallPrint,
    Spans,
    Style,
    message_text,
)
from dialogs.phrases import Voice, voice
from storage.cases import Order
from storage.reports import Scope, Statistics
from storage.tables import Case

REFRESH = "home.refresh"
"""The kind of the timer that looks at somebody's page again; its subject is their key."""
EVERY = timedelta(minutes=1)
"""How long the page may be out of date while its reader does nothing."""
WATCHED = timedelta(minutes=15)
"""How long after they opened it somebody may still look at it. Opened again, it is up to date at once."""
SHOWN = 10
"""How many cases of each kind the page of an agent shows."""
SHOWN_TO_CUSTOMERS = 25
LATELY = timedelta(days=30)
"""How far back the page of an agent looks at severities."""


async def opened(turn: Turn) -> None:
    """Show somebody the page that they have just opened, and keep it up to date for a while."""
    await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    await _show(turn, await reader_voice(turn), until=turn.now + WATCHED)


async def refresh(turn: Turn, what: TimerFired) -> None:
    """Look at a page again. The fence says until when, in which language and what it showed."""
    row = await turn.unit.people.get(what.subject)
    if row is None:
        return
    until, language, seen = what.fence.split()
    reader = Person(platform=row.platform, tenant=row.tenant, id=row.id, name=row.name)
    await _show(turn.acting_as(reader), voice(Language(language)), until=datetime.fromisoformat(until), seen=seen)


async def follow(turn: Turn) -> None:
    """Bring the page of who acts up to date where they may have acted on it."""
    event = turn.event
    if not event.place.direct or not isinstance(event.what, Pressed | Submitted):
        return
    timer = await turn.unit.timers.find(REFRESH, event.actor.key)
    if timer is not None:
        until, language, seen = timer.fence.split()
        await _show(turn, voice(Language(language)), until=datetime.fromisoformat(until), seen=seen)


async def _show(turn: Turn, speak: Voice, *, until: datetime, seen: str = "") -> None:
    place, reader = turn.event.place, turn.event.actor
    message = await page(turn, speak)
    shows = hashlib.blake2s(message_text(message).encode(), digest_size=8).hexdigest()
    if shows != seen:
        turn.show_home(place, reader.id, message)
    if turn.now + EVERY <= until:
        fence = f"{until.isoformat()} {speak.language} {shows}"
        turn.set_timer(REFRESH, reader.key, fence=fence, after=EVERY, place=place)


async def home(request: Request) -> Message:
    """Tell what stands on the page of who asks."""
    return await page(request.turn, request.speak)


async def page(turn: Turn, speak: Voice) -> Message:
    """Return what concerns who acts: the queue where they may work on it, else their company's open cases."""
    return await (_queue(turn, speak) if await is_agent(turn) else _own(turn, speak))


async def _own(turn: Turn, speak: Voice) -> Message:
    scope = await scope_of(turn)
    organisation = scope.organisation_id if scope else None
    company = await turn.unit.organisations.get(organisation) if organisation is not None else None
    found: Sequence[Case] = ()
    if scope is not None:
        found = await turn.unit.cases.list(
            organisation_id=organisation,
            requester_key=scope.requester_key,
            statuses=OPEN,
            limit=SHOWN_TO_CUSTOMERS + 1,
        )
    shown = found[:SHOWN_TO_CUSTOMERS]
    title = speak("home.company", company=company.name) if company else speak("home.own")
    blocks: list[Block] = [Heading(title)]
    if shown:
        blocks.append(Bullets(tuple(_told(turn, case, speak) for case in shown)))
    else:
        blocks.append(Paragraph(speak.spans("home.none")))
    if len(found) > len(shown):
        blocks.append(Paragraph(speak.spans("home.more", command=Code(speak("desk.example.mine")))))
    blocks.append(SmallPrint(speak.spans("home.how")))
    controls: list[Control] = []
    if turn.event.place.direct:
        controls.append(Button(name=Word.FORM, label=speak("home.new"), style=Style.PRIMARY))
    controls += _picker("case.status", "home.look", turn, shown, speak)
    return Message(blocks=tuple(blocks), controls=tuple(controls), language=speak.language)


def _told(turn: Turn, case: Case, speak: Voice) -> Spans:
    told = f" {speak(f'desk.customer_status.{case.status}')} · {summary(case, speak)}"
    return (Code(case_name(turn, case.number)), Plain(told))


async def _queue(turn: Turn, speak: Voice) -> Message:
    listed = partial(turn.unit.cases.list, statuses=OPEN, order=Order.DUE, limit=SHOWN + 1)
    mine = await listed(assignee_key=turn.event.actor.key)
    free = await listed(unassigned=True)
    due = [case for case in await listed() if case.next_due_at]
    await load_names(turn, (*mine, *free, *due))
    blocks: list[Block] = [Heading(speak("home.queue"))]
    for name, found in (("mine", mine), ("free", free), ("due", due)):
        blocks.append(Paragraph(speak.spans(f"home.queue.{name}")))
        if not found:
            blocks.append(Paragraph(speak.spans(f"home.queue.{name}.none")))
            continue
        blocks.append(Bullets(tuple([await _line(turn, case, speak) for case in found[:SHOWN]])))
        if len(found) > SHOWN:
            blocks.append(Paragraph(speak.spans("home.more", command=Code(speak("desk.example.list")))))
    blocks += await _severities(turn, speak)
    seen = {number_of(case): case for found in (mine, free, due) for case in found[:SHOWN]}
    controls = [
        *_picker("case.show", "desk.list.open", turn, tuple(seen.values()), speak),
        *_picker("case.take", "home.take", turn, free[:SHOWN], speak),
    ]
    return Message(blocks=tuple(blocks), controls=tuple(controls), language=speak.language)


async def _severities(turn: Turn, speak: Voice) -> tuple[Block, ...]:
    """Return in how many cases filed lately the severity that was confirmed is another than the facts proposed."""
    lately = Statistics(turn.unit.session, Scope(since=turn.now - LATELY, until=turn.now))
    changes = await lately.severities()
    confirmed = sum(changes.values())
    differing = sum(count for (before, after), count in changes.items() if before is not after)
    told = speak.spans("home.severities", days=LATELY.days, confirmed=confirmed, differing=differing)
    return (SmallPrint(told),) if confirmed else ()


async def _line(turn: Turn, case: Case, speak: Voice) -> Spans:
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    severity = case.severity_confirmed or case.severity_proposed
    told = f" · {severity} · {organisation.name if organisation else '—'} · {summary(case, speak)}"
    spans: Spans = (Code(case_name(turn, case.number)), Plain(told))
    if case.next_due_at is None:
        return spans
    key = "home.overdue" if case.next_due_at <= turn.now else "home.due"
    return (*spans, Plain(" · "), *speak.spans(key, at=moment(turn, case.next_due_at, speak)))


def _picker(name: str, key: str, turn: Turn, cases: Sequence[Case], speak: Voice) -> tuple[Select, ...]:
    options = tuple(
        Option(number, shorten(f"{number} {summary(case, speak)}", LABEL_LENGTH))
        for case in cases
        if (number := case_name(turn, case.number))
    )
    return (Select(name=name, placeholder=speak(key), options=options),) if options else ()
