"""What people do on the page: kept first, then handed to the desk as events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.web import posts
from adapters.web.acts import Answer, Delete, Edit, Invoke, Press, React, Say, Submit
from adapters.web.feed import Feed, reply_json
from adapters.web.handover import Handover
from adapters.web.people import WebChannel, WebPerson, by_name, mentioned
from adapters.web.posts import Post, Posts, Reaction, new_id
from dialogs.events import (
    Deleted,
    Edited,
    Event,
    File,
    Invoked,
    Mailed,
    Person,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
    Submitted,
    What,
)
from dialogs.messages import Button, Message, Reply
from dialogs.reading.text import fold

REPLY_WITHIN = 15.0
"""How long an act waits for the desk's reply, in seconds. A later one still reaches the open tab."""

WAITED_AT_MOST = 60_000
"""How far back a message may be dated by when it was begun, in milliseconds."""

_Reply = asyncio.Future[Reply | None]


class RefusedActError(Exception):
    """Something the page does not do. `reason` ends the key of the phrase that says so."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Page:
    """The workspace as people use it. Everybody sees and touches only the channels they are in."""

    def __init__(
        self,
        *,
        posts: Posts,
        feed: Feed,
        handover: Handover,
        channels: Mapping[str, WebChannel],
        people: Collection[WebPerson],
        assistant: str,
        now: Callable[[], datetime],
    ) -> None:
        self._posts = posts
        self._feed = feed
        self._handover = handover
        self._channels = channels
        self._people = people
        self._assistant = fold(assistant)
        self._now = now

    async def say(self, person: WebPerson, say: Say, files: tuple[File, ...]) -> Post:
        """Keep a new post and hand it to the desk; whatever the desk replies reaches the open tabs."""
        thread = await self._thread(person, say.channel, say.thread)
        if not say.text.strip() and not files:
            raise RefusedActError("empty", 400)
        key, post_id = _key(person, say.nonce), new_id()
        at = self._now() - timedelta(milliseconds=min(say.waited, WAITED_AT_MOST))
        post = Post(
            id=post_id,
            channel=say.channel,
            thread=thread,
            author=person.id,
            at=at,
            text=say.text,
            files=tuple(replace(file, excerpt="") for file in files),
        )
        addressed = f"@{self._assistant}" in fold(say.text)
        event = Event(
            key=key,
            actor=person.as_person(),
            place=Place(platform=Platform.WEB, channel=say.channel, thread=thread or post_id),
            at=at,
            what=Said(
                message=post_id,
                text=say.text,
                files=files,
                addressed=addressed,
                mentioned=mentioned(say.text, self._people),
            ),
        )
        kept = await self._posts.add(post, key, event)
        if kept.id == post_id:
            self._feed.wake()
            self._handover.hand(event).add_done_callback(lambda done: self._tell(person, done))
        return kept

    async def press(self, person: WebPerson, press: Press) -> tuple[bool, Reply | None]:
        """Press a button, or pick from a list."""
        thread = await self._thread(person, press.channel, press.thread)
        if press.message is not None:
            post = await self._seen(person, press.message)
            if post.message is None or not _offers(post.message, press.name, press.value):
                raise RefusedActError("gone", 409)
            thread = post.root
        what = Pressed(name=press.name, value=press.value, message=press.message)
        return await self._expect(person, press, press.channel, thread, what)

    async def invoke(self, person: WebPerson, invoke: Invoke) -> tuple[bool, Reply | None]:
        """Give a slash command."""
        thread = await self._thread(person, invoke.channel, invoke.thread)
        command, _, text = invoke.text[1:].partition(" ")
        text = by_name(text.strip(), self._people)
        what = Invoked(command=command.lower(), text=text, mentioned=mentioned(text, self._people))
        return await self._expect(person, invoke, invoke.channel, thread, what)

    async def submit(self, person: WebPerson, submit: Submit) -> tuple[bool, Reply | None]:
        """Send a form."""
        thread = await self._thread(person, submit.channel, submit.thread)
        what = Submitted(form=submit.form, token=submit.token, values=submit.values)
        return await self._expect(person, submit, submit.channel, thread, what)

    async def edit(self, person: WebPerson, edit: Edit) -> tuple[bool, Reply | None]:
        """Give one's own post another text."""
        post = await self._own(person, edit.message)
        if not edit.text.strip():
            raise RefusedActError("empty", 400)
        now = self._now()
        return await self._change(
            person,
            edit,
            post,
            lambda old: old if old.text == edit.text else replace(old, text=edit.text, edited_at=now),
            Edited(message=post.id, text=edit.text),
        )

    async def delete(self, person: WebPerson, delete: Delete) -> tuple[bool, Reply | None]:
        """Take one's own post back; what was in it is gone."""
        post = await self._own(person, delete.message)
        return await self._change(
            person,
            delete,
            post,
            lambda old: replace(old, text="", files=(), deleted=True),
            Deleted(message=post.id),
        )

    async def react(self, person: WebPerson, react: React) -> tuple[bool, Reply | None]:
        """Put an emoji on a post, or take one's own away."""
        post = await self._seen(person, react.message)
        return await self._change(
            person,
            react,
            post,
            lambda old: reacted(old, Reaction(react.emoji, person.id), added=react.added),
            Reacted(message=post.id, emoji=react.emoji, added=react.added),
        )

    async def answer(self, person: WebPerson, answer: Answer) -> tuple[bool, Reply | None]:
        """Answer an e-mail of the tray as whoever it was sent to: it comes in like any other."""
        letter = await self._posts.letter(answer.letter)
        if letter is None or not person.may_read(letter.mail.to):
            raise RefusedActError("unknown", 404)
        if not answer.text.strip():
            raise RefusedActError("empty", 400)
        mail, key, at = letter.mail, _key(person, answer.nonce), self._now()
        event = Event(
            key=key,
            actor=Person(platform=Platform.MAIL, tenant=mail.to.rpartition("@")[2], id=mail.to),
            place=Place(platform=Platform.MAIL, channel="tray", thread=mail.about or letter.id),
            at=at,
            what=Mailed(
                message=key, subject=f"Re: {mail.subject}", text=answer.text, answers=(mail.about, mail.reply_to)
            ),
        )
        if not await self._posts.answer(letter, posts.Answer(id=key, at=at, text=answer.text), event):
            return True, None
        self._feed.wake()
        return await self._reply(person, self._handover.hand(event))

    async def file(self, person: WebPerson, post: str, file: str) -> File:
        """Return a file of a post that `person` sees."""
        found = (await self._seen(person, post)).file(file)
        if found is None or found.problem is not None:
            raise RefusedActError("unknown", 404)
        return found

    async def _thread(self, person: WebPerson, channel: str, thread: str | None) -> str | None:
        if channel not in person.channels or channel not in self._channels:
            raise RefusedActError("unknown", 404)
        if thread is None:
            return None
        post = await self._seen(person, thread)
        if post.channel != channel:
            raise RefusedActError("unknown", 404)
        return post.root

    async def _seen(self, person: WebPerson, post: str) -> Post:
        found = await self._posts.get(post)
        if found is None or found.channel not in person.channels:
            raise RefusedActError("unknown", 404)
        return found

    async def _own(self, person: WebPerson, post: str) -> Post:
        found = await self._seen(person, post)
        if found.author != person.id:
            raise RefusedActError("not_yours", 403)
        if found.deleted:
            raise RefusedActError("gone", 409)
        return found

    async def _expect(
        self, person: WebPerson, act: Press | Invoke | Submit, channel: str, thread: str | None, what: What
    ) -> tuple[bool, Reply | None]:
        place = Place(platform=Platform.WEB, channel=channel, thread=thread)
        event = self._event(person, act, place, what)
        if not await self._posts.expect(event):
            return True, None
        return await self._reply(person, self._handover.hand(event))

    async def _change(
        self,
        person: WebPerson,
        act: Edit | Delete | React,
        post: Post,
        edit: Callable[[Post], Post],
        what: What,
    ) -> tuple[bool, Reply | None]:
        place = Place(platform=Platform.WEB, channel=post.channel, thread=post.root)
        event = self._event(person, act, place, what)
        changed = await self._posts.change(post.id, edit, event)
        if changed is None or changed.change == post.change:
            return True, None
        self._feed.wake()
        return await self._reply(person, self._handover.hand(event))

    def _event(
        self,
        person: WebPerson,
        act: Press | Invoke | Submit | Edit | Delete | React,
        place: Place,
        what: What,
    ) -> Event:
        return Event(key=_key(person, act.nonce), actor=person.as_person(), place=place, at=self._now(), what=what)

    async def _reply(self, person: WebPerson, reply: _Reply) -> tuple[bool, Reply | None]:
        """Wait for the desk; False where it has not taken the event yet and will later."""
        await asyncio.wait({reply}, timeout=REPLY_WITHIN)
        if reply.done() and not reply.cancelled():
            return True, reply.result()
        reply.add_done_callback(lambda done: self._tell(person, done))
        return False, None

    def _tell(self, person: WebPerson, done: _Reply) -> None:
        if not done.cancelled() and done.result() is not None:
            self._feed.tell({"reply": reply_json(done.result())}, person.id)


def reacted(post: Post, reaction: Reaction, *, added: bool) -> Post:
    """Return the post with a reaction, or without it."""
    others = tuple(other for other in post.reactions if other != reaction)
    if added and len(others) < len(post.reactions):
        return post
    return replace(post, reactions=(*others, reaction) if added else others)


def _key(person: WebPerson, nonce: str) -> str:
    return f"web:{person.id}:{nonce}"


def _offers(message: Message, name: str, value: str) -> bool:
    for control in message.controls:
        values = {control.value} if isinstance(control, Button) else {o.value for o in control.options}
        if control.name == name and value in values:
            return True
    return False
