"""Buttons, forms and commands of the desk, pressed on Slack by who may not: each checks who it was, again at submit."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.slack import replies
from storage.database import Database
from tests.slack_stage import SlackStage, slack_stage

REFUSED = "Eso solo lo puede hacer el equipo de soporte"


async def filed(stage: SlackStage) -> str:
    """Have a case, and everybody where its card is; return the card."""
    await stage.says("ana", "persona", channel="acme")
    stage.slack.channel("desk").members |= {"U0ANA", "U0LUIS", "U0GIL"}
    (card,) = [post["ts"] for post in stage.slack.posts("desk") if not post.get("thread_ts")]
    return str(card)


async def assignee(database: Database) -> str | None:
    async with database.unit() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        return case.assignee_key


@pytest.mark.parametrize("who", ["gil", "ana"])
async def test_a_guest_and_somebody_of_another_company_press_an_agents_button(
    sqlite_database: Database, tmp_path: Path, who: str
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await filed(stage)
        await stage.presses(who, "case.take", channel="desk")
        assert REFUSED in await stage.whispered(who)
        assert await assignee(sqlite_database) is None


@pytest.mark.parametrize("who", ["gil", "ana"])
async def test_a_guest_and_somebody_of_another_company_press_a_managers_button(
    sqlite_database: Database, tmp_path: Path, who: str
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await filed(stage)
        await stage.commands("marta", "/escalar LD-1 no avanza", channel="desk")
        stage.slack.channel("escalations").members |= {"U0ANA", "U0GIL"}
        await stage.heard("escalations")
        await stage.presses(who, "case.acknowledge", channel="escalations")
        assert REFUSED in await stage.whispered(who)
        assert await stage.heard("escalations") == ""
        await stage.presses("carmen", "case.acknowledge", channel="escalations")
        assert "Carmen" in await stage.heard("escalations")


async def test_one_who_lost_their_rights_while_the_form_was_open_is_refused_at_submit(
    sqlite_database: Database, tmp_path: Path
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await filed(stage)
        await stage.presses("marta", "case.note", channel="desk")
        stage.slack.agent("marta").leaves("desk")
        await stage.settle()
        await stage.fills("marta", {"text": "nota"})
        (view,) = stage.slack.world.views.values()
        assert REFUSED in str(view["blocks"])


async def test_a_guest_who_types_the_command_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await filed(stage)
        await stage.commands("gil", "/caso tomar LD-1", channel="desk")
        assert REFUSED in await stage.whispered("gil")
        await stage.says("gil", "/caso tomar LD-1", channel="desk")
        assert await assignee(sqlite_database) is None


async def test_what_one_person_is_told_reaches_them_even_when_the_turn_takes_its_time(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trigger lives three seconds: what takes longer opens a form that says so, and the answer comes into that."""
    monkeypatch.setattr(replies, "_SOON", 0.0)
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await filed(stage)
        await stage.presses("gil", "case.take", channel="desk")
        assert REFUSED in await stage.whispered("gil")
