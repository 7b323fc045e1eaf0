"""Who can be chosen on the page, and what each of them sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dialogs.cases import ChannelRole
from dialogs.events import Language, Person, Platform

ASSISTANT = ""
"""The author of what the assistant itself posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebChannel:
    """A channel of the page. `organisation` is the company it is shared with, where there is one."""

    id: str
    name: str
    role: ChannelRole
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPerson:
    """Somebody to be on the page. `channels` are the ids of all that they are in; they see nothing else.

    `staff` are the desk's own people: they see every e-mail of the tray, others only those sent to them.
    """

    id: str
    name: str
    tenant: str
    company: str
    channels: tuple[str, ...]
    language: Language
    zone: str
    email: str = ""
    staff: bool = False

    def may_read(self, address: str) -> bool:
        """Tell whether they see an e-mail that was sent to an address."""
        return self.staff or self.email == address

    def as_person(self) -> Person:
        """Return them as the desk knows them."""
        return Person(
            platform=Platform.WEB,
            tenant=self.tenant,
            id=self.id,
            name=self.name,
            language=self.language,
            zone=self.zone,
        )


@dataclass(frozen=True, slots=True)
class Completion:
    """A command as the composer offers it: what to type, what goes after it, and what it does."""

    command: str
    arguments: str
    summary: str


Completions = Callable[[WebPerson, Language], Sequence[Completion]]
"""Tells what commands somebody may use, in a language."""


def mentioned(text: str, people: Iterable[WebPerson]) -> tuple[Person, ...]:
    """Return whom a text mentions by their whole names: `@Ana Quispe`."""
    found = {
        match.start(): one.as_person()
        for one in people
        if (match := re.search(rf"@{re.escape(one.name)}(?!\w)", text, re.IGNORECASE))
    }
    return tuple(found[at] for at in sorted(found))


def by_name(text: str, people: Iterable[WebPerson]) -> str:
    """Return a text with the e-mail addresses of people as mentions of them."""
    for one in people:
        if one.email:
            text = re.sub(rf"(?<![\w.@])@?{re.escape(one.email)}(?![\w-])", f"@{one.name}", text, flags=re.IGNORECASE)
    return text
