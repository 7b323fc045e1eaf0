"""Replies that are ready to be sent, in each language."""

from __future__ import annotations

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Section
from dialogs.events import Language

PLACEHOLDERS = ("name", "case", "agent", "desk", "company", "service", "severity", "due")
"""What may stand in braces in a reply, to be filled in when it is used."""


def _template(text: str) -> str:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise PydanticCustomError("braces", "a brace too many or too few") from None
    for _, name, form, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or form or conversion):
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            raise PydanticCustomError("placeholder", "nothing known", {"name": f"{{{name}}}", "known": known})
    return text


Template = Annotated[str, Field(min_length=1, max_length=3000), AfterValidator(_template)]


class CannedReply(Section):
    """A reply by its key, with its text in each language."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9áéíóúüñ][a-z0-9áéíóúüñ-]{0,29}$")]
    es: Template
    en: Template

    def text(self, language: Language) -> str:
        """Return its text in a language, the placeholders still in it."""
        return self.es if language is Language.SPANISH else self.en

    def beginning(self, language: Language, length: int = 70) -> str:
        """Return the beginning of its text in one line."""
        text = " ".join(self.text(language).split())
        return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
