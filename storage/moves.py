"""A platform gave a channel another id: everything kept under the old one goes on under the new one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import func, update

from dialogs.events import Place, Platform
from storage.statements import table_of
from storage.tables import Case, Channel, Conversation, Member, OutboxRow, Posting, Timer
from storage.unit import UnitOfWork

_KEYS = (
    (table_of(Channel), "key"),
    (table_of(Member), "channel_key"),
    (table_of(Conversation), "key"),
    (table_of(Case), "conversation_key"),
    (table_of(Timer), "subject"),
    (table_of(OutboxRow), "lane"),
)


async def move_channel(unit: UnitOfWork, platform: Platform, old: str, new: str) -> None:
    """Rename a channel everywhere, in one transaction: its role, threads, cases, timers and waiting messages."""
    before, after = (Place(platform=platform, channel=channel).channel_key for channel in (old, new))
    await unit.channels.remove(after)
    for table, column in _KEYS:
        await _rename(unit, table, column, before, after)
    for table in (table_of(Channel), table_of(Conversation), table_of(Posting)):
        here = table.c.platform == platform, table.c.channel == old
        await unit.session.execute(update(table).where(*here).values(channel=new))
    for table, column in ((table_of(Timer), "place"), (table_of(OutboxRow), "payload")):
        said, says = (f'"platform":"{platform}","channel":"{channel}"' for channel in (old, new))
        text = table.c[column]
        changed: dict[str, Any] = {column: func.replace(text, said, says)}
        await unit.session.execute(update(table).where(text.contains(said, autoescape=True)).values(changed))


async def _rename(unit: UnitOfWork, table: SqlTable, column: str, before: str, after: str) -> None:
    """Replace a channel's key, alone or at the beginning of a conversation's."""
    value = table.c[column]
    renamed: dict[str, Any] = {column: func.replace(value, before, after)}
    ours = (value == before) | value.startswith(f"{before}:", autoescape=True)
    await unit.session.execute(update(table).where(ours).values(renamed))
