"""Moments told in a hurry, in Spanish and English: "desde ayer a las 3", "2 hrs ago", "Nov 3rd, 9:15 pm ET"."""

from __future__ import annotations

from datetime import datetime

from dialogs.reading.moments.model import Flag, Grain, Moment, Role

__all__ = ["Flag", "Grain", "Moment", "Role", "read_moments"]


def read_moments(text: str, *, language: str, reference: datetime, zone: str) -> tuple[Moment, ...]:
    """Read the moments told in a text, in the order in which they stand there.

    A customer reports what happened, so what can be past or future is past ("el viernes" is the last one),
    unless the text says otherwise.

    Args:
        text: what the person wrote.
        language: ``es`` or ``en``. Both are always read; it decides only whether ``12/03`` is in March.
        reference: when it was written (aware).
        zone: the IANA name of the person's zone, for every hour told without one.

    Raises:
        ValueError: the reference is naive.
    """
    if reference.tzinfo is None:
        raise ValueError("the reference must be aware")
    return ()
