"""The words of an e-mail that comes as HTML only."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"head", "script", "style", "title", "template"})
_BLOCKS = frozenset({"p", "div", "table", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section"})
_LONGEST = 400_000
"""How much of a page is looked at, in characters."""


def text_of(html: str) -> str:
    """Return the words of a page, line by line; what it quotes begins with `>` as in plain mail."""
    reader = _Reader()
    reader.feed(html[:_LONGEST])
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(reader.lines())).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._depth = 0
        self._unseen = 0

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._lines]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        match tag:
            case _ if tag in _UNSEEN:
                self._unseen += 1
            case "br":
                self._break()
            case "blockquote":
                self._depth += 1
                self._begin()
            case "li":
                self._begin()
                self._lines[-1] += "• "
            case "hr":
                self._begin()
            case "td" | "th":
                self._add(" ")
            case _ if tag in _BLOCKS:
                self._begin()

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case _ if tag in _UNSEEN:
                self._unseen = max(0, self._unseen - 1)
            case "blockquote":
                self._depth = max(0, self._depth - 1)
                self._begin()
            case "p":
                self._begin()
                self._break()
            case _ if tag in _BLOCKS:
                self._begin()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, text: str) -> None:
        line = self._lines[-1]
        bare = not line or line.endswith("> ")
        self._lines[-1] += text.lstrip() if bare or line.endswith(" ") else text

    def _begin(self) -> None:
        """Go to a line of its own, unless that is where it is."""
        if self._lines[-1].strip("> "):
            self._break()
        else:
            self._lines[-1] = "> " * self._depth

    def _break(self) -> None:
        self._lines.append("> " * self._depth)
