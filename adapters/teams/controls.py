"""Buttons, pick lists and forms as Teams' cards draw them, and what comes back from them.

Whatever a card carries goes through the person's client: it names things, and gives no right to anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from adapters.teams.text import in_run
from adapters.text import cut, inert
from dialogs.events import Language
from dialogs.messages import Button, Control, FormView, Input, InputKind, Option, Select, Style
from dialogs.phrases import voice

Json = dict[str, Any]

OURS = "ldsupport"
"""Under this name a card carries what is ours; beside it stands what people filled in."""
PRESS, VALUE, PICK, FORM, LANGUAGE = "press", "value", "pick", "form", "language"
CANCEL = "teams.cancel"
"""The press that takes a form away again."""

# The renderer of Microsoft's cards takes five actions in a row, and Teams six.
_ROW = 5
_TITLE = 60
_LABEL = 200
_PLACEHOLDER = 100
_HINT = 500
_STYLES = {Style.PRIMARY: "positive", Style.DANGER: "destructive"}
_VIEW: TypeAdapter[FormView] = TypeAdapter(FormView)


def words(text: str, most: int = _LABEL) -> str:
    """Return text for where a card parses nothing but dates. It is never empty: Teams would show nothing."""
    return cut(in_run(text).strip(), most) or "…"


def run_block(text: str, **style: Any) -> Json:
    """Return a line of text of one style, in which nothing is parsed."""
    looks = {"type": "TextRun", "text": words(text, 4000), **style}
    return {"type": "RichTextBlock", "inlines": [looks]}


def drawn(controls: Sequence[Control], language: Language, *, dialogs: bool) -> tuple[list[Json], list[Json]]:
    """Return the pick lists, for a card's body, and the buttons, for its foot; more than a row of them in the body.

    With `dialogs`, a button that opens something for who presses does so beside the chat.
    """
    body: list[Json] = []
    foot: list[Json] = []
    choose = voice(language)("teams.choose")
    for number, control in enumerate(controls):
        match control:
            case Button(name=name, value=value, style=style, opens=opens):
                data = {PRESS: name, LANGUAGE: language.value, **({VALUE: value} if value else {})}
                foot.append(action(control.label, data, style, dialog=dialogs and opens))
            case Select(name=name, opens=opens):
                field = f"pick{number}"
                body.append(_choices(field, control.options, control.placeholder))
                data = {PRESS: name, LANGUAGE: language.value, PICK: field}
                pick = action(choose, data, Style.DEFAULT, dialog=dialogs and opens, inputs=True)
                body.append({"type": "ActionSet", "actions": [pick]})
    if len(foot) <= _ROW:
        return body, foot
    rows = [foot[start : start + _ROW] for start in range(0, len(foot), _ROW)]
    return [*body, *({"type": "ActionSet", "actions": row} for row in rows)], []


def action(
    label: str, data: Mapping[str, Any], style: Style = Style.DEFAULT, *, dialog: bool = False, inputs: bool = False
) -> Json:
    """Return a button that carries `data`; `inputs` tells that what is filled in goes with it."""
    title = words(label, _TITLE)
    looks = {"style": _STYLES[style]} if style in _STYLES else {}
    scope = {} if inputs else {"associatedInputs": "none"}
    if dialog:
        carried = {"msteams": {"type": "task/fetch"}, OURS: data}
        return {"type": "Action.Submit", "title": title, "data": carried, **looks, **scope}
    # Where a client does not know Execute, the press comes as a message.
    fallback = {"type": "Action.Submit", "title": title, "data": {OURS: data}, **looks, **scope}
    execute = {"type": "Action.Execute", "title": title, "verb": "press", "data": {OURS: data}}
    return {**execute, **looks, **scope, "fallback": fallback}


def _choices(field: str, options: Iterable[Option], placeholder: str, value: str = "") -> Json:
    unique = {option.value: option for option in options}.values()
    return {
        "type": "Input.ChoiceSet",
        "id": field,
        "style": "compact",
        "placeholder": words(placeholder, _PLACEHOLDER),
        "choices": [{"title": words(option.label), "value": option.value} for option in unique],
        **({"value": value} if any(option.value == value for option in unique) else {}),
    }


def form_body(view: FormView, errors: Mapping[str, str], values: Mapping[str, str] | None = None) -> list[Json]:
    """Return a form's inputs, with what was filled in and a sentence under what is to be mended."""
    speak = voice(view.language)
    names = {question.name for question in view.inputs}
    body = [_wrong(sentence) for name, sentence in errors.items() if name not in names]
    for question in view.inputs:
        value = question.value if values is None else values.get(question.name, "")
        body.append(_input(question, value, speak("teams.form.needed")))
        if question.name in errors:
            body.append(_wrong(errors[question.name]))
        elif question.hint:
            body.append(run_block(cut(question.hint, _HINT), isSubtle=True, size="small") | {"spacing": "none"})
    return body


