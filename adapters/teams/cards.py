"""The assistant's messages as Teams shows them: text in simple HTML, or a card where there is something to press.

Words of people go only where Teams parses nothing. A message that is longer than Teams takes becomes several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from adapters.teams.activities import is_channel
from adapters.teams.controls import drawn, form_actions, form_answers, form_body, run_block
from adapters.teams.text import as_html, in_markdown, in_run
from adapters.text import cut, pieces
from dialogs.events import Place, Platform
from dialogs.messages import (
    Attachments,
    Block,
    Bullets,
    Button,
    Code,
    Fields,
    FormView,
    Grain,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Plain,
    Quote,
    SmallPrint,
    Span,
    Spans,
    Strong,
    Style,
    When,
    spans_text,
)
from dialogs.timezones import get_zone

Json = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_BYTES = 36_000
_CHUNK = 4000
_SUMMARY = 200
_SUGGESTED = 6
_HOURS = {Grain.HOUR, Grain.MINUTE, Grain.SECOND}


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Teams: what is posted, and what it says."""

    activity: Json
    text: str


def parts(message: Message, place: Place, *, dialogs: bool) -> list[Part]:
    """Return the message as one or more messages of Teams; the controls are under the last."""
    lines = list(_lines(message.blocks, everywhere=not place.direct))
    groups: list[list[_Line]] = [[]]
    size = 0
    for line in lines:
        if groups[-1] and size + line.size > _BYTES // 2:
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += line.size
    last = groups.pop()
    drawn_groups = [_text(group) for group in groups]
    return [*drawn_groups, _last(last, message, place, dialogs=dialogs)]


def whole(message: Message, place: Place, *, dialogs: bool) -> Part:
    """Return the message as one message of Teams; what does not fit is left out and marked."""
    found = parts(message, place, dialogs=dialogs)
    if len(found) == 1:
        return found[0]
    kept: list[_Line] = []
    for line in _lines(message.blocks, everywhere=not place.direct):
        if sum(one.size for one in kept) + line.size > _BYTES // 2:
            break
        kept.append(line)
    return _last([*kept, _Line((Plain("…"),))], message, place, dialogs=dialogs)


def card_of(message: Message, *, dialogs: bool) -> Json:
    """Return the message as a card, for where Teams takes nothing else."""
    lines = list(_lines(message.blocks, everywhere=False))
    while sum(line.size for line in lines) > _BYTES // 2:
        lines.pop()
    return _card(lines, message, dialogs=dialogs)


def form_card(view: FormView, *, errors: dict[str, str], values: dict[str, str] | None, dialog: bool) -> Json:
    """Return a form as a card: within a dialog, which has its own title and way out, or in the chat."""
    title = [] if dialog else [run_block(view.title, weight="bolder", size="medium")]
    body = [*title, *form_body(view, errors, values)]
    return _frame(body, form_actions(view, cancel=not dialog), view.title)


