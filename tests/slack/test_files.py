"""Files that people send: into the store, or a clear word why not."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.adapter import SlackAdapter
from dialogs.events import File, FileProblem, Said
from tests.fakes.slack import FakeSlack
from tests.slack.desk import LIMIT, Desk, Shelf


async def sent(slack: FakeSlack, desk: Desk, file: dict[str, Any], channel: str = "acme") -> File:
    who = slack.customer("ana") if channel == "acme" else slack.agent("marta")
    who.says(channel, "", files=[file])
    event = (await desk.until(1))[-1]
    assert isinstance(event.what, Said)
    (found,) = event.what.files
    return found


@pytest.mark.parametrize("channel", ["acme", "desk"])
async def test_a_file_reaches_the_store_from_a_shared_channel_and_from_our_own(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, shelf: Shelf, channel: str
) -> None:
    """In a shared channel an event holds a stub of the file only, whoever uploaded it."""
    file = slack.add_file("registro.log", b"error 503", "text/plain")
    found = await sent(slack, desk, file, channel)
    assert (found.name, found.media_type, found.size, found.problem) == ("registro.log", "text/plain", 9, None)
    assert shelf.contents[found.id] == b"error 503"
    assert bool(slack.calls("files.info")) == (channel == "acme")


async def test_a_login_page_is_not_taken_for_the_file(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, shelf: Shelf
) -> None:
    """With a wrong token Slack answers 200, and a page."""
    slack.faults.next("files", "html")
    found = await sent(slack, desk, slack.add_file("foto.png", b"\x89PNG", "image/png"))
    assert (found.name, found.problem, shelf.contents) == ("foto.png", FileProblem.UNREACHABLE, {})


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "tombstone"},
        {"mode": "hidden_by_limit"},
        {"file_access": "access_denied"},
        {"mode": "external", "url_private": "https://drive.example/x"},
        {"url_private_download": "https://evil.example/steal"},
        {"url_private_download": "http://files.slack.com.evil.example/steal"},
        {"url_private_download": "http://files.slack.com/unencrypted"},
    ],
)
async def test_what_slack_does_not_keep_is_not_fetched_and_the_token_goes_nowhere_else(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, shelf: Shelf, changes: dict[str, str]
) -> None:
    found = await sent(slack, desk, slack.add_file("a.txt", b"a", "text/plain", **changes))
    assert (found.problem, shelf.contents) == (FileProblem.UNREACHABLE, {})


async def test_the_token_does_not_follow_a_redirect_away_from_slack(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, shelf: Shelf
) -> None:
    asked: list[str | None] = []

    async def listen(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization"))
        return web.Response(text="stolen")

    elsewhere = web.Application()
    elsewhere.router.add_get("/{path:.*}", listen)
    async with TestServer(elsewhere, host="127.0.0.2") as server:
        slack.faults.next("files", f"redirect:{server.make_url('/a.txt')}")
        found = await sent(slack, desk, slack.add_file("a.txt", b"a", "text/plain"))
    assert (found.problem, shelf.contents, asked) == (FileProblem.UNREACHABLE, {}, [])


async def test_a_redirect_within_slack_is_followed(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, shelf: Shelf
) -> None:
    file = slack.add_file("a.txt", b"a", "text/plain")
    slack.faults.next("files", f"redirect:{file['url_private']}?again=1")
    found = await sent(slack, desk, file)
    assert (found.problem, shelf.contents[found.id]) == (None, b"a")


async def test_a_file_that_is_gone_does_not_hold_up_the_message(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    file = slack.add_file("a.txt", b"a", "text/plain")
    del slack.world.files[file["id"]]
    found = await sent(slack, desk, file)
    assert (found.name, found.problem) == (file["id"], FileProblem.UNREACHABLE)


async def test_a_rate_limit_does_not_lose_a_file(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    slack.faults.next("files.info", "limit:0.05")
    found = await sent(slack, desk, slack.add_file("a.txt", b"a", "text/plain"))
    assert found.problem is None


async def test_a_file_too_large_for_the_store_is_named(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    found = await sent(slack, desk, slack.add_file("v.bin", b"x" * (LIMIT + 1), "application/octet-stream"))
    assert (found.name, found.problem) == ("v.bin", FileProblem.TOO_LARGE)


async def test_a_page_of_a_customer_is_a_file_too(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, shelf: Shelf
) -> None:
    found = await sent(slack, desk, slack.add_file("informe.html", b"<html>", "text/html"))
    assert shelf.contents[found.id] == b"<html>"
