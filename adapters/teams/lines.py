"""A message as lines to draw, whichever way Teams then shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from adapters.teams.text import as_html, in_markdown
from adapters.text import pieces
from dialogs.messages import (
    Attachments,
    Block,
    Bullets,
    Code,
    Fields,
    Grain,
    Heading,
    Paragraph,
    Plain,
    Quote,
    SmallPrint,
    Span,
    Spans,
    Strong,
    When,
    spans_text,
)
from dialogs.timezones import get_zone

_CHUNK = 4000
_HOURS = {Grain.HOUR, Grain.MINUTE, Grain.SECOND}


@dataclass(frozen=True, slots=True)
class Line:
    """One line to draw, and how it looks."""

    spans: Spans
    kind: str = "plain"
    gap: bool = False

    @property
    def in_text(self) -> int:
        """At most how many bytes it takes in a message of text."""
        return len(as_html(spans_text(self.spans)).encode()) + 40 * len(self.spans) + 10

    @property
    def in_card(self) -> int:
        """At most how many bytes it takes in a card."""
        return len(in_markdown(spans_text(self.spans)).encode()) + 120 * len(self.spans) + 80


def lines_of(blocks: Iterable[Block], *, everywhere: bool) -> Iterator[Line]:
    """Yield the lines of a message; `everywhere` tells that people of several zones read them."""
    for block in blocks:
        found: list[tuple[Spans, str]]
        match block:
            case Heading(text=text):
                found = [((Strong(text),), "heading")]
            case Paragraph(spans=spans):
                found = [(spans, "plain")]
            case Quote(spans=spans):
                found = [(spans, "quote")]
            case SmallPrint(spans=spans):
                found = [(spans, "small")]
            case Fields(rows=rows):
                found = [((Strong(f"{row.label}: "), *row.spans), "row") for row in rows]
            case Bullets(items=items):
                found = [((Plain("• "), *item), "row") for item in items]
            case Attachments(files=files):
                found = [((Plain(f"📎 {file.name}"),), "row") for file in files]
        for number, (spans, kind) in enumerate(found):
            for at, line in enumerate(_broken(tuple(_told(spans, everywhere=everywhere)))):
                yield Line(line, kind, gap=at == 0 and (number == 0 or kind != "row"))


def _told(spans: Spans, *, everywhere: bool) -> Iterator[Span]:
    """Say as Teams needs it what each platform shows in its own way: hours, and commands to type.

    Teams shows nobody their own hour, so where people of several zones read the offset stands beside it; and it has no
    commands with a slash.
    """
    for span in spans:
        match span:
            case When(text=text, grain=grain) if everywhere and grain in _HOURS:
                told = f"{text[:-1]}, {_offset(span)})" if text.endswith(")") else f"{text} ({_offset(span)})"
                yield replace(span, text=told)
            case Code(text=text) if text.startswith("/"):
                yield Code(text[1:])
            case _:
                yield span


def _offset(when: When) -> str:
    offset = when.instant.astimezone(get_zone(when.zone)).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _broken(spans: Spans) -> Iterator[Spans]:
    """Split spans at the ends of lines, and where one would be too long."""
    line: list[Span] = []
    size = 0
    for span, ends in (bit for one in spans for bit in _bits(one)):
        length = len(spans_text((span,)))
        if line and size + length > _CHUNK:
            yield tuple(line)
            line, size = [], 0
        line.append(span)
        size += length
        if ends:
            yield tuple(line)
            line, size = [], 0
    if line:
        yield tuple(line)


def _bits(span: Span) -> Iterator[tuple[Span, bool]]:
    """Yield a span in pieces, and whether a line ends after each."""
    if not isinstance(span, Plain | Strong | Code):
        yield span, False
        return
    lines = span.text.split("\n")
    for number, line in enumerate(lines):
        bits = pieces(line, _CHUNK) or [""]
        for bit in bits[:-1]:
            yield replace(span, text=bit), False
        yield replace(span, text=bits[-1]), number < len(lines) - 1
