"""Puts atoms together: what stands side by side is one moment ("ayer" + "a las 3" + "de la tarde")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dialogs.reading.moments.grammar import compile_kinds
from dialogs.reading.moments.model import Grain, Role
from dialogs.reading.moments.parts import Atom, Clock, Date, Day, Distance, Part, Period, Relative, Weekday, Which
from dialogs.reading.moments.tokens import Tokens


@dataclass(slots=True)
class Phrase:
    """A moment as it was told; tokens ``first`` to ``last`` (exclusive).

    ``part`` goes with the day ("anoche"), ``clock_part`` with the clock ("a la 1 de la mañana"). ``follows`` says
    that it is the end of an interval which the phrase before it begins. ``borrowed`` marks a day taken over from
    an earlier phrase.
    """

    first: int
    last: int
    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None
    clock_part: Part | None = None
    distance: Distance | None = None
    zone: str | int | None = None
    role: Role = Role.POINT
    weak: bool = False
    never: bool = False
    opened: bool = False
    follows: bool = False
    borrowed: bool = False
    future: bool = False


_GLUE: Final = (
    "(?:DE|DEL|EL|LA|THE|A|AL|EN|AT|COMMA|COLON|DASH|TIPO|APPROX|NOW|SOBRE|MAS|MENOS|HOUR|TIME|PAREN|DIA|END(?= HOUR| TIME))"
)
_BESIDE: Final = compile_kinds(f"{_GLUE}{{0,5}}")
_OPENING_CLOCK: Final = compile_kinds(f"{_GLUE}{{0,3}}(?:SINCE|FROM|BETWEEN|BY){_GLUE}{{0,3}}")
_OPENER: Final = compile_kinds("(?:SINCE|FROM|BETWEEN|DE|DEL)(?:EL|LA|THE|LAS|DIA|DE|A|APPROX|TIPO|SOBRE)*$")
_START: Final = compile_kinds(
    f"(?:(?:SINCE|FROM|AS DE){_GLUE}*|SINCE(?:QUE|THE|WORD)[WORD OPENING BEGAN]{{0,3}}{_GLUE}*|BEGAN(?:A WORD|WORD(?:EN|A)?)?(?:THE|EL)?{_GLUE}*)$"
)
_END: Final = compile_kinds(f"(?:UNTIL|ENDED(?!DE)){_GLUE}*$")
_LASTED: Final = compile_kinds("(?:LLEVA|BEEN)[WORD SIN]*$")
_AHEAD: Final = compile_kinds("(?:PARA|BY)(?:EL|LA|THE)*$")
_TO: Final = compile_kinds("(?:PAREN|COMMA)?(?:A|AL|TO|DASH|UNTIL)(?:EL|LA|LAS|THE|A|AL|DIA|TIPO|APPROX)*")
_AND: Final = compile_kinds("Y(?:EL|LA|LAS|THE|A|AL|DIA|TIPO|APPROX)*")
_LIST: Final = compile_kinds("(?:Y|COMMA|A|TO|DASH|EL|LA|LAS)+")
_APART: Final = compile_kinds("[END COMMA BUT Y TO SINCE UNTIL PARA]")
_HOURS_OF_BUSINESS: Final = compile_kinds("(?<!QUE)OPENING|OURS HOURS|PLACE HOURS")
_TICKET: Final = compile_kinds("TICKET")
_FUTURE: Final = compile_kinds("FUTURE")
_SENTENCE_END: Final = compile_kinds("END")
_COMMA: Final = compile_kinds("COMMA")


def build_phrases(tokens: Tokens, atoms: list[Atom], zones: list[tuple[int, int, str | int]]) -> list[Phrase]:
    """Join atoms and named zones (token from, token to, zone) to phrases, and give each its role."""
    zoned = [(first, last) for first, last, _ in zones]
    kept = [atom for atom in atoms if not any(first < atom.last and atom.first < last for first, last in zoned)]
    pieces: list[Atom | tuple[int, int, str | int]] = sorted(
        [*kept, *zones], key=lambda piece: piece.first if isinstance(piece, Atom) else piece[0]
    )
    phrases: list[Phrase] = []
    for piece in pieces:
        if isinstance(piece, Atom):
            _add(tokens, phrases, piece)
        elif phrases and phrases[-1].clock and _fits(_BESIDE, tokens, phrases[-1].last, piece[0]):
            phrases[-1].zone, phrases[-1].last = piece[2], piece[1]
    for phrase in phrases:
        _give_role(tokens, phrase)
    _pair(tokens, phrases)
    phrases = _fuse(tokens, phrases)
    _share(tokens, phrases)
    return [phrase for phrase in phrases if _is_told(tokens, phrase)]


def _fits(pattern: object, tokens: Tokens, first: int, last: int) -> bool:
    return pattern.fullmatch(tokens.kinds, first, last) is not None  # type: ignore[attr-defined, no-any-return]


def _add(tokens: Tokens, phrases: list[Phrase], atom: Atom) -> None:
    """Join an atom to the phrase before it, or begin a new one."""
    before = phrases[-1] if phrases else None
    if before is not None and before.follows:
        if _extend_range(tokens, phrases[-2], before, atom):
            return
    elif before is not None:
        beside = _fits(_BESIDE, tokens, before.last, atom.first)
        opening = (
            not beside and before.clock is None and atom.clock is not None
            and _fits(_OPENING_CLOCK, tokens, before.last, atom.first)
        )
        if (beside or opening) and _join(tokens, before, atom):
            between = tokens.kinds[before.last : atom.first]
            before.opened = before.opened or opening or (atom.until is not None and bool(between))
            if opening and compile_since.search(between):
                before.role = Role.START
            before.last = atom.last
            _split(phrases, atom)
            return
    role = Role.START if atom.begins else Role.POINT
    phrases.append(
        Phrase(
            atom.first, atom.last, atom.day, atom.part, atom.clock, None, atom.distance, None, role,
            atom.weak, atom.never,
        )
    )  # fmt: skip
    _split(phrases, atom)


def _extend_range(tokens: Tokens, begin: Phrase, end: Phrase, atom: Atom) -> bool:
    """Give a range what is told after it: "3 to 5 this morning", "de 3 a 5 de la tarde"."""
    taken = (atom.day and begin.day) or (atom.part and end.clock_part) or atom.clock or atom.distance
    if taken or not _fits(_BESIDE, tokens, end.last, atom.first):
        return False
    begin.never = end.never = begin.never or atom.never
    begin.day = begin.day or atom.day
    end.clock_part = atom.part if end.clock else end.clock_part
    begin.last = end.last = atom.last
    begin.weak = end.weak = False
    return True


compile_since: Final = compile_kinds("SINCE|FROM")


def _join(tokens: Tokens, phrase: Phrase, atom: Atom) -> bool:
    """Put an atom into the free places of a phrase; false when there is none."""
    if atom.never or phrase.never:
        phrase.never = phrase.never or atom.never or not atom.begins
        return phrase.never
    if atom.distance or phrase.distance:
        return False
    day, part = phrase.day, phrase.part
    clock_part = phrase.clock_part
    if atom.day is not None:
        if phrase.clock and isinstance(atom.day, Relative) and _COMMA.search(tokens.kinds, phrase.last, atom.first):
            return False
        day = atom.day if phrase.day is None else _one_day(phrase.day, atom.day)
        if day is None:
            return False
    if atom.clock is not None and phrase.clock is not None and not _says_half(phrase.clock, atom.clock):
        return False
    if atom.part is not None:
        if atom.day is None and phrase.clock is not None and clock_part is None and atom.clock is None:
            clock_part = atom.part
        elif part is None:
            part = atom.part
        elif Part.EARLY in {part, atom.part}:
            part = Part.EARLY
        else:
            return False
    bare_day = atom.weak and atom.day is not None and atom.clock is None
    both_weak = phrase.weak and atom.weak and not (atom.clock or phrase.clock or bare_day)
    phrase.day, phrase.part, phrase.clock_part = day, part, clock_part
    phrase.clock = atom.clock or phrase.clock
    phrase.weak = both_weak
    if atom.begins:
        phrase.role = Role.START
    return True


def _says_half(told: Clock, half: Clock) -> bool:
    """Tell whether noon or midnight only says which twelve o'clock was meant ("las doce del mediodía")."""
    return told.hour == 12 and not told.minute and half.full and half.hour in {0, 12} and half.grain is Grain.HOUR


