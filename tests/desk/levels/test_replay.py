"""Random histories, judged again by somebody slow who shares nothing with the desk's own arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.levels.clocks import clocks_of
from bot.desk.levels.policy import policies_of
from bot.settings import read_settings
from dialogs.cases import EventKind, Severity
from dialogs.events import Platform
from tests.desk.levels.judge import judge
from tests.desk.levels.numbers import rules_of
from tests.desk.levels.test_clocks import Entry

MINUTE = timedelta(minutes=1)
AFTER = {
    "wait": "waiting_customer",
    "third": "waiting_third_party",
    "loop": "close_the_loop",
    "work": "working",
    "resolve": "resolved",
}
"""What moves a case, and to which status."""
POLICY = policies_of(read_settings("")).usual


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
            story.append(
                Entry(at, EventKind.SEVERITY_CONFIRMED, {"severity": draw(st.sampled_from(list(Severity))).value})
            )
        elif AFTER[what] != status:
            if what == "third" and status != "resolved":
                story.append(Entry(at, EventKind.DERIVED, {"name": "Carrier X"}))
            if what == "resolve" and draw(st.booleans()):
                story.append(Entry(at, EventKind.RESOLVED, {"text": "Listo."}))
            story.append(Entry(at, EventKind.STATUS_CHANGED, {"from": status, "to": AFTER[what], "reason": ""}))
            status = AFTER[what]
    return story


def same(story: list[Entry]) -> None:
    """Hold the clocks of a story against those that the slow judge finds, kept and dropped ones, paused ones, all."""
    quick = [
        (
            *(clock.kind.value, clock.number, clock.started_at, clock.severity.value),
            *(clock.met_at, clock.dropped_at, clock.due_at, dict(clock.stages())),
        )
        for clock in clocks_of(story, POLICY, Severity.S2)
    ]
    told = [
        {"at": entry.at.isoformat(), "kind": entry.kind.value, "platform": entry.platform.value} | entry.data
        for entry in story
    ]
    slow = [
        (
            *(one.kind, one.number, instant(one.started), one.severity),
            *(instant(one.met), instant(one.dropped), instant(one.due)),
            {stage: instant(at) for stage, at in one.moments},
        )
        for one in judge(told, "S2", rules_of("", ""))
    ]
    assert sorted(quick, key=by_start) == sorted(slow, key=by_start)


def by_start(clock: tuple[Any, ...]) -> tuple[Any, ...]:
    return clock[:2]


def instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


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
