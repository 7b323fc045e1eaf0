"""The same form as a dialog to fill in at once."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.engine.choosing import label_of, pick
from dialogs.engine.conversation import Conversation
from dialogs.engine.form import Field, Read, Refused
from dialogs.messages import FormErrors, FormView, Input, InputKind, Option, spans_text


def form_view(talk: Conversation) -> FormView:
    """Return the open form with what is known so far filled in."""
    form = talk.form.name
    return FormView(
        form=form,
        token=str(talk.frame.serial),
        title=talk.phrase(f"{form}.view.title"),
        submit=talk.phrase("dialog.view.submit"),
        cancel=talk.phrase("dialog.view.cancel"),
        inputs=tuple(_input(talk, field) for field in _shown(talk)),
        language=talk.language,
    )


def _shown(talk: Conversation) -> tuple[Field, ...]:
    return tuple(field for field in talk.form.fields if not field.follow_up or field.applies(talk.frame, talk.context))


def _input(talk: Conversation, field: Field) -> Input:
    form = talk.form.name
    choices = field.choices(talk.frame, talk.context) if field.closed else ()
    hint = talk.phrase(f"{form}.{field.name}.hint")
    return Input(
        name=field.name,
        label=talk.phrase(f"{form}.{field.name}.label"),
        type=InputKind.CHOICE if choices else (InputKind.TEXT if field.prose else InputKind.LINE),
        value=_known(talk, field),
        options=tuple(Option(choice.value, label_of(choice, talk.language)) for choice in choices),
        required=not field.skippable,
        hint=hint,
    )


def _known(talk: Conversation, field: Field) -> str:
    """Return what a form shows of an answer that is known already."""
    answer = talk.frame.answers.get(field.name)
    if answer is None or not answer.value:
        return ""
    if field.closed or field.prose or field.private:
        return answer.value
    return spans_text(field.show(answer, talk.frame, talk.context, talk.language))


def take_values(talk: Conversation, values: Mapping[str, str]) -> bool:
    """Read a form that was sent; keep it whole or, where something is amiss, say what and keep nothing.

    Returns:
        Whether it was kept.
    """
    errors: dict[str, str] = {}
    before = talk.frame
    for field in _shown(talk):
        text = values.get(field.name, "").strip()
        if text and text == _known(talk, field):
            continue
        if not text:
            if not field.skippable:
                errors[field.name] = talk.phrase("dialog.view.required")
            elif field.applies(talk.frame, talk.context):
                talk.leave_out(field)
            continue
        read = _read_input(talk, field, text)
        if isinstance(read, Refused):
            errors[field.name] = talk.phrase(read.why)
        else:
            talk.answer(field, read, text)
    if errors:
        talk.update(before)
        talk.reply = FormErrors(errors)
    return not errors


def _read_input(talk: Conversation, field: Field, text: str) -> Read | Refused:
    choices = field.choices(talk.frame, talk.context)
    chosen = next((choice for choice in choices if choice.value == text), None)
    chosen = chosen or pick(text, choices, talk.language)
    return Read(chosen.value) if chosen else field.read(talk.heard(text), talk.frame, talk.context)
