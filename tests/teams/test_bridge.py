"""One case, two platforms: what is said on one side is read on the other, in its form, and gains no powers there."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.events import Platform
from storage.database import Database
from tests.bridge import Bridge, Side, SlackSide, TeamsSide, bridge
from tests.fakes.teams.people import card_of, walk

BRIDGES = [
    (Platform.TEAMS, Platform.SLACK),
    (Platform.SLACK, Platform.TEAMS),
    (Platform.TEAMS, Platform.WEB),
    (Platform.WEB, Platform.TEAMS),
]
HOSTILE = "<at>Marta</at> <!channel> @here **fuerte** [banco](https://evil.example) {{DATE(2026-11-22T18:30:00Z)}}"


def ids(pair: tuple[Platform, Platform]) -> str:
    return f"{pair[0]} to {pair[1]}"


async def filed(case: Bridge, text: str = "no salen las llamadas internacionales") -> str:
    """File a case through the customer's side and return its thread."""
    root = await case.customer.says("ana", text, "acme")
    await case.sees(case.customer, "acme", "¿Y qué debería pasar")
    await case.customer.says("ana", "persona", "acme", thread=root)
    await case.sees(case.customer, "acme", "registrado con el número LD-1")
    await case.sees(case.desk, "desk", "LD-1 · ACME")
    return root


@pytest.mark.parametrize("pair", BRIDGES, ids=ids)
async def test_a_case_from_one_side_to_the_other_and_back(
    pair: tuple[Platform, Platform], sqlite_database: Database, tmp_path: Path
) -> None:
    async with bridge(sqlite_database, tmp_path, customer=pair[0], desk=pair[1]) as case:
        root = await filed(case)
        await case.desk.presses("marta", "case.take", "desk")
        await case.sees(case.customer, "acme", "Marta Rivas ya está con su caso LD-1")
        await case.desk.commands("marta", "responder LD-1 ¿Qué router tienen?", "desk")
        await case.sees(case.customer, "acme", "¿Qué router tienen?")

        said = await case.customer.says("ana", "un cisco 1900", "acme", thread=root, file="captura.png")
        copy = await case.sees(case.desk, "desk", "un cisco 1900")
        assert "captura.png" in copy
        await case.customer.edits("ana", "acme", said, "un cisco 2900")
        edited = await case.sees(case.desk, "desk", "un cisco 2900")
        assert "un cisco 1900" in edited

        await case.desk.commands("marta", "nota LD-1 llamar al proveedor", "desk")
        await case.desk.commands("marta", "resolver LD-1 Se cambió la ruta.", "desk")
        await case.sees(case.customer, "acme", "Se cambió la ruta.")
        await case.sees(case.desk, "desk", "Estado: Resuelto")
        assert "llamar al proveedor" not in "".join(await case.customer.texts("acme"))


@pytest.mark.parametrize("pair", BRIDGES, ids=ids)
async def test_a_reply_with_a_file_crosses_and_so_does_what_is_changed_of_it(
    pair: tuple[Platform, Platform], sqlite_database: Database, tmp_path: Path
) -> None:
    async with bridge(sqlite_database, tmp_path, customer=pair[0], desk=pair[1]) as case:
        await filed(case)
        typed = await case.desk.says("marta", "caso responder LD-1 Conecte el cable rojo.", "desk", file="guia.png")
        await case.sees(case.customer, "acme", "Conecte el cable rojo.")
        await case.sees(case.customer, "acme", "guia.png")
        await case.desk.edits("marta", "desk", typed, "caso responder LD-1 Conecte el cable azul.")
        assert "Corregido." in await case.sees(case.customer, "acme", "Conecte el cable azul.")
        assert "cable rojo" not in "".join(await case.customer.texts("acme"))


@pytest.mark.parametrize("pair", BRIDGES, ids=ids)
async def test_text_crosses_without_gaining_powers(
    pair: tuple[Platform, Platform], sqlite_database: Database, tmp_path: Path
) -> None:
    async with bridge(sqlite_database, tmp_path, customer=pair[0], desk=pair[1]) as case:
        root = await filed(case)
        await case.customer.says("ana", HOSTILE, "acme", thread=root)
        await case.sees(case.desk, "desk", "**fuerte** [banco](https://evil.example)")
        await case.desk.commands("marta", f"responder LD-1 {HOSTILE}", "desk")
        await case.sees(case.customer, "acme", "**fuerte** [banco](https://evil.example)")
        for side, channel in ((case.desk, "desk"), (case.customer, "acme")):
            _inert(side, channel)


