"""What starts, pauses, keeps and breaks a promise, from the history alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.desk.levels.clocks import BREACH, Clock, clocks_of, running
from bot.desk.levels.policy import policies_of
from bot.settings import read_settings
from dialogs.cases import EventKind, LevelKind, Severity
from dialogs.events import Platform

NINE = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
"""A Wednesday, 9:00 in Miami."""
FRIDAY = datetime(2026, 3, 6, 21, 0, tzinfo=UTC)
"""16:00 in Miami, an hour before the weekend."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
POLICY = policies_of(read_settings("")).usual


@dataclass
class Entry:
    at: datetime
    kind: EventKind
    data: dict[str, Any] = field(default_factory=dict)
    platform: Platform = Platform.SLACK


def filed(at: datetime = NINE) -> Entry:
    return Entry(at, EventKind.FILED, {"status": "new"})


def replied(at: datetime) -> Entry:
    return Entry(at, EventKind.REPLIED, {"text": "Lo vemos."})


def wrote(at: datetime) -> Entry:
    return Entry(at, EventKind.CUSTOMER_WROTE, {"text": "¿Y?"})


def moved(at: datetime, before: str, after: str) -> Entry:
    return Entry(at, EventKind.STATUS_CHANGED, {"from": before, "to": after, "reason": ""})


def confirmed(at: datetime, severity: str) -> Entry:
    return Entry(at, EventKind.SEVERITY_CONFIRMED, {"severity": severity})


def only(history: list[Entry], kind: LevelKind, severity: Severity = Severity.S2) -> list[Clock]:
    return [clock for clock in clocks_of(history, POLICY, severity) if clock.kind is kind]


def resolution(history: list[Entry], severity: Severity = Severity.S2) -> Clock:
    return only(history, LevelKind.RESOLUTION, severity)[-1]


def test_the_defaults_promise_what_is_written() -> None:
    promised = {
        severity: [POLICY.target(severity, kind) / HOUR for kind in LevelKind] + [POLICY.in_working_time(severity)]
        for severity in Severity
    }
    assert promised == {
        Severity.S1: [0.25, 0.5, 0.5, 4, False],
        Severity.S2: [0.5, 1, 2, 8, False],
        Severity.S3: [4, 8, 8, 24, True],
        Severity.S4: [8, 8, 24, 80, True],
    }


def test_filing_starts_the_first_answer_and_the_resolution() -> None:
    due = {clock.kind: clock.due_at for clock in clocks_of([filed()], POLICY, Severity.S2)}
    assert due == {LevelKind.FIRST_RESPONSE: NINE + 30 * MINUTE, LevelKind.RESOLUTION: NINE + 8 * HOUR}


def test_only_a_person_stops_the_first_answer() -> None:
    """An automatic message counted as the first response (frappe helpdesk, Thena)."""
    automatic = Entry(NINE + MINUTE, EventKind.REPLIED, {"text": "Seguimos."}, Platform.DESK)
    (first,) = only([filed(), automatic], LevelKind.FIRST_RESPONSE)
    assert first.met_at is None
    noted = Entry(NINE + 2 * MINUTE, EventKind.NOTED, {"text": "Reviso."})
    taken = Entry(NINE + 2 * MINUTE, EventKind.TAKEN)
    (first,) = only([filed(), noted, taken, replied(NINE + 5 * MINUTE)], LevelKind.FIRST_RESPONSE)
    assert first.met_at == NINE + 5 * MINUTE


def test_what_is_answered_to_the_second_is_kept_and_a_second_later_is_not() -> None:
    due = NINE + 30 * MINUTE
    for late, broken in ((timedelta(), None), (timedelta(seconds=1), due)):
        (first,) = only([filed(), replied(due + late)], LevelKind.FIRST_RESPONSE)
        assert first.breached_at(due + HOUR) == broken


def test_an_answered_case_breaks_nothing_however_long_ago_it_was() -> None:
    """What an agent had answered escalated all the same (zammad #3140)."""
    (first,) = only([filed(), replied(NINE + MINUTE)], LevelKind.FIRST_RESPONSE)
    assert (first.stage(NINE + 9 * HOUR), first.next_at(NINE)) == (0, None)


def test_each_unanswered_message_counts_once_and_the_first_of_them_decides() -> None:
    """Each message that nobody had answered yet broke the promise anew (chatwoot)."""
    answered = NINE + 10 * MINUTE
    history = [filed(), replied(answered), wrote(answered + HOUR), wrote(answered + 2 * HOUR)]
    (following,) = only(history, LevelKind.NEXT_RESPONSE)
    assert following.started_at == answered + HOUR
    history += [replied(answered + 3 * HOUR), wrote(answered + 4 * HOUR)]
    assert [clock.number for clock in only(history, LevelKind.NEXT_RESPONSE)] == [1, 2]


