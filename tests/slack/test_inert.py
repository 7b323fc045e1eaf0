"""What customers write, and what they and their files are called, stays words in everything that Slack is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from tests.fakes.slack.blocks_check import findings
from tests.slack_stage import SlackStage, slack_stage

ATTACKS = (
    "<!channel> <!here>",
    "<@U0CARMEN> <!subteam^S1> <#C0DESK>",
    "<https://evil.example|su banco>",
    "*a* _b_ `c`",
)
LIVE = {"broadcast", "usergroup", "channel", "mrkdwn", "emoji", "color"}


def sent(stage: SlackStage) -> list[dict[str, Any]]:
    """Everything that was sent: messages, modals, Home tabs and what only one person is told."""
    calls = [arguments for _, arguments in stage.slack.web.calls if "blocks" in arguments or "view" in arguments]
    return [*(call.get("view") or call for call in calls), *stage.slack.world.whispers]


def kinds(value: Any) -> list[dict[str, Any]]:
    """Every object of some type in there."""
    if isinstance(value, list):
        return [found for item in value for found in kinds(item)]
    if not isinstance(value, dict):
        return []
    return [*([value] if "type" in value else []), *kinds(list(value.values()))]


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_case_made_of_attacks_notifies_links_and_formats_nothing(
    sqlite_database: Database, tmp_path: Path, attack: str
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        slack = stage.slack
        slack.world.user("ana").name = f"Ana {attack}"
        slack.channel("acme").name = f"acme {attack}"
        where = "C0ACME"
        await stage.says("ana", f"no hay tono {attack}", channel=where, files=(f"{attack[:9]}.png",))
        await stage.says("ana", f"persona {attack}", channel=where)
        await stage.says("ana", "persona", channel=where)
        await stage.says("ana", f"escalar {attack}", channel=where)
        await stage.presses("marta", "case.reply", channel="desk")
        await stage.commands("marta", f"/case note LD-1 {attack}", channel="desk")
        await stage.commands("marta", "/case show LD-1", channel="desk")
        await stage.commands("marta", f"/case escalate LD-1 {attack}", channel="desk")
        await stage.commands("marta", attack, channel="desk")
        for who in ("ana", "marta"):
            slack.customer(who).opens_home()
        await stage.settle()
        assert await stage.heard("escalations"), "the managers were alerted"
        everything = sent(stage)
        assert attack in json.dumps(everything, ensure_ascii=False)
        for one in everything:
            assert findings(one["blocks"], view=one if one.get("type") in {"modal", "home"} else None) == []
            assert not [found for found in kinds(one["blocks"]) if found["type"] in LIVE]
            assert "evil.example" not in json.dumps([found.get("url") for found in kinds(one["blocks"])])
            assert "<" not in one.get("text", "")
            assert one.get("parse", "none") == "none"
            assert "link_names" not in one
