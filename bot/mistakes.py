"""Mistakes in the settings: where each stands, and how to mend it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from dialogs.phrases import Voice

Path = tuple[str | int, ...]

_OWN = (
    "duration",
    "zone",
    "organisation",
    "hours",
    "holidays",
    "empty_calendar",
    "own_levels",
    "time_of_day",
    "names",
    "email",
    "contact",
    "remind_before",
    "at_least_one",
    "placeholder",
    "braces",
)
_PHRASES = {kind: f"bot.settings.{kind}" for kind in (*_OWN, "missing", "greater_than_equal", "less_than_equal")} | {
    "enum": "bot.settings.choice",
    "literal_error": "bot.settings.choice",
    "string_pattern_mismatch": "bot.settings.pattern",
    "string_type": "bot.settings.text",
    "path_type": "bot.settings.text",
    "string_too_short": "bot.settings.empty",
    "string_too_long": "bot.settings.too_long",
    "int_type": "bot.settings.number",
    "int_parsing": "bot.settings.number",
    "int_from_float": "bot.settings.number",
    "finite_number": "bot.settings.number",
    "bool_type": "bot.settings.flag",
    "bool_parsing": "bot.settings.flag",
    "tuple_type": "bot.settings.list",
    "frozen_set_type": "bot.settings.list",
    "model_type": "bot.settings.section",
    "date_type": "bot.settings.date",
    "date_from_datetime_parsing": "bot.settings.date",
    "date_from_datetime_inexact": "bot.settings.date",
}
"""What is said of each kind of problem: those that the settings raise themselves, and pydantic's."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its line (0 where it belongs to none) and the phrase that says what to do about it."""

    line: int
    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)


class SettingsError(Exception):
    """The settings cannot be used. Holds every mistake, in the order of the lines.

    `source` is where they are: a file, a variable, or the environment where it is empty.
    """

    def __init__(self, source: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(f"{len(mistakes)} mistakes in {source}")
        self.source = source
        self.mistakes = mistakes

    def sentences(self, voice: Voice) -> Iterator[str]:
        """Yield what to tell the operator, a headline first."""
        source = self.source or voice("bot.settings.environment")
        yield voice("bot.settings.mistakes", n=len(self.mistakes), source=source)
        for mistake in self.mistakes:
            sentence = voice(mistake.phrase, **mistake.values)
            yield (voice("bot.settings.at_line", line=mistake.line, sentence=sentence) if mistake.line else sentence)


def syntax_mistake(error: tomllib.TOMLDecodeError) -> Mistake:
    """Return the mistake of a text that is not TOML."""
    text = str(error)
    line = re.search(r"at line (\d+)", text)
    return Mistake(int(line[1]) if line else 0, "bot.settings.syntax", {"why": text})


def mistake_of(problem: ErrorDetails, source: str, model: type[BaseModel]) -> Mistake:
    """Return the mistake behind what pydantic found, with its line in the source."""
    path, kind, context = problem["loc"], problem["type"], problem.get("ctx", {})
    values = {"where": _dotted(path), "value": _shown(problem["input"])}
    phrase = _PHRASES.get(kind, "bot.settings.wrong")
    match kind:
        case "extra_forbidden":
            known = list(_section(model, path[:-1]).model_fields)
            nearest = extractOne(str(path[-1]), known, scorer=ratio, score_cutoff=60)
            values |= {"nearest": nearest[0]} if nearest else {"known": ", ".join(known)}
            phrase = "bot.settings.unknown_near" if nearest else "bot.settings.unknown"
        case "enum" | "literal_error":
            values["choices"] = _choices(context["expected"])
        case "placeholder":
            values |= context
        case "string_pattern_mismatch":
            values["pattern"] = context["pattern"]
        case "greater_than_equal" | "less_than_equal" | "string_too_long":
            values["limit"] = str(next(context[name] for name in ("ge", "le", "max_length") if name in context))
        case "model_type" if isinstance(path[-1], int):
            phrase, values["where"] = "bot.settings.tables", _dotted(path[:-1])
        case "tuple_type" if hasattr(_section(model, path), "model_fields"):
            phrase = "bot.settings.tables"
    return Mistake(line_of(path, source), phrase, values)


def _dotted(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _choices(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _section(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Return the section at a path: through a table, or through the items of a list of tables."""
    for part in path:
        if isinstance(part, str):
            annotation: Any = model.model_fields[part].annotation
            model = annotation if isinstance(annotation, type) else annotation.__args__[0]
    return model


def line_of(path: Path, source: str) -> int:
    """Return the line of the deepest part of a path that the source writes down, or 0."""
    lines = dict(_written(source))
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def _written(source: str) -> Iterator[tuple[Path, int]]:
    """Yield the path and line of every table and value in a text that is valid TOML."""
    lines, start = source.splitlines(), 0
    table: Path = ()
    counts: dict[Path, int] = {}
    while start < len(lines):
        end, statement = _statement(lines, start)
        header = lines[start].strip().startswith("[")
        for path in _leaves(statement):
            if header:
                table = _numbered(path, counts, starts=lines[start].strip().startswith("[["))
                yield table, start + 1
            else:
                for depth in range(len(path)):
                    yield (*table, *path[: depth + 1]), start + 1
        start = end


def _statement(lines: list[str], start: int) -> tuple[int, dict[str, Any]]:
    """Return where the statement that starts at a line ends, and what it says; some take many lines."""
    for end in range(start + 1, len(lines) + 1):
        try:
            return end, tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
    return len(lines), {}


def _leaves(tree: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(tree, list) and tree and isinstance(tree[0], dict):
        tree = tree[0]
    if isinstance(tree, dict) and tree:
        for key, value in tree.items():
            yield from _leaves(value, (*path, key))
    elif path:
        yield path


def _numbered(path: Path, counts: dict[Path, int], *, starts: bool) -> Path:
    """Return a header's path with the number of each list item that it stands in."""
    numbered: Path = ()
    for depth, part in enumerate(path, start=1):
        numbered = (*numbered, part)
        if starts and depth == len(path):
            counts[numbered] = counts.get(numbered, -1) + 1
        if numbered in counts:
            numbered = (*numbered, counts[numbered])
    return numbered
