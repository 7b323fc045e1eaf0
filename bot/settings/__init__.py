"""What an operator decides in `support.toml`, over the defaults of the package (`defaults.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.mistakes import Mistake, SettingsError, line_of, mistake_of, syntax_mistake
from bot.settings.closing import ClosingSection, SurveySection
from bot.settings.digests import DigestsSection
from bot.settings.escalation import EscalationSection
from bot.settings.general import (
    CasesSection,
    Channel,
    Entry,
    FilesSection,
    LanguagesSection,
    Member,
    OrganisationSection,
    TimesSection,
    ZoneSection,
)
from bot.settings.kinds import Section
from bot.settings.levels import CalendarSection, LevelsSection
from bot.settings.mail import MailSection
from bot.settings.replies import CannedReply
from bot.settings.teams import TeamsSection
from bot.settings.third_parties import ThirdPartiesSection


class Settings(Section):
    """All that an operator decides, but secrets and addresses: those are in the environment."""

    organisation: OrganisationSection
    zone: ZoneSection
    cases: CasesSection
    languages: LanguagesSection
    times: TimesSection
    closing: ClosingSection
    survey: SurveySection
    files: FilesSection
    mail: MailSection
    teams: TeamsSection
    service_levels: LevelsSection
    calendars: tuple[CalendarSection, ...]
    escalation: EscalationSection
    digests: DigestsSection
    third_parties: ThirdPartiesSection
    replies: tuple[CannedReply, ...]
    channels: tuple[Channel, ...]
    people: tuple[Member, ...]


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("defaults.toml").read_text("utf-8"))


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    both = {key: _merged(under[key], over[key]) for key in under.keys() & over.keys() if _tables(under, over, key)}
    return under | over | both


def _tables(under: dict[str, Any], over: dict[str, Any], key: str) -> bool:
    return isinstance(under[key], dict) and isinstance(over[key], dict)


def read_settings(source: str, *, name: str = "support.toml") -> Settings:
    """Return the settings that a text in TOML makes over the defaults.

    Raises:
        SettingsError: the text has mistakes; it names them all, each with its line.
    """
    try:
        told = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(name, (syntax_mistake(error),)) from None
    try:
        settings = Settings.model_validate(_merged(_defaults(), told))
    except ValidationError as error:
        mistakes = [mistake_of(problem, source, Settings) for problem in error.errors(include_url=False)]
        raise SettingsError(name, tuple(sorted(mistakes, key=lambda mistake: mistake.line))) from None
    if wrong := (*_twice(settings, source), *_unknown_calendars(settings, source)):
        raise SettingsError(name, wrong)
    return settings


def _twice(settings: Settings, source: str) -> Iterator[Mistake]:
    sections: dict[str, tuple[Entry | CannedReply, ...]] = {
        "channels": settings.channels,
        "people": settings.people,
        "replies": settings.replies,
    }
    for section, entries in sections.items():
        seen = set[str]()
        for number, entry in enumerate(entries):
            name = entry.key if isinstance(entry, CannedReply) else f"{entry.platform} {entry.id}"
            if name in seen:
                values = {"where": f"{section}[{number}]", "value": name}
                yield Mistake(line_of((section, number), source), "bot.settings.twice", values)
            seen.add(name)


def _unknown_calendars(settings: Settings, source: str) -> Iterator[Mistake]:
    known = ", ".join(one.name for one in settings.calendars)
    levels, parties = settings.service_levels, settings.third_parties
    named: dict[tuple[str | int, ...], str | None] = {("service_levels", "calendar"): levels.calendar}
    named |= {("service_levels", "own", number, "calendar"): one.calendar for number, one in enumerate(levels.own)}
    named |= {("third_parties", "calendar"): parties.calendar}
    named |= {("third_parties", "known", number, "calendar"): one.calendar for number, one in enumerate(parties.known)}
    climbs = settings.escalation.every_level()
    named |= {("escalation", *path, "calendar"): level.calendar for path, level in climbs.items()}
    for path, name in named.items():
        if name is not None and name not in {one.name for one in settings.calendars}:
            yield Mistake(line_of(path, source), "bot.settings.calendar", {"value": name, "choices": known})


def load_settings(path: Path) -> Settings:
    """Return the settings of a file, or the defaults where there is no such file.

    Raises:
        SettingsError: the file has mistakes, or cannot be read.
    """
    try:
        source = path.read_text("utf-8")
    except FileNotFoundError:
        source = ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), (Mistake(0, "bot.settings.unreadable", {"why": str(error)}),)) from error
    return read_settings(source, name=str(path))
