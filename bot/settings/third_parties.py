"""Who outside of the house is asked about cases, how they are reminded, and what customers read of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.settings.kinds import Duration, Email, Goal, Section, Text
from dialogs.events import Language


class KnownParty(Section):
    """A third party that is asked often. What it does not name is as for all others."""

    name: Text
    email: Email | None = None
    domains: tuple[Text, ...] = ()
    language: Language | None = None
    chase_after: Goal | None = None
    calendar: Text | None = None
    hours: Literal["always", "working"] | None = None
    named: bool | None = None


class ThirdPartiesSection(Section):
    """How third parties are reminded, whether customers read their names, and the ones that are known.

    `news_before` is how long before news are due the assistant tells them itself.
    """

    named: bool
    news_before: Duration
    chase_after: Goal
    chase_at_most: Annotated[int, Field(ge=0, le=20)]
    calendar: Text
    hours: Literal["always", "working"]
    known: tuple[KnownParty, ...]
