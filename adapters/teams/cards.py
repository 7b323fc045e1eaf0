"""The assistant's messages as Teams shows them: text in simple HTML, or a card where there is something to press.

Words of people go only where Teams parses nothing. A message that is longer than Teams takes becomes several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.teams.controls import drawn, form_actions, form_answers, form_body, run_block
from adapters.teams.lines import Line, lines_of
from adapters.teams.markup import is_web, mention_of, permalink, text_message
from adapters.teams.text import in_markdown, in_run
from adapters.text import cut
from dialogs.events import Place, Platform
from dialogs.messages import (
    Button,
    Code,
    FormView,
    Link,
    Mention,
    Message,
    Plain,
    Span,
    Strong,
    Style,
    spans_text,
)

Json = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_BYTES = 28_000
_SUMMARY = 200
_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Teams: what is posted, and what it says."""

    activity: Json
    text: str


def parts(message: Message, place: Place, *, dialogs: bool) -> list[Part]:
    """Return the message as one or more messages of Teams; the controls are under the last."""
    lines = list(lines_of(message.blocks, everywhere=not place.direct))
    shown = len(_tail(lines)) if message.controls else 0
    found = [text_part(group) for group in _groups(lines[: len(lines) - shown])]
    if not message.controls:
        return found or [text_part([])]
    return [*found, _last(lines[len(lines) - shown :], message, place, dialogs=dialogs)]


def whole(message: Message, place: Place, *, dialogs: bool) -> Part:
    """Return the message as one message of Teams; what does not fit is left out and marked."""
    lines = list(lines_of(message.blocks, everywhere=not place.direct))
    kept = list(_fitting(lines))
    if len(kept) < len(lines):
        kept.append(Line((Plain("…"),)))
    return _last(kept, message, place, dialogs=dialogs)


def card_of(message: Message, *, dialogs: bool) -> Json:
    """Return the message as a card, for where Teams takes nothing else."""
    return _card(list(_fitting(lines_of(message.blocks, everywhere=False))), message, dialogs=dialogs)


def _fitting(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines from the beginning for as long as they fit into one message."""
    size = 0
    for line in lines:
        size += max(line.in_card, line.in_text)
        if size > _BYTES:
            return
        yield line


def _tail(lines: Sequence[Line]) -> list[Line]:
    """Return the lines at the end that fit into a card."""
    return list(_fitting(reversed(lines)))


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield lines together that fit into a message of text."""
    group: list[Line] = []
    size = 0
    for line in lines:
        if group and size + line.in_text > _BYTES:
            yield group
            group, size = [], 0
        group.append(line)
        size += line.in_text
    if group:
        yield group


def form_card(view: FormView, *, errors: dict[str, str], values: dict[str, str] | None, dialog: bool) -> Json:
    """Return a form as a card: within a dialog, which has its own title and way out, or in the chat."""
    title = [] if dialog else [run_block(view.title, weight="bolder", size="medium")]
    body = [*title, *form_body(view, errors, values)]
    return frame(body, form_actions(view, cancel=not dialog), view.title)


def text_part(lines: Sequence[Line]) -> Part:
    """Return lines as a message of text."""
    return Part(text_message(lines), _said(lines))


def _said(lines: Iterable[Line]) -> str:
    return "\n".join(spans_text(line.spans) for line in lines)


def _last(lines: Sequence[Line], message: Message, place: Place, *, dialogs: bool) -> Part:
    if not message.controls:
        return text_part(lines)
    if place.direct and (suggested := _suggested(message)):
        part = text_part(lines)
        return Part({**part.activity, "suggestedActions": {"to": [], "actions": suggested}}, part.text)
    card = _card(lines, message, dialogs=dialogs)
    return card_part(card, _said(lines))


def _suggested(message: Message) -> list[Json]:
    """Return the buttons as suggested answers, where Teams can show them as such: few of them, said by their label."""
    buttons = [control for control in message.controls if isinstance(control, Button)]
    plain = all(button.answers and not button.opens and button.style is not Style.DANGER for button in buttons)
    if len(buttons) < len(message.controls) or len(buttons) > _SUGGESTED or not plain:
        return []
    return [{"type": "imBack", "title": button.label, "value": button.label} for button in buttons]


def _card(lines: Sequence[Line], message: Message, *, dialogs: bool) -> Json:
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
    return frame([*body, *lists], buttons, _said(lines), entities)


def sent_card(view: FormView, values: Mapping[str, str]) -> Json:
    """Return what takes the place of a form that was sent: what was filled in, and nothing more to press."""
    return frame([run_block(view.title, weight="bolder", size="medium"), *form_answers(view, values)], [], view.title)


def card_part(card: Json, said: str) -> Part:
    """Return a card as a message; `said` is what notifications tell of it."""
    attachment = {"contentType": CARD, "content": card}
    return Part({"type": "message", "summary": cut(in_run(said), _SUMMARY), "attachments": [attachment]}, said)


def frame(body: list[Json], actions: list[Json], text: str, entities: Sequence[Json] = ()) -> Json:
    """Return a card; `text` is what a client shows that cannot show it."""
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "fallbackText": cut(in_run(text), 1000) or "…",
        "body": body or [run_block("…")],
        **({"actions": actions} if actions else {}),
        **({"msteams": {"entities": list(entities)}} if entities else {}),
    }


def _block(line: Line, entities: list[Json]) -> Json:
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
            return mention_of(span, entities, in_markdown)
        case _:
            return in_markdown(span.text)
