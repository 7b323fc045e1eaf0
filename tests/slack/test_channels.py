"""Channels get new ids, are shared and no longer shared; the bot is invited and removed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from storage.database import Database
from storage.tables import METADATA
from tests.fakes.slack.world import Channel
from tests.slack_stage import slack_stage

EXEMPT = {"inbox.key", "channels.settings_key", "case_events.event_key"}
"""Where the old id stays: an event may still come again under it, the settings know it, and a trace is a trace."""


async def holding(database: Database, text: str) -> set[str]:
    """Return every column of the store that holds a text somewhere."""
    found = set()
    async with database.reading() as session:
        for table in METADATA.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if text in str(value)}
    return found - EXEMPT


async def test_a_channel_with_a_new_id_is_the_same_channel(sqlite_database: Database, tmp_path: Path) -> None:
    """Trap 1 of the facts: a private channel gets a new id the moment it is shared."""
    async with slack_stage(sqlite_database, tmp_path) as stage:
        slack = stage.slack
        await stage.says("ana", "no salen las llamadas internacionales", channel="acme")
        await stage.says("ana", "persona", channel="acme")
        await stage.says("marta", "La estamos revisando", channel="acme")
        await stage.says("ana", "quedo atenta", channel="acme")
        (wrote,) = [one["ts"] for one in slack.channel("acme").messages if one["text"] == "quedo atenta"]
        await stage.commands("marta", "/case wait LD-1 ¿Qué número marcó?", channel="desk")
        await stage.says("rosa", "tampoco entran", channel="acme", new=True)
        assert await holding(sqlite_database, "C0ACME")

        slack.moves("acme", "C0SHARED")
        await stage.settle()
        assert await holding(sqlite_database, "C0ACME") == set()

        await stage.heard("desk")
        slack.customer("ana").edits("acme", wrote, "quedo atenta a su llamada")
        await stage.settle()
        assert "corrigió su mensaje" in await stage.heard("desk")
        await stage.heard("acme")
        await stage.waits(timedelta(days=3, minutes=1))
        assert "seguimos a la espera de su respuesta" in await stage.heard("acme")
        await stage.says("ana", "el 001", channel="acme")
        await stage.says("rosa", "que suene", channel="acme")
        assert await holding(sqlite_database, "'dead'") == set()


async def test_what_was_handled_under_the_old_id_is_not_handled_again_under_the_new(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.says("ana", "no salen las llamadas internacionales", channel="acme")
        slack = stage.slack
        (first,) = [one for one in slack.channel("acme").messages if one["user"] == "U0ANA"]
        slack.moves("acme", "C0SHARED")
        await stage.settle()
        await stage.heard("acme")
        again = {**first, "channel": "C0SHARED", "event_ts": first["ts"], "channel_type": "channel"}
        slack.happened(again, slack.world.user("ana"), slack.channel("acme"))
        await stage.settle()
        assert await stage.heard("acme") == ""


async def test_the_desk_hears_that_a_customer_no_longer_reads_their_channel(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.says("ana", "persona", channel="acme")
        await stage.heard("desk")
        stage.slack.shares("acme", "T0CARRIER")
        stage.slack.unshares("acme", "T0CARRIER", still_shared=True)
        await stage.settle()
        assert await stage.heard("desk") == ""
        stage.slack.unshares("acme", "T0ACME")
        await stage.settle()
        told = await stage.heard("desk")
        assert "El canal acme-soporte ya no se comparte con ACME Perú" in told
        assert "• LD-1 " in told


async def test_the_desk_hears_that_a_customers_channel_was_archived(sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.says("ana", "persona", channel="acme")
        await stage.heard("desk")
        stage.slack.archives("acme")
        await stage.settle()
        told = await stage.heard("desk")
        assert "El canal acme-soporte de ACME Perú se archivó" in told
        assert "• LD-1 " in told


async def test_the_desk_hears_that_the_bot_was_removed_from_a_customers_channel(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.says("ana", "persona", channel="acme")
        await stage.heard("desk")
        stage.slack.invites_the_bot("acme", left=True)
        await stage.settle()
        told = await stage.heard("desk")
        assert "Me sacaron del canal acme-soporte de ACME Perú" in told
        assert "• LD-1 " in told


async def test_invited_into_a_channel_without_a_role_the_bot_says_how_once(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        slack = stage.slack
        slack.world.channels["C0NEW"] = Channel("C0NEW", "nuevo", {"U0MARTA"})
        slack.invites_the_bot("nuevo")
        await stage.settle()
        assert (await stage.heard("nuevo")).count("/caso canal cliente") == 1
        slack.invites_the_bot("acme", left=True)
        slack.invites_the_bot("acme")
        await stage.settle()
        assert "/caso canal cliente" in await stage.heard("acme"), "removed and invited again, it has no role"
