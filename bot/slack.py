"""Slack as the operator configured it, with a memory that outlives the process."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from adapters.slack.adapter import SlackAdapter, SlackStartError
from bot.environment import Environment
from bot.files import Files
from bot.mistakes import Mistake, SettingsError
from dialogs.events import Platform
from dialogs.ports import Sink
from storage.database import Database
from storage.inbox import Inbox
from storage.moves import move_channel

MARKS = "slack.marks"
"""Under this name the store keeps how far each channel was read."""


class StoredMemory:
    """What the Slack adapter remembers, in the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def marks(self) -> Mapping[str, str]:
        """Return the newest message handled, by channel."""
        async with self._database.unit() as unit:
            return _marks(await unit.values.get(MARKS))

    async def keep_marks(self, marks: Mapping[str, str]) -> None:
        """Keep these marks in place of the earlier ones of the same channels."""
        async with self._database.unit() as unit:
            known = _marks(await unit.values.get(MARKS))
            await unit.values.set(MARKS, json.dumps(known | dict(marks)))
            await unit.commit()

    async def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Return which happenings were taken in."""
        async with self._database.reading() as session:
            return await Inbox(session).known(keys, Platform.SLACK)

    async def move_channel(self, old: str, new: str) -> None:
        """Slack gave a channel a new id: everything kept under the old one now belongs to the new one."""
        async with self._database.unit() as unit:
            await move_channel(unit, Platform.SLACK, old, new)
            marks = _marks(await unit.values.get(MARKS))
            if old in marks:
                marks[new] = max(marks.pop(old), marks.get(new, ""))
                await unit.values.set(MARKS, json.dumps(marks))
            await unit.commit()


def _marks(text: str | None) -> dict[str, str]:
    marks: dict[str, str] = json.loads(text or "{}")
    return marks


class ConfiguredSlack(SlackAdapter):
    """The adapter, with what can go wrong at its start told as the operator's other mistakes are."""

    async def start(self, sink: Sink) -> None:
        """Begin as the adapter does.

        Raises:
            SettingsError: a token is wrong, or Slack cannot be reached.
        """
        try:
            await super().start(sink)
        except SlackStartError as error:
            raise SettingsError("Slack", (Mistake(0, error.phrase, {"why": error.why}),)) from error


def slack_adapter(
    environment: Environment, database: Database, files: Files, now: Callable[[], datetime]
) -> SlackAdapter:
    """Return the adapter for Slack."""
    return ConfiguredSlack(
        bot_token=environment.slack_bot_token,
        app_token=environment.slack_app_token or None,
        signing_secret=environment.slack_signing_secret or None,
        api_url=environment.slack_api_url,
        files=files,
        memory=StoredMemory(database),
        now=now,
    )
