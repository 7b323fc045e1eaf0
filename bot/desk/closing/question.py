"""The question whether the problem goes on: two buttons, and the words that say the same."""

from __future__ import annotations

import re

from bot.desk.closing.decisions import Decisions
from bot.desk.places import CaseThreads
from dialogs.engine.choosing import bare
from dialogs.messages import Button, Code, Paragraph

STILL, GOOD = "closing.still", "closing.good"
"""The buttons of the customer: the problem goes on, or all is well."""

_YES = re.compile(r"(?:si+|sip|yes+|yep|yeah|claro|asi es)(?:\W+(?:por favor|porfa|please))?")
_NO = re.compile(r"(?:no+|nop|nope|para nada|not at all)")


def _ref(threads: CaseThreads) -> str:
    return f"closing:{threads.name}"


def ask(threads: CaseThreads, key: str) -> None:
    """Ask the customer whether the problem goes on, in the words of that phrase."""
    speak = threads.to_customer
    buttons = (
        Button(name=STILL, label=speak("closing.button.still"), value=threads.name),
        Button(name=GOOD, label=speak("closing.button.good"), value=threads.name),
    )
    threads.tell_customer(Paragraph(speak.spans(key, case=Code(threads.name))), controls=buttons, ref=_ref(threads))


def settle(threads: CaseThreads, asked: Decisions, key: str) -> None:
    """Put the words of that phrase in place of a question that is answered, if there is one."""
    if asked.question is not None:
        threads.retell_customer(_ref(threads), Paragraph(threads.to_customer.spans(key, case=Code(threads.name))))


def goes_on(text: str) -> bool | None:
    """Return whether a bare yes or no says that the problem goes on; nothing where it is neither."""
    said = " ".join(bare(text).split())
    if _YES.fullmatch(said):
        return True
    return False if _NO.fullmatch(said) else None