def test_news_are_due_from_the_last_answer_and_never_before_the_first_one() -> None:
    assert only([filed()], LevelKind.UPDATE_EVERY) == []
    history = [filed(), replied(NINE + HOUR), replied(NINE + 2 * HOUR)]
    assert [clock.due_at for clock in only(history, LevelKind.UPDATE_EVERY)] == [NINE + 3 * HOUR, NINE + 4 * HOUR]


def test_the_update_clock_does_not_overrule_a_first_answer_that_is_due_later() -> None:
    """The clock of news came before a first answer that had longer (zammad #5177)."""
    first = running(clocks_of([filed()], POLICY, Severity.S4))[0]
    assert first.kind is LevelKind.FIRST_RESPONSE


def test_waiting_for_the_customer_pauses_resolution_and_not_the_answers() -> None:
    history = [filed(), moved(NINE + HOUR, "working", "waiting_customer")]
    assert resolution(history).due_at is None
    assert resolution(history).paused
    assert only(history, LevelKind.FIRST_RESPONSE)[0].due_at == NINE + 30 * MINUTE
    history.append(moved(NINE + 3 * HOUR, "waiting_customer", "working"))
    assert resolution(history).due_at == NINE + 10 * HOUR


def test_waiting_for_a_third_party_pauses_nothing() -> None:
    history = [filed(), moved(NINE + HOUR, "working", "waiting_third_party")]
    assert resolution(history).due_at == NINE + 8 * HOUR


def test_where_the_policy_says_so_a_third_party_pauses_the_resolution_and_never_the_news() -> None:
    policy = policies_of(read_settings("service_levels.third_party_pauses = true")).usual
    history = [filed(), replied(NINE), moved(NINE + HOUR, "working", "waiting_third_party")]
    due = {clock.kind: clock.due_at for clock in clocks_of(history, policy, Severity.S2)}
    assert (due[LevelKind.RESOLUTION], due[LevelKind.UPDATE_EVERY]) == (None, NINE + 2 * HOUR)
    history.append(moved(NINE + 3 * HOUR, "waiting_third_party", "waiting_customer"))
    history.append(moved(NINE + 4 * HOUR, "waiting_customer", "working"))
    due = {clock.kind: clock.due_at for clock in clocks_of(history, policy, Severity.S2)}
    assert due[LevelKind.RESOLUTION] == NINE + 11 * HOUR
    assert policy.version != POLICY.version


def test_news_of_the_assistant_are_news_and_no_answer() -> None:
    told = Entry(NINE + 2 * HOUR, EventKind.UPDATED, {"text": "Seguimos a la espera."}, Platform.DESK)
    history = [filed(), Entry(NINE + HOUR, EventKind.DERIVED, {"name": "Carrier X"}), told]
    assert [clock.due_at for clock in only(history, LevelKind.UPDATE_EVERY)] == [NINE + 3 * HOUR, NINE + 4 * HOUR]
    assert only(history, LevelKind.FIRST_RESPONSE)[0].met_at is None
    history += [wrote(NINE + 3 * HOUR), Entry(NINE + 4 * HOUR, EventKind.UPDATED, {}, Platform.DESK)]
    assert only([filed(), replied(NINE), *history[1:]], LevelKind.NEXT_RESPONSE)[0].met_at is None


def test_what_a_third_party_answered_is_due_to_the_customer_like_a_response() -> None:
    answered = NINE + 3 * HOUR
    history = [filed(), replied(NINE), moved(answered, "waiting_third_party", "close_the_loop")]
    (loop,) = only(history, LevelKind.NEXT_RESPONSE)
    assert (loop.started_at, loop.due_at) == (answered, answered + HOUR)
    told = [*history, replied(answered + MINUTE), moved(answered + MINUTE, "close_the_loop", "working")]
    assert only(told, LevelKind.NEXT_RESPONSE)[0].met_at == answered + MINUTE
    asked_again = [*history, moved(answered + MINUTE, "close_the_loop", "waiting_third_party")]
    assert only(asked_again, LevelKind.NEXT_RESPONSE)[0].dropped_at == answered + MINUTE
    asked_again.insert(3, wrote(answered))
    assert only(asked_again, LevelKind.NEXT_RESPONSE)[0].ended_at is None


def test_a_pause_over_a_weekend_adds_no_working_time() -> None:
    """A hold counted the nights and days nobody works (frappe helpdesk #2449, erpnext #47029)."""
    plain = resolution([filed(FRIDAY)], Severity.S3)
    paused = [filed(FRIDAY), moved(FRIDAY + HOUR, "new", "waiting_customer")]
    paused.append(moved(FRIDAY + 65 * HOUR - timedelta(hours=1), "waiting_customer", "working"))
    assert resolution(paused, Severity.S3).due_at == plain.due_at


