"""What a message after a case was resolved means: thanks, a problem that goes on, a question, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.reading.text import fold


class ClosingLabel(StrEnum):
    """What a message after the end of a case is."""

    THANKS = "thanks"
    STILL_BROKEN = "still_broken"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Closing:
    """A reading of a closing message: its label, whether it reopens the case, and why (a stable name)."""

    label: ClosingLabel
    reopen: bool
    reason: str


_AUTOMATIC = re.compile(
    r"out of (?:the )?office|auto(?:matic)?[- ]?repl|respuesta automatica|fuera de (?:la )?oficina"
)
_BROKEN = re.compile(
    r"sigue (?:igual|sin|fall|caid)|todavia no|aun no|ya no (?:funciona|sirve|anda)|no (?:funciona|sirve|quedo|anda)"
    r"|still (?:not|broken|down|fail|happening|the same)|not (?:working|fixed)|doesn'?t work|again"
)
_THANKS = re.compile(r"gracias|grax|thank|thx|\bty\b|perfecto|excelente|great|🙏|👍")


def read_closing(text: str, *, language: str) -> Closing:  # noqa: ARG001 - people mix both languages, so both are read
    """Return what a message after the resolution of a case means, in Spanish or English."""
    folded = fold(text)
    if _AUTOMATIC.search(folded):
        return Closing(ClosingLabel.OTHER, reopen=False, reason="automatic_reply")
    if _BROKEN.search(folded):
        return Closing(ClosingLabel.STILL_BROKEN, reopen=True, reason="problem_told")
    if "?" in folded:
        return Closing(ClosingLabel.QUESTION, reopen=False, reason="question_asked")
    if _THANKS.search(folded):
        return Closing(ClosingLabel.THANKS, reopen=False, reason="thanks_told")
    return Closing(ClosingLabel.OTHER, reopen=False, reason="unclear")
