"""Reading a case number the way people type it: `LD-12`, `ld 12`, `LD12`, `#12` or `12`."""

from __future__ import annotations

import re
from functools import cache

from dialogs.reading.text import fold


@cache
def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<sign>{re.escape(fold(prefix))}[\s-]*|#)?#?(?P<number>\d{{1,9}})(?!\w)[\s:,]*")


def read_number(text: str, prefix: str, *, bare: bool = True) -> tuple[int, str] | None:
    """Return the number that a text begins with, and the rest of the text.

    Without `bare` a number needs the prefix or `#`: where the case is clear from the place, the text may well
    begin with a number of its own.
    """
    match = _pattern(prefix).match(fold(text))
    if match is None or not (bare or match["sign"]):
        return None
    return int(match["number"]), text[match.end() :].strip()
