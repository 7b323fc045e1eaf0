"""How clocks read."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.desk.levels.clocks import Clock, running
from bot.turn import Turn
from dialogs.cases import LevelKind
from dialogs.messages import Plain, Spans, When
from dialogs.phrases import Voice
from dialogs.wording import length_text, when
from storage.tables import Case


def kind_text(clock: Clock, speak: Voice) -> str:
    """Return what is promised: "primera respuesta"."""
    return speak(f"levels.kind.{clock.kind}")


def moment(turn: Turn, instant: datetime, speak: Voice, zone: str = "") -> When:
    """Return an instant on the desk's clock, or another one, with its date: it is still read when today is long ago."""
    return when(instant, zone or turn.home.zone, speak.language, now=None, home=turn.home)


def due_spans(clock: Clock, turn: Turn, speak: Voice, zone: str = "") -> Spans:
    """Return what is due in how long and when, or since when it is overdue, or that it stands still."""
    kind = kind_text(clock, speak)
    if clock.due_at is None:
        return paused_spans(clock, speak)
    at = moment(turn, clock.due_at, speak, zone)
    if clock.breached_at(turn.now):
        return speak.spans("levels.overdue", kind=kind, at=at)
    return speak.spans("levels.due", kind=kind, left=left_text(clock.due_at - turn.now, speak), at=at)


def paused_spans(clock: Clock, speak: Voice) -> Spans:
    """Return that a clock stands still, and for whom."""
    key = "levels.paused.third_party" if clock.pauses[-1].third_party else "levels.paused"
    return speak.spans(key, kind=kind_text(clock, speak))


def next_spans(clocks: tuple[Clock, ...], turn: Turn, speak: Voice) -> Spans | None:
    """Return what of a case is due next, and what follows; nothing where no clock runs."""
    first, *rest = (*running(clocks), None)
    if first is None:
        return None
    spans = due_spans(first, turn, speak)
    if rest[0] is not None and rest[0].due_at is not None:
        kind, at = kind_text(rest[0], speak), moment(turn, rest[0].due_at, speak)
        spans = (*spans, Plain("; "), *speak.spans("levels.then", kind=kind, at=at))
    return spans


def left_text(left: timedelta, speak: Voice) -> str:
    """Return how long it is until something, in the two largest units: a started minute counts as one."""
    minutes = -(-left // timedelta(minutes=1))
    days, minutes = divmod(minutes, 1440)
    if days:
        minutes -= minutes % 60
    return length_text(days, timedelta(minutes=minutes), speak.language)


def hours_text(time: timedelta, speak: Voice) -> str:
    """Return how much time counted, in hours and minutes."""
    return length_text(0, timedelta(minutes=time // timedelta(minutes=1)), speak.language)


def first_answer(turn: Turn, case: Case, clocks: tuple[Clock, ...], speak: Voice) -> Spans:
    """Return by when the customer gets a first answer, on their own clock, and for which severity."""
    due = next(clock.due_at for clock in clocks if clock.kind is LevelKind.FIRST_RESPONSE)
    assert due is not None, "nothing pauses a first answer"
    at = when(due, case.zone_name, speak.language, now=turn.now, home=turn.home)
    return speak.spans("levels.told.filed", at=at, severity=speak(f"desk.severity.{case.severity_proposed}"))


def promised(turn: Turn, case: Case, clocks: tuple[Clock, ...], speak: Voice) -> tuple[Spans, ...]:
    """Return by when the customer hears from us again and by when it is to be solved, on their own clock.

    What is overdue is not promised anew, and what stands still not at all.
    """
    ahead = [clock for clock in running(clocks) if clock.due_at and clock.due_at > turn.now]
    answers = [clock for clock in ahead if clock.kind is not LevelKind.RESOLUTION][:1]
    solutions = [clock for clock in ahead if clock.kind is LevelKind.RESOLUTION]

    def told(clock: Clock) -> Spans:
        assert clock.due_at is not None, "only what has a due time is ahead"
        at = when(clock.due_at, case.zone_name, speak.language, now=turn.now, home=turn.home)
        return speak.spans(f"levels.told.{clock.kind}", at=at)

    return tuple(map(told, (*answers, *solutions)))
