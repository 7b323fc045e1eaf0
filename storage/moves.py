"""A platform gave a channel another id: everything kept under the old one goes on under the new one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, literal, select, update
from sqlalchemy import Table as SqlTable

from dialogs.events import Place, Platform
from storage.statements import insert_into, table_of
from storage.tables import Case, Channel, Conversation, InboxRow, Member, OutboxRow, Outsider, Posting, Timer
from storage.unit import UnitOfWork

_KEYS = (
    (table_of(Channel), "key"),
    (table_of(Member), "channel_key"),
    (table_of(Outsider), "channel_key"),
    (table_of(Conversation), "key"),
    (table_of(Case), "conversation_key"),
    (table_of(Timer), "subject"),
    (table_of(OutboxRow), "lane"),
    (table_of(OutboxRow), "ref"),
    (table_of(OutboxRow), "target_ref"),
    (table_of(OutboxRow), "replaces"),
    (table_of(Posting), "ref"),
)
"""Where a channel's key stands, alone or between colons."""


async def move_channel(unit: UnitOfWork, platform: Platform, old: str, new: str) -> None:
    """Rename a channel everywhere, in one transaction: its role, threads, cases, timers and waiting messages.

    What was taken in from it is known under the new id, too: read once more there, it is no news. Where something came
    in under the new id already, what is kept under the old one goes before it.
    """
    before, after = (Place(platform=platform, channel=channel).channel_key for channel in (old, new))
    await _keep_settings_key(unit, before, after)
    for table, column in ((table_of(Conversation), "key"), (table_of(Timer), "subject")):
        await _make_room(unit, table, column, before, after)
    for table, column in _KEYS:
        value = table.c[column]
        renamed: dict[str, Any] = {column: func.replace(value, before, after)}
        await unit.session.execute(update(table).where(_holds(value, before)).values(renamed))
    await _know(unit, platform, old, new)
    for table in (table_of(Channel), table_of(Conversation), table_of(Posting)):
        here = table.c.platform == platform, table.c.channel == old
        await unit.session.execute(update(table).where(*here).values(channel=new))
    for written in ('"platform":"{platform}","channel":"{channel}"', ":{platform}:{channel}:"):
        said, says = (written.format(platform=platform, channel=channel) for channel in (old, new))
        for table, column in ((table_of(Timer), "place"), (table_of(OutboxRow), "payload")):
            text = table.c[column]
            changed: dict[str, Any] = {column: func.replace(text, said, says)}
            await unit.session.execute(update(table).where(text.contains(said, autoescape=True)).values(changed))


async def _keep_settings_key(unit: UnitOfWork, before: str, after: str) -> None:
    channel = await unit.channels.get(before)
    if channel is not None:
        await unit.channels.remove(after)
        channel.settings_key = channel.settings_key or before
        await unit.session.flush()


async def _make_room(unit: UnitOfWork, table: SqlTable, column: str, before: str, after: str) -> None:
    """Delete what stands where something kept under the old key has to go."""
    value, older = table.c[column], table.alias("older")
    others = [one.name for one in table.primary_key if one.name != column]
    same = [older.c[column] == func.replace(value, after, before), *(older.c[one] == table.c[one] for one in others)]
    await unit.session.execute(delete(table).where(_holds(value, after), exists().where(*same)))


async def _know(unit: UnitOfWork, platform: Platform, old: str, new: str) -> None:
    inbox = table_of(InboxRow)
    key = func.replace(inbox.c.key, f":{old}:", f":{new}:")
    taken = select(inbox.c.platform, key, inbox.c.taken_at, inbox.c.payload).where(
        inbox.c.platform == platform, inbox.c.key.contains(f":{old}:", autoescape=True)
    )
    columns = ["platform", "key", "taken_at", "payload"]
    await unit.session.execute(insert_into(InboxRow).from_select(columns, taken).on_conflict_do_nothing())


def _holds(value: ColumnElement[Any], key: str) -> ColumnElement[bool]:
    """Tell whether a key stands in a value as a whole, alone or between colons."""
    return (literal(":") + value + ":").contains(f":{key}:", autoescape=True)
