"""Checks that every word a person reads stands in the catalogues, in each language, and that none is there in vain.

`python -m tools.check_phrases` prints what is wrong and fails if anything is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools.phrase_usage import Usage, visible_literals

LANGUAGES = ("es", "en")
PACKAGES = ("dialogs", "storage", "adapters", "bot")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def read_catalogues(phrases: Path) -> dict[str, dict[str, Catalog]]:
    """Return the catalogues by area (`intake`) and language (`es`)."""
    areas: dict[str, dict[str, Catalog]] = {}
    for language in LANGUAGES:
        for path in sorted((phrases / language).glob("*.po")):
            with path.open("rb") as file:
                areas.setdefault(path.stem, {})[language] = read_po(file, locale=language, abort_invalid=True)
    return areas


def catalogue_problems(areas: dict[str, dict[str, Catalog]]) -> Iterator[str]:
    """Yield what is wrong with the catalogues themselves."""
    for area, languages in areas.items():
        for language in LANGUAGES:
            if language not in languages:
                yield f"{language}/{area}.po is missing"
        phrases = {language: _phrases(catalogue) for language, catalogue in languages.items()}
        for key in sorted({key for keys in phrases.values() for key in keys}):
            if not key.startswith(f"{area}."):
                yield f"{key}: belongs into {key.partition('.')[0]}.po, not into {area}.po"
            for language, keys in phrases.items():
                if key not in keys:
                    yield f"{key}: missing in {language}"
                else:
                    yield from _message_problems(language, keys[key], languages[language].num_plurals)
            yield from _differences(key, [keys[key] for keys in phrases.values() if key in keys])


def _phrases(catalogue: Catalog) -> dict[str, Message]:
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _strings(message: Message) -> tuple[str, ...]:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(text or "" for text in strings)


def _message_problems(language: str, message: Message, plurals: int) -> Iterator[str]:
    key, strings = _key(message), _strings(message)
    if message.fuzzy:
        yield f"{key}: marked fuzzy in {language}"
    if not all(text.strip() for text in strings):
        yield f"{key}: empty in {language}"
    if message.pluralizable and len(strings) != plurals:
        yield f"{key}: {len(strings)} plural forms in {language}, {plurals} needed"
    if len({_placeholders(text) for text in strings}) > 1:
        yield f"{key}: the plural forms in {language} hold different placeholders"


def _differences(key: str, messages: list[Message]) -> Iterator[str]:
    if len({message.pluralizable for message in messages}) > 1:
        yield f"{key}: has plural forms in one language only"
    if len({frozenset().union(*map(_placeholders, _strings(message))) for message in messages}) > 1:
        yield f"{key}: the languages hold different placeholders"


def _placeholders(text: str) -> frozenset[str]:
    """Return the values that a text takes; `n` chooses the form and need not be told in it."""
    return frozenset(_PLACEHOLDER.findall(text)) - {"n"}


def usage_problems(areas: dict[str, dict[str, Catalog]], root: Path, packages: Iterable[str]) -> Iterator[str]:
    """Yield keys that code names and no catalogue has, keys that nothing names, and words outside catalogues."""
    known = {key for languages in areas.values() for catalogue in languages.values() for key in _phrases(catalogue)}
    sources = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
    usage = Usage(path.read_text("utf-8") for path in sources)
    for page in (path for package in packages for path in (root / package).rglob("static/**/*")):
        if page.suffix in {".js", ".html"}:
            usage.add_page(page.read_text("utf-8"))
    for key in sorted(usage.spoken - known):
        yield f"{key}: spoken in the code, in no catalogue"
    for pattern in sorted(usage.spoken_patterns, key=lambda pattern: pattern.pattern):
        if not any(map(pattern.fullmatch, known)):
            yield f"{pattern.pattern}: spoken in the code, in no catalogue"
    for key in sorted(known):
        if not usage.names(key):
            yield f"{key}: used nowhere"
    for path in sources:
        for line, text in visible_literals(path.read_text("utf-8")):
            yield f"{path.relative_to(root)}:{line}: words outside the catalogues: {text}"


def problems(root: Path, packages: Iterable[str] = PACKAGES) -> list[str]:
    """Return all that is wrong with the phrases of the project in a folder."""
    areas = read_catalogues(root / "dialogs" / "phrases")
    return [*catalogue_problems(areas), *usage_problems(areas, root, packages)]


def main() -> int:
    """Print what is wrong; return 1 if anything is."""
    found = problems(Path(__file__).resolve().parent.parent)
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
