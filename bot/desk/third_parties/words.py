"""What an agent types about third parties: `"Carrier X" TT-991 noc@carrierx.example`, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.cases import ThirdPartyStatus
from dialogs.reading.addresses import find_address
from dialogs.reading.text import fold

NAME_LENGTH = 80
REFERENCE_LENGTH = 60
REFERENCE_WORDS = 3

_QUOTED = re.compile(r"\s*[\"“”«]\s*(?P<name>[^\"“”«»\n]+?)\s*[\"“”»]\s*[:,]?\s*")
_UNQUOTED = re.compile(r"[\"“”«»]")
_ENDINGS = {
    "done": ThirdPartyStatus.DONE,
    "finished": ThirdPartyStatus.DONE,
    "listo": ThirdPartyStatus.DONE,
    "terminado": ThirdPartyStatus.DONE,
    "withdraw": ThirdPartyStatus.WITHDRAWN,
    "withdrawn": ThirdPartyStatus.WITHDRAWN,
    "retirar": ThirdPartyStatus.WITHDRAWN,
    "retirado": ThirdPartyStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom to ask: a name, their own number for the case, an e-mail address, and words for them or for the desk."""

    name: str
    reference: str = ""
    email: str = ""
    text: str = ""


def read_asked(text: str, known: Iterable[str]) -> Asked | None:
    """Return whom the words name, and what goes with it; nothing where they name nobody.

    A name is in quotes, or one of those that are `known`; else it ends before the first word with a digit, or before
    the address. The reference ends with a word that has a digit, the third one at the latest; the rest are words.
    """
    line, _, more = text.strip().partition("\n")
    address = find_address(line)
    said, after = (line[: address[1]], line[address[2] :]) if address else (line, "")
    name, rest = split_name(said, known) or _bare_name(said)
    words = rest.split()
    end = max((at for at, word in enumerate(words[:REFERENCE_WORDS], 1) if _has_digit(word)), default=0)
    reference = " ".join(words[:end]).strip(":,#")
    if not name or len(name) > NAME_LENGTH or len(reference) > REFERENCE_LENGTH:
        return None
    told = (" ".join(words[end:]), after.lstrip(" \t:,").rstrip(), more.strip())
    return Asked(
        name=" ".join(_UNQUOTED.sub(" ", name).split()),
        reference=reference,
        email=address[0] if address else "",
        text="\n".join(filter(None, told)),
    )


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def split_name(text: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Return the name that a text begins with, in quotes or one of those that are known, and what follows."""
    if quoted := _QUOTED.match(text):
        return quoted["name"], text[quoted.end() :]
    said = fold(text)
    for name in sorted(known, key=len, reverse=True):
        if re.match(rf"{re.escape(fold(name))}(?!\w)", said):
            return name, text[len(name) :].lstrip(" \t:,")
    return None


def _bare_name(text: str) -> tuple[str, str]:
    words = text.split()
    end = next((at for at, word in enumerate(words) if at and _has_digit(word)), len(words))
    return " ".join(words[:end]).strip(" :,"), " ".join(words[end:])


def read_ending(text: str) -> ThirdPartyStatus | None:
    """Return how waiting ends where the words say nothing but that: `done`, `retirar`."""
    return _ENDINGS.get(fold(text).strip(" .!"))