def test_another_severity_replays_the_same_history_and_keeps_its_pauses() -> None:
    """Another priority forgot the earlier pauses (GLPI #6902, #15605)."""
    history = [
        filed(),
        moved(NINE + HOUR, "new", "waiting_customer"),
        moved(NINE + 2 * HOUR, "waiting_customer", "working"),
        confirmed(NINE + 3 * HOUR, "S1"),
    ]
    assert resolution(history).due_at == NINE + 5 * HOUR
    history.append(confirmed(NINE + 4 * HOUR, "S2"))
    assert resolution(history).due_at == NINE + 9 * HOUR


def test_what_has_ended_is_judged_by_the_severity_of_its_time() -> None:
    history = [filed(), replied(NINE + 25 * MINUTE), confirmed(NINE + HOUR, "S1")]
    assert only(history, LevelKind.FIRST_RESPONSE)[0].breached_at(NINE + 2 * HOUR) is None


def test_a_lower_severity_takes_a_breach_back() -> None:
    now = NINE + HOUR
    assert only([filed()], LevelKind.FIRST_RESPONSE)[0].stage(now) == BREACH
    assert only([filed(), confirmed(now, "S3")], LevelKind.FIRST_RESPONSE)[0].stage(now) == 0


def test_a_reopened_case_has_a_new_resolution_clock_and_the_old_one_stays_a_fact() -> None:
    """An old thread that was opened again was overdue in total at once."""
    solved, again = NINE + 2 * HOUR, NINE + 50 * HOUR
    history = [filed(), replied(NINE + MINUTE), moved(solved, "working", "resolved")]
    history += [wrote(again), moved(again, "resolved", "working")]
    old, new = only(history, LevelKind.RESOLUTION)
    assert (old.met_at, old.due_at) == (solved, NINE + 8 * HOUR)
    assert (new.started_at, new.due_at) == (again, again + 8 * HOUR)
    assert [clock.started_at for clock in only(history, LevelKind.NEXT_RESPONSE)] == [again]


def test_a_merged_or_closed_case_has_nothing_that_runs() -> None:
    """A merged ticket escalated (zammad #904)."""
    history = [filed(), wrote(NINE + MINUTE), moved(NINE + HOUR, "new", "closed")]
    clocks = clocks_of(history, POLICY, Severity.S1)
    assert running(clocks) == ()
    assert all(clock.next_at(NINE) is None for clock in clocks)


def test_resolving_with_words_is_an_answer_and_without_them_drops_it() -> None:
    for text, met in (("Listo.", True), ("", False)):
        resolved = Entry(NINE + MINUTE, EventKind.RESOLVED, {"text": text})
        history = [filed(), resolved, moved(NINE + MINUTE, "new", "resolved")]
        (first,) = only(history, LevelKind.FIRST_RESPONSE)
        assert (first.met_at is not None, first.dropped_at is not None) == (met, not met)


def test_the_words_of_a_resolution_promise_no_more_news() -> None:
    resolved = Entry(NINE + HOUR, EventKind.RESOLVED, {"text": "Listo."})
    history = [filed(), replied(NINE), resolved, moved(NINE + HOUR, "working", "resolved")]
    (news,) = only(history, LevelKind.UPDATE_EVERY)
    assert news.met_at == NINE + HOUR


def test_an_agent_who_has_answered_owes_no_answer_when_the_case_goes_on() -> None:
    """A reply was already there, and the promise of one ran out all the same (zammad #3140)."""
    done, again = moved(NINE + HOUR, "working", "resolved"), moved(NINE + 4 * HOUR, "resolved", "working")
    history = [filed(), replied(NINE), done, wrote(NINE + 2 * HOUR), replied(NINE + 3 * HOUR), again]
    assert only(history, LevelKind.NEXT_RESPONSE) == []
    history.insert(-1, wrote(NINE + 3.5 * HOUR))
    assert [clock.started_at for clock in only(history, LevelKind.NEXT_RESPONSE)] == [NINE + 4 * HOUR]


def test_warnings_come_at_their_percent_of_the_counted_time() -> None:
    (first,) = only([filed(FRIDAY)], LevelKind.FIRST_RESPONSE, Severity.S3)
    monday = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
    assert first.stages() == ((75, monday + 2 * HOUR), (90, monday + 156 * MINUTE), (100, monday + 3 * HOUR))


def test_anything_that_a_due_time_hangs_on_changes_its_fingerprint() -> None:
    plain = resolution([filed()])
    lima = read_settings("""
        [[calendars]]
        name = "desk"
        zone = "America/Lima"
        day = "8 hours"
        monday = ["9:00-17:00"]
    """)
    elsewhere = policies_of(lima).usual
    prints = {
        plain.fingerprint,
        resolution([filed()], Severity.S1).fingerprint,
        resolution([filed(NINE + MINUTE)]).fingerprint,
        resolution([filed(), moved(NINE + HOUR, "new", "waiting_customer")]).fingerprint,
        clocks_of([filed()], elsewhere, Severity.S2)[1].fingerprint,
    }
    assert len(prints) == 5
    assert resolution([filed()]).fingerprint == plain.fingerprint
