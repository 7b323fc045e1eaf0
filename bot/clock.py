"""What time it is for the assistant; on the try page its clock can be moved forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time, always aware and in UTC. `ahead` is how far the desk's clock was moved forward."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, by: timedelta) -> None:
        """Move the clock forward; it never goes back.

        Raises:
            ValueError: `by` is negative.
        """
        if by < timedelta():
            raise ValueError(f"a clock goes forward only, not by {by}")
        self.ahead += by
