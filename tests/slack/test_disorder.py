"""Slack promises no order: a reply may come before what it answers, a change before what is changed."""

from __future__ import annotations

from pathlib import Path

from storage.database import Database
from tests.slack_stage import slack_stage


async def test_what_comes_before_the_message_it_belongs_to_waits_for_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        slack = stage.slack
        slack.faults.hold = True
        ana = slack.customer("ana")
        root = ana.says("acme", "no salen las llamadas internacionale")
        ana.edits("acme", root, "no salen las llamadas internacionales")
        ana.says("acme", "es la troncal SIP 4471", thread=root)
        slack.delivery.release(backwards=True)
        await stage.settle()
        await stage.says("ana", "persona", channel="acme")
        card = await stage.heard("desk")
        assert "«no salen las llamadas internacionales»" in card
        assert "SIP 4471" in card


async def test_what_is_taken_back_before_it_came_is_no_case(sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        slack = stage.slack
        slack.faults.hold = True
        ana = slack.customer("ana")
        root = ana.says("acme", "no salen las llamadas internacionales")
        ana.deletes("acme", root)
        slack.delivery.release(backwards=True)
        await stage.settle()
        assert "Vi que borró ese mensaje" in await stage.heard("acme")
