"""What was decided about each message after a resolution: read back from the history of the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.desk.cases import record
from bot.desk.places import number_of
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.reading.closings import ClosingLabel
from storage.tables import Case, CaseEvent


class Decision(StrEnum):
    """What became of a resolved case. `ASKED`: its customer was; `LEFT`: the agent has to look."""

    REOPENED = "reopened"
    KEPT = "kept"
    ASKED = "asked"
    IGNORED = "ignored"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One decision: the `number`-th of its case, made in its `resolution`-th one, about what `actor` wrote.

    `reason` is a stable name. `released` is the key of the agent who lost the case by it, being away.
    """

    number: int
    resolution: int
    at: datetime
    actor: str
    decision: Decision
    label: ClosingLabel
    reason: str
    message: str | None
    text: str
    released: str | None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every decision about a case, the oldest first, and how often it was resolved so far."""

    all: tuple[Weighed, ...] = ()
    resolution: int = 0

    @property
    def current(self) -> tuple[Weighed, ...]:
        """Those about the latest resolution."""
        return tuple(one for one in self.all if one.resolution == self.resolution)

    @property
    def question(self) -> Weighed | None:
        """The decision by which the customer was asked something that nobody has answered yet."""
        settling = [one for one in self.current if one.decision is not Decision.IGNORED]
        return settling[-1] if settling and settling[-1].decision is Decision.ASKED else None

    def about(self, message: str) -> Weighed | None:
        """Return the latest decision about a message, if it was made in this resolution."""
        return next((one for one in reversed(self.current) if one.message == message), None)

    def reopened_since(self, instant: datetime) -> int:
        """Return how often the case was opened again by a decision that still stands, since an instant."""
        return sum(one.decision is Decision.REOPENED and not one.undone and one.at > instant for one in self.all)


def decisions_of(history: Iterable[CaseEvent]) -> Decisions:
    """Read the decisions about a case from its history."""
    found: list[Weighed] = []
    texts: dict[str, str] = {}
    resolution = 0
    for event in history:
        data = event.data
        match event.kind:
            case EventKind.CUSTOMER_WROTE | EventKind.EDITED if data.get("message"):
                texts[data["message"]] = data.get("text", "")
            case EventKind.RESOLVED:
                resolution += 1
            case EventKind.CLOSING_WEIGHED:
                found.append(_weighed(event, len(found) + 1, resolution, texts))
            case EventKind.CLOSING_UNDONE:
                place = data["number"] - 1
                found[place] = replace(found[place], undone=True)
    return Decisions(tuple(found), resolution)


def _weighed(event: CaseEvent, number: int, resolution: int, texts: dict[str, str]) -> Weighed:
    data, message = event.data, event.data.get("message")
    return Weighed(
        number=number,
        resolution=resolution,
        at=event.at,
        actor=event.actor_key,
        decision=Decision(data["decision"]),
        label=ClosingLabel(data["label"]),
        reason=data["reason"],
        message=message,
        text=data.get("emoji") or texts.get(message or "", ""),
        released=data.get("released"),
    )


async def load(turn: Turn, case: Case) -> Decisions:
    """Read the decisions about a case."""
    return decisions_of(await turn.unit.cases.history(number_of(case)))


def write(
    turn: Turn,
    case: Case,
    decision: Decision,
    label: ClosingLabel,
    reason: str,
    *,
    message: str | None = None,
    emoji: str | None = None,
    released: str | None = None,
) -> None:
    """Append a decision to the history of a case, with what it was about."""
    about = {"message": message, "emoji": emoji, "released": released}
    told = {name: value for name, value in about.items() if value}
    record(turn, case, EventKind.CLOSING_WEIGHED, decision=decision, label=label, reason=reason, **told)
