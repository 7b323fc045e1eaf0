"""What the open tabs are told as it happens."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any

from pydantic import TypeAdapter

from adapters.web.people import WebPerson
from adapters.web.posts import Letter, Post, Posts
from dialogs.messages import Reply

Frame = dict[str, Any]

_POST = TypeAdapter(Post)
_LETTER = TypeAdapter(Letter)
_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


def post_json(post: Post) -> Frame:
    """Return a post as the browser reads it."""
    frame: Frame = _POST.dump_python(post, mode="json")
    return frame


def letter_json(letter: Letter) -> Frame:
    """Return a letter as the browser reads it."""
    frame: Frame = _LETTER.dump_python(letter, mode="json")
    return frame


def reply_json(reply: Reply | None) -> Frame | None:
    """Return a reply as the browser reads it."""
    return None if reply is None else _REPLY.dump_python(reply, mode="json")


class _Listener:
    def __init__(self, person: WebPerson) -> None:
        self.person = person
        self.woken = asyncio.Event()
        self.aside: deque[Frame] = deque()


class Feed:
    """Wakes the open tabs. Each then reads for itself what changed since what it had, and what it may see."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self._listeners: set[_Listener] = set()

    def wake(self) -> None:
        """Tell every tab that something changed."""
        for listener in self._listeners:
            listener.woken.set()

    def tell(self, frame: Frame, person: str | None = None) -> None:
        """Say something in passing to every tab, or to those of one person."""
        for listener in self._listeners:
            if person is None or listener.person.id == person:
                listener.aside.append(frame)
                listener.woken.set()

    async def listen(self, person: WebPerson, after: int) -> AsyncGenerator[Frame]:
        """Yield all that `person` may see and that changed after `after`, first at once, then as it happens.

        A tab that knows more than the page does is told that the page was begun anew, and nothing else.
        """
        listener = _Listener(person)
        self._listeners.add(listener)
        try:
            if after and not await self._remembers(person, after):
                yield {"anew": True}
                return
            while True:
                listener.woken.clear()
                frame = await self._news(person, after)
                if frame["change"] > after or not after:
                    after = frame["change"]
                    yield frame
                while listener.aside:
                    yield listener.aside.popleft()
                await listener.woken.wait()
        finally:
            self._listeners.discard(listener)

    async def _remembers(self, person: WebPerson, change: int) -> bool:
        """Tell whether the page had that change: one that was begun anew, with an empty store, did not."""
        newest: int = (await self._news(person, change - 1))["change"]
        return newest >= change

    async def _news(self, person: WebPerson, after: int) -> Frame:
        posts = await self._posts.within(person.channels, after=after)
        letters = await self._posts.letters(after=after)
        return {
            "posts": list(map(post_json, posts)),
            "letters": [letter_json(letter) for letter in letters if person.may_read(letter.mail.to)],
            "change": max([after, *(post.change for post in posts), *(letter.change for letter in letters)]),
        }
