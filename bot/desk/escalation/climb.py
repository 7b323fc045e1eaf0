"""A climb as it stands: its row, its steps, its own ladder, and its case unless it is a drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.desk.escalation.ladder import Ladder, Level, read_ladder
from bot.desk.places import case_name, number_of
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.phrases import Voice
from storage.tables import Case, Escalation, EscalationStep
from storage.timer_queue import CLOCK


class Climb:
    """An escalation that a turn reads or changes.

    `case` is locked by who changes the climb, and missing in a drill. `delay` is how late it goes on, where that is
    worth a word; `fresh` are the steps of this very turn, by number; `holder` is the name of who acknowledged last.
    """

    def __init__(self, turn: Turn, row: Escalation, case: Case | None, steps: Sequence[EscalationStep] = ()) -> None:
        self.turn = turn
        self.row = row
        self.case = case
        self.ladder: Ladder = read_ladder(row.ladder)
        self.steps = list(steps)
        self.fresh = set[int]()
        self.delay: timedelta | None = None
        self.holder = ""

    @classmethod
    async def of(cls, turn: Turn, row: Escalation, case: Case | None) -> Climb:
        """Return an escalation that was begun before."""
        assert row.id is not None, "a row that was read has its id"
        climb = cls(turn, row, case, await turn.unit.escalations.steps(row.id))
        person = await turn.unit.people.get(row.acknowledged_by) if row.acknowledged_by else None
        climb.holder = (person.name or person.id) if person else ""
        return climb

    @property
    def identity(self) -> int:
        """The id of the escalation."""
        assert self.row.id is not None, "it has one once it was added"
        return self.row.id

    def name(self, speak: Voice) -> str:
        """Return what people call what climbs: the case, or the drill."""
        return case_name(self.turn, self.row.case_number) if self.case else speak("escalation.drill.name")

    @property
    def step(self) -> EscalationStep | None:
        """The alert that was given last."""
        return next((step for step in reversed(self.steps) if step.skipped is None), None)

    def level_of(self, step: EscalationStep) -> Level:
        """Return the level of a step."""
        return self.ladder.levels[step.level]

    def note(self, kind: EventKind, *, by: str = CLOCK.key, **data: Any) -> None:
        """Append to the history of the case what somebody did, or the clock."""
        if self.case is None:
            return
        turn = self.turn
        turn.unit.cases.record(
            self.case,
            kind,
            actor=by,
            at=turn.now,
            platform=CLOCK.platform if by == CLOCK.key else turn.event.actor.platform,
            data=data,
            event_key=turn.event.key,
        )
        self.case.updated_at = turn.now
        turn.touched[number_of(self.case)] = self.case
        turn.shown.discard(number_of(self.case))
