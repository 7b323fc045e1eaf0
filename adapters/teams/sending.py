"""Deliveries to Teams: posts and revisions. Reactions a bot cannot put there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from adapters.teams.activities import is_channel, message_name
from adapters.teams.cards import CARD, Part, parts, whole
from adapters.teams.connector import Connector, RefusedError
from adapters.teams.ports import Reference
from adapters.teams.references import References
from adapters.teams.shown import Shown
from dialogs.events import Place
from dialogs.messages import Delivery, Message, Plain, Post, React, Revise, SmallPrint
from dialogs.phrases import voice
from dialogs.ports import PermanentError

Json = dict[str, Any]
_T = TypeVar("_T")
_REMEMBERED = 2_000


class Sender:
    """Sends deliveries.

    Teams gives nobody a message back, so where an answer was lost nobody can tell whether the message arrived. It is
    then sent once more and says so itself; a second loss is final.
    """

    def __init__(
        self,
        connector: Connector,
        references: References,
        trusts: Callable[[object], bool],
        shown: Shown,
        *,
        dialogs: bool,
    ) -> None:
        self._connector = connector
        self._references = references
        self._trusts = trusts
        self._shown = shown
        self._dialogs = dialogs
        self._made: OrderedDict[str, list[str]] = OrderedDict()
        self._unsure: OrderedDict[str, bool] = OrderedDict()

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

    async def whisper(self, person: Place, what: Message | Json) -> None:
        """Say something, or show a card, in a private chat."""
        if isinstance(what, Message):
            said = parts(what, person, dialogs=self._dialogs)
        else:
            said = [Part({"type": "message", "attachments": [{"contentType": CARD, "content": what}]}, "")]
        for part in said:
            await self._say(person, part, [])

    async def find(self, delivery: Delivery, *, key: str) -> str | None:
        """Make up one's mind about a message that may have arrived; see `dialogs.ports.Adapter.find`."""
        if not isinstance(delivery, Post):
            return None
        if self._unsure.get(key):
            raise PermanentError("whether it arrived cannot be found out, twice")
        _remember(self._unsure, key, True)
        return None

    async def _post(self, post: Post, key: str, target: str | None) -> str:
        place = post.place
        if post.under and target and not place.direct:
            place = replace(place, thread=target)
        message = _again(post.message) if self._unsure.get(key) else post.message
        made = self._made.get(key, [])
        for part in parts(message, place, dialogs=self._dialogs)[len(made) :]:
            made = [*made, await self._say(place, part, made)]
            _remember(self._made, key, made)
            self._shown.keep(place.channel, made[-1], part.activity, lasting=post.ref is not None)
        return made[0]

    async def _say(self, place: Place, part: Part, made: list[str]) -> str:
        reference = await self._reference(place.channel)
        if not reference.conversation:
            reference = await self._open(place.channel, reference)
        return await self._watched(place.channel, lambda: self._posted(place, part, made, reference))

    async def _posted(self, place: Place, part: Part, made: list[str], reference: Reference) -> str:
        activity = {**part.activity, "from": {"id": reference.bot}}
        service, tenant, channel = reference.service_url, reference.tenant, reference.conversation
        thread = place.thread or (made[0] if made else None)
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
        root, _, message = target.rpartition("/")
        conversation = reference.conversation or place.channel
        if is_channel(place.channel):
            conversation = f"{conversation};messageid={root or message}"
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


def _again(message: Message) -> Message:
    """Return a message that tells that it may have been read before."""
    told = SmallPrint((Plain(voice(message.language)("teams.again")),))
    return replace(message, blocks=(told, *message.blocks))


def _remember(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _REMEMBERED:
        kept.popitem(last=False)