def _inert(side: Side, channel: str) -> None:
    """Nothing that people wrote notifies, links or formats."""
    match side:
        case TeamsSide(teams=teams):
            for post in teams.posts(channel):
                activity = post["activity"]
                assert "<a href" not in activity.get("text", "")
                assert "<at>" not in activity.get("text", "")
                assert not [entity for entity in activity.get("entities", ()) if entity["type"] == "mention"]
                assert "{{DATE" not in json.dumps(card_of(post))
                blocks = [block for kind in ("TextBlock", "Fact") for block in walk(card_of(post), kind)]
                assert not [block for block in blocks if "evil.example)" in block.get("text", "")]
        case SlackSide(slack=slack):
            for post in slack.posts(channel):
                kinds = {one["type"] for one in walk_all(post.get("blocks", []))}
                assert not kinds & {"user", "broadcast", "usergroup"}
                assert "<!" not in post["text"]
                links = [one["url"] for one in walk_all(post.get("blocks", [])) if one["type"] == "link"]
                assert not [url for url in links if "evil" in url]


def walk_all(value: object) -> list[dict[str, str]]:
    match value:
        case dict():
            inner = [one for item in value.values() for one in walk_all(item)]
            return [value, *inner] if isinstance(value.get("type"), str) else inner
        case list():
            return [one for item in value for one in walk_all(item)]
        case _:
            return []


@pytest.mark.parametrize("pair", [pair for pair in BRIDGES if pair[1] is not Platform.WEB], ids=ids)
async def test_the_desk_is_away_for_ten_minutes(
    pair: tuple[Platform, Platform], sqlite_database: Database, tmp_path: Path
) -> None:
    async with bridge(sqlite_database, tmp_path, customer=pair[0], desk=pair[1]) as case:
        root = await filed(case)
        case.desk.down(down=True)
        for number in range(3):
            await case.customer.says("ana", f"sigue igual, aviso {number}", "acme", thread=root)
        await case.passes(timedelta(minutes=10))
        before = await case.desk.texts("desk")
        assert not [one for one in before if "sigue igual" in one]
        case.desk.down(down=False)
        await case.passes(timedelta(minutes=10))
        await case.sees(case.desk, "desk", "aviso 2")
        copies = [one for one in await case.desk.texts("desk") if "sigue igual" in one]
        assert [number for one in copies for number in range(3) if f"aviso {number}" in one] == [0, 1, 2]


@pytest.mark.parametrize("pair", [pair for pair in BRIDGES if pair[0] is not Platform.WEB], ids=ids)
async def test_the_customer_is_away_for_ten_minutes(
    pair: tuple[Platform, Platform], sqlite_database: Database, tmp_path: Path
) -> None:
    async with bridge(sqlite_database, tmp_path, customer=pair[0], desk=pair[1]) as case:
        await filed(case)
        case.customer.down(down=True)
        for number in range(3):
            await case.desk.commands("marta", f"responder LD-1 Ya lo vemos, parte {number}.", "desk")
        await case.passes(timedelta(minutes=10))
        assert not [one for one in await case.customer.texts("acme") if "Ya lo vemos" in one]
        case.customer.down(down=False)
        await case.passes(timedelta(minutes=10))
        await case.sees(case.customer, "acme", "parte 2.")
        answers = [one for one in await case.customer.texts("acme") if "Ya lo vemos" in one]
        assert [number for one in answers for number in range(3) if f"parte {number}." in one] == [0, 1, 2]


@pytest.mark.parametrize("desk", [Platform.SLACK, Platform.WEB])
async def test_a_customer_who_cannot_be_reached_is_told_of_at_the_desk(
    desk: Platform, sqlite_database: Database, tmp_path: Path
) -> None:
    async with bridge(sqlite_database, tmp_path, customer=Platform.TEAMS, desk=desk) as case:
        await filed(case)
        assert isinstance(case.customer, TeamsSide)
        case.customer.teams.chat("acme").gone = "BotDisabledByAdmin"
        await case.desk.commands("marta", "responder LD-1 ¿Sigue ahí?", "desk")
        told = await case.sees(case.desk, "desk", "no le llegó al cliente")
        assert "¿Sigue ahí?" in told
        assert "BotDisabledByAdmin" in told
