"""Moments told in a hurry, in Spanish and English: "desde ayer a las 3", "2 hrs ago", "Nov 3rd, 9:15 pm ET"."""

from __future__ import annotations

from dialogs.reading.moments.foreign import read_foreign_date
from dialogs.reading.moments.model import Flag, Grain, Moment, Role
from dialogs.reading.moments.reader import read_moments

__all__ = ["Flag", "Grain", "Moment", "Role", "read_foreign_date", "read_moments"]
