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
