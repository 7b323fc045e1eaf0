"""Lists of words and idioms as regular expressions, written so that they can be read."""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    r"""Return the regular expression of a list of words.

    White space parts the alternatives, inside parentheses too; ``_`` is a space between two words; parentheses
    do not capture. The rest is as in a regular expression: ``thank(s _you)`` is ``thank(?:s|\syou)``.
    """
    return re.sub(r"\((?!\?)", "(?:", "|".join(words.split())).replace("_", r"\s")
