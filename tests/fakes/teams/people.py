"""People of the fake Teams, and what they do there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.teams import shapes
from tests.fakes.teams.shapes import MENTION
from tests.fakes.teams.world import BOT, Chat, User

if TYPE_CHECKING:
    from tests.fakes.teams.server import Answer, FakeTeams

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Someone:
    """One person. What they do is brought to the bot by itself; presses and forms wait for its answer."""

    teams: FakeTeams
    user: User

    def says(
        self,
        chat: str,
        text: str,
        *,
        thread: str | None = None,
        attachments: tuple[Json, ...] = (),
        hidden: bool = False,
    ) -> str:
        """Write a message; return its id. The bot hears what mentions it, and everything in private.

        `hidden` False is a team that lets the bot read everything.
        """
        return self._post(self.teams.chat(chat), text, thread, attachments, hidden=hidden)

    def writes_to_the_bot(self, text: str, *attachments: Json) -> str:
        """Write in the private chat with the bot."""
        return self._post(self.teams.world.direct(self.user), text, None, attachments, hidden=False)

    def _post(self, chat: Chat, text: str, thread: str | None, attachments: tuple[Json, ...], *, hidden: bool) -> str:
        name = self.teams.world.new_id()
        activity = shapes.message(self._base("message", chat, name=name, thread=thread or name), text)
        activity["attachments"] += attachments
        activity["entities"] = [*activity["entities"], *self._mentions(text)]
        chat.messages.append({"id": name, "thread": thread, "from": self.user.mri, "activity": activity})
        if not hidden or MENTION in text or chat.kind == "personal":
            self.teams.happened(activity)
        return name

    def _mentions(self, text: str) -> list[Json]:
        """Return what Teams adds where somebody else than the bot is mentioned, as `<at>Ana Quispe</at>`."""
        marks = {f"<at>{one.name}</at>": one for one in self.teams.world.users.values()}
        return [
            {"type": "mention", "mentioned": {"id": one.mri, "name": one.name}, "text": mark}
            for mark, one in marks.items()
            if mark in text
        ]

    def edits(self, chat: str, message: str, text: str) -> None:
        """Change one's own message."""
        where, found = self._found(chat, message)
        base = self._base("messageUpdate", where, name=message, thread=found["thread"] or message)
        activity = shapes.message(base, text)
        activity["channelData"] |= {"eventType": "editMessage"}
        self.teams.happened(activity)

    def deletes(self, chat: str, message: str) -> None:
        """Take back one's own message."""
        where, found = self._found(chat, message)
        activity = self._base("messageDelete", where, name=message, thread=found["thread"] or message)
        activity["channelData"] |= {"eventType": "softDeleteMessage"}
        self.teams.happened(activity)

    def reacts(self, chat: str, message: str, reaction: str, *, added: bool = True) -> None:
        """React to a message of the bot."""
        where, found = self._found(chat, message)
        activity = self._base(
            "messageReaction", where, name=self.teams.world.new_id(), thread=found["thread"] or message
        )
        activity["replyToId"] = message
        activity["reactionsAdded" if added else "reactionsRemoved"] = [{"type": reaction}]
        self.teams.happened(activity)

    def installs(self, chat: str | None = None, *, removes: bool = False) -> None:
        """Put the app into a team or a private chat, or take it out: Teams tells it twice."""
        where = self.teams.chat(chat) if chat else self.teams.world.direct(self.user)
        update = self._base("installationUpdate", where, name=f"f:{self.teams.world.new_id()}", thread=None)
        update["action"] = "remove" if removes else "add"
        moved = self._base("conversationUpdate", where, name=f"f:{self.teams.world.new_id()}", thread=None)
        moved["membersRemoved" if removes else "membersAdded"] = [{"id": BOT}]
        self.teams.happened(update)
        self.teams.happened(moved)

    def joins(self, chat: str, *, leaves: bool = False) -> None:
        """Come into a team or a group chat, or leave it."""
        where = self.teams.chat(chat)
        where.members.discard(self.user.id) if leaves else where.members.add(self.user.id)
        activity = self._base("conversationUpdate", where, name=f"f:{self.teams.world.new_id()}", thread=None)
        activity["membersRemoved" if leaves else "membersAdded"] = [self.user.account()]
        self.teams.happened(activity)

    async def presses(self, chat: str, message: str, title: str, **inputs: str) -> Answer:
        """Press a button of a card, by its title or the name that it carries."""
        where, found = self._found(chat, message)
        action = next(one for one in actions(card_of(found)) if title in {one["title"], name_of(one)})
        return await self.acts(where, found, action, inputs)

    async def acts(self, where: Chat, found: Json, action: Json, inputs: dict[str, str]) -> Answer:
        """Do what an action of a card asks the client to."""
        return await self.teams.bring(self.activity_of(where, found, action, inputs))

    def activity_of(self, where: Chat, found: Json, action: Json, inputs: dict[str, str] | None = None) -> Json:
        """What a client sends for an action of a card."""
        data = {**action["data"], **(inputs or {})}
        kind = action["type"]
        base = self._base("invoke", where, name=f"f:{self.teams.world.new_id()}", thread=found["thread"] or found["id"])
        base["replyToId"] = found["id"]
        if kind == "Action.Execute":
            carried = {"type": kind, "verb": action.get("verb"), "data": data}
            value = {"action": carried, "trigger": "manual"}
            return {**base, "name": "adaptiveCard/action", "value": value}
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            return {**base, "name": "task/fetch", "value": {"data": data, "context": {}}}
        return {**base, "type": "message", "text": "", "value": data}

    async def sends_dialog(self, chat: str, card: Json, message: Json, **inputs: str) -> Answer:
        """Send the form of a dialog that was opened from a message; what is not given stays as it is there."""
        (action,) = actions(card)
        known = {one["id"]: one["value"] for one in input_fields(card) if "value" in one}
        where = self.teams.chat(chat)
        base = self._base(
            "invoke", where, name=f"f:{self.teams.world.new_id()}", thread=message["thread"] or message["id"]
        )
        data = {**action["data"], **known, **{name: text for name, text in inputs.items() if text}}
        return await self.teams.bring({**base, "name": "task/submit", "value": {"data": data, "context": {}}})

    async def consents(self, question: Json, action: str, *, upload: str = "") -> Answer:
        """Say yes (`accept`) or no (`decline`) to a file in the private chat; Teams then tells where to put it."""
        (card,) = question["activity"]["attachments"]
        name = card["name"]
        base = self._base("invoke", self.teams.world.direct(self.user), name=self.teams.world.new_id(), thread=None)
        value = {"type": "fileUpload", "action": action, "context": card["content"]["acceptContext"]}
        if action == "accept":
            url = upload or f"{self.teams.base}/upload/{name}"
            told = {"name": name, "uniqueId": "1", "fileType": name.rpartition(".")[2]}
            value["uploadInfo"] = {**told, "uploadUrl": url, "contentUrl": f"https://x.sharepoint.com/{name}"}
        return await self.teams.bring(
            {**base, "name": "fileConsent/invoke", "value": value, "replyToId": question["id"]}
        )

    def _found(self, chat: str, message: str) -> tuple[Chat, Json]:
        where = self.teams.chat(chat)
        found = where.find(message)
        assert found is not None, f"no message {message} in {chat}"
        return where, found

    def _base(self, kind: str, chat: Chat, *, name: str, thread: str | None) -> Json:
        at = self.teams.world.clock()
        return shapes.activity(kind, self.user, chat, name=name, at=at, thread=thread, url=self.teams.service_url)


def card_of(message: Json) -> Json:
    """The card that a message shows; an empty one where it has none."""
    cards = [one["content"] for one in message["activity"].get("attachments") or () if "content" in one]
    return cards[0] if cards else {}


def actions(card: Json) -> list[Json]:
    """Every action of a card, at its foot and among its body."""
    return [*card.get("actions", ()), *(one for set_ in walk(card, "ActionSet") for one in set_["actions"])]


def input_fields(card: Json) -> list[Json]:
    return [one for kind in ("Input.Text", "Input.ChoiceSet") for one in walk(card, kind)]


def name_of(action: Json) -> str:
    """The name that an action carries."""
    ours: Json = (action.get("data") or {}).get("ldsupport") or {}
    return str(ours.get("press") or ours.get("form") or "")


def walk(value: Any, kind: str) -> Iterator[Json]:
    """Every element of a kind within a card."""
    match value:
        case {"type": found} if found == kind:
            yield value
        case dict():
            for one in value.values():
                yield from walk(one, kind)
        case list():
            for one in value:
                yield from walk(one, kind)