def form_answers(view: FormView, values: Mapping[str, str]) -> list[Json]:
    """Return what was filled in, to read."""
    rows = []
    for question in view.inputs:
        value = values.get(question.name, "")
        told = next((option.label for option in question.options if option.value == value), value)
        if told:
            label = {"type": "TextRun", "text": f"{words(question.label)}: ", "weight": "bolder"}
            runs = [label, {"type": "TextRun", "text": words(told, 4000)}]
            rows.append({"type": "RichTextBlock", "inlines": runs, "spacing": "small"})
    return rows


def form_actions(view: FormView, *, cancel: bool) -> list[Json]:
    """Return what sends a form and, where it stands in the chat, what takes it away again."""
    data = {
        FORM: view.form,
        LANGUAGE: view.language.value,
        "token": view.token,
        "view": _carried_view(view),
    }
    send = {"title": words(view.submit, _TITLE), "style": "positive", "data": {OURS: data}}
    fallback = {"type": "Action.Submit", **send}
    if not cancel:
        return [fallback]
    speak = voice(view.language)
    away = action(view.cancel or speak("teams.form.cancel"), {PRESS: CANCEL}, Style.DEFAULT, dialog=False)
    return [{"type": "Action.Execute", "verb": "send", **send, "fallback": fallback}, away]


def _carried_view(view: FormView) -> Json:
    """Return a form as its card carries it, to be shown again with mistakes; what was filled in comes beside it."""
    inputs = tuple(
        replace(
            question,
            value="",
            label=cut(question.label, _LABEL),
            hint=cut(question.hint, _HINT),
            options=tuple(replace(option, label=cut(option.label, _LABEL)) for option in question.options),
        )
        for question in view.inputs
    )
    short = replace(view, inputs=inputs, title=cut(view.title, _LABEL), submit=cut(view.submit, _TITLE))
    carried: Json = _VIEW.dump_python(short, mode="json")
    return carried


def read_view(carried_view: Mapping[str, Any]) -> FormView | None:
    """Return the form that a card carried."""
    try:
        return _VIEW.validate_python(carried_view)
    except ValidationError:
        return None


def _input(question: Input, value: str, needed: str) -> Json:
    shared = {"id": question.name, "label": words(question.label), "isRequired": question.required}
    told = {"errorMessage": words(needed)} if question.required else {}
    if question.type is InputKind.CHOICE:
        return {**_choices(question.name, question.options, question.hint or "…", value), **shared, **told}
    text = inert(value)[: question.max_length]
    return {
        "type": "Input.Text",
        **shared,
        **told,
        "isMultiline": question.type is InputKind.TEXT,
        "maxLength": question.max_length,
        **({"value": text} if text else {}),
    }


def _wrong(sentence: str) -> Json:
    return run_block(cut(sentence, _HINT), color="attention", weight="bolder", size="small") | {"spacing": "small"}


def picked(ours: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Return what a press carried: its own value, or the option that was picked from a list."""
    field = ours.get(PICK)
    return str((data.get(str(field)) if field else ours.get(VALUE)) or "")


def carried(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what people filled in; what they left empty may be missing."""
    return {name: value for name, value in data.items() if name not in {OURS, "msteams"} and isinstance(value, str)}
