"""Finds the phrase keys that code names, and words for people that stand in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

_KEY = re.compile(r"[a-z]\w*(\.\w+)+")
_PAGE_KEY = re.compile(r"""(?:(?<=["'`])|(?<=\{\{))[a-z]\w*(?:\.\w+)+(?=["'`]|\}\})""")
_WORD = re.compile(r"[^\W\d_]{2}")
_TEXT_FIRST = {"Plain", "Strong", "Heading", "Link", "Row"}
"""Constructors of `dialogs.messages` that take words first."""
_TEXT_NAMED = {"label", "placeholder", "title", "submit", "cancel", "hint", "subject"}
"""Parameters of `dialogs.messages` that take words."""
_MAKERS = {"Button", "Option", "Select", "Input", "FormView", "Mail", "Row"}


class Usage:
    """The keys named in some sources.

    `spoken` are those given to a voice, as `voice(language)("intake.ask")` or through a function that hands its
    own argument to one; `spoken_patterns` are the same where a part of the key is computed.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        trees = [ast.parse(source) for source in sources]
        self.spoken: set[str] = set()
        self.spoken_patterns: set[re.Pattern[str]] = set()
        self._named: set[str] = set()
        self._patterns: set[re.Pattern[str]] = set()
        voices = _voices(trees)
        for tree in trees:
            for node in ast.walk(tree):
                self._add_literal(node)
                if isinstance(node, ast.Call) and node.args and _speaks(node.func, voices):
                    self._add_spoken(node.args[0])

    def _add_literal(self, node: ast.AST) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KEY.fullmatch(node.value):
            self._named.add(node.value)
        elif isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
            self._patterns.add(pattern)

    def _add_spoken(self, key: ast.expr) -> None:
        for node in ast.walk(key):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KEY.fullmatch(node.value):
                self.spoken.add(node.value)
        if isinstance(key, ast.JoinedStr) and (pattern := _pattern(key)):
            self.spoken_patterns.add(pattern)

    def add_page(self, source: str) -> None:
        """Add the keys that a script names between quotes, or a page in `{{braces}}`."""
        self._named.update(_PAGE_KEY.findall(source))

    def names(self, key: str) -> bool:
        """Tell whether a key is named anywhere, whole or with a computed part."""
        return key in self._named or any(pattern.fullmatch(key) for pattern in self._patterns)


def _pattern(node: ast.JoinedStr) -> re.Pattern[str] | None:
    """Return what an f-string can become, if that has the shape of a key and says something about it."""
    parts = [
        re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else r"[\w.]+"
        for part in node.values
    ]
    fixed = "".join(
        part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    if not re.fullmatch(r"[\w.]*[a-z][\w.]*", fixed) or "." not in fixed:
        return None
    return re.compile("".join(parts))


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Await(value=value):
            return _name(value)
        case _:
            return ""


def _voices(trees: list[ast.Module]) -> set[str]:
    """Return the names that speak: of variables that hold a voice, and of functions that pass a key on to one."""
    voices = {"spans"}
    for tree in trees:
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[target], value=value) if _makes_voice(value):
                    voices.add(_name(target))
                case ast.arg(arg=name, annotation=annotation) if annotation and _name(annotation) == "Voice":
                    voices.add(name)
    while added := _passing_on(trees, voices) - voices:
        voices |= added
    return voices


def _makes_voice(value: ast.expr) -> bool:
    value = value.value if isinstance(value, ast.Await) else value
    return isinstance(value, ast.Call) and _name(value.func).endswith("voice")


def _passing_on(trees: list[ast.Module], voices: set[str]) -> set[str]:
    functions = (
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return {function.name for function in functions if _passes_on(function, voices)}


def _passes_on(function: ast.FunctionDef | ast.AsyncFunctionDef, voices: set[str]) -> bool:
    arguments = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    first = next((name for name in arguments if name not in {"self", "cls"}), None)
    return any(
        isinstance(node, ast.Call) and node.args and _name(node.args[0]) == first and _speaks(node.func, voices)
        for node in ast.walk(function)
        if first
    )


def _speaks(function: ast.expr, voices: set[str]) -> bool:
    return _makes_voice(function) or _name(function) in voices


def visible_literals(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and text of words for people that stand in code instead of in a catalogue."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        maker = _name(node.func)
        texts = node.args[:1] if maker in _TEXT_FIRST else []
        if maker in _MAKERS:
            texts = [*texts, *(keyword.value for keyword in node.keywords if keyword.arg in _TEXT_NAMED)]
        for text in texts:
            words = "".join(
                part.value
                for part in ([text] if isinstance(text, ast.Constant) else getattr(text, "values", []))
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            if _WORD.search(words):
                yield text.lineno, words
