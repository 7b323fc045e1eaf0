"""What an operator decides in `support.toml`, over the defaults of the package (`defaults.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bot.durations import read_duration
from bot.mistakes import Mistake, SettingsError, line_of, mistake_of, syntax_mistake
from dialogs.cases import ChannelRole
from dialogs.events import Language, Platform
from dialogs.timezones import is_zone


def _duration(value: object) -> timedelta:
    try:
        return read_duration(value) if isinstance(value, str) else _not_a_duration()
    except ValueError:
        return _not_a_duration()


def _not_a_duration() -> timedelta:
    raise PydanticCustomError("duration", "not a length of time")


def _zone(value: object) -> object:
    if isinstance(value, str) and not is_zone(value):
        raise PydanticCustomError("zone", "not a time zone")
    return value


Text = Annotated[str, Field(min_length=1, max_length=200)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
ZoneName = Annotated[str, BeforeValidator(_zone)]


class Section(BaseModel):
    """A part of the settings: fixed once read, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class OrganisationSection(Section):
    """Who gives the support."""

    name: Text


class ZoneSection(Section):
    """The desk's own time zone, as an IANA name, and the city that people know it by."""

    default: ZoneName
    city: Text


class CasesSection(Section):
    """How cases are numbered: prefix `LD` gives `LD-12`."""

    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]


class LanguagesSection(Section):
    """The language of who has not shown another."""

    default: Language


class TimesSection(Section):
    """How long the conversation, and a case, waits for what."""

    grouping: Duration
    reminder_after: Duration
    draft_kept: Duration
    phone_fresh: Duration
    answer_reminder: Duration
    answer_awaited: Duration
    resolved_kept: Duration


class FilesSection(Section):
    """Where files are kept, the largest one taken, and the name endings that are refused."""

    folder: Path
    max_megabytes: Annotated[int, Field(ge=1, le=2000)]
    forbidden: frozenset[Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$")]]


class Entry(Section):
    """Something of a platform, by the id that it has there."""

    platform: Platform
    id: Text


class Channel(Entry):
    """A channel the assistant works in. A customer's channel names the customer's organisation."""

    name: Text
    role: ChannelRole
    organisation: Text | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _customers_have_an_organisation(self) -> Self:
        if self.role is ChannelRole.CUSTOMER and self.organisation is None:
            raise PydanticCustomError("organisation", "a customer's channel names an organisation")
        return self


class Member(Entry):
    """Somebody who is an agent or a manager, or is not (`none`), whatever channels they are in."""

    name: str = ""
    role: Literal["agent", "manager", "none"]


class Settings(Section):
    """All that an operator decides, but secrets and addresses: those are in the environment."""

    organisation: OrganisationSection
    zone: ZoneSection
    cases: CasesSection
    languages: LanguagesSection
    times: TimesSection
    files: FilesSection
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
    if twice := tuple(_twice(settings, source)):
        raise SettingsError(name, twice)
    return settings


def _twice(settings: Settings, source: str) -> Iterator[Mistake]:
    sections: dict[str, tuple[Entry, ...]] = {"channels": settings.channels, "people": settings.people}
    for section, entries in sections.items():
        seen = set[str]()
        for number, entry in enumerate(entries):
            if (name := f"{entry.platform} {entry.id}") in seen:
                values = {"where": f"{section}[{number}]", "value": name}
                yield Mistake(line_of((section, number), source), "bot.settings.twice", values)
            seen.add(name)


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
