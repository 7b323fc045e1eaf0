"""Every test here uses the scripted page."""

from __future__ import annotations

from tests.fakes.room import open_room, room

__all__ = ["open_room", "room"]
