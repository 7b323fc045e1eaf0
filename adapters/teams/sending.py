"""Deliveries to Teams: posts and revisions. Reactions a bot cannot put there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from adapters.teams.activities import is_channel, message_name
from adapters.teams.cards import CARD, Part, parts, whole
from adapters.teams.connector import Connector, RefusedError
from adapters.teams.offers import Offers
from adapters.teams.ports import Reference
from adapters.teams.references import References
from adapters.teams.shown import Shown
from dialogs.events import File, Place
from dialogs.messages import Attachments, Delivery, Message, Plain, Post, React, Revise, SmallPrint
from dialogs.phrases import voice
from dialogs.ports import PermanentError

Json = dict[str, Any]
_T = TypeVar("_T")
_REMEMBERED = 2_000
_AGAIN = 2


class Sender:
    """Sends deliveries.

    Teams gives nobody a message back, so where an answer was lost nobody can tell whether the message arrived. Once
    Teams answers other questions about that chat, it is sent again and says so itself, twice at most.
    """

    def __init__(
        self,
        connector: Connector,
        references: References,
        offers: Offers,
        trusts: Callable[[object], bool],
        shown: Shown,
        *,
        dialogs: bool,
    ) -> None:
        self._connector = connector
        self._references = references
        self._offers = offers
        self._trusts = trusts
        self._shown = shown
        self._dialogs = dialogs
        self._made: OrderedDict[str, list[str]] = OrderedDict()
        self._again: OrderedDict[str, int] = OrderedDict()

    async def send(self, delivery: Delivery, *, key: str, target: str | None) -> str | None:
        """Do a delivery; see `dialogs.ports.Adapter.send`."""
        match delivery:
            case Post():
                return await self._post(delivery, key, target)
            case Revise():
                await self._revise(delivery, target)
                return target
            case React():
                return None
            case _:
                raise PermanentError(f"Teams cannot deliver {delivery.kind}")

    async def find(self, delivery: Delivery, *, key: str) -> str | None:
        """Make up one's mind about a message that may have arrived; see `dialogs.ports.Adapter.find`."""
        if not isinstance(delivery, Post):
            return None
        again = self._again.get(key, 0) + 1
        if again > _AGAIN:
            raise PermanentError("whether it arrived cannot be found out")
        await self._answers(delivery.place.channel)
        _remember(self._again, key, again)
        return None

    async def _answers(self, channel: str) -> None:
        """Ask for something that changes nothing, to know that Teams is there again."""
        reference = await self._reference(channel)
        if reference.conversation:
            service, tenant, conversation = reference.service_url, reference.tenant, reference.conversation
            await self._watched(channel, lambda: self._connector.answers(service, tenant, conversation))

    async def say(self, place: Place, part: Part, under: str | None = None) -> str:
        """Post one message, `under` another where there are threads; return what it is called."""
        reference = await self._reference(place.channel)
        if not reference.conversation:
            reference = await self._open(place.channel, reference)
        return await self._watched(place.channel, lambda: self._posted(place, part, under, reference))

    async def whisper(self, private: Place, what: Message | Json) -> None:
        """Say something, or show a card, in a private chat."""
        if isinstance(what, Message):
            said = parts(what, private, dialogs=self._dialogs)
        else:
            said = [Part({"type": "message", "attachments": [{"contentType": CARD, "content": what}]}, "")]
        for part in said:
            await self.say(private, part)

    async def delete(self, place: Place, name: str) -> None:
        """Take a message away."""
        reference = await self._reference(place.channel)
        conversation, message = _address(place, name, reference)
        await self._connector.delete(reference.service_url, reference.tenant, conversation, message)

    async def _post(self, post: Post, key: str, target: str | None) -> str:
        place, message = post.place, post.message
        if post.under and target and is_channel(place.channel):
            place = replace(place, thread=target)
        if key in self._again:
            told = SmallPrint((Plain(voice(message.language)("teams.again")),))
            message = replace(message, blocks=(told, *message.blocks))
        drawn = parts(message, place, dialogs=self._dialogs)
        drawn += await self._offers.parts(_files(message), place, message.language)
        made = self._made.get(key, [])
        for part in drawn[len(made) :]:
            made = [*made, await self.say(place, part, made[0] if made else None)]
            _remember(self._made, key, made)
            self._shown.keep(place.channel, made[-1], part.activity, lasting=post.ref is not None)
        return made[0]

    async def _posted(self, place: Place, part: Part, under: str | None, reference: Reference) -> str:
        activity = {**part.activity, "from": {"id": reference.bot}}
        service, tenant, channel = reference.service_url, reference.tenant, reference.conversation
        thread = place.thread or under
        if not is_channel(place.channel):
            return await self._connector.send(service, tenant, channel, activity)
        if thread is None:
            body = {
                "isGroup": True,
                "bot": {"id": reference.bot},
                "channelData": {"channel": {"id": channel}, "tenant": {"id": tenant}},
                "tenantId": tenant,
                "activity": activity,
            }
            answer = await self._connector.create(service, tenant, channel, body)
            return str(answer.get("activityId") or str(answer.get("id") or "").partition(";messageid=")[2])
        message = await self._connector.send(service, tenant, f"{channel};messageid={thread}", activity)
        return message_name(replace(place, thread=thread), message)

    async def _revise(self, revise: Revise, target: str | None) -> None:
        if target is None:
            raise PermanentError(f"there is no message {revise.ref}")
        place = revise.place
        reference = await self._reference(place.channel)
        part = whole(revise.message, place, dialogs=self._dialogs)
        conversation, message = _address(place, target, reference)
        activity = {**part.activity, "from": {"id": reference.bot}, "id": message}
        service, tenant = reference.service_url, reference.tenant
        await self._watched(
            place.channel, lambda: self._connector.update(service, tenant, conversation, message, activity)
        )
        self._shown.keep(place.channel, message, part.activity, lasting=True)

    async def _reference(self, channel: str) -> Reference:
        reference = await self._references.get(channel)
        if reference.dead:
            raise PermanentError(f"Teams: {reference.dead}")
        if not self._trusts(reference.service_url):
            raise PermanentError("Teams: the service is not trusted")
        return reference

    async def _open(self, person: str, reference: Reference) -> Reference:
        """Open a private chat with somebody."""
        body = {
            "isGroup": False,
            "bot": {"id": reference.bot},
            "members": [{"id": reference.member or person}],
            "channelData": {"tenant": {"id": reference.tenant}},
            "tenantId": reference.tenant,
        }
        service, tenant = reference.service_url, reference.tenant
        answer = await self._watched(person, lambda: self._connector.create(service, tenant, person, body))
        await self._references.opened(person, str(answer["id"]))
        return await self._references.get(person)

    async def _watched(self, name: str, call: Callable[[], Awaitable[_T]]) -> _T:
        """Remember where nothing can be sent any more."""
        try:
            return await call()
        except RefusedError as error:
            if error.dead:
                await self._references.died(name, error.code)
            raise


def _address(place: Place, name: str, reference: Reference) -> tuple[str, str]:
    """Return the conversation and the id of a message by what it is called."""
    root, _, message = name.rpartition("/")
    conversation = reference.conversation or place.channel
    return (f"{conversation};messageid={root or message}" if is_channel(place.channel) else conversation), message


def _files(message: Message) -> list[File]:
    return [file for block in message.blocks if isinstance(block, Attachments) for file in block.files]


def _remember(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _REMEMBERED:
        kept.popitem(last=False)
