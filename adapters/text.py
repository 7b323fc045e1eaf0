"""Text on its way out, whatever the platform."""

from __future__ import annotations

import re

_BIDI_OPENING = "\u202a\u202b\u202d\u202e"
_BIDI_ISOLATES = "\u2066\u2067\u2068"
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def inert(text: str) -> str:
    """Return text without what no reader should meet: control characters, and bidi marks left open.

    It is all that a person's words need where a platform parses nothing.
    """
    clean = _UNWANTED.sub("", text)
    if not any(sign in clean for sign in _BIDI_OPENING + _BIDI_ISOLATES):
        return clean
    return "".join(_closed(line) for line in clean.splitlines(keepends=True))


def _closed(line: str) -> str:
    waiting: list[str] = []
    for sign in line:
        if sign in _BIDI_OPENING:
            waiting.append("\u202c")
        elif sign in _BIDI_ISOLATES:
            waiting.append("\u2069")
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    bare = line.rstrip("\n")
    return bare + "".join(reversed(waiting)) + line[len(bare) :]


def cut(text: str, most: int) -> str:
    """Return at most so many characters, an ellipsis at the end where something is missing."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def pieces(text: str, most: int) -> list[str]:
    """Split a text into pieces of at most so many characters, at the end of a line, a sentence or a word."""
    found = []
    while len(text) > most:
        window = text[:most]
        ends = (window.rfind("\n") + 1, window.rfind(". ") + 2, window.rfind(" ") + 1)
        at = next((end for end in ends if end > most // 2), most)
        found.append(text[:at])
        text = text[at:]
    return [*found, text] if text else found
