"""Places wall clocks on the line of instants, where a change of the clocks made an hour happen twice or never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

_JITTER = timedelta(minutes=1)  # entries of several threads stand out of order by seconds, not by minutes


def possible_instants(wall: datetime) -> tuple[datetime, ...]:
    """Return the instants, in UTC, at which the clocks of the zone of `wall` showed it: none, one or two."""
    first, second = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        return ()
    return (first,) if first == second else (first, second)


def settle_by_order(walls: list[datetime]) -> dict[int, int]:
    """Return which of the two passes of an hour (0 or 1) the order of a series settles, by position.

    It is settled only where a series that runs one way steps back once, by more than a minute, inside the hour
    that happened twice: what stands before the step is the first pass, what follows it the second.
    """
    steps = [later - earlier for earlier, later in pairwise(walls)]
    rising, falling = (sum(sign * step > timedelta() for step in steps) for sign in (1, -1))
    if rising == falling:
        return {}
    order = range(len(walls)) if rising > falling else range(len(walls) - 1, -1, -1)
    settled: dict[int, int] = {}
    run: list[int] = []
    for position in [*order, None]:
        if position is not None and len(possible_instants(walls[position])) == 2:
            run.append(position)
            continue
        backward = [n for n, (a, b) in enumerate(pairwise(run), 1) if walls[a] - walls[b] > _JITTER]
        if len(backward) == 1:
            settled |= {place: int(n >= backward[0]) for n, place in enumerate(run)}
        run = []
    return settled
