"""Readers of days: "ayer", "el viernes pasado", "12 de marzo", "11/3", "el 5"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dialogs.reading.moments.guards import is_address, is_counted, is_name
from dialogs.reading.moments.parts import Atom, Date, Day, Period, Relative, Weekday, Which
from dialogs.reading.moments.tokens import Tokens
from dialogs.reading.text import fold

_CUES: Final = frozenset({"SINCE", "UNTIL", "FROM", "BETWEEN"})
_WEEKDAYS: Final = frozenset({"WD", "WDA"})
_MONTHS: Final = frozenset({"MONTH", "MONTHA"})
_NUMBERS: Final = frozenset({"NUM", "ORD", "WNUM", "ONE"})
_HAPPENED: Final = frozenset({"estuvo", "hubo", "tuvimos", "fallo", "funciono", "failed", "was", "worked", "were"})


def _values(tokens: Tokens, first: int, last: int, kinds: frozenset[str]) -> list[int]:
    found = []
    for index in range(first, last):
        value = tokens.values[index]
        if tokens.kind(index) in kinds and isinstance(value, int):
            found.append(value)
    return found


def _one(tokens: Tokens, first: int, last: int, kinds: frozenset[str]) -> int | None:
    return next(iter(_values(tokens, first, last, kinds)), None)


def _digits(tokens: Tokens, index: int) -> tuple[int, ...]:
    parts = tokens.values[index]
    assert isinstance(parts, tuple)
    return parts


def _iso(tokens: Tokens, first: int, last: int) -> Atom | None:
    year, month, day = _digits(tokens, first)
    return _dated(first, last, Date(day, month, year))


def _slash(tokens: Tokens, first: int, last: int) -> Atom | None:
    index = next(index for index in range(first, last) if tokens.kind(index) == "SLASH")
    one, two, *rest = _digits(tokens, index)
    year = rest[0] if rest else _one(tokens, first, last, frozenset({"YEAR"}))
    year = year + 2000 if year is not None and year < 100 else year
    day, month = (two, one) if tokens.month_first else (one, two)
    if month > 12:
        day, month = month, day
    # Two bare digits may be a fraction ("1/2", "2/3 of the users"): they need company.
    alone = year is None and len(tokens.word(index)) < 5 and first == index
    counted = tokens.kind(last) == "DE" or is_counted(tokens, last)
    weak = year is None and (alone or counted) and tokens.kind(first - 1) not in _CUES | {"EN"}
    atom = _dated(first, last, Date(day, month, year), weak=weak)
    coded = tokens.kind(first - 1) == "PLACE" or (tokens.kind(first - 1) == "TICKET" and year is None)
    return None if coded else atom


def _dated(first: int, last: int, date: Date, *, weak: bool = False) -> Atom | None:
    longest = 29 if date.month == 2 else 30 if date.month in {4, 6, 9, 11} else 31
    if not (1 <= date.day <= longest and 1 <= (date.month or 1) <= 12 and 1990 <= (date.year or 2000) <= 2100):
        return None
    return Atom(first, last, day=date, weak=weak)


def _month_date(tokens: Tokens, first: int, last: int) -> Atom | None:
    index = next(index for index in range(first, last) if tokens.kind(index) in _MONTHS)
    day = _one(tokens, first, last, _NUMBERS)
    verb = tokens.word(index) in {"may", "march"} and tokens.kind(index - 1) not in _NUMBERS | _CUES | {"EN", "DE"}
    named = tokens.kind(first) == "NUM" and all(
        tokens.kind(place) in {"WORD", "MONTH"} and tokens.word(place).istitle() for place in (first - 1, index)
    )
    house = tokens.kind(last) in {"BIG", "FOUR"} and tokens.kind(last + 1) in {
        "COMMA",
        "END",
    }  # "25 de Mayo 340, piso 2"
    if day is None or verb or named or house or is_address(tokens, first) or is_counted(tokens, last):
        return None
    month, year = _one(tokens, first, last, _MONTHS), _one(tokens, first, last, frozenset({"YEAR"}))
    first += tokens.kind(first) in {"DEL", "AL"}
    return _dated(first, last, Date(day, month, year, _one(tokens, first, last, _WEEKDAYS)))


def _day_range(tokens: Tokens, first: int, last: int) -> Atom | None:
    one, two = _values(tokens, first, last, _NUMBERS)
    month, year = _one(tokens, first, last, _MONTHS), _one(tokens, first, last, frozenset({"YEAR"}))
    begin, end = _dated(first, last, Date(one, month, year)), _dated(first, last, Date(two, month, year))
    if begin is None or end is None:
        return None
    while tokens.kind(first) in {"DEL", "FROM", "BETWEEN"}:
        first += 1
    return Atom(first, last, day=begin.day, until=end.day)


def _weekday_number(tokens: Tokens, first: int, last: int) -> Atom | None:
    weekday, day = _one(tokens, first, last, _WEEKDAYS), _one(tokens, first, last, frozenset({"NUM", "ORD"}))
    assert day is not None
    if is_counted(tokens, last):
        return None
    return _dated(first, last, Date(day, weekday=weekday))


def _weekday(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    index = first + next(place for place, kind in enumerate(kinds) if kind in _WEEKDAYS)
    number = tokens.values[index]
    assert isinstance(number, int)
    before = tokens.kind(first - 1)
    told = len(kinds) > 1 or before in _CUES | {"EN"}
    if is_name(tokens, index) or (not told and tokens.kind(last) in {"THING", "SHIFT"}):
        return None
    which = Which.LAST
    if "WEEK" in kinds:
        which = Which.LAST_WEEK
    elif "NEXT" in kinds or "COMING" in kinds:
        which = Which.NEXT
    elif "ANTEPASADO" in kinds or "BEFORE" in kinds:
        which = Which.LAST_BUT_ONE
    elif "THIS" in kinds:
        which = Which.THIS
    return Atom(
        first, last, day=Weekday(number, which), weak=kinds[index - first] == "WDA" and (not told or kinds[0] == "THE")
    )


def _before_rel(tokens: Tokens, first: int, last: int) -> Atom:
    kinds = [tokens.kind(index) for index in range(first, last)]
    ahead = "AFTER" in kinds or "MANANA" in kinds
    return Atom(first, last, day=Relative(2 if ahead else -2))


def _rel(tokens: Tokens, first: int, last: int) -> Atom:
    days = tokens.values[last - 1]
    assert isinstance(days, int)
    return Atom(first + (tokens.kind(first) == "DEL"), last, day=Relative(days))


def _of_month(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    if kinds[-1] == "MONTHS":  # "el 10 de este mes"
        first += kinds[0] in {"DEL", "AL"}
        return _dated(first, last, Date(next(iter(_values(tokens, first, last, _NUMBERS)))))
    before = tokens.kind(first - 1)
    if kinds[-1] == "ORD" and (is_counted(tokens, last) or (tokens.kind(last) == "WORD" and before == "WORD")):
        return None
    told = "DIA" in kinds[1:] or before in _CUES or (kinds[-1] == "ORD" and before == "EN")
    happened = fold(tokens.word(last)) == "se" and tokens.word(last + 1).endswith(("ó", "o"))
    day = tokens.values[last - 1]
    assert isinstance(day, int)
    first += kinds[0] in {"DEL", "AL"}
    return _dated(first, last, Date(day), weak=not (told or happened))


def _month(tokens: Tokens, first: int, last: int) -> Atom | None:
    word, before = tokens.word(first), fold(tokens.word(first - 1))
    month_of = before in {"de", "of"} and fold(tokens.word(first - 2)) in {"mes", "month"}
    cued = tokens.kind(first - 1) in _CUES or before in {"en", "in", "last"} or month_of
    year = _one(tokens, first, last, frozenset({"YEAR"}))
    if is_name(tokens, first) or not (cued or year) or (tokens.kind(first) == "MONTHA" and not year and len(word) < 4):
        return None
    return _dated(first, last, Date(1, _one(tokens, first, last, _MONTHS), year))


def _stage(tokens: Tokens, first: int, last: int) -> Atom | None:
    told = tokens.values[first]
    day = told if isinstance(told, int) else 1
    month, year = _one(tokens, first, last, _MONTHS), _one(tokens, first, last, frozenset({"YEAR"}))
    # "was late May I ask": without "of", what may be a verb needs a word before it.
    verb = fold(tokens.word(last - 1)) in {"may", "march"} and tokens.kind(first - 1) not in _CUES | {"EN"}
    return None if verb and tokens.kind(first + 1) != "DE" else _dated(first, last, Date(day, month, year))


def _fixed(day: Day) -> Callable[[Tokens, int, int], Atom]:
    return lambda _tokens, first, last: Atom(first, last, day=day)


def _days_of_week(tokens: Tokens, first: int, last: int) -> Atom | None:
    """Read "de lunes a miércoles" where one week is meant: the last one, or what a verb says has happened."""
    one, two = _values(tokens, first, last, _WEEKDAYS)
    last_week = tokens.kind(last - 1) in {"WEEK", "LAST"}
    before = tokens.word(first - 1)
    if not (last_week or before.endswith("ó") or before in _HAPPENED):
        return None
    which = Which.LAST_WEEK if last_week else Which.LAST
    first += tokens.kind(first) in {"DE", "DEL", "FROM"}
    return Atom(first, last, day=Weekday(one, which), until=Weekday(two, which))


def _holiday(tokens: Tokens, first: int, last: int) -> Atom:
    told = tokens.values[first] if tokens.kind(first) == "XMAS" else None
    month, day = divmod(told, 100) if isinstance(told, int) else (1, 1)
    if "ENDED" in {tokens.kind(first), tokens.kind(last - 1)} or (tokens.kind(last - 1) == "EVE" and month == 1):
        month, day = 12, 31
    elif tokens.kind(last - 1) == "EVE":
        day -= 1
    return Atom(first, last, day=Date(day, month))


READERS: Final[dict[str, Callable[[Tokens, int, int], Atom | None]]] = {
    "iso": _iso,
    "slash": _slash,
    "day_month": _month_date,
    "month_day": _month_date,
    "day_range": _day_range,
    "weekday_number": _weekday_number,
    "weekday": _weekday,
    "before_rel": _before_rel,
    "rel": _rel,
    "tomorrow": _fixed(Relative(1)),
    "week": _fixed(Period.LAST_WEEK),
    "last_month": _fixed(Period.LAST_MONTH),
    "last_year": _fixed(Period.LAST_YEAR),
    "weekend": _fixed(Period.WEEKEND),
    "days_of_week": _days_of_week,
    "holiday": _holiday,
    "of_month": _of_month,
    "month": _month,
    "stage": _stage,
}
