"""Buttons, pick lists and forms as Slack draws them. Their names are Slack's own ids: `action_id`, `block_id`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from adapters.text import cut, inert
from dialogs.events import Place
from dialogs.messages import Button, Control, FormView, Input, InputKind, Option, Select, Style
from dialogs.phrases import voice

Json = dict[str, Any]

# docs.slack.dev/reference/block-kit: what each object holds at most.
_ROW = 25
_BUTTON = 75
_PLACEHOLDER = 150
_OPTIONS = 100
_OPTION = 75
_TITLE = 24
_LABEL = 2000
_INPUT = 3000
_VALUE = "value"


def plain(text: str, most: int) -> Json:
    """Return a text object that parses nothing. It is never empty: Slack refuses that."""
    return {"type": "plain_text", "text": cut(inert(text).strip(), most) or "…", "emoji": False}


def control_blocks(controls: Sequence[Control]) -> list[Json]:
    """Return the controls in rows. A name that occurs again gets a number after `#`, which is no part of it."""
    seen: Counter[str] = Counter()
    drawn = []
    for control in controls:
        for element in _drawn(control):
            seen[control.name] += 1
            again = seen[control.name]
            drawn.append({**element, "action_id": control.name if again == 1 else f"{control.name}#{again}"})
    return [{"type": "actions", "elements": list(row)} for row in _rows(drawn)]


def _rows(drawn: list[Json]) -> Iterable[Sequence[Json]]:
    return [drawn[start : start + _ROW] for start in range(0, len(drawn), _ROW)]


def _drawn(control: Control) -> list[Json]:
    match control:
        case Button(value=value, style=style):
            button: Json = {"type": "button", "text": plain(control.label, _BUTTON)}
            if value:
                button["value"] = value
            if style is not Style.DEFAULT:
                button["style"] = style.value
            return [button]
        case Select(options=options):
            return [
                {
                    "type": "static_select",
                    "placeholder": plain(control.placeholder, _PLACEHOLDER),
                    "options": [_option(option) for option in some],
                }
                for some in batches(_unique(options))
            ]


def batches(options: Sequence[Option]) -> list[Sequence[Option]]:
    """Return the options in as many lists as Slack needs to hold them."""
    return [options[start : start + _OPTIONS] for start in range(0, len(options), _OPTIONS)]


def _unique(options: Iterable[Option]) -> list[Option]:
    return list({option.value: option for option in options}.values())


def _option(option: Option) -> Json:
    return {"text": plain(option.label, _OPTION), "value": option.value}


def modal(view: FormView, place: Place) -> Json:
    """Return a form as a modal. It carries its token and where it belongs, and nothing that is secret."""
    return {
        "type": "modal",
        "callback_id": view.form,
        "private_metadata": _carried(place, token=view.token),
        "title": plain(view.title, _TITLE),
        "submit": plain(view.submit, _TITLE),
        "close": plain(view.cancel or voice(view.language)("slack.form.cancel"), _TITLE),
        "blocks": [_input_block(question) for question in view.inputs],
    }


def home(blocks: Sequence[Json], channel: str) -> Json:
    """Return the Home tab of somebody; what is pressed there belongs to their private chat with the bot."""
    return {"type": "home", "private_metadata": json.dumps({"channel": channel}), "blocks": list(blocks)}


def notice(title: str, close: str, blocks: Sequence[Json], place: Place) -> Json:
    """Return a modal that only says something, and where it belongs: it may have buttons."""
    return {
        "type": "modal",
        "private_metadata": _carried(place),
        "title": plain(title, _TITLE),
        "close": plain(close, _TITLE),
        "blocks": list(blocks),
    }


def _carried(place: Place, **more: str) -> str:
    carried = {"channel": place.channel, "thread": place.thread, **more}
    return json.dumps({name: value for name, value in carried.items() if value})


def _input_block(question: Input) -> Json:
    block: Json = {
        "type": "input",
        "block_id": question.name,
        "label": plain(question.label, _LABEL),
        "element": _element(question),
        "optional": not question.required,
    }
    if question.hint:
        block["hint"] = plain(question.hint, _LABEL)
    return block


def _element(question: Input) -> Json:
    if question.type is InputKind.CHOICE:
        options = _unique(question.options)[:_OPTIONS]
        element: Json = {"type": "static_select", "action_id": _VALUE, "options": [_option(o) for o in options]}
        chosen = next((option for option in options if option.value == question.value), None)
        if chosen:
            element["initial_option"] = _option(chosen)
        return element
    most = max(1, min(question.max_length, _INPUT))
    element = {
        "type": "plain_text_input",
        "action_id": _VALUE,
        "multiline": question.type is InputKind.TEXT,
        "max_length": most,
    }
    if question.value:
        element["initial_value"] = question.value[:most]
    return element
