"""How answers read that are their own words, or one of a few choices."""

from __future__ import annotations

from dialogs.engine.form import Context
from dialogs.engine.state import Answer, Frame
from dialogs.events import Language
from dialogs.forms import evidence
from dialogs.messages import Plain, Spans
from dialogs.phrases import voice

SHOWN_LENGTH = 600


def show_text(answer: Answer, _frame: Frame, _context: Context, _language: Language) -> Spans:
    """Show an answer in its own words, a long one by its beginning."""
    text = answer.value
    return (Plain(text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH].rstrip()}…"),)


def show_choice(field: str, names: dict[str, str]) -> evidence.Show:
    """Return what shows an answer by the label of the choice it was; `names` gives the choice of each value."""

    def show(answer: Answer, _frame: Frame, _context: Context, language: Language) -> Spans:
        return (Plain(voice(language)(f"intake.{field}.{names[answer.value]}")),)

    return show
