"""The two questions to who wants their case to go higher: which case, where that is not clear, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dialogs.engine.form import Choice, Context, Field, Form, Heard, Read, Refused
from dialogs.engine.state import Answer, Frame
from dialogs.events import Language
from dialogs.messages import Plain, Spans

WAITS = timedelta(minutes=2)
"""How long a reason is waited for; then the case goes up without one."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a filled form asks for: the case by its name, and why in their own words."""

    case: str
    reason: str


def _cases(_frame: Frame, context: Context) -> tuple[Choice, ...]:
    return tuple(
        Choice(name=f"escalation.case.{number}", value=option.value, label=option.label)
        for number, option in enumerate(context.escalable or (), 1)
    )


def _read_case(heard: Heard, _frame: Frame, context: Context) -> Read | Refused:
    told = _DIGITS.findall(heard.text)
    found = [one.value for one in context.escalable or () if _DIGITS.findall(one.value)[-1:] == told[:1]]
    return Read(found[0]) if found else Refused("escalation.case.again")


def _read_reason(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    text = heard.text.strip()
    return Read(text) if text else Refused("escalation.reason.again")


def _show(answer: Answer, _frame: Frame, _context: Context, _language: Language) -> Spans:
    return (Plain(answer.value),)


def _known(context: Context) -> Mapping[str, Read]:
    return {"case": Read(context.escalable[0].value)} if context.escalable and len(context.escalable) == 1 else {}


ESCALATION = Form(
    name="escalation",
    fields=(
        Field(
            name="case",
            read=_read_case,
            choices=_cases,
            show=_show,
            closed=True,
            called=("caso", "el caso", "case", "the case"),
        ),
        Field(
            name="reason",
            read=_read_reason,
            show=_show,
            skippable=True,
            prose=True,
            called=("motivo", "el motivo", "razon", "reason", "the reason"),
        ),
    ),
    known=_known,
    aside=True,
    at_once=True,
    waits=WAITS,
)


def told_wish(frame: Frame) -> Wish:
    """Return what a form asks for, as far as it was filled."""
    told = {name: answer.value for name, answer in frame.answers.items() if not answer.skipped}
    return Wish(told.get("case", ""), told.get("reason", ""))