def _one_day(one: Day, other: Day) -> Day | None:
    """Return the surer of two namings of one day ("ayer martes", "Friday, 11/13"); none if they are two days."""
    for sure, other_one in ((one, other), (other, one)):
        if isinstance(sure, Relative) and isinstance(other_one, Weekday | Date):
            return sure
        if isinstance(sure, Date) and isinstance(other_one, Weekday):
            return replace(sure, weekday=other_one.number)
    return None


def _split(phrases: list[Phrase], atom: Atom) -> None:
    """Give the second half of a range its own phrase, over the same words."""
    if atom.until is None:
        return
    begin = phrases[-1]
    begin.role, begin.opened = Role.START, True
    end = Phrase(atom.first, atom.last, role=Role.END, weak=begin.weak, never=begin.never, follows=True)
    if isinstance(atom.until, Clock):
        end.clock = atom.until
    else:
        end.day = atom.until
    phrases.append(end)


def _give_role(tokens: Tokens, phrase: Phrase) -> None:
    first = max(0, phrase.first - 7)
    if phrase.follows:
        return
    phrase.opened = phrase.opened or _OPENER.search(tokens.kinds, first, phrase.first) is not None
    if tokens.kind(phrase.first) == "ALL" or tokens.kind(phrase.first + 1) == "ALL":
        if _LASTED.search(tokens.kinds, first, phrase.first):
            phrase.role, phrase.weak = Role.START, False
    if phrase.role is Role.POINT:
        if _START.search(tokens.kinds, first, phrase.first):
            phrase.role, phrase.weak = Role.START, False
        elif _END.search(tokens.kinds, first, phrase.first):
            phrase.role = Role.END
            phrase.weak = phrase.weak and tokens.kind(phrase.first) in {"PART"}
    if tokens.kind(phrase.first - 1) == "NEXT":
        phrase.future = True
    if phrase.day and not phrase.clock and _AHEAD.search(tokens.kinds, first, phrase.first):
        phrase.future = True
    clause = max((m.end() for m in _APART.finditer(tokens.kinds, 0, phrase.first)), default=0)
    after = _APART.search(tokens.kinds, phrase.last)
    if phrase.role is Role.POINT and _FUTURE.search(tokens.kinds, clause, after.start() if after else len(tokens.kinds)):
        phrase.future = True


