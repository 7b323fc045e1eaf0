"""Who gives the support, where, and how long what waits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Duration, Pause, Section, Text, WebAddress, ZoneName
from dialogs.cases import ChannelRole
from dialogs.events import Language, Platform


class OrganisationSection(Section):
    """Who gives the support, and the pages that Teams shows with the app: theirs, on privacy, and the terms."""

    name: Text
    website: WebAddress
    privacy: WebAddress
    terms: WebAddress


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
    undo: Pause


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
