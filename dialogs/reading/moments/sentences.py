"""What a moment is in its sentence: its role, its interval, and what it owes to the moments beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from dialogs.reading.moments.grammar import compile_kinds
from dialogs.reading.moments.model import Role
from dialogs.reading.moments.parts import Date, Part, Period, Weekday, Which
from dialogs.reading.moments.phrases import GLUE, Phrase
from dialogs.reading.moments.tokens import Tokens
from dialogs.reading.text import fold

_ARTICLES: Final = "(?:EL|LA|LAS|THE|A|AL|DIA|TIPO|APPROX)*"
# These look back from a phrase.
_OPENER: Final = compile_kinds("(?:SINCE|FROM|BETWEEN|DE|DEL)(?:EL|LA|THE|LAS|DIA|DE|A|APPROX|TIPO|SOBRE)*$")
_START: Final = compile_kinds(
    f"(?:(?:SINCE|AS DE){GLUE}* | SINCE HACE WORD COMMA {GLUE}*"
    f" | SINCE (?:QUE|THE|WORD|STAGE) [WORD OPENING BEGAN]{{0,3}} {GLUE}*"
    " | SINCE [EL LA] WORD (?:DE|DEL)"
    f" | BEGAN [WORD DOWN A EN TO]{{0,4}} (?:THE|EL)? {GLUE}*)$"
)
_SINCE: Final = compile_kinds(f"SINCE{GLUE}*$")
_END: Final = compile_kinds(f"(?:UNTIL|ENDED(?!DE)){GLUE}*$")
_ONWARD: Final = compile_kinds("[EN A]?ONWARD")
_FROM: Final = compile_kinds("FROM (?:APPROX|TIPO)*$")
_LASTED: Final = compile_kinds("(?:LLEVA|BEEN)[WORD SIN DOWN]*$")
_AHEAD: Final = compile_kinds("(?:PARA|BY)(?:EL|LA|THE)*$")
_DEADLINE: Final = compile_kinds(f"(?:PARA|BY|BEFORE){GLUE}*$")
_WANTED: Final = compile_kinds("WANT")
_PRESENT: Final = re.compile(r"(?:\bson|\bes|\bit'?s|\bit is)$")
# These join one phrase to the next.
_TO: Final = compile_kinds(f"(?:PAREN|COMMA)?(?:A|AL|TO|DASH|UNTIL){_ARTICLES}")
_AND: Final = compile_kinds(f"Y{_ARTICLES}")
_LIST: Final = compile_kinds("(?:Y|COMMA|A|TO|DASH|EL|LA|LAS|THE)+")
# These take a moment back, or say that all was well on its day.
_CORRECTION: Final = re.compile(
    r"[\s,.(…-]*\b(?:no,|(?:no[\s,]+)?(?:perdon|digo|mentira|mejor dicho|quise decir|wait|sorry|i mean|i meant))"
    r"[\s,.…-]*(?:(?:fue|era|desde|a|it was|since|on|at|around)\s+){0,2}"
)
_CONTRAST: Final = re.compile(r"\s*(?:si|yes)\b")
_WELL: Final = re.compile(r"\b(?:bien|normal|perfecto|fine|ok|okay|good|worked)\s*(?:,|pero\b|but\b)")
_MISSED: Final = re.compile(r"\b(?:nunca|no|never|didn'?t|nadie|nobody)\s+(?:llego|vino|aparecio|came|come|show\w*)\b")
# These part them, or colour the sentence they stand in.
_APART: Final = compile_kinds("[END COMMA BUT Y TO SINCE UNTIL PARA]")
_CLAUSE_END: Final = compile_kinds("[END COMMA BUT Y]")
_SENTENCE_END: Final = compile_kinds("END")
_BETWEEN: Final = compile_kinds("BETWEEN")
_OPENING_HOURS: Final = compile_kinds("(?<!QUE)OPENING|[OURS PLACE THING] HOURS")
_BARE: Final = compile_kinds("[END PAREN COMMA APPROX TIPO NOW SOBRE DE A]*")
_NOWHERE: Final = re.compile(r"(?!)")
_TICKET: Final = compile_kinds("TICKET")
_FUTURE: Final = compile_kinds("FUTURE(?!SIN)|(?<!QUE)COMING")

_DAYS: Final = frozenset({"REL", "WD", "WDA", "MONTH", "MONTHA", "SLASH", "ISO", "THE", "EL", "LAST", "NIGHTOF"})
_LOOK_BACK: Final = 7
_NEAR: Final = 8
_BESIDE: Final = 3
_LONGEST: Final = 60
_CLOSE_BY: Final = 60


def relate(tokens: Tokens, phrases: list[Phrase]) -> list[Phrase]:
    """Give the phrases of a text their roles, intervals, days and zones; leave out what tells no moment."""
    for phrase in phrases:
        if not phrase.follows:
            _give_role(tokens, phrase)
    phrases = _correct(tokens, phrases)
    _find_intervals(tokens, phrases)
    phrases = _fuse(tokens, phrases)
    for one, two in pairwise(phrases):
        _lend_day(tokens, one, two)
    for one, two in reversed(list(pairwise(phrases))):
        _take_from_list(tokens, one, two)
    return [phrase for phrase in phrases if _is_told(tokens, phrase)]


def _give_role(tokens: Tokens, phrase: Phrase) -> None:
    kinds, first = tokens.kinds, max(0, phrase.first - _LOOK_BACK)
    phrase.opened = phrase.opened or _OPENER.search(kinds, first, phrase.first) is not None
    whole = "ALL" in {tokens.kind(phrase.first), tokens.kind(phrase.first + 1)}
    if phrase.role is Role.POINT:
        # "the ticket from Monday" began nothing; "from 9 on" and "from Monday on" did.
        on = (phrase.clock and tokens.kind(phrase.first) not in _DAYS) or tokens.word(phrase.last).lower() == "on"
        lasted = whole and _LASTED.search(kinds, first, phrase.first)
        lasted = lasted or _ONWARD.match(kinds, phrase.last)
        if lasted or _START.search(kinds, first, phrase.first) or (on and _FROM.search(kinds, first, phrase.first)):
            phrase.role, phrase.weak = Role.START, False
        elif _END.search(kinds, first, phrase.first):
            phrase.role = Role.END
            phrase.weak = phrase.weak and tokens.kind(phrase.first) == "PART"
    begin, end = _stretch(_CLAUSE_END, kinds, phrase)
    wanted = _DEADLINE.search(kinds, first, phrase.first) and _WANTED.search(kinds, begin, end)
    if wanted or _is_present(tokens, phrase):
        phrase.role = Role.END
    dated = phrase.day and (not phrase.clock or tokens.kind(phrase.first) in _DAYS)
    due = dated and _AHEAD.search(kinds, first, phrase.first)
    told = _FUTURE.search(kinds, begin, end) and not _SINCE.search(kinds, first, phrase.first)
    ahead = wanted or due or told or tokens.kind(phrase.first - 1) == "NEXT"
    phrase.future = bool(ahead) and not _MISSED.search(_after(tokens, phrase))


def _after(tokens: Tokens, phrase: Phrase) -> str:
    end = tokens.ends[phrase.last - 1]
    return fold(tokens.text[end : end + _CLOSE_BY])


def _between(tokens: Tokens, one: Phrase, two: Phrase) -> str:
    return fold(tokens.text[tokens.ends[one.last - 1] : tokens.starts[two.first]])


def _correct(tokens: Tokens, phrases: list[Phrase]) -> list[Phrase]:
    """Keep the last of what the writer corrected ("el martes, no, el miércoles"), with what only the first told."""
    kept: list[Phrase] = []
    for phrase in phrases:
        before = kept[-1] if kept else None
        free = before and not (before.never or before.follows or phrase.follows or before.distance or phrase.distance)
        # "ayer no, hoy sí" sets two days against each other.
        contrast = _CONTRAST.match(_after(tokens, phrase))
        if before and free and not contrast and _CORRECTION.fullmatch(_between(tokens, before, phrase)):
            phrase.day, phrase.part = phrase.day or before.day, phrase.part or before.part
            phrase.clock, phrase.clock_part = phrase.clock or before.clock, phrase.clock_part or before.clock_part
            phrase.role = before.role if phrase.role is Role.POINT else phrase.role
            kept.pop()
        kept.append(phrase)
    return kept


def _is_present(tokens: Tokens, phrase: Phrase) -> bool:
    """Tell whether an hour is the present one, up to which it goes on ("son las 10 y nada")."""
    before = phrase.first - 1
    while tokens.kind(before) in {"APPROX", "NOW", "TIPO"}:
        before -= 1
    said = f"{tokens.word(before - 1)} {tokens.word(before)}".lower().replace("’", "'")
    goes_on = tokens.kind(phrase.first - 1) != "A" and tokens.kind(phrase.last) in {"Y", "COMMA", "BUT"}
    return phrase.clock is not None and goes_on and _PRESENT.search(said) is not None


def _stretch(border: re.Pattern[str], kinds: str, phrase: Phrase) -> tuple[int, int]:
    """Return the tokens around a phrase up to the next border on each side, or so far as a sentence may go."""
    first, last = max(0, phrase.first - _LONGEST), phrase.last + _LONGEST
    begin = max((match.end() for match in border.finditer(kinds, first, phrase.first)), default=first)
    end = border.search(kinds, phrase.last, last)
    return begin, end.start() if end else last


def _find_intervals(tokens: Tokens, phrases: list[Phrase]) -> None:
    """Find "de X a Y", "entre X y Y", "X - Y"."""
    kinds = tokens.kinds
    for one, two in pairwise(phrases):
        if one.follows or two.follows or one.distance or two.distance:
            continue
        alike = (one.clock is None) == (two.clock is None)
        to = _TO.fullmatch(kinds, one.last, two.first) and (alike or one.opened)
        both = one.opened and alike and _AND.fullmatch(kinds, one.last, two.first)
        both = both and _BETWEEN.search(kinds, max(0, one.first - 4), one.last)
        # "de las 3 a las 5": the second time has taken the word between them.
        beside = one.opened and one.last == two.first and tokens.kind(two.first) in {"A", "ALAS", "AL"}
        if to or both or beside:
            one.role, two.role, two.follows = Role.START, Role.END, True
            one.weak = two.weak = one.weak and two.weak


def _fuse(tokens: Tokens, phrases: list[Phrase]) -> list[Phrase]:
    """Make one of a day and an hour that a few words part ("ayer se cayó a las 3", "a las 3 se cayó ayer")."""
    fused: list[Phrase] = []
    for phrase in phrases:
        before = fused[-1] if fused else None
        if before is None or before.never or before.weak or phrase.never or phrase.follows:
            fused.append(phrase)
            continue
        gap = phrase.first - before.last
        # ", a las 11." at the end of a clause still belongs to its day.
        added = tokens.kind(phrase.first - 1) == "COMMA" and tokens.kind(phrase.last) in {"END", "COMMA"}
        near = gap <= _NEAR and not _APART.search(tokens.kinds, before.last, phrase.first - added)
        if before.day is Period.LAST_MONTH and isinstance(phrase.day, Date):
            phrase.first = before.first
            fused[-1] = phrase
        elif before.day is Period.LAST_WEEK and isinstance(phrase.day, Weekday) and gap <= _BESIDE:
            phrase.day, phrase.first = replace(phrase.day, which=Which.LAST_WEEK), before.first
            fused[-1] = phrase
        elif near and _is_day(before) and before.role is not Role.END and _is_hour(phrase):
            phrase.day, phrase.first = before.day, before.first
            phrase.part = phrase.part or before.part
            phrase.role = before.role if phrase.role is Role.POINT else phrase.role
            fused[-1] = phrase
        elif near and 2 * gap <= _NEAR and _is_hour(before) and _is_day(phrase) and phrase.role is Role.POINT:
            before.day, before.last, before.part = phrase.day, phrase.last, phrase.part
        else:
            fused.append(phrase)
    return fused


def _is_day(phrase: Phrase) -> bool:
    return phrase.day is not None and phrase.clock is None and not phrase.weak


def _is_hour(phrase: Phrase) -> bool:
    return phrase.clock is not None and phrase.day is None and not phrase.weak


def _lend_day(tokens: Tokens, one: Phrase, two: Phrase) -> None:
    """Lend a day to a later hour of its sentence ("ayer se cayó a las 3 y volvió a las 5")."""
    lends = one.day and (one.role is Role.POINT or one.clock) and not (one.never or one.weak)
    takes = two.clock and two.day is None and not two.follows and two.role is not Role.START
    well = one.clock is None and _WELL.search(_between(tokens, one, two))
    if lends and takes and not well and not _SENTENCE_END.search(tokens.kinds, one.last, max(one.last, two.first)):
        two.day, two.borrowed = one.day, True
        two.next_morning = one.part is Part.NIGHT and two.clock_part in {Part.MORNING, Part.DAWN}


def _take_from_list(tokens: Tokens, one: Phrase, two: Phrase) -> None:
    """Let a phrase have the month, the day and the zone that a list tells only once, at its end."""
    listed = two.first >= one.last and _LIST.fullmatch(tokens.kinds, one.last, two.first)
    if listed and isinstance(one.day, Date) and isinstance(two.day, Date) and one.day.month is None:
        one.day, one.weak = replace(one.day, month=two.day.month, year=two.day.year), one.weak and two.weak
    shared = one.clock and two.clock and one.day is None and not (two.follows or one.follows)
    if listed and shared and tokens.kind(two.first) not in _DAYS and one.role is two.role is Role.POINT:
        one.day = two.day
    if two.zone is not None and one.zone is None and one.clock and (two.follows or listed):
        one.zone = two.zone


def _is_answer(tokens: Tokens, phrase: Phrase) -> bool:
    """Tell whether an hour is the whole of a text, as the answer to a question is ("las 9", "15 hs")."""
    around = tokens.kinds[: phrase.first] + tokens.kinds[phrase.last :]
    return phrase.clock is not None and phrase.role is Role.POINT and _BARE.fullmatch(around) is not None


def _is_told(tokens: Tokens, phrase: Phrase) -> bool:
    """Tell whether a phrase is a moment: sure enough, once only, and no opening hour."""
    if phrase.never or (phrase.weak and not _is_answer(tokens, phrase)):
        return False
    dated = phrase.day is not None and not isinstance(phrase.day, Weekday)
    if dated or phrase.distance is not None or _TICKET.search(tokens.kinds, *_stretch(_NOWHERE, tokens.kinds, phrase)):
        return True
    since = _SINCE.search(tokens.kinds, max(0, phrase.first - _LOOK_BACK), phrase.first)
    border = _CLAUSE_END if since else _SENTENCE_END
    return not _OPENING_HOURS.search(tokens.kinds, *_stretch(border, tokens.kinds, phrase))
