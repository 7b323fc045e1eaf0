"""Posts and letters, as the page keeps them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from adapters.web.ports import Record, Workspace
from dialogs.events import Event, File
from dialogs.messages import Attachments, Mail, Message

_TRAY = "@tray"
"""The room of the letters; no channel's id begins like this."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji, by its short name, that somebody put on a post."""

    emoji: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Something said on the page: by a person, who has `text` and `files`, or by the assistant, a `message`.

    `thread` is the id of the post it answers. `number` and `change` are as in `Record`.
    """

    channel: str
    author: str
    at: datetime
    thread: str | None = None
    text: str = ""
    files: tuple[File, ...] = ()
    message: Message | None = None
    reactions: tuple[Reaction, ...] = ()
    edited_at: datetime | None = None
    deleted: bool = False
    id: str = ""
    number: int = 0
    change: int = 0

    @property
    def root(self) -> str:
        """The id of the post whose thread this one is in, or opens."""
        return self.thread or self.id

    def file(self, wanted: str) -> File | None:
        """Return the file of this id, if it came with the post."""
        blocks = self.message.blocks if self.message else ()
        shown = (file for block in blocks if isinstance(block, Attachments) for file in block.files)
        return next((file for file in (*self.files, *shown) if file.id == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to a letter, in the name of whom it was sent to. `id` is that of the event."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An e-mail in the tray, and what was answered to it there."""

    at: datetime
    mail: Mail
    answers: tuple[Answer, ...] = ()
    id: str = ""
    number: int = 0
    change: int = 0


_POST = TypeAdapter(Post)
_LETTER = TypeAdapter(Letter)


def new_id() -> str:
    """Return an id for something new on the page."""
    return secrets.token_hex(6)


def _post(record: Record) -> Post:
    post = _POST.validate_json(record.body)
    return replace(post, id=record.id, number=record.number, change=record.change)


def _letter(record: Record) -> Letter:
    letter = _LETTER.validate_json(record.body)
    return replace(letter, id=record.id, number=record.number, change=record.change)


def _post_body(post: Post) -> str:
    return _POST.dump_json(replace(post, id="", number=0, change=0)).decode()


def _letter_body(letter: Letter) -> str:
    return _LETTER.dump_json(replace(letter, id="", number=0, change=0)).decode()


class Posts:
    """The posts and letters of a workspace. An event given with a change is kept in the same transaction."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def add(self, post: Post, key: str, event: Event | None = None) -> Post:
        """Keep a new post under its id; where the key is known already, return the post kept then."""
        body = _post_body(post)
        return _post(await self._workspace.add(post.id, key=key, room=post.channel, body=body, event=event))

    async def change(self, post: str, edit: Callable[[Post], Post], event: Event | None = None) -> Post | None:
        """Replace a post by what `edit` makes of it; None where there is no such post."""
        record = await self._workspace.change(post, lambda body: _post_body(edit(_POST.validate_json(body))), event)
        return None if record is None else _post(record)

    async def get(self, post: str) -> Post | None:
        """Return the post of this id."""
        record = await self._workspace.get(post)
        return None if record is None or record.room == _TRAY else _post(record)

    async def within(self, channels: Collection[str], *, after: int) -> tuple[Post, ...]:
        """Return the posts of these channels that changed after a change, as they came."""
        return tuple(map(_post, await self._workspace.records(channels, after=after)))

    async def add_letter(self, mail: Mail, key: str, at: datetime) -> str:
        """Put an e-mail into the tray and return its id; where the key is known, the id it has."""
        body = _letter_body(Letter(at=at, mail=mail))
        return (await self._workspace.add(new_id(), key=key, room=_TRAY, body=body)).id

    async def letter(self, letter: str) -> Letter | None:
        """Return the letter of this id."""
        record = await self._workspace.get(letter)
        return _letter(record) if record and record.room == _TRAY else None

    async def answer(self, letter: Letter, answer: Answer, event: Event) -> bool:
        """Keep what was answered to a letter; False where it is kept already."""

        def answered(body: str) -> str:
            before = _LETTER.validate_json(body)
            known = answer.id in {one.id for one in before.answers}
            return body if known else _letter_body(replace(before, answers=(*before.answers, answer)))

        changed = await self._workspace.change(letter.id, answered, event)
        return changed is not None and changed.change > letter.change

    async def letters(self, *, after: int) -> tuple[Letter, ...]:
        """Return the letters that came after a change, as they came."""
        return tuple(map(_letter, await self._workspace.records((_TRAY,), after=after)))

    async def find(self, key: str) -> str | None:
        """Return the id of the post or letter kept under this key."""
        record = await self._workspace.find(key)
        return None if record is None else record.id

    async def expect(self, event: Event) -> bool:
        """Keep an event that changes no post; False where it is known already."""
        return await self._workspace.expect(event)
