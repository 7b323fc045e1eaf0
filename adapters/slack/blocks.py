"""The assistant's messages as Block Kit. Words of people go only where Slack parses nothing.

Limits are those of docs.slack.dev/reference/block-kit; a message that is longer becomes several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.controls import control_blocks
from adapters.slack.identity import Workspace
from adapters.slack.text import escape
from adapters.text import cut, inert, pieces
from dialogs.events import Platform
from dialogs.messages import (
    Attachments,
    Block,
    Bullets,
    Code,
    Fields,
    Grain,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Plain,
    Quote,
    Row,
    SmallPrint,
    Span,
    Spans,
    Strong,
    When,
    spans_text,
)

Json = dict[str, Any]

_PART_TEXT = 3800
_PART_BLOCKS = 50
_HOME_BLOCKS = 100
_CHUNK = 2800
_HEADER = 150
_CONTEXT = 2000
_ONE = 200
# The reader's client writes the date and hour in the reader's own zone and language.
_DATES = {
    Grain.HOUR: "{date_short_pretty} {time}",
    Grain.MINUTE: "{date_short_pretty} {time}",
    Grain.SECOND: "{date_short_pretty} {time_secs}",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Slack: its blocks, and the same as text for notifications and screen readers."""

    text: str
    blocks: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    block: Json
    text: str


def parts(message: Message, workspace: Workspace) -> list[Part]:
    """Return the message as one or more messages of Slack; the controls are under the last."""
    controls = control_blocks(message.controls)
    found: list[list[_Piece]] = [[]]
    size = 0
    for piece in _pieces(message.blocks, workspace):
        full = len(found[-1]) >= _PART_BLOCKS - len(controls)
        if found[-1] and (full or size + len(piece.text) > _PART_TEXT):
            found.append([])
            size = 0
        found[-1].append(piece)
        size += len(piece.text) + 1
    last = len(found) - 1
    return [_part(group, controls if at == last else []) for at, group in enumerate(found)]


def whole(message: Message, workspace: Workspace) -> Part:
    """Return the message as one message of Slack; what does not fit is left out and marked."""
    found = parts(message, workspace)
    if len(found) == 1:
        return found[0]
    return replace(found[0], blocks=_fitted(found[0].blocks, message, _PART_BLOCKS, cut_short=True))


def home_blocks(message: Message, workspace: Workspace) -> tuple[Json, ...]:
    """Return the message as what stands on somebody's Home tab, which holds more than a message of Slack."""
    blocks = [piece.block for piece in _pieces(message.blocks, workspace)]
    return _fitted(blocks, message, _HOME_BLOCKS)


def _fitted(blocks: Sequence[Json], message: Message, most: int, *, cut_short: bool = False) -> tuple[Json, ...]:
    """Return the blocks above the message's controls, with a sign where some of them are missing."""
    controls = control_blocks(message.controls)
    room = most - len(controls)
    if len(blocks) > room or cut_short:
        blocks = (*blocks[: room - 1], _rich([_section([_text("…")])]))
    return (*blocks, *controls)


def _part(group: Sequence[_Piece], controls: Sequence[Json]) -> Part:
    text = escape("\n".join(piece.text for piece in group)) or "…"
    return Part(text, (*(piece.block for piece in group), *controls))


def _pieces(blocks: Iterable[Block], workspace: Workspace) -> Iterator[_Piece]:
    for block in blocks:
        match block:
            case Heading(text=text):
                yield from _heading(inert(text))
            case Paragraph(spans=spans):
                yield from _spoken(spans, "rich_text_section", workspace)
            case Quote(spans=spans):
                yield from _spoken(spans, "rich_text_quote", workspace, "«{}»")
            case SmallPrint(spans=spans):
                yield from _small(spans, workspace)
            case Fields(rows=rows):
                yield from _rows(rows, workspace)
            case Bullets(items=items):
                yield from _bullets(items, workspace)
            case Attachments(files=files):
                names = "\n".join(f"📎 {inert(file.name)}" for file in files)
                yield from _small((Plain(names),), workspace)


