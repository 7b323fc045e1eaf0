"""Reactions of Teams by the short names that emojis have elsewhere."""

from __future__ import annotations

import re

_NAMED = {
    "like": "+1", "heart": "heart", "laugh": "joy", "surprised": "open_mouth", "sad": "cry", "angry": "rage",
    "yes": "+1", "checkmark": "white_check_mark",
}  # fmt: skip
# Any other emoji is told by its code and a name of Teams' own: `1f440_eyes`, `2705_whiteheavycheckmark`.
_CODED = {0x1F440: "eyes", 0x2705: "white_check_mark", 0x1F6A8: "rotating_light", 0x1F3AB: "ticket"}
_CODE = re.compile(r"([0-9a-f]{4,6})(?:[_-].*)?")


def emoji_of(reaction: str) -> str:
    """Return the short name of a reaction, or Teams' own where it has no other."""
    code = _CODE.fullmatch(reaction.lower())
    found = _CODED.get(int(code[1], 16)) if code else None
    return found or _NAMED.get(reaction, reaction)
