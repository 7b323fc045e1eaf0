"""E-mail addresses as people type and paste them."""

from __future__ import annotations

import re

LONGEST = 254
"""The longest address there can be, in characters (RFC 5321, 4.5.3.1.3)."""

_LOCAL = r"[^\s@<>()\[\],;:\"\\]+"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:[\w-]+\.)*[\w-]+")
_IN_TEXT = re.compile(rf"(?:mailto:)?[<(]?(?:mailto:)?({_LOCAL}@(?:[\w-]+\.)+[^\W\d_]{{2,}})[>)]?")


def is_address(text: str) -> bool:
    """Tell whether a text is one address and nothing else."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None


def find_address(text: str) -> tuple[str, int, int] | None:
    """Return the first address in a text, and where it and what wraps it (`<…>`, `mailto:`) begins and ends."""
    match = _IN_TEXT.search(text)
    return (match[1], *match.span()) if match and is_address(match[1]) else None


def domain_of(address: str) -> str:
    """Return the part of an address after the `@`, in lower case."""
    return address.rpartition("@")[2].lower()
