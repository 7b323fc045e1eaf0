"""🎫 on a message and the shortcut that opens a case from one: what begins a case, and what is said where none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.slack_stage import SlackStage, slack_stage

BEGUN = "Armemos su caso"


def latest(stage: SlackStage, channel: str, who: str) -> str:
    """Return the last message of somebody in a channel."""
    user = stage.slack.customer(who).id
    return [str(one["ts"]) for one in stage.slack.channel(channel).messages if one["user"] == user][-1]


async def points(stage: SlackStage, who: str, channel: str, ts: str, *, shortcut: bool) -> None:
    someone = stage.slack.customer(who)
    if shortcut:
        await stage.acts(who, someone.uses_shortcut(channel, ts, "case.from_message"))
    else:
        someone.reacts(channel, ts, "ticket")
        await stage.settle()


def told(stage: SlackStage) -> str:
    return str(stage.slack.world.whispers[-1]["text"])


@pytest.mark.parametrize(("who", "shortcut"), [("marta", True), ("ana", False), ("rosa", False)])
@pytest.mark.parametrize("mode", ["", " offer"])
async def test_it_begins_the_case_of_who_wrote_it_whether_or_not_one_was_offered(
    sqlite_database: Database, tmp_path: Path, who: str, mode: str, *, shortcut: bool
) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.commands("carmen", f'/case channel customer "ACME Perú"{mode}', channel="acme")
        await stage.says("ana", "no salen las llamadas internacionales", channel="acme", new=True)
        assert BEGUN not in await stage.heard("acme")
        root = latest(stage, "acme", "ana")
        await points(stage, who, "acme", root, shortcut=shortcut)
        heard = await stage.heard("acme")
        assert (heard.count("Ana. " + BEGUN), heard.count("¿Y qué debería pasar")) == (1, 1)
        assert {post["thread_ts"] for post in stage.slack.posts("acme") if BEGUN in post["text"]} == {root}
        await stage.says("ana", "que timbren", channel="acme")
        assert "servicio o línea" in await stage.heard("acme")


async def test_a_whole_thread_becomes_the_case(sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.commands("carmen", '/case channel customer "ACME Perú"', channel="acme")
        await stage.says("ana", "no salen las llamadas internacionales", channel="acme", new=True)
        await stage.says("ana", "es la troncal SIP 4471", channel="acme")
        await points(stage, "marta", "acme", latest(stage, "acme", "ana"), shortcut=True)
        assert "ya están con el asistente" in told(stage)
        await stage.says("ana", "persona", channel="acme")
        card = await stage.heard("desk")
        assert "no salen las llamadas internacionales" in card
        assert "SIP 4471" in card


async def test_where_no_case_begins_who_pointed_is_told_why(sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.says("ana", "no salen las llamadas internacionales", channel="acme")
        root = latest(stage, "acme", "ana")
        await points(stage, "marta", "acme", root, shortcut=True)
        assert "ya está armando ese caso" in told(stage)
        await stage.says("ana", "persona", channel="acme")
        await stage.heard("acme")
        await points(stage, "ana", "acme", root, shortcut=False)
        assert told(stage) == "Ese mensaje ya es parte del caso LD-1."
        stage.slack.agent("marta").says("acme", "Buenos días a todos")
        await stage.settle()
        await points(stage, "diego", "acme", latest(stage, "acme", "marta"), shortcut=True)
        assert told(stage).startswith("Ese mensaje es de alguien del equipo")
        stage.slack.agent("marta").says("desk", "reunión a las 3")
        await stage.settle()
        await points(stage, "diego", "desk", latest(stage, "desk", "marta"), shortcut=True)
        assert told(stage).startswith("Los casos se abren con mensajes de los clientes")
        await stage.commands("carmen", "/case channel off", channel="globex")
        stage.slack.customer("luis").says("globex", "no dial tone")
        await stage.settle()
        await points(stage, "diego", "globex", latest(stage, "globex", "luis"), shortcut=True)
        assert "/caso canal cliente" in told(stage)
        assert (await stage.heard("acme"), await stage.heard("globex")) == ("", "")


async def test_two_who_point_at_once_open_one_case(sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path) as stage:
        await stage.commands("carmen", '/case channel customer "ACME Perú"', channel="acme")
        await stage.says("ana", "no salen las llamadas internacionales", channel="acme", new=True)
        root = latest(stage, "acme", "ana")
        for who in ("ana", "rosa", "marta"):
            stage.slack.customer(who).reacts("acme", root, "ticket")
        await stage.settle()
        assert (await stage.heard("acme")).count(BEGUN) == 1
