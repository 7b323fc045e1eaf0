"""What can go wrong on demand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(slots=True)
class Faults:
    """Faults of the fake Slack. What is counted wears off by itself."""

    web: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    down: bool = False
    mute: bool = False
    frozen: bool = False
    hold: bool = False
    twins: int = 0
    refused_tickets: int = 0
    hung_links: int = 0

    def next(self, method: str, *kinds: str, times: int = 1) -> None:
        """Let the next calls of a method fail: `cut`, `lost`, `html`, `status:503`, `error:code`, `limit:2`, `slow:1`.

        `cut` closes the connection before anything is done, `lost` after it is done.
        """
        self.web[method].extend(kinds * times)

    def take(self, method: str) -> str:
        return self.web[method].pop(0) if self.web[method] else ""
