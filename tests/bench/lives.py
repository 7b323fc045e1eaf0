"""Cases as they come about over the years, made up: who filed them, what happened, which promises were broken."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.desk.levels.clocks import Clock, clocks_of
from bot.desk.levels.policy import Policy
from dialogs.cases import BreachCause, CaseStatus, EventKind, Severity
from dialogs.events import Person, Platform
from storage.timer_queue import CLOCK

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""A Friday, ten o'clock in Miami."""

KEPT_RESOLVED = timedelta(days=7)
PROBLEMS = (
    "No podemos hacer llamadas salientes desde la sede central",
    "Las llamadas entrantes se cortan a los treinta segundos",
    "El troncal 4471 no registra desde esta mañana",
    "Calls to mobiles drop after a minute, landlines are fine",
    "One-way audio on every call through the Bogota gateway",
    "El buzón de voz no manda los avisos por correo",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history."""

    at: datetime
    kind: EventKind
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)
    platform: Platform = Platform.WEB


class Life:
    """One case: who asks, who answers, and how long it goes on."""

    def __init__(self, chance: random.Random, filed: datetime, customer: Person, holder: Person, *, over: bool) -> None:
        self.severity = chance.choices(list(Severity), (4, 16, 55, 25))[0]
        self.confirmed: Severity | None = None
        self.status = CaseStatus.NEW
        self.entries = [Entry(filed, EventKind.FILED, customer.key, {"status": "new", "complete": True})]
        self._chance, self._customer, self._holder = chance, customer.key, holder.key
        self._at = filed
        self.taken = over or chance.random() < 0.8
        if self.taken:
            self._work(over=over)

    @property
    def last(self) -> datetime:
        """When something happened last."""
        return self.entries[-1].at

    def _add(self, kind: EventKind, actor: str, **data: Any) -> None:
        self.entries.append(Entry(min(self._at, NOW), kind, actor, data))

    def _move(self, status: CaseStatus, actor: str, reason: str) -> None:
        self._add(EventKind.STATUS_CHANGED, actor, **{"from": self.status, "to": status, "reason": reason})
        self.status = status

    def _wait(self, minutes: float) -> None:
        self._at += timedelta(minutes=self._chance.expovariate(1 / minutes))

    def _work(self, *, over: bool) -> None:
        chance, holder = self._chance, self._holder
        self._wait(40)
        self._add(EventKind.TAKEN, holder, before=None)
        self._move(CaseStatus.WORKING, holder, "taken")
        if chance.random() < 0.7:
            self.confirmed = chance.choice((self.severity, Severity.S3))
            told = {"severity": self.confirmed, "before": None, "proposed": self.severity, "reason": ""}
            self._add(EventKind.SEVERITY_CONFIRMED, holder, **told)
        rounds = 1 + int(chance.expovariate(1)) + (not over)
        for left in reversed(range(rounds)):
            if not over and not left:
                self._at = max(self._at, NOW - timedelta(hours=chance.expovariate(1 / 12)))
            self._exchange()
        if over:
            self._finish()
        elif chance.random() < 0.2:
            self._move(CaseStatus.WAITING_CUSTOMER, holder, "replied")

    def _exchange(self) -> None:
        self._wait(60)
        self._add(EventKind.REPLIED, self._holder, text=self._chance.choice(PROBLEMS), files=[], message=None)
        if self._chance.random() < 0.5:
            self._wait(90)
            self._add(EventKind.CUSTOMER_WROTE, self._customer, text="Sigue igual, gracias por avisar", files=[])

    def _finish(self) -> None:
        self._resolve()
        if self._chance.random() < 0.05:
            self._wait(600)
            self._add(EventKind.CUSTOMER_WROTE, self._customer, text="Volvió a fallar", files=[])
            self._add(EventKind.REOPENED, self._customer, text="Volvió a fallar")
            self._move(CaseStatus.WORKING, self._customer, "reopened")
            self._resolve()
        if self.last + KEPT_RESOLVED < NOW:
            self._at = self.last + KEPT_RESOLVED
            self.entries.append(Entry(self._at, EventKind.CLOSED, CLOCK.key, {}, CLOCK.platform))
            self._move(CaseStatus.CLOSED, CLOCK.key, "resolved_long_ago")

    def _resolve(self) -> None:
        self._wait(120)
        self._add(EventKind.RESOLVED, self._holder, text="Se cambió la ruta del troncal", files=[])
        self._move(CaseStatus.RESOLVED, self._holder, "resolved")

    def judge(self, policy: Policy) -> tuple[Clock, ...]:
        """Return the clocks of the case, having written down which promises were broken."""
        clocks = clocks_of(self.entries, policy, self.severity)
        for clock in clocks:
            if due := clock.breached_at(NOW):
                told = {"level": clock.kind, "number": clock.number, "due_at": due.isoformat()}
                cause = self._chance.choice(list(BreachCause))
                broken = Entry(due, EventKind.BREACHED, CLOCK.key, told | {"cause": cause}, CLOCK.platform)
                self.entries.append(broken)
        return clocks
