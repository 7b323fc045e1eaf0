"""Every word a person reads, in each language, from gettext catalogues.

A phrase is named by a stable key (`intake.zone.ask`); the part before the first dot names its catalogue file
(`es/intake.po`). Inside a phrase `*words*` stand out, `` `words` `` are to be typed, and `{name}` is a value.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dialogs.events import Language
from dialogs.messages import Code, Plain, Span, Spans, Strong

Value = str | int | Span | Spans

_PARTS = re.compile(r"\*([^*]+)\*|`([^`]+)`|\{(\w+)\}|([^*`{]+|[*`{])")


class MissingPhraseError(KeyError):
    """There is no phrase of that key in that language."""


@cache
def _catalogue(language: Language, domain: str) -> GNUTranslations:
    source = resources.files(__name__).joinpath(language.value, f"{domain}.po")
    if not source.is_file():
        raise MissingPhraseError(f"{language.value}/{domain}.po")
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.value, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def _template(key: str, language: Language, number: int | None) -> str:
    catalogue = _catalogue(language, key.partition(".")[0])
    text = catalogue.gettext(key) if number is None else catalogue.ngettext(key, key, number)
    if text == key:
        raise MissingPhraseError(f"{language.value}: {key}")
    return text


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[tuple[str | None, ...], ...]:
    return tuple(match.groups() for match in _PARTS.finditer(template))


class Voice:
    """Speaks one language. `voice(key, name=value)` is a string, `voice.spans(key, name=value)` has form.

    A value `n` chooses between singular and plural. Values are never looked at for form: what a person wrote
    stays plain.
    """

    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: str | int) -> str:
        """Return the phrase as plain text."""
        template = _template(key, self.language, _number(values.get("n")))
        return "".join(
            strong or code or (str(values[name]) if name else text or "")
            for strong, code, name, text in _parts(template)
        )

    def spans(self, key: str, /, **values: Value) -> Spans:
        """Return the phrase as spans."""
        spans: list[Span] = []
        for strong, code, name, text in _parts(_template(key, self.language, _number(values.get("n")))):
            if strong:
                spans.append(Strong(strong))
            elif code:
                spans.append(Code(code))
            elif name:
                spans.extend(_value_spans(values[name]))
            else:
                spans.append(Plain(text or ""))
        return tuple(spans)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _value_spans(value: Value) -> Spans:
    match value:
        case str() | int():
            return (Plain(str(value)),)
        case tuple():
            return value
        case _:
            return (value,)


@cache
def voice(language: Language) -> Voice:
    """Return the voice of a language."""
    return Voice(language)
