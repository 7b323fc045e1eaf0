"""The link in a mail: a page with a button, which alone acknowledges, once and in time."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.acknowledging import AcknowledgePage
from bot.clock import Clock
from bot.links import Links, open_links
from bot.turns import Turns
from dialogs.cases import EscalationState
from dialogs.messages import Link, Paragraph
from storage.database import Database
from tests.desk.conftest import CARMEN, MARTA
from tests.desk.escalation.conftest import LIST, Ladders, opened
from tests.desk.escalation.test_ladder import escalated

Client = TestClient[web.Request, web.Application]


class OfficeClock(Clock):
    """The time of the desk under test."""

    def __init__(self, ladders: Ladders) -> None:
        super().__init__()
        self._ladders = ladders

    def now(self):
        return self._ladders.now


async def client_of(ladders: Ladders) -> Client:
    assert ladders.links is not None
    clock = OfficeClock(ladders)
    turns = Turns(ladders.database, ladders.settings, clock, lambda: None, ladders.links)
    application = web.Application()
    page = AcknowledgePage(ladders.links, ladders.database, ladders.settings, clock, turns.handle)
    application.add_routes(page.routes())
    client = TestClient(TestServer(application))
    await client.start_server()
    return client


@pytest.fixture
async def client(ladders: Ladders) -> AsyncIterator[Client]:
    client = await client_of(ladders)
    yield client
    await client.close()


async def path(ladders: Ladders, at: int = -1) -> str:
    """Return where the link of a mail leads, as its reader follows it."""
    mail = (await ladders.mails())[at]
    found = [block.spans[0] for block in mail.message.blocks if isinstance(block, Paragraph)]
    (link,) = [span for span in found if isinstance(span, Link)]
    assert link.url.startswith("https://soporte.example/escalations/")
    return link.url.removeprefix("https://soporte.example")


async def state(ladders: Ladders) -> EscalationState:
    return (await ladders.climbs())[-1].state


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_looking_changes_nothing_however_often(ladders: Ladders, client: Client, method: str) -> None:
    await escalated(ladders)
    for _ in range(3):
        response = await client.request(method, await path(ladders))
        assert response.status == 200
    assert await state(ladders) is EscalationState.CLIMBING
    if method == "GET":
        text = await response.text()
        assert "Escalado a Supervisión" in text
        assert '<form method="post"><button type="submit">Acusar recibo</button></form>' in text
        assert "línea" not in text, "who finds a link learns nothing of the case"


async def test_the_button_acknowledges_as_who_it_was_mailed_to(ladders: Ladders, client: Client) -> None:
    thread = await escalated(ladders)
    response = await client.post(await path(ladders))
    assert "acusó recibo" in await response.text()
    await ladders.deliver()
    [climb] = await ladders.climbs()
    assert (climb.state, climb.acknowledged_by) == (EscalationState.ACKNOWLEDGED, CARMEN.key)
    assert ladders.last(thread).startswith("Carmen Ortiz ya está al tanto")


async def test_who_is_known_by_address_only_acknowledges_too(ladders: Ladders, client: Client) -> None:
    await escalated(ladders)
    await ladders.waits(15)
    await client.post(await path(ladders))
    [climb] = await ladders.climbs()
    assert (climb.state, climb.acknowledged_by) == (EscalationState.ACKNOWLEDGED, "mail::elena@ld.example")
    assert (await ladders.steps())[1].acknowledged_at is not None


async def test_it_counts_once(ladders: Ladders, client: Client) -> None:
    await escalated(ladders)
    for _ in range(3):
        response = await client.post(await path(ladders))
    assert "Carmen Ortiz ya acusó recibo" in await response.text()
    assert (await ladders.history_of()).count("acknowledged Supervisión") == 1


async def test_a_later_climb_needs_its_own_link(ladders: Ladders, client: Client) -> None:
    await escalated(ladders)
    first = await path(ladders)
    await client.post(first)
    await ladders.waits(60)
    assert await state(ladders) is EscalationState.CLIMBING
    await client.post(first)
    assert await state(ladders) is EscalationState.CLIMBING
    await client.post(await path(ladders))
    assert await state(ladders) is EscalationState.ACKNOWLEDGED


async def test_it_expires_and_says_what_to_do(ladders: Ladders, client: Client) -> None:
    await escalated(ladders)
    link = await path(ladders)
    await ladders.waits(24 * 60 + 1)
    for method in ("GET", "POST"):
        response = await client.request(method, link)
        assert response.status == 410
        assert "Escriba «acuse LD-1» en el canal de escalaciones" in await response.text()
    assert await state(ladders) is EscalationState.UNANSWERED


async def test_what_is_over_says_so(ladders: Ladders, client: Client) -> None:
    await escalated(ladders)
    link = await path(ladders)
    await ladders.types(MARTA, "resolver LD-1 listo")
    for method in ("GET", "POST"):
        assert "el caso está resuelto" in await (await client.request(method, link)).text()


@pytest.mark.parametrize("change", ["cut", "sign", "content", "secret", "nothing"])
async def test_a_link_that_was_not_made_here_leads_nowhere(ladders: Ladders, client: Client, change: str) -> None:
    await escalated(ladders)
    made = await path(ladders)
    assert ladders.links is not None
    foreign = Links("https://soporte.example", "another").acknowledge(1, "carmen@ld.example", ladders.now)
    content, sign = made.split(".")
    link = {
        "cut": made[:-1],
        "sign": f"{content}.{'A' if sign[0] != 'A' else 'B'}{sign[1:]}",
        "content": f"{content[:-1]}A.{sign}",
        "secret": foreign.removeprefix("https://soporte.example"),
        "nothing": "/escalations/%00.%ff",
    }[change]
    for method in ("GET", "POST"):
        response = await client.request(method, link)
        assert response.status == 404
        assert "Este enlace no es válido" in await response.text()
    assert await state(ladders) is EscalationState.CLIMBING


async def test_the_page_runs_loads_and_keeps_nothing(ladders: Ladders, client: Client) -> None:
    await escalated(ladders)
    response = await client.get(await path(ladders))
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script|<img|https?://", await response.text())


async def test_the_page_and_the_mail_speak_the_language_of_who_gets_them(
    sqlite_database: Database, links: Links
) -> None:
    english = LIST.replace('id = "carmen"', 'id = "carmen", language = "en"').replace(
        'name = "Supervisión"', 'name = { es = "Supervisión", en = "Supervision" }'
    )
    ladders = await opened(sqlite_database, links, english)
    await escalated(ladders)
    assert (await ladders.mails())[0].subject == "[LD-1] Escalated to Supervision"
    client = await client_of(ladders)
    text = await (await client.get(await path(ladders))).text()
    assert "Escalated to Supervision" in text
    assert ">Acknowledge</button>" in text
    await client.close()


async def test_without_an_address_mails_carry_no_link(sqlite_database: Database) -> None:
    ladders = await opened(sqlite_database, None, LIST)
    await escalated(ladders)
    [mail] = await ladders.mails()
    assert not any(
        isinstance(span, Link) for one in mail.message.blocks if isinstance(one, Paragraph) for span in one.spans
    )


async def test_a_secret_is_made_once_and_kept(sqlite_database: Database) -> None:
    first = await open_links("https://a.example", "", sqlite_database)
    again = await open_links("https://a.example", "", sqlite_database)
    given = await open_links("https://a.example", "given", sqlite_database)
    assert first == again
    assert first is not None
    assert given == replace(first, secret="given")
    assert first.secret not in repr(first)
    assert await open_links("", "", sqlite_database) is None


def test_what_a_link_says_is_read_back(links: Links) -> None:
    from tests.desk.conftest import START

    made = links.acknowledge(7, "ñ@x.example", START + timedelta(days=1))
    told = links.read(made.rpartition("/")[2])
    assert told is not None
    assert (told.escalation, told.email, told.expires_at) == (7, "ñ@x.example", START + timedelta(days=1))
