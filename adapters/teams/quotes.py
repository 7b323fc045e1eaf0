"""What somebody quotes when they answer a message: it is not what they say themselves.

Teams tells a quotation in one of three ways, by client and by kind of chat. The text begins with a mark
(`<quoted messageId="…"/>`); or it begins with the author and the words that are quoted; or it has the new words only.
The same message is attached as HTML, where a `blockquote` of the type `schema.skype.com/Reply` holds what is quoted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

_MARK = re.compile(r'<quoted\s+messageId="[^"]*"\s*/>\s*')
_REPLY = "schema.skype.com/Reply"
_REFERENCE = re.compile(r'<attachment id="\d+">')
_MOST = 50_000
_PIECE = re.compile(r"</?at(?:\s[^>]*)?>|&(?:#\w+|\w+);|.", re.DOTALL)


def own_words(text: str, attachments: Iterable[Any]) -> str:
    """Return the text without what it quotes."""
    text = _MARK.sub("", text)
    for attachment in attachments:
        if not isinstance(attachment, Mapping) or attachment.get("contentType") != "text/html":
            continue
        told = str(attachment.get("content") or "")
        if len(told) <= _MOST and (_REPLY in told or _REFERENCE.search(told)):
            return _without(text, _Halves.of(told))
    return text


class _Halves(HTMLParser):
    """What a message in HTML quotes and what is its author's own, both without any spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.quoted = ""
        self.own = ""
        self._depth = 0

    @classmethod
    def of(cls, told: str) -> _Halves:
        found = cls()
        found.feed(told)
        found.close()
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "blockquote" and (self._depth or _REPLY in (told.get("itemtype") or "")):
            self._depth += 1
        elif alternative := told.get("alt"):
            self.handle_data(alternative)

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        squeezed = "".join(data.split())
        if self._depth:
            self.quoted += squeezed
        else:
            self.own += squeezed


def _without(text: str, halves: _Halves) -> str:
    seen, ends = "", []
    for piece in _PIECE.finditer(text):
        shown = "" if piece[0].startswith(("<at", "</at")) else "".join(html.unescape(piece[0]).split())
        seen += shown
        ends += [piece.end()] * len(shown)
    own, quoted = halves.own, halves.quoted
    if not seen or seen == own:
        return text
    if own and seen.endswith(own):
        return text[ends[-len(own) - 1] :]
    return text[ends[len(quoted) - 1] :] if quoted and seen.startswith(quoted) else text
