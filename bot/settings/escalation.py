"""To whom a case goes that does not advance, level by level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Duration, Email, Section, Text
from dialogs.cases import Severity
from dialogs.events import Language, Platform


def _names(value: object) -> object:
    """Return a name in each language: one that is told once is the same in all."""
    return dict.fromkeys(Language, value) if isinstance(value, str) else value


def _complete(names: Mapping[Language, str]) -> Mapping[Language, str]:
    if set(names) != set(Language):
        raise PydanticCustomError("names", "a name in each language")
    return names


Names = Annotated[Mapping[Language, Text], BeforeValidator(_names), AfterValidator(_complete)]
ChannelKey = Annotated[str, Field(pattern=r"^(web|slack|teams):\S+$")]


class ContactSection(Section):
    """Somebody of a level: by e-mail, as a person of a platform (its id there), or both."""

    name: Text
    email: Email | None = None
    platform: Platform | None = None
    id: Text | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if (self.platform is None) != (self.id is None) or not (self.email or self.id):
            raise PydanticCustomError("contact", "an e-mail, or a platform and an id")
        return self


class LevelSection(Section):
    """One level: who is told, where, in whose hours (without a calendar at all times), and how long they have.

    Without a channel the alert goes to the managers'. `customers` may ask for it themselves.
    """

    name: Names
    acknowledge_within: Duration
    contacts: tuple[ContactSection, ...] = ()
    channel: ChannelKey | None = None
    calendar: Text | None = None
    customers: bool = True


def _some(levels: tuple[LevelSection, ...]) -> tuple[LevelSection, ...]:
    if not levels:
        raise PydanticCustomError("at_least_one", "no level at all")
    return levels


Levels = Annotated[tuple[LevelSection, ...], AfterValidator(_some)]


class OwnLadder(Section):
    """The levels of one company, in place of the others."""

    organisation: Text
    levels: Levels


class EscalationSection(Section):
    """The levels from the first to the last; when a case climbs by itself; how long an acknowledgement holds.

    `repeats` is how often the list is begun anew before the last alarm. `on_breach` names the severities whose broken
    promises climb, `on_reopening` the reopening that does (0: none).
    """

    levels: Levels
    own: tuple[OwnLadder, ...] = ()
    repeats: Annotated[int, Field(ge=0, le=9)]
    snooze: Duration
    acknowledged_for: Duration
    remind_before: Duration
    on_breach: frozenset[Severity]
    on_bad_survey: bool
    on_reopening: Annotated[int, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _reminded_in_time(self) -> Self:
        if self.remind_before >= self.acknowledged_for:
            raise PydanticCustomError("remind_before", "shorter than acknowledged_for")
        return self

    def of(self, organisation: str) -> tuple[LevelSection, ...]:
        """Return the levels for the cases of a company."""
        return next((own.levels for own in self.own if own.organisation == organisation), self.levels)

    def every_level(self) -> Mapping[tuple[str | int, ...], LevelSection]:
        """Return each level of each list, by its path in the settings."""
        found: dict[tuple[Any, ...], LevelSection] = {("levels", at): one for at, one in enumerate(self.levels)}
        return found | {
            ("own", number, "levels", at): one
            for number, own in enumerate(self.own)
            for at, one in enumerate(own.levels)
        }
