"""What stands in the messages that can be pressed, so that a form that took a card's place can give it back."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.teams.cards import CARD

Json = dict[str, Any]
_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was sent last. `lasting` tells that it will be revised, as the desk's cards are."""

    content: Json
    lasting: bool


class Shown:
    """The cards of the newest messages, by channel and message. After a restart it knows none."""

    def __init__(self) -> None:
        self._cards: OrderedDict[tuple[str, str], Card] = OrderedDict()

    def keep(self, channel: str, message: str, activity: Mapping[str, Any], *, lasting: bool) -> None:
        """Remember what a message shows; `message` may have its thread before it."""
        for attachment in activity.get("attachments") or ():
            if attachment["contentType"] == CARD:
                self._cards[channel, message.rpartition("/")[2]] = Card(attachment["content"], lasting)
        while len(self._cards) > _REMEMBERED:
            self._cards.popitem(last=False)

    def get(self, channel: str, message: str) -> Card | None:
        """Return the card of a message, if it is known."""
        return self._cards.get((channel, message))
