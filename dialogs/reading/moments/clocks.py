"""Readers of clock times: "las 3 y media", "9:15 pm", "quarter to five", "15.30 hs", "3-5pm"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dialogs.reading.moments.guards import SERVICES, is_counted
from dialogs.reading.moments.model import Grain
from dialogs.reading.moments.parts import Atom, Clock
from dialogs.reading.moments.tokens import Digits, Tokens
from dialogs.reading.text import fold
from dialogs.reading.time_words import words

_NUMBERS: Final = frozenset({"NUM", "WNUM", "ONE", "FOUR", "YEAR", "BIG"})
# What stands before "las 3" when it is an hour, not three things.
_BEFORE_HOUR: Final = words("SINCE UNTIL PARA SOBRE TIPO BETWEEN BEGAN ENDED APPROX REL WD NIGHTOF COLON")
_TOLD_BY: Final = frozenset({"son", "eran", "seria", "serian"})
_NOT_CLOCKS: Final = words("puerto port canal channel ext extension version codigo code error ip vlan interfaz pin")
_LIST: Final = 16
_COUNT_US: Final = words("somos eramos son are were we're they're")
_LASTS: Final = words("duro dura duraba duran lasted lasts score gano ganamos")
_AFTER_RANGE: Final = frozenset(
    {"we", "it", "hubo", "se", "estuvimos", "estuvo", "perdimos", "quedamos", "todo", "nothing"}
)


def _numbers(tokens: Tokens, first: int, last: int) -> list[int]:
    found = []
    for index in range(first, last):
        value = tokens.values[index]
        if tokens.kind(index) in _NUMBERS and isinstance(value, int):
            found.append(value)
    return found


def _clock(
    tokens: Tokens,
    first: int,
    last: int,
    hour: int,
    minute: int = 0,
    *,
    grain: Grain = Grain.MINUTE,
    weak: bool = False,
    full: bool = False,
) -> Atom | None:
    if not (0 <= hour <= 24 and 0 <= minute <= 59) or (hour == 24 and minute):
        return None
    afternoon: bool | None = None
    for index in range(first, last):
        kind = tokens.kind(index)
        if kind == "AMPM" and hour <= 12:
            afternoon = tokens.values[index] == "pm"
        full = full or kind == "HOURS"
    full = full or hour > 12 or hour == 0
    clock = Clock(hour, minute, grain=grain, full=full and afternoon is None, afternoon=afternoon)
    return Atom(_after_preposition(tokens, first), last, clock=clock, weak=weak)


def _after_preposition(tokens: Tokens, first: int) -> int:
    """Return where the words of a clock begin: the article of "a las 3" is one of them, "a" and "at" are not."""
    return first + (
        tokens.kind(first) == "AT" or (tokens.kind(first) == "A" and tokens.kind(first + 1) in {"LAS", "LA"})
    )


def _digits(tokens: Tokens, first: int, last: int) -> Atom | None:
    index = next(index for index in range(first, last) if isinstance(tokens.values[index], Digits))
    told = tokens.values[index]
    assert isinstance(told, Digits)
    # "3:45 minutos" and "duró 3:45" are lengths, "canal 9:16" a name.
    lasts = tokens.kind(last) in {"MIN", "THING"} or fold(tokens.word(first - 1)) in _LASTS
    if lasts or fold(tokens.word(first - 1)) in _NOT_CLOCKS:
        return None
    kind = tokens.kind(index)
    if "LA" in {tokens.kind(first), tokens.kind(index - 1)} and told.hour != 1 and first != index:
        return None
    weak = kind == "DOT" and first == index and last == index + 1
    atom = _clock(
        tokens, first, last, told.hour, told.minute, weak=weak, full=told.padded or "h" in tokens.word(index).lower()
    )
    if atom is None or atom.clock is None:
        return None
    grain = Grain.MINUTE if told.second is None else Grain.SECOND
    clock = Clock(told.hour, told.minute, told.second, grain, atom.clock.full, atom.clock.afternoon, told.offset)
    return Atom(atom.first, last, clock=clock, weak=weak)


def _las(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    (hour,) = _numbers(tokens, first, last)
    if hour == 24 and kinds[0] == "LAS":
        return None
    if ("LA" in kinds and hour != 1) or (is_counted(tokens, last) and len(set(kinds) & {"AMPM", "HOURS"}) == 0):
        return None
    before = tokens.kind(first - 1)
    told = (before != "COLON" or "LA" not in kinds) and (
        kinds[0] in {"A", "ALAS"}
        or bool({"AMPM", "HOURS", "PUNTO", "PICO", "OCLOCK"} & set(kinds))
        or before in _BEFORE_HOUR
        or fold(tokens.word(first - 1)) in _TOLD_BY
        or (before == "DE" and tokens.kind(first - 2) in {"SOBRE", "BEFORE", "AFTER", "SINCE", "ESO"})
    )
    return _clock(tokens, first, last, hour, grain=Grain.HOUR, weak=not told)


def _named_hour(tokens: Tokens, first: int, last: int) -> Atom | None:
    (hour,) = _numbers(tokens, first, last)
    if last == first + 1 and (hour > 12 or tokens.kind(first - 1) in {"EL", "LOS", "PLACE", "SHIFT", "NUM"}):
        return None
    return _clock(tokens, first, last, hour, grain=Grain.HOUR)


def _bare(tokens: Tokens, first: int, last: int) -> Atom | None:
    (hour,) = _numbers(tokens, first, last)
    after = tokens.word(last)
    share = tokens.kind(last) == "DE" and tokens.kind(last + 1) != "LA"
    street = tokens.kind(last) == "WORD" and after[:1].isupper() and not after.isupper()
    if hour == 0 or share or street or is_counted(tokens, last) or tokens.kind(last) in {"SLASH", "DASH", "PAIR"}:
        return None
    if tokens.kind(last) in {"TO", "A", "UNTIL", "Y"} and tokens.kind(last + 1) in {"NUM", "BIG", "FOUR", "DEC"}:
        return None
    if tokens.kind(first - 1) == "TIPO" and fold(tokens.word(first - 2)) in _COUNT_US:
        return None
    if fold(tokens.word(first)) == "once" and tokens.kind(first - 1) == "AT":
        return None
    article = tokens.kind(first) == "ONE" and tokens.kind(last) == "WORD"
    return None if article else _clock(tokens, first, last, hour, grain=Grain.HOUR)


def _listed(tokens: Tokens, first: int, last: int) -> Atom | None:
    """Read a bare hour of a list that begins with a sure one and ends with "and": "a las 8, 9 y 10"."""
    begin, end = first, last
    while first - begin < _LIST and tokens.kind(begin - 1) in {"COMMA", "Y"} and tokens.kind(begin - 2) in _NUMBERS:
        begin -= 2
    while end - last < _LIST and tokens.kind(end) in {"COMMA", "Y"} and tokens.kind(end + 1) in _NUMBERS:
        end += 2
    sure = tokens.kind(begin - 1) in {"LAS", "ALAS", "AT"} and tokens.kind(begin + 1) == "COMMA"
    (hour,) = _numbers(tokens, first, last)
    if not sure or tokens.kind(end - 2) != "Y" or hour > 24 or is_counted(tokens, end):
        return None
    return _clock(tokens, first, last, hour, grain=Grain.HOUR)


def _range_begin(tokens: Tokens, first: int, last: int) -> Atom | None:
    hour = _numbers(tokens, first, last)[-1]
    return _clock(tokens, first, last, hour, grain=Grain.HOUR, weak=True)


def _range_end(tokens: Tokens, first: int, last: int) -> Atom | None:
    (hour,) = _numbers(tokens, first, last)
    return None if is_counted(tokens, last) else _clock(tokens, first, last, hour, grain=Grain.HOUR, weak=True)


def _hours_mark(tokens: Tokens, first: int, last: int) -> Atom | None:
    (hour,) = _numbers(tokens, first, last)
    # "2 horas" is how long; "20 horas", "08 hs" is when.
    least = 13 if fold(tokens.word(last - 1)) in {"horas", "hours"} else 7
    when = hour >= least or tokens.word(first).startswith("0")
    return _clock(tokens, first, last, hour, grain=Grain.HOUR, weak=True) if when and hour < 24 else None


def since_hours(tokens: Tokens, first: int, last: int) -> Atom | None:
    """Read "desde 14hs" as a clock time where the number is too great to be how long it lasted."""
    numbers = _numbers(tokens, first, last)
    if len(numbers) != 1 or numbers[0] < 8 or fold(tokens.word(last - 1)).startswith(("horas", "hours")):
        return None
    return _clock(tokens, last - 2, last, numbers[0], grain=Grain.HOUR)


def _minutes(tokens: Tokens, first: int, last: int) -> list[int]:
    """Return the numbers told in the tokens, with "media" as 30 and "cuarto" as 15."""
    found = []
    for index in range(first, last):
        kind, value = tokens.kind(index), tokens.values[index]
        if kind == "MEDIA":
            found.append(30)
        elif kind == "CUARTO":
            found.append(15)
        elif kind in _NUMBERS and isinstance(value, int):
            if kind == "ONE" and tokens.kind(index + 1) == "CUARTO":
                continue
            if (
                kind == "WNUM"
                and tokens.kind(index - 1) in {"WNUM", "DASH"}
                and found[-1:]
                and found[-1] in {20, 30, 40, 50}
                and 0 < value < 10
            ):
                found[-1] += value
            else:
                found.append(value)
    return found


def _before_hour(tokens: Tokens, first: int, last: int, minute: int, hour: int, *, weak: bool = False) -> Atom | None:
    if not (1 <= minute <= 30 and 1 <= hour <= 24) or is_counted(tokens, last):
        return None
    hour = hour - 1 or 12
    while tokens.kind(first) in {"EL", "AL", "THE", "AT"}:
        first += 1
    return _clock(tokens, first, last, hour, 60 - minute, weak=weak)


def _minus(tokens: Tokens, first: int, last: int) -> Atom | None:
    hour, minute = [*_minutes(tokens, first, last), 0][:2]
    return _before_hour(tokens, first, last, minute, hour)


def _to_hour(tokens: Tokens, first: int, last: int) -> Atom | None:
    numbers = _minutes(tokens, first, last)[-2:]
    return _before_hour(tokens, first, last, *numbers) if len(numbers) == 2 else None


def _ten_to(tokens: Tokens, first: int, last: int) -> Atom | None:
    minute, hour = [*_minutes(tokens, first, last), 0][:2]
    told = first == 0 or tokens.kind(first - 1) in {"AT", "SINCE", "UNTIL", "TIPO", "APPROX", "COMMA", "END"}
    if not told or minute not in {5, 10, 20, 25} or hour > 12:
        return None
    return _before_hour(tokens, first, last, minute, hour)


def _past_hour(tokens: Tokens, first: int, last: int) -> Atom | None:
    numbers = _minutes(tokens, first, last)[-2:]
    return _clock(tokens, first, last, numbers[1], numbers[0]) if len(numbers) == 2 else None


def _half_hour(tokens: Tokens, first: int, last: int) -> Atom | None:
    hour = _minutes(tokens, first, last)[-1]
    if fold(tokens.word(first)) != "half" or not 1 <= hour <= 12 or is_counted(tokens, last):
        return None
    return _clock(tokens, first, last, hour, 30)


def _and_minutes(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    numbers = _minutes(tokens, first, last)
    las = bool({"LAS", "ALAS", "LA"} & set(kinds))
    if ("LA" in kinds and numbers[0] != 1) or is_counted(tokens, last):
        return None
    listed = "and" in [fold(tokens.word(index)) for index in range(first, last)]
    if listed and kinds[-1] not in {"MEDIA", "CUARTO"}:
        return None
    if "PICO" in kinds:
        return _clock(tokens, first, last, numbers[0], grain=Grain.HOUR)
    if len(numbers) < 2 or (not las and kinds[-1] in _NUMBERS and tokens.kind(first - 1) not in _BEFORE_HOUR | {"AT"}):
        return None
    weak = not las and kinds[-1] != "AMPM" and tokens.kind(first - 1) not in _BEFORE_HOUR | {"AT", "A"}
    return _clock(tokens, first, last, numbers[0], numbers[1], weak=weak)


def _hour_minutes(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    numbers = _minutes(tokens, first, last)
    if len(numbers) != 2 or numbers[0] > 12 or not 10 <= numbers[1] <= 59 or is_counted(tokens, last):
        return None
    told = kinds[-1] == "AMPM" or kinds[0] in {"AT", "A", "ALAS"} or tokens.kind(first - 1) in {"SINCE", "UNTIL"}
    return _clock(tokens, first, last, *numbers, weak=not told)


def _four(tokens: Tokens, first: int, last: int) -> Atom | None:
    (number,) = _numbers(tokens, first, last)
    street = {"PLACE", "THING"} & {tokens.kind(last + 1), tokens.kind(last + 2)} and tokens.kind(last) in {
        "NUM",
        "ORD",
        "WORD",
    }
    if street or is_counted(tokens, last):
        return None
    return _clock(tokens, first, last, *divmod(number, 100), full=tokens.kind(last - 1) != "AMPM")


def noon(tokens: Tokens, first: int, last: int) -> Atom:
    """Read noon or midnight."""
    value = next((v for v in tokens.values[first:last] if isinstance(v, int)), None)
    hour = value if value in {0, 12} else 0 if tokens.kind(last - 1) == "PART" else 12
    return Atom(first, last, clock=Clock(hour, full=True))


def _noon(tokens: Tokens, first: int, last: int) -> Atom | None:
    if tokens.kind(last - 1) == "PART" and tokens.values[last - 1] != "night":
        return None
    while tokens.kind(first) in {"AT", "EN", "A", "LA", "EL"}:
        first += 1
    return noon(tokens, first, last)


def _hours_range(tokens: Tokens, first: int, last: int) -> Atom | None:
    kinds = [tokens.kind(index) for index in range(first, last)]
    words_to = kinds[:3] == ["WNUM", "TO", "WNUM"]
    # In digits, "5 to 6" may be two hours: only "at 5 to 6" and "20 to 9" are one.
    digits_to = kinds[:3] == ["NUM", "TO", "NUM"] and (
        tokens.kind(first - 1) == "AT" or tokens.values[first] in {20, 25}
    )
    if (words_to or digits_to) and (told := _ten_to(tokens, first, last)):
        return told
    one, two = _numbers(tokens, first, last)
    if tokens.kind(first) == "LA" and one != 1:
        return None
    before = tokens.kind(first - 1)
    opened = before in {"DE", "FROM", "BETWEEN", "SINCE"}
    if is_counted(tokens, last) or ("Y" in kinds and before != "BETWEEN") or one == two:
        return None
    if kinds[-1] == "HOURS" and two < 10:
        return None
    begin = _clock(tokens, first, last, one, grain=Grain.HOUR)
    end = _clock(tokens, first, last, two, grain=Grain.HOUR)
    if begin is None or end is None:
        return None
    goes_on = tokens.kind(last) == "SIN" or fold(tokens.word(last)) in _AFTER_RANGE
    goes_on = goes_on or (tokens.kind(last) == "END" and fold(tokens.word(first - 2)) in SERVICES)
    sure = kinds[-1] == "AMPM" or (opened and (goes_on or kinds[-1] == "HOURS"))
    start = Clock(one, grain=Grain.HOUR, full=one > 12 or kinds[-1] == "HOURS")
    return Atom(first, last, clock=start, until=end.clock, weak=not sure)


READERS: Final[dict[str, Callable[[Tokens, int, int], Atom | None]]] = {
    "digits": _digits,
    "dotted": _digits,
    "hclock": _digits,
    "las": _las,
    "o_clock": _named_hour,
    "bare": _bare,
    "listed": _listed,
    "range_begin": _range_begin,
    "range_end": _range_end,
    "hours_mark": _hours_mark,
    "minus": _minus,
    "to_hour": _to_hour,
    "past_hour": _past_hour,
    "half_hour": _half_hour,
    "and_minutes": _and_minutes,
    "hour_minutes": _hour_minutes,
    "four": _four,
    "noon": _noon,
    "hours_range": _hours_range,
}
