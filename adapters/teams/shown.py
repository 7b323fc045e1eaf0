"""What stands in the messages that can be pressed, so that a form that took a card's place can give it back."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.teams.cards import CARD

Json = dict[str, Any]
_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was sent last, as JSON: that takes a fifth of the memory.

    `lasting` tells that it will be revised, as the desk's cards are.
    """

    told: bytes
    lasting: bool

    @property
    def content(self) -> Json:
        """The card."""
        content: Json = json.loads(self.told)
        return content


class Shown:
    """The cards of the newest messages, by channel and message. After a restart it knows none."""

    def __init__(self) -> None:
        self._cards: OrderedDict[tuple[str, str], Card] = OrderedDict()

    def keep(self, channel: str, message: str, activity: Mapping[str, Any], *, lasting: bool) -> None:
        """Remember what a message shows; `message` may have its thread before it."""
        for attachment in activity.get("attachments") or ():
            if attachment["contentType"] == CARD:
                told = json.dumps(attachment["content"], ensure_ascii=False).encode("utf-8", "replace")
                self._cards[channel, message.rpartition("/")[2]] = Card(told, lasting)
        while len(self._cards) > _REMEMBERED:
            self._cards.popitem(last=False)

    def get(self, channel: str, message: str) -> Card | None:
        """Return the card of a message, if it is known."""
        return self._cards.get((channel, message))
