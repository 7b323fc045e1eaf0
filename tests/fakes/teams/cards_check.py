"""What is wrong with an Adaptive Card of version 1.5 in Teams: unknown parts, and Teams' own limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_ELEMENT = {"type", "id", "spacing", "separator", "isVisible", "height", "fallback", "requires"}
_INPUT = _ELEMENT | {"label", "isRequired", "errorMessage"}
_ACTION = {"type", "id", "title", "iconUrl", "style", "fallback", "requires", "isEnabled", "mode", "tooltip"}
_KNOWN = {
    "TextBlock": _ELEMENT
    | {"text", "color", "fontType", "horizontalAlignment", "isSubtle", "maxLines", "size", "weight", "wrap", "style"},
    "RichTextBlock": _ELEMENT | {"inlines", "horizontalAlignment"},
    "TextRun": {"type", "text", "color", "fontType", "highlight", "isSubtle", "italic", "selectAction", "size"}
    | {"strikethrough", "underline", "weight"},
    "Image": _ELEMENT | {"url", "altText", "size", "width", "horizontalAlignment", "style", "selectAction"},
    "Container": _ELEMENT | {"items", "style", "bleed", "minHeight", "verticalContentAlignment", "selectAction"},
    "ActionSet": _ELEMENT | {"actions"},
    "FactSet": _ELEMENT | {"facts"},
    "Table": _ELEMENT | {"columns", "rows", "firstRowAsHeader", "showGridLines", "gridStyle"},
    "TableRow": {"type", "cells", "style"},
    "TableCell": _ELEMENT | {"items", "style"},
    "Input.Text": _INPUT | {"isMultiline", "maxLength", "placeholder", "regex", "style", "value", "inlineAction"},
    "Input.ChoiceSet": _INPUT | {"choices", "isMultiSelect", "style", "value", "placeholder", "wrap"},
    "Action.Execute": _ACTION | {"verb", "data", "associatedInputs"},
    "Action.Submit": _ACTION | {"data", "associatedInputs"},
    "Action.OpenUrl": _ACTION | {"url"},
    "AdaptiveCard": {"type", "$schema", "version", "fallbackText", "body", "actions", "msteams", "refresh", "lang"},
}
_ALLOWED = {
    "style": {"default", "emphasis", "good", "attention", "warning", "accent", "positive", "destructive", "compact"}
    | {"expanded", "heading", "text", "person"},
    "spacing": {"default", "none", "small", "medium", "large", "extraLarge", "padding"},
    "size": {"default", "small", "medium", "large", "extraLarge", "auto", "stretch"},
    "weight": {"default", "lighter", "bolder"},
    "color": {"default", "dark", "light", "accent", "good", "warning", "attention"},
    "fontType": {"default", "monospace"},
    "associatedInputs": {"auto", "none"},
    "mode": {"primary", "secondary"},
}
_NEEDED = {
    "TextBlock": ("text",),
    "RichTextBlock": ("inlines",),
    "TextRun": ("text",),
    "Image": ("url", "altText"),
    "Container": ("items",),
    "ActionSet": ("actions",),
    "Input.Text": ("id",),
    "Input.ChoiceSet": ("id", "choices"),
    "Action.Execute": ("title", "fallback"),
    "Action.Submit": ("title",),
    "Action.OpenUrl": ("url",),
    "AdaptiveCard": ("version", "body", "fallbackText"),
}
_BYTES = 40_000
_ROW = 5


def findings(card: Json) -> list[str]:
    """Return what is wrong with a card, in words; nothing where it is sound."""
    found = list(_element(card, "card"))
    if card.get("version") != "1.5":
        found.append("version is not 1.5")
    if card.get("type") != "AdaptiveCard":
        found.append("not a card")
    size = len(json.dumps(_without_pictures(card), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if size > _BYTES:
        found.append(f"{size} bytes")
    rows = [one["actions"] for one in _all(card) if isinstance(one.get("actions"), list)]
    found += [f"{len(row)} actions in a row" for row in rows if len(row) > _ROW]
    ids = [one["id"] for one in _all(card) if str(one.get("type", "")).startswith("Input.") and "id" in one]
    found += [f"the id {one} twice" for one in set(ids) if ids.count(one) > 1]
    return found


def _element(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _element(one, f"{where}[{number}]")
        return
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if kind == "mention" or kind is None:
        return
    if kind not in _KNOWN:
        yield f"{where}: {kind} is unknown"
        return
    yield from (f"{where}: {kind} has no {name}" for name in _NEEDED.get(kind, ()) if not value.get(name))
    yield from (f"{where}: {kind} knows no {name}" for name in value.keys() - _KNOWN[kind])
    for name, allowed in _ALLOWED.items():
        if name in value and value[name] not in allowed:
            yield f"{where}: {name} is {value[name]}"
    for name, inner in value.items():
        if isinstance(inner, str) and name != "value":
            yield from _text(inner, f"{where}.{name}")
        elif name not in {"data", "msteams"}:
            yield from _element(inner, f"{where}.{name}")


def _text(text: str, where: str) -> Iterator[str]:
    if "{{DATE" in text or "{{TIME" in text:
        yield f"{where}: a date that Teams would expand"
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        yield f"{where}: half a sign"


def _without_pictures(value: Any) -> Any:
    match value:
        case {"type": "Image", "url": str(url)} if url.startswith("data:"):
            return {**value, "url": ""}
        case dict():
            return {name: _without_pictures(inner) for name, inner in value.items()}
        case list():
            return [_without_pictures(one) for one in value]
        case _:
            return value


def _all(value: Any) -> Iterator[Json]:
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from _all(inner)
        case list():
            for one in value:
                yield from _all(one)
