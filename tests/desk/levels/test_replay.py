"""Random histories, judged again by somebody slow: minute by minute, without any of the desk's own arithmetic."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.levels.clocks import clocks_of
from bot.desk.levels.policy import policies_of
from bot.settings import read_settings
from dialogs.cases import EventKind, Severity
from dialogs.events import Platform
from tests.desk.levels.test_clocks import Entry

MINUTE = timedelta(minutes=1)
TARGETS = {
    "S1": {"first_response": 15, "next_response": 30, "update_every": 30, "resolution": 240},
    "S2": {"first_response": 30, "next_response": 60, "update_every": 120, "resolution": 480},
    "S3": {"first_response": 240, "next_response": 480, "update_every": 480, "resolution": 1440},
    "S4": {"first_response": 480, "next_response": 480, "update_every": 1440, "resolution": 4800},
}
AFTER = {
    "wait": "waiting_customer",
    "third": "waiting_third_party",
    "loop": "close_the_loop",
    "work": "working",
    "resolve": "resolved",
}
"""What moves a case, and to which status."""
NEWS = {EventKind.REPLIED, EventKind.DERIVED, EventKind.UPDATED}
CLOSED = {date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 25), date(2026, 11, 11)}
"""The holidays of Florida in those weeks."""
POLICY = policies_of(read_settings("")).usual
MIAMI = ZoneInfo("America/New_York")

Slow = tuple[str, datetime, datetime | None, datetime | None]
"""A clock: kind, start, end and due time."""


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """A case that could have happened, in whole minutes, around the end of daylight saving and Thanksgiving."""
    at = datetime(2026, 10, 28, tzinfo=UTC) + draw(st.integers(0, 40 * 1440)) * MINUTE
    story, status = [Entry(at, EventKind.FILED)], "new"
    for _ in range(draw(st.integers(0, 10))):
        at += draw(st.integers(1, 2000)) * MINUTE
        what = draw(st.sampled_from(["reply", "news", "write", *AFTER, "severity"]))
        if what == "reply":
            story.append(Entry(at, EventKind.REPLIED, {"text": "Lo vemos."}))
        elif what == "news":
            story.append(Entry(at, EventKind.UPDATED, {"text": "Seguimos a la espera."}, Platform.DESK))
        elif what == "write":
            story.append(Entry(at, EventKind.CUSTOMER_WROTE, {"text": "¿Y?"}))
        elif what == "severity":
            story.append(Entry(at, EventKind.SEVERITY_CONFIRMED, {"severity": draw(st.sampled_from(list(TARGETS)))}))
        elif AFTER[what] != status:
            if what == "third" and status != "resolved":
                story.append(Entry(at, EventKind.DERIVED, {"name": "Carrier X"}))
            story.append(Entry(at, EventKind.STATUS_CHANGED, {"from": status, "to": AFTER[what], "reason": ""}))
            status = AFTER[what]
    return story


def counts(minute: datetime, severity: str) -> bool:
    if severity in {"S1", "S2"}:
        return True
    local = minute.astimezone(MIAMI)
    return local.weekday() < 5 and 9 <= local.hour < 17 and local.date() not in CLOSED


def slow(story: list[Entry]) -> list[Slow]:
    """Find the clocks of a story by asking of every entry what it means to each promise, one promise at a time."""
    done = spans_of_status(story, {"resolved", "closed"})
    waiting = spans_of_status(story, {"waiting_customer"})
    found = []
    for kind in TARGETS["S1"]:
        for since, until in periods(kind, story, done):
            pauses = waiting if kind in {"update_every", "resolution"} else []
            found.append((kind, since, until, due(kind, since, until, story, pauses)))
    return sorted(found, key=lambda clock: (clock[1], clock[0]))


def spans_of_status(story: list[Entry], statuses: set[str]) -> list[tuple[datetime, datetime | None]]:
    spans: list[tuple[datetime, datetime | None]] = []
    for entry in story:
        if entry.kind is EventKind.STATUS_CHANGED:
            if entry.data["to"] in statuses and entry.data["from"] not in statuses:
                spans.append((entry.at, None))
            elif entry.data["from"] in statuses and entry.data["to"] not in statuses:
                spans[-1] = (spans[-1][0], entry.at)
    return spans


def periods(kind: str, story: list[Entry], done: list[Any]) -> list[tuple[datetime, datetime | None]]:
    answers = [entry.at for entry in story if entry.kind is EventKind.REPLIED]
    ends = [since for since, _ in done]
    again = [until for _, until in done if until]

    def until(since: datetime, *moments: list[datetime]) -> datetime | None:
        return min((one for moment in moments for one in moment if one > since), default=None)

    def is_done(at: datetime) -> bool:
        return any(since <= at and (end is None or at < end) for since, end in done)

    filed = story[0].at
    if kind == "resolution":
        return [(since, until(since, ends)) for since in (filed, *again)]
    if kind == "first_response":
        return [(filed, until(filed, answers, ends))]
    if kind == "update_every":
        news = [entry.at for entry in story if entry.kind in NEWS]
        reopened = [at for at in again if any(told < at for told in news)]
        starts = sorted(at for at in {*news, *reopened} if not is_done(at))
        found: list[tuple[datetime, datetime | None]] = []
        for since in starts:
            if not found or found[-1][1] is not None:
                found.append((since, until(since, news, ends)))
        return found
    first = until(filed, answers, ends)
    found = []
    wrote = [entry.at for entry in story if entry.kind is EventKind.CUSTOMER_WROTE]
    unread = [end for since, end in done if end and any(since < at < end for at in wrote)]
    loops = dict(spans_of_status(story, {"close_the_loop"}))
    for since in sorted({*(at for at in wrote if not is_done(at)), *unread, *loops}):
        covered = first is None or since < first
        if not covered and (not found or (found[-1][1] is not None and found[-1][1] <= since)):
            left = loops.get(since)
            alone = left and since not in unread and not any(since < at < left for at in wrote)
            found.append((since, until(since, answers, ends, [left] if left and alone else [])))
    return found


def due(kind: str, since: datetime, until: datetime | None, story: list[Entry], pauses: list[Any]) -> datetime | None:
    told = [e.data["severity"] for e in story if e.kind is EventKind.SEVERITY_CONFIRMED and e.at <= (until or e.at)]
    severity = told[-1] if told else "S2"
    left, minute = TARGETS[severity][kind], since
    while left:
        paused = any(
            begun <= minute and (end is None or minute < end) and (until is None or minute < until)
            for begun, end in pauses
        )
        if paused and not any(end for begun, end in pauses if begun <= minute and (end is None or minute < end)):
            return None if until is None else due_after(until, left, severity)
        left -= counts(minute, severity) and not paused
        minute += MINUTE
    return minute


def due_after(minute: datetime, left: int, severity: str) -> datetime:
    while left:
        left -= counts(minute, severity)
        minute += MINUTE
    return minute


def same(story: list[Entry]) -> None:
    quick = [
        (clock.kind.value, clock.started_at, clock.ended_at, clock.due_at)
        for clock in clocks_of(story, POLICY, Severity.S2)
    ]
    assert sorted(quick, key=lambda clock: (clock[1], clock[0])) == slow(story)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_a_slow_recomputation_finds_the_same_clocks_and_due_times(story: list[Entry]) -> None:
    same(story)


@pytest.mark.soak
@pytest.mark.timeout(600)
@settings(max_examples=2_000, deadline=None)
@given(histories())
def test_it_does_so_for_two_thousand_cases(story: list[Entry]) -> None:
    same(story)
