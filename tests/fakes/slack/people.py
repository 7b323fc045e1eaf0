"""People of the fake Slack, and what they do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import shapes
from tests.fakes.slack.delivery import Answer
from tests.fakes.slack.world import BOT_USER, Channel, User

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

Json = dict[str, Any]

MENTION = f"<@{BOT_USER}>"


@dataclass(frozen=True, slots=True)
class Someone:
    """One person. What they do is brought to the app by itself; forms and buttons wait for its answer."""

    slack: FakeSlack
    user: User

    @property
    def id(self) -> str:
        return self.user.id

    def says(self, channel: str, text: str, *, thread: str | None = None, files: list[Json] | None = None) -> str:
        """Write a message as Slack holds it, marks and escapes included; return its id."""
        where = self.slack.channel(channel)
        return self._post(where, text, thread, files or [])

    def writes_to_the_bot(self, text: str) -> str:
        """Write in the private chat with the bot."""
        return self._post(self.slack.world.direct(self.id), text, None, [])

    def _post(self, where: Channel, text: str, thread: str | None, files: list[Json]) -> str:
        ts = self.slack.world.ts()
        event = shapes.message(self.user, where, ts=ts, text=text, thread=thread, files=files)
        kept = {name: value for name, value in event.items() if name not in {"channel", "event_ts", "channel_type"}}
        self.slack.world.add_message(where, {**kept, **({"files": files} if files else {})})
        self._happened(event, where)
        if MENTION in text and not where.direct:
            self._happened(shapes.mention(event, self.user), where)
        return ts

    def edits(self, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        where = self.slack.channel(channel)
        message = where.find(ts)
        assert message is not None
        before = dict(message)
        message |= {"text": text, "edited": {"user": self.id, "ts": self.slack.world.ts()}}
        self._changes(where, before, dict(message))

    def _changes(self, where: Channel, before: Json, after: Json) -> None:
        stamp = self.slack.world.ts()
        event = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": where.id}
        event |= {"message": after, "previous_message": before, "ts": stamp, "event_ts": stamp}
        self._happened(event, where)

    def unfurls(self, channel: str, ts: str) -> None:
        """Let Slack change the message by itself: nobody edited it."""
        where = self.slack.channel(channel)
        message = where.find(ts)
        assert message is not None
        self._changes(where, dict(message), {**message, "attachments": [{"title": "A page"}]})

    def deletes(self, channel: str, ts: str) -> None:
        """Take back one's own message; with replies under it, a tombstone stays."""
        where = self.slack.channel(channel)
        message = where.find(ts)
        assert message is not None
        if message.get("reply_count"):
            before = dict(message)
            message |= {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
            self._changes(where, before, dict(message))
            return
        where.messages.remove(message)
        stamp = self.slack.world.ts()
        event = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": where.id}
        event |= {"previous_message": message, "deleted_ts": ts, "ts": stamp, "event_ts": stamp}
        self._happened(event, where)

    def reacts(self, channel: str, ts: str, emoji: str, *, added: bool = True) -> None:
        where = self.slack.channel(channel)
        event = {
            "type": "reaction_added" if added else "reaction_removed",
            "user": self.id,
            "reaction": emoji,
            "item_user": BOT_USER,
            "item": {"type": "message", "channel": where.id, "ts": ts},
            "event_ts": self.slack.world.ts(),
        }
        self._happened(event, where)

    def joins(self, channel: str) -> None:
        self._moves(channel, "member_joined_channel")

    def leaves(self, channel: str) -> None:
        self._moves(channel, "member_left_channel")

    def _moves(self, channel: str, kind: str) -> None:
        where = self.slack.channel(channel)
        where.members.add(self.id) if kind == "member_joined_channel" else where.members.discard(self.id)
        event = {"type": kind, "user": self.id, "channel": where.id, "channel_type": "C", "team": self.user.team}
        self._happened({**event, "event_ts": self.slack.world.ts()}, where)

    def opens_home(self) -> None:
        where = self.slack.world.direct(self.id)
        event = {"type": "app_home_opened", "user": self.id, "channel": where.id, "tab": "home"}
        self._happened({**event, "event_ts": self.slack.world.ts()}, where)

    async def presses(self, channel: str, ts: str, name: str) -> Answer:
        """Press the button with this name."""
        where, posted, element = self._control(channel, ts, name)
        value = {"value": element["value"]} if "value" in element else {}
        return await self._press(where, posted, element, {**value, "text": element["text"]})

    async def picks(self, channel: str, ts: str, name: str, option: str) -> Answer:
        """Pick an option of the list with this name."""
        where, posted, element = self._control(channel, ts, name)
        chosen = next(one for one in element["options"] if one["value"] == option)
        return await self._press(where, posted, element, {"selected_option": chosen})

    def _control(self, channel: str, ts: str, name: str) -> tuple[Channel, Json, Json]:
        where = self.slack.channel(channel)
        posted = where.find(ts)
        assert posted is not None
        rows = [block["elements"] for block in posted["blocks"] if block["type"] == "actions"]
        return where, posted, next(one for row in rows for one in row if one["action_id"] == name)

    async def _press(self, where: Channel, posted: Json, element: Json, value: Json) -> Answer:
        url = self.slack.response_url(where, self.user)
        value = {**value, "action_ts": self.slack.world.ts()}
        body = shapes.press(self.user, where, posted, element, value, trigger=self.slack.web.trigger(), url=url)
        return await self.slack.delivery.bring("interactive", body)

    async def presses_home(self, name: str, option: str = "") -> Answer:
        """Press the button, or pick the option, with this name on one's own Home tab."""
        return await self.presses_in(self.slack.world.homes[self.id], name, option)

    async def presses_in(self, view: Json, name: str, option: str = "") -> Answer:
        """Press the button, or pick the option, with this name in an open modal or on a Home tab."""
        rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
        element = next(one for row in rows for one in row if one["action_id"] == name)
        chosen = next((one for one in element.get("options", ()) if one["value"] == option), None)
        value: Json = {"selected_option": chosen} if chosen else {}
        value |= {"value": element["value"]} if "value" in element else {}
        value |= {"action_ts": self.slack.world.ts()}
        body = shapes.press_home(self.user, view, element, value, trigger=self.slack.web.trigger())
        return await self.slack.delivery.bring("interactive", body)

    async def submits(self, view: str, **values: str) -> Answer:
        """Send an open form; what is not given stays as it is there. Its answer may close or change the form."""
        body = shapes.submission(self.user, self.slack.world.views[view], values, self.slack.web.trigger())
        answer = await self.slack.delivery.bring("interactive", body)
        action = answer.payload.get("response_action")
        if action == "update":
            self.slack.web.do_views_update({"view_id": view, "view": answer.payload["view"]})
        elif answer.ok and action is None:
            self.slack.world.views.pop(view, None)
        return answer

    async def commands(self, channel: str, name: str, text: str = "", *, as_guest: bool = False) -> Answer:
        """Type a slash command. Slack refuses people of other companies before the app hears of it."""
        assert as_guest or not self.user.external, "slash commands are not shared"
        where = self.slack.channel(channel)
        url = self.slack.response_url(where, self.user)
        body = shapes.command(self.user, where, name, text, trigger=self.slack.web.trigger(), url=url)
        return await self.slack.delivery.bring("slash_commands", body)

    async def uses_shortcut(self, channel: str, ts: str, name: str) -> Answer:
        """Use a message shortcut."""
        assert not self.user.external, "shortcuts are not shared"
        where = self.slack.channel(channel)
        posted = where.find(ts)
        assert posted is not None
        url = self.slack.response_url(where, self.user)
        body = shapes.shortcut(self.user, where, posted, name, trigger=self.slack.web.trigger(), url=url)
        return await self.slack.delivery.bring("interactive", body)

    def _happened(self, event: Json, where: Channel) -> None:
        self.slack.happened(event, self.user, where)
