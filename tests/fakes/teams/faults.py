"""What goes wrong with the next calls."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Faults:
    """`next("send", "lost")` for one call, `always("send", "status:503")` for all. Faults are

    `lost` (done, the answer never comes), `cut` (not done, the connection drops), `status:NNN` (not done),
    `limit:SECONDS` (429 with Retry-After), `busy` (412), `code:NNN:WORD` (refused with a sub code).
    """

    once: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    lasting: dict[str, str] = field(default_factory=dict)
    down: bool = False

    def next(self, call: str, *faults: str) -> None:
        self.once[call].extend(faults)

    def always(self, call: str, fault: str = "") -> None:
        self.lasting[call] = fault

    def take(self, call: str) -> str:
        if self.down:
            return "cut"
        return self.once[call].popleft() if self.once[call] else self.lasting.get(call, "")
