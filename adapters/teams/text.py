"""Text of Teams, both ways: what people wrote as plain text, and plain text made safe for where Teams parses.

A message goes out as simple HTML (`textFormat: xml`), where escaping is exact. Cards use text runs, which parse
neither Markdown nor HTML, but still expand `{{DATE(…)}}`; only where somebody is mentioned do they use Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from adapters.text import inert

_MARKS = re.compile(r"([\\`*_\[\]<>~&])")
_AT_START = re.compile(r"^(\s*)([#+=|-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_BRACES = re.compile(r"\{(?=\{)")
_AT = re.compile(r"<at(?:\s[^>]*)?>(.*?)</at>", re.DOTALL)


def read_text(text: str, entities: Iterable[Mapping[str, Any]], me: str) -> tuple[str, bool]:
    """Return a message as the person saw it while writing, and whether it mentions `me`.

    Each mention of `me` is left out, once; words that only look like its name stay.
    """
    mentioned = False
    for entity in entities:
        if entity.get("type") != "mention" or (entity.get("mentioned") or {}).get("id") != me:
            continue
        mentioned = True
        text = _without(text, str(entity.get("text") or ""))
    seen = _AT.sub(lambda match: f"@{match[1]}", text)
    return html.unescape(seen).replace("\xa0", " ").replace("\r\n", "\n").strip(), mentioned


def _without(text: str, marked: str) -> str:
    if marked and marked in text:
        return text.replace(marked, "", 1)
    # The entity may write `<at>Bot</at>` where the text has `<at id="0">Bot</at>`.
    name = _AT.sub(lambda match: match[1], marked)
    tag = next((match for match in _AT.finditer(text) if match[1] == name), None)
    return text[: tag.start()] + text[tag.end() :] if tag else text


def as_html(text: str) -> str:
    """Make text inert in a message, its lines kept."""
    return html.escape(inert(text), quote=True).replace("\n", "<br/>")


def in_run(text: str) -> str:
    """Make text inert in a card's text run, whose only mark is the double brace."""
    return _BRACES.sub("{\u200b", inert(text))


def in_markdown(text: str) -> str:
    """Make text inert in a card's text block, with as few marks as that takes: not every phone knows them."""
    return _AT_START.sub(_unmarked, _MARKS.sub(r"\\\1", in_run(text)))


def _unmarked(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdecimal() else f"{found[1]}\\{found[2]}"
