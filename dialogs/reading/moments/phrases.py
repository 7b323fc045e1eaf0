"""Puts atoms together: what stands side by side is one moment ("ayer" + "a las 3" + "de la tarde")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from dialogs.reading.moments.grammar import compile_kinds
from dialogs.reading.moments.model import Grain, Role
from dialogs.reading.moments.parts import Atom, Clock, Date, Day, Distance, Part, Relative, Weekday
from dialogs.reading.moments.tokens import Tokens


@dataclass(slots=True)
class Phrase:
    """A moment as it was told; tokens ``first`` to ``last`` (exclusive).

    ``part`` goes with the day ("anoche"), ``clock_part`` with the clock ("a la 1 de la mañana"). ``zone`` is an
    IANA name or minutes ahead of UTC. ``opened`` says that an interval may begin here ("de 9:15 ..."), ``follows``
    that this is the end of the interval which the phrase before it begins. ``borrowed`` marks a day taken over
    from an earlier phrase (``next_morning``: from a night that went on into it), ``future`` that the words speak of
    what is to come.
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
    next_morning: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class NamedZone:
    """A zone named in tokens ``first`` to ``last`` (exclusive): an IANA name or minutes ahead of UTC."""

    first: int
    last: int
    zone: str | int


GLUE: Final = (
    "(?:DE|DEL|EL|LA|THE|A|AL|EN|AT|COMMA|COLON|DASH|TIPO|APPROX|NOW|SOBRE|MAS|MENOS|HOUR|TIME|PAREN|DIA"
    "|END(?=HOUR|TIME))"
)
_BESIDE: Final = compile_kinds(f"{GLUE}{{0,5}}")
_OPENING_CLOCK: Final = compile_kinds(f"{GLUE}{{0,3}}(?:SINCE|FROM|BETWEEN|BY|UNTIL){GLUE}{{0,3}}")
_UNTIL: Final = compile_kinds("UNTIL")
_SAME_DAY: Final = compile_kinds("[COMMA COLON DASH PAREN EL THE DIA DE]*")
_SINCE: Final = compile_kinds("SINCE|FROM")
_COMMA: Final = compile_kinds("COMMA")


def join_atoms(tokens: Tokens, atoms: list[Atom], zones: list[NamedZone]) -> list[Phrase]:
    """Join atoms that stand side by side, and named zones to the clock times they follow."""
    kept = [atom for atom in atoms if not any(zone.first < atom.last and atom.first < zone.last for zone in zones)]
    phrases: list[Phrase] = []
    pieces: list[Atom | NamedZone] = [*kept, *zones]
    for piece in sorted(pieces, key=lambda piece: piece.first):
        before = phrases[-1] if phrases else None
        if isinstance(piece, NamedZone):
            if before and before.clock and _fits(_BESIDE, tokens, before.last, piece.first):
                before.zone, before.last, before.weak = piece.zone, piece.last, False
                phrases[-2 if before.follows else -1].weak = False
        elif before is None or not _extend(tokens, phrases, piece):
            role = Role.START if piece.begins else Role.POINT
            phrase = Phrase(piece.first, piece.last, piece.day, piece.part, piece.clock, distance=piece.distance)
            phrase.role, phrase.weak, phrase.never = role, piece.weak, piece.never
            phrases.append(phrase)
            _split(phrases, piece)
    return phrases


def _fits(pattern: re.Pattern[str], tokens: Tokens, first: int, last: int) -> bool:
    return pattern.fullmatch(tokens.kinds, first, last) is not None


def _extend(tokens: Tokens, phrases: list[Phrase], atom: Atom) -> bool:
    """Join an atom to the last phrase; false when it stands apart or says what the phrase already knows."""
    before = phrases[-1]
    if before.follows:
        return _extend_range(tokens, phrases[-2], before, atom)
    between = tokens.kinds[before.last : atom.first]
    beside = _BESIDE.fullmatch(between) is not None
    opening = before.clock is None and atom.clock is not None and _OPENING_CLOCK.fullmatch(between) is not None
    until = opening and _UNTIL.search(between) is not None
    interval = until and tokens.kind(before.first - 1) in {"SINCE", "FROM", "DE", "DEL", "BETWEEN"}
    if not (beside or opening) or interval or not _join(tokens, before, atom):
        return False
    before.opened = before.opened or (opening and not beside) or (atom.until is not None and bool(between))
    if opening and _SINCE.search(between):
        before.role = Role.START
    before.role = Role.END if until else before.role
    before.last = atom.last
    _split(phrases, atom)
    return True


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


def _join(tokens: Tokens, phrase: Phrase, atom: Atom) -> bool:
    """Put an atom into the free places of a phrase; false when there is none."""
    if atom.never or phrase.never:
        phrase.never = phrase.never or not atom.begins
        return phrase.never
    if atom.distance or phrase.distance:
        return False
    day, part, clock_part = phrase.day, phrase.part, phrase.clock_part
    if atom.day is not None:
        comma = phrase.clock and _COMMA.search(tokens.kinds, phrase.last, atom.first)
        late = comma and tokens.kind(atom.first) not in {"SLASH", "ISO", "NUM", "MONTH", "MONTHA"}
        day = atom.day if phrase.day is None else _one_day(phrase.day, atom.day)
        apart = phrase.day is not None and not _fits(_SAME_DAY, tokens, phrase.last, atom.first)
        if late or apart or day is None:
            return False
    if atom.clock is not None and phrase.clock is not None and not _says_half(phrase.clock, atom.clock):
        return False
    if atom.part is not None:
        if atom.day is None and atom.clock is None and phrase.clock is not None and clock_part is None:
            clock_part = atom.part
        elif part is None:
            part = atom.part
        elif early := {Part.EARLY, Part.FIRST_HOUR} & {part, atom.part}:
            part = early.pop()
        else:
            return False
    only_parts = not (atom.clock or phrase.clock or atom.day or phrase.day)
    phrase.weak = phrase.weak and atom.weak and only_parts
    phrase.day, phrase.part, phrase.clock_part = day, part, clock_part
    phrase.clock = atom.clock or phrase.clock
    phrase.role = Role.START if atom.begins else phrase.role
    return True


def _says_half(told: Clock, half: Clock) -> bool:
    """Tell whether noon or midnight only says which twelve o'clock was meant ("las doce del mediodía")."""
    return told.hour == 12 and not told.minute and half.full and half.hour in {0, 12} and half.grain is Grain.HOUR


def _one_day(one: Day, other: Day) -> Day | None:
    """Return the surer of two namings of one day ("ayer martes", "Friday, 11/13"); none if they are two days."""
    for sure, vague in ((one, other), (other, one)):
        if isinstance(sure, Relative) and isinstance(vague, Weekday | Date):
            return sure
        if isinstance(sure, Date) and isinstance(vague, Weekday):
            return replace(sure, weekday=vague.number)
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