def _pair(tokens: Tokens, phrases: list[Phrase]) -> None:
    """Find the intervals: "de X a Y", "entre X y Y", "X - Y"."""
    for one, two in zip(phrases, phrases[1:], strict=False):
        if two.follows or one.distance or two.distance or one.follows:
            continue
        alike = (one.clock is None) == (two.clock is None)
        to = _fits(_TO, tokens, one.last, two.first) and (alike or one.opened)
        both = one.opened and _fits(_AND, tokens, one.last, two.first) and alike and _is_between(tokens, one)
        hour = one.opened and one.last == two.first and tokens.kind(two.first) in {"A", "ALAS", "AL"}
        if to or both or hour:
            one.role, two.role, two.follows = Role.START, Role.END, True
            one.weak = two.weak = one.weak and two.weak


def _is_between(tokens: Tokens, phrase: Phrase) -> bool:
    return _BETWEEN.search(tokens.kinds, max(0, phrase.first - 4), phrase.last) is not None


_BETWEEN: Final = compile_kinds("BETWEEN")


def _fuse(tokens: Tokens, phrases: list[Phrase]) -> list[Phrase]:
    """Make one of a day and an hour that a few words part ("ayer se cayó a las 3"); lend the day to later hours."""
    fused: list[Phrase] = []
    for phrase in phrases:
        before = fused[-1] if fused else None
        if before is None or before.never or phrase.never or phrase.follows or before.weak:
            fused.append(phrase)
            continue
        if before.day is Period.LAST_WEEK and isinstance(phrase.day, Weekday) and not before.clock:
            phrase.day, phrase.first = replace(phrase.day, which=Which.LAST_WEEK), before.first
            fused[-1] = phrase
            continue
        near = phrase.first - before.last <= 8 and not _APART.search(tokens.kinds, before.last, phrase.first)
        if near and before.day and not before.clock and phrase.clock and not phrase.day and not phrase.weak and before.role is not Role.END:
            phrase.day, phrase.first = before.day, before.first
            phrase.part = before.part if phrase.clock_part is None else phrase.part or before.part
            phrase.role = before.role if phrase.role is Role.POINT else phrase.role
            fused[-1] = phrase
        elif (
            near and phrase.first - before.last <= 4 and before.clock and not before.day and phrase.day
            and not (phrase.clock or phrase.weak) and phrase.role is Role.POINT
        ):
            before.day, before.last, before.part = phrase.day, phrase.last, phrase.part
        else:
            fused.append(phrase)
    return fused


def _share(tokens: Tokens, phrases: list[Phrase]) -> None:
    """Lend a day to the later hours of a sentence, and a zone to the hours listed before it."""
    for one, two in zip(phrases, phrases[1:], strict=False):
        lends = one.day is not None and (one.role is Role.POINT or one.clock is not None) and not (one.never or one.weak)
        same = not _SENTENCE_END.search(tokens.kinds, one.last, max(one.last, two.first))
        if lends and same and two.clock and not (two.day or two.follows) and two.role is Role.POINT:
            two.day, two.borrowed = one.day, True
    for one, two in reversed(list(zip(phrases, phrases[1:], strict=False))):
        listed = _fits(_LIST, tokens, one.last, two.first) and isinstance(one.day, Date) and isinstance(two.day, Date)
        if listed and one.day.month is None and two.day.month:
            one.day, one.weak = replace(one.day, month=two.day.month, year=two.day.year), False
        if two.zone is not None and one.zone is None and one.clock:
            if two.follows or _fits(_LIST, tokens, one.last, two.first):
                one.zone = two.zone


def _is_told(tokens: Tokens, phrase: Phrase) -> bool:
    if phrase.weak or phrase.never:
        return False
    if phrase.day is not None and not isinstance(phrase.day, Weekday):
        return True
    if phrase.distance is not None or _TICKET.search(tokens.kinds):
        return True
    begin = max((m.end() for m in _SENTENCE_END.finditer(tokens.kinds, 0, phrase.first)), default=0)
    end = _SENTENCE_END.search(tokens.kinds, phrase.last)
    return not _HOURS_OF_BUSINESS.search(tokens.kinds, begin, end.start() if end else len(tokens.kinds))
