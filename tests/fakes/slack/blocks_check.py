"""Whether Slack would take these blocks: Slack's own models, the package blockkit, and the limits neither checks."""

from __future__ import annotations

from typing import Any

import blockkit.core as kit
from slack_sdk.models.blocks import Block

Json = dict[str, Any]

_INSIDE = {
    "text": kit.RichTextEl,
    "user": kit.RichUserEl,
    "link": kit.RichLinkEl,
    "date": kit.RichDateEl,
}
_UNTYPED = {"options": "Option", "initial_option": "Option", "style": "RichStyle"}
_MESSAGE = {"section", "actions", "context", "header", "rich_text"}
_VIEW = {*_MESSAGE, "input"}


def _classes() -> dict[str, type[Any]]:
    found: dict[str, type[Any]] = {"mrkdwn": kit.Text, "plain_text": kit.Text}
    for kind in vars(kit).values():
        if isinstance(kind, type) and issubclass(kind, kit.Component) and kind is not kit.Component:
            try:
                found.setdefault(kind()._get_field("type").value, kind)
            except Exception:
                continue
    return found | _INSIDE


_CLASSES = _classes()


def _built(value: Any, key: str = "") -> Any:
    if isinstance(value, list):
        return [_built(item, key) for item in value]
    if not isinstance(value, dict):
        return value
    kind = _CLASSES.get(value.get("type", "")) or getattr(kit, _UNTYPED[key])
    fields = {name: _built(item, name) for name, item in value.items() if name != "type"}
    if kind is kit.Text:
        fields["type"] = value["type"]
    component = kind(**fields)
    component.validate()
    return component


def findings(blocks: list[Json], *, view: Json | None = None) -> list[str]:
    """What is wrong with the blocks of a message or, where `view` is given, of that view."""
    found = []
    for at, block in enumerate(blocks):
        try:
            parsed = Block.parse(block)
            assert parsed is not None, f"unknown block {block['type']}"
            parsed.validate_json()
            _built(block)
        except Exception as error:
            found.append(f"/{at} ({block.get('type')}): {error}")
        found += [f"/{at}: {problem}" for problem in _rules(block, _VIEW if view else _MESSAGE)]
    if len(blocks) > (100 if view else 50):
        found.append(f"{len(blocks)} blocks")
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        found.append("a block_id occurs twice")
    return found + (_view_rules(view) if view else [])


def _rules(block: Json, allowed: set[str]) -> list[str]:
    found = [] if block["type"] in allowed else [f"{block['type']} does not belong here"]
    elements = [*(block.get("elements") or ()), *filter(None, (block.get("element"),))]
    ids = [element["action_id"] for element in elements if element.get("action_id")]
    if len(ids) != len(set(ids)):
        found.append("an action_id occurs twice")
    for element in elements:
        options = element.get("options") or []
        if len({option["value"] for option in options}) != len(options):
            found.append("an option occurs twice")
        if element.get("initial_option") and element["initial_option"] not in options:
            found.append("initial_option is no option")
    return found + [f"mrkdwn: {text}" for text in _mrkdwn(block)]


def _mrkdwn(value: Any) -> list[str]:
    """Texts that Slack would parse. The assistant needs none."""
    if isinstance(value, list):
        return [text for item in value for text in _mrkdwn(item)]
    if not isinstance(value, dict):
        return []
    here = [value.get("text", "")] if value.get("type") in {"mrkdwn", "markdown"} else []
    return here + [text for item in value.values() for text in _mrkdwn(item)]


def _view_rules(view: Json) -> list[str]:
    found = []
    for name, most in (("callback_id", 255), ("private_metadata", 3000), ("external_id", 255)):
        if len(view.get(name) or "") > most:
            found.append(f"{name} is too long")
    for name in ("title", "submit", "close"):
        text = view.get(name)
        if text and (text.get("type") != "plain_text" or not 1 <= len(text["text"]) <= 24):
            found.append(f"{name} has to be plain text of 1 to 24 characters")
    if view["type"] == "modal" and not view.get("title"):
        found.append("a modal needs a title")
    if any(block["type"] == "input" for block in view["blocks"]) and not view.get("submit"):
        found.append("a modal with inputs needs submit")
    return found