def sent_card(view: FormView, values: Mapping[str, str]) -> Json:
    """Return what takes the place of a form that was sent: what was filled in, and nothing more to press."""
    return _frame([run_block(view.title, weight="bolder", size="medium"), *form_answers(view, values)], [], view.title)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line to draw, and how it looks."""

    spans: Spans
    kind: str = "plain"
    gap: bool = False

    @property
    def size(self) -> int:
        """About how many bytes it takes, drawn."""
        return 2 * len(spans_text(self.spans).encode("utf-8", "replace")) + 120 * len(self.spans)


def _lines(blocks: Iterable[Block], *, everywhere: bool) -> Iterator[_Line]:
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
                yield _Line(line, kind, gap=at == 0 and (number == 0 or kind != "row"))


def _told(spans: Spans, *, everywhere: bool) -> Iterator[Span]:
    """Yield spans as they hold in Teams.

    Where people of several zones read, an hour has its offset: Teams shows nobody their own. What is to be typed has
    no slash before it: Teams keeps that for commands of its own.
    """
    for span in spans:
        yield Code(span.text.removeprefix("/")) if isinstance(span, Code) else span
        if everywhere and isinstance(span, When) and span.grain in _HOURS:
            yield Plain(f" · {_offset(span)}")


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


# -- as text


def _text(lines: Sequence[_Line]) -> Part:
    entities: list[Json] = []
    html = ""
    quoting = False
    for line in lines:
        quoted = line.kind == "quote"
        if quoted is not quoting:
            html += "<blockquote>" if quoted else "</blockquote>"
        elif html:
            html += "<br/>"
        quoting = quoted
        html += "".join(_html(span, entities) for span in line.spans)
    html += "</blockquote>" if quoting else ""
    said = _said(lines)
    activity: Json = {"type": "message", "textFormat": "xml", "text": html or "…"}
    if entities:
        activity["entities"] = entities
    return Part(activity, said)


def _said(lines: Sequence[_Line]) -> str:
    return "\n".join(spans_text(line.spans) for line in lines)


def _html(span: Span, entities: list[Json]) -> str:
    match span:
        case Strong(text=text):
            return f"<strong>{as_html(text)}</strong>"
        case Code(text=text):
            return f"<code>{as_html(text)}</code>"
        case Link(text=text):
            url = span.url or permalink(span)
            return f'<a href="{as_html(url)}">{as_html(text)}</a>' if is_web(url) else as_html(text)
        case Mention():
            return _mention(span, entities, as_html)
        case _:
            return as_html(span.text)


def _mention(mention: Mention, entities: list[Json], escape: Callable[[str], str]) -> str:
    platform, _, rest = mention.person.partition(":")
    if platform != Platform.TEAMS:
        return escape(f"@{mention.name}")
    name = cut(mention.name, _SUMMARY)
    text = f"<at>{as_html(name)}</at>"
    entities.append(
        {"type": "mention", "text": text, "mentioned": {"id": rest.partition(":")[2], "name": in_run(name)}}
    )
    return text


def permalink(link: Link) -> str:
    """Return the address of a conversation in a channel."""
    place = link.place
    if place is None or place.platform is not Platform.TEAMS or place.direct or not is_channel(place.channel):
        return ""
    root = place.thread or (link.message or "").partition("/")[0]
    return f"https://teams.microsoft.com/l/message/{place.channel}/{root}" if root else ""


def is_web(url: str) -> bool:
    """Tell whether an address may be followed."""
    return url.startswith(("https://", "http://", "mailto:")) and len(url) <= 2000


# -- as a card


def _last(lines: Sequence[_Line], message: Message, place: Place, *, dialogs: bool) -> Part:
    if not message.controls:
        return _text(lines)
    if place.direct and (suggested := _suggested(message)):
        part = _text(lines)
        return Part({**part.activity, "suggestedActions": {"to": [], "actions": suggested}}, part.text)
    card = _card(lines, message, dialogs=dialogs)
    said = _said(lines)
    attachment = {"contentType": CARD, "content": card}
    return Part({"type": "message", "summary": cut(in_run(said), _SUMMARY), "attachments": [attachment]}, said)


def _suggested(message: Message) -> list[Json]:
    """Return the buttons as suggested answers, where Teams can show them as such: few of them, said by a word."""
    buttons = [control for control in message.controls if isinstance(control, Button)]
    plain = all(not button.opens and button.style is not Style.DANGER for button in buttons)
    if len(buttons) < len(message.controls) or len(buttons) > _SUGGESTED or not plain:
        return []
    return [{"type": "imBack", "title": button.label, "value": button.label} for button in buttons]


def _card(lines: Sequence[_Line], message: Message, *, dialogs: bool) -> Json:
    entities: list[Json] = []
    body: list[Json] = []
    for line in lines:
        block = _block(line, entities) | {"spacing": "default" if line.gap else "none"}
        if line.kind != "quote":
            body.append(block)
        elif body and body[-1].get("style") == "emphasis" and not line.gap:
            body[-1]["items"].append(block)
        else:
            body.append({"type": "Container", "style": "emphasis", "items": [block]})
    lists, buttons = drawn(message.controls, message.language, dialogs=dialogs)
    return _frame([*body, *lists], buttons, _said(lines), entities)


def _frame(body: list[Json], actions: list[Json], text: str, entities: Sequence[Json] = ()) -> Json:
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "fallbackText": cut(in_run(text), 1000) or "…",
        "body": body or [run_block("…")],
        **({"actions": actions} if actions else {}),
        "msteams": {"width": "Full", **({"entities": list(entities)} if entities else {})},
    }


def _block(line: _Line, entities: list[Json]) -> Json:
    looks: Json = {"size": "small", "isSubtle": True} if line.kind == "small" else {}
    if line.kind == "heading":
        looks = {"size": "medium"}
    if any(isinstance(span, Mention) and span.person.startswith(f"{Platform.TEAMS}:") for span in line.spans):
        # Only a text block can notify somebody.
        text = "".join(_markdown(span, entities) for span in line.spans)
        return {"type": "TextBlock", "text": text or "…", "wrap": True, **looks}
    runs = [run for span in line.spans for run in _run(span, looks)]
    return {"type": "RichTextBlock", "inlines": runs or [{"type": "TextRun", "text": " "}]}


def _run(span: Span, looks: Json) -> Iterator[Json]:
    text = in_run(span.name if isinstance(span, Mention) else span.text)
    if not text:
        return
    run: Json = {"type": "TextRun", "text": text, **looks}
    match span:
        case Strong():
            run["weight"] = "bolder"
        case Code():
            run["fontType"] = "monospace"
        case Mention():
            run["text"] = f"@{text}"
        case Link():
            url = span.url or permalink(span)
            if is_web(url):
                run["selectAction"] = {"type": "Action.OpenUrl", "url": url}
        case _:
            pass
    yield run


def _markdown(span: Span, entities: list[Json]) -> str:
    match span:
        case Strong(text=text):
            return f"**{in_markdown(text)}**"
        case Mention():
            return _mention(span, entities, in_markdown)
        case _:
            return in_markdown(span.text)


def card_size(card: Json) -> int:
    """Return how many bytes of UTF-8 a card takes."""
    return len(json.dumps(card, ensure_ascii=False).encode("utf-8", "replace"))
