"""Who was asked about a case, on what terms, and what the customer reads of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from babel.lists import format_list

from bot.desk.levels.calendar import ALWAYS, WorkingTime
from bot.desk.levels.policy import calendars_of
from bot.desk.places import CaseThreads, number_of
from bot.desk.third_parties.words import split_name
from bot.settings import Settings
from bot.settings.third_parties import KnownParty
from bot.turn import Turn
from dialogs.cases import ThirdPartyStatus
from dialogs.events import Language
from dialogs.phrases import Voice
from dialogs.reading.text import fold
from storage.tables import Case, ThirdParty

TOKEN = r"(?<![a-z0-9])[a-z2-7]{12}(?![a-z0-9])"  # noqa: S105 - the shape of one, as a regular expression
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How one third party is treated: by what the settings say of it, and of all others."""

    name: str
    email: str | None
    domains: tuple[str, ...]
    language: Language
    named: bool
    chase_after: timedelta
    hours: WorkingTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A third party that a case was referred to, as a turn deals with it."""

    turn: Turn
    case: Case
    threads: CaseThreads
    party: ThirdParty

    @property
    def title(self) -> str:
        """The name of the third party and its own number for the case."""
        return title(self.party)

    @property
    def terms(self) -> Terms:
        """How it is treated."""
        return terms_of(self.turn.settings, self.party.name)


def terms_of(settings: Settings, name: str) -> Terms:
    """Return the terms of a third party, known to the settings or not."""
    usual, known = settings.third_parties, known_party(settings, name) or KnownParty(name=name)
    calendar = calendars_of(settings.calendars)[known.calendar or usual.calendar]
    working = (known.hours or usual.hours) == "working"
    goal = known.chase_after or usual.chase_after
    return Terms(
        name=known.name,
        email=known.email,
        domains=known.domains,
        language=known.language or settings.languages.default,
        named=usual.named if known.named is None else known.named,
        chase_after=goal.with_days_of(calendar.day) if working else goal.total,
        hours=calendar if working else ALWAYS,
    )


def known_party(settings: Settings, name: str) -> KnownParty | None:
    """Return the third party of that name that the settings know."""
    return next((one for one in settings.third_parties.known if fold(one.name) == fold(name)), None)


def new_token() -> str:
    """Return what nobody can guess: 60 bits, in letters that survive any mail program and any telephone."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


async def parties_of(turn: Turn, case: Case) -> Sequence[ThirdParty]:
    """Return everybody who was asked about a case, in the order they were asked."""
    return await turn.unit.third_parties.of_case(number_of(case))


def awaited(parties: Iterable[ThirdParty]) -> tuple[ThirdParty, ...]:
    """Return those whose answer is awaited."""
    return tuple(party for party in parties if party.status is ThirdPartyStatus.WAITING)


def customers_words(turn: Turn, parties: Sequence[ThirdParty], speak: Voice) -> str:
    """Return what a customer reads of third parties: their names where all may be named, else "another provider"."""
    if parties and all(terms_of(turn.settings, party.name).named for party in parties):
        return names_text(parties, speak)
    return speak("thirdparty.another", n=len(parties) or 1)


def names_text(parties: Iterable[ThirdParty], speak: Voice, *, either: bool = False) -> str:
    """Return the names of third parties as one reads a list: all of them, or `either` one or another."""
    names = dict.fromkeys(party.name for party in parties)
    style: Literal["or", "standard"] = "or" if either else "standard"
    return str(format_list(list(names), style=style, locale=speak.language.value))


def title(party: ThirdParty) -> str:
    """Return the name of a third party and its own number for the case."""
    return f"{party.name} · {party.reference}" if party.reference else party.name


def party_meant(text: str, parties: Sequence[ThirdParty]) -> tuple[ThirdParty, str] | None:
    """Return whom words are about, and what follows the name: the one that is named, or the only one there is."""
    if named := split_name(text, [party.name for party in parties]):
        name, rest = named
        meant = [party for party in parties if fold(party.name) == fold(name)]
        return (meant[-1], rest.strip()) if meant else None
    candidates = awaited(parties) or parties
    return (candidates[-1], text.strip()) if len({party.name for party in candidates}) == 1 else None