def _heading(text: str) -> Iterator[_Piece]:
    if not text.strip():
        return
    if len(text) <= _HEADER:
        yield _Piece({"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}, text)
        return
    for piece in pieces(text, _CHUNK):
        yield _Piece(_rich([_section([_text(piece, bold=True)])]), piece)


def _spoken(spans: Spans, kind: str, workspace: Workspace, shown: str = "{}") -> Iterator[_Piece]:
    for chunk in _chunks(spans):
        block = _rich([{"type": kind, "elements": _elements(chunk, workspace)}])
        yield _Piece(block, shown.format(spans_text(chunk)))


def _small(spans: Spans, workspace: Workspace) -> Iterator[_Piece]:
    text = inert(spans_text(spans))
    if len(text) > _CONTEXT or not all(isinstance(span, Plain | Strong | Code) for span in spans):
        yield from _spoken(spans, "rich_text_section", workspace)
    elif text.strip():
        yield _Piece({"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}, text)


def _rows(rows: Iterable[Row], workspace: Workspace) -> Iterator[_Piece]:
    labelled = ((Strong(f"{row.label}: "), *row.spans) for row in rows)
    yield from _packed(labelled, _rich, workspace, "{}")


def _bullets(items: Iterable[Spans], workspace: Workspace) -> Iterator[_Piece]:
    def listed(sections: list[Json]) -> Json:
        return _rich([{"type": "rich_text_list", "style": "bullet", "elements": sections}])

    yield from _packed(items, listed, workspace, "• {}")


def _packed(
    lines: Iterable[Spans], make: Callable[[list[Json]], Json], workspace: Workspace, shown: str
) -> Iterator[_Piece]:
    """Put as many lines into one block as it holds."""
    sections: list[Json] = []
    texts: list[str] = []
    for line in lines:
        for chunk in _chunks(line):
            text = spans_text(chunk)
            if sections and sum(map(len, texts)) + len(text) > _CHUNK:
                yield _Piece(make(sections), "\n".join(texts))
                sections, texts = [], []
            sections.append(_section(_elements(chunk, workspace)))
            texts.append(shown.format(text))
    if sections:
        yield _Piece(make(sections), "\n".join(texts))


def _chunks(spans: Spans) -> Iterator[Spans]:
    """Split spans so that each chunk fits into a block, and none is without words."""
    chunk: list[Span] = []
    size = 0
    for whole_span in spans:
        for span in _bits(whole_span):
            length = len(spans_text((span,)))
            if chunk and size + length > _CHUNK:
                yield tuple(chunk)
                chunk, size = [], 0
            chunk.append(span)
            size += length
    if spans_text(tuple(chunk)).strip():
        yield tuple(chunk)


def _bits(span: Span) -> Iterator[Span]:
    """Split a span where it is too long, and leave out one without words."""
    match span:
        case Mention(name=name):
            yield replace(span, name=cut(inert(name), _ONE))
        case Plain(text=text) | Strong(text=text) | Code(text=text):
            for piece in pieces(inert(text), _CHUNK):
                yield replace(span, text=piece)
        case _:
            if words := cut(inert(span.text), _ONE):
                yield replace(span, text=words)


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _text(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def _elements(spans: Spans, workspace: Workspace) -> list[Json]:
    return [element for span in spans for element in (_element(span, workspace), *_own_hour(span))]


def _own_hour(span: Span) -> tuple[Json, ...]:
    """Return the hour as each reader's own clock shows it, beside the one that was told and its zone."""
    if not isinstance(span, When) or span.grain not in _DATES:
        return ()
    stamp = int(span.instant.timestamp())
    own = {"type": "date", "timestamp": stamp, "format": _DATES[span.grain], "fallback": span.text}
    return (_text(" · "), own)


def _element(span: Span, workspace: Workspace) -> Json:
    match span:
        case Strong(text=text):
            return _text(text, bold=True)
        case Code(text=text):
            return _text(text, code=True)
        case Link(text=text):
            url = span.url or _permalink(span, workspace)
            return {"type": "link", "url": url, "text": text} if _is_web(url) else _text(text)
        case Mention(person=person, name=name):
            platform, _, user = person.partition(":")
            if platform == Platform.SLACK:
                return {"type": "user", "user_id": user.rpartition(":")[2]}
            return _text(f"@{name}")
        case _:
            return _text(span.text)


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://", "mailto:")) and len(url) <= 3000


def _permalink(link: Link, workspace: Workspace) -> str:
    """Return the address of a conversation: the workspace's, the channel and the message without its dot."""
    place = link.place
    if place is None or place.platform is not Platform.SLACK:
        return ""
    ts = link.message or place.thread
    if ts is None:
        return f"{workspace.url}/archives/{place.channel}"
    address = f"{workspace.url}/archives/{place.channel}/p{ts.replace('.', '')}"
    if place.thread and place.thread != ts:
        return f"{address}?thread_ts={place.thread}&cid={place.channel}"
    return address
