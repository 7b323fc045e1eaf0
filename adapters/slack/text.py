"""Text of Slack, both ways: what people wrote as plain text, and plain text made safe for where Slack parses.

Slack's marks are described at docs.slack.dev/messaging/formatting-message-text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Slack writes an emoji as its short name; these are the ones that the readers understand.
_EMOJI = {
    "mega": "📣", "loudspeaker": "📢", "ticket": "🎫", "eyes": "👀", "pray": "🙏", "+1": "👍", "thumbsup": "👍",
    "-1": "👎", "thumbsdown": "👎", "ok_hand": "👌", "clap": "👏", "raised_hands": "🙌", "muscle": "💪",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "rotating_light": "🚨", "fire": "🔥",
    "heart": "❤️", "blush": "😊", "smile": "😄", "slightly_smiling_face": "🙂", "wink": "😉", "grinning": "😀",
    "joy": "😂", "wave": "👋", "cry": "😢", "sob": "😭", "disappointed": "😞", "rage": "😡", "angry": "😠",
    "tada": "🎉", "thinking_face": "🤔", "pensive": "😔", "hourglass": "⌛", "phone": "☎️", "telephone_receiver": "📞",
}  # fmt: skip
_EMOJI_NAME = re.compile(r":([a-z0-9_+-]+)(?:::skin-tone-\d)?:")
_MARK = re.compile(r"<([^<>]+)>")
_BIDI_OPENING = "\u202a\u202b\u202d\u202e"
_BIDI_ISOLATES = "\u2066\u2067\u2068"
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def unescape(text: str) -> str:
    """Undo the three escapes Slack makes, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """Make text inert where Slack looks for marks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def addresses(text: str, user: str) -> bool:
    """Tell whether a message of Slack mentions this user."""
    return bool(re.search(rf"<@{re.escape(user)}(?:\|[^>]*)?>", text))


def read_text(text: str, *, me: str, name_of: Callable[[str], str]) -> str:
    """Return a message of Slack as the person saw it while writing; mentions of `me` are left out.

    `name_of` gives the name of a user id.
    """

    def mark(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target.startswith("@"):
            return "" if target[1:] == me else f"@{name_of(target[1:]) or label}"
        if target.startswith("#"):
            return f"#{label or target[1:]}"
        if target.startswith("!"):
            return label or f"@{target[1:].split('^')[0]}"
        address = target.removeprefix("mailto:").removeprefix("tel:")
        return f"{label} ({address})" if label and label not in (address, target) and label not in address else address

    seen = _MARK.sub(mark, text)
    return unescape(_EMOJI_NAME.sub(lambda match: _EMOJI.get(match[1], match[0]), seen)).strip()


def inert(text: str) -> str:
    """Return text without what no reader should meet: control characters, and bidi marks left open.

    Slack's rich text parses nothing, so this is all that a person's words need there.
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
