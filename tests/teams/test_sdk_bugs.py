"""What botbuilder 4.17.1 does wrong, and that it does not happen here.

Each test first shows the fault in the unmended SDK: should it be mended one day, the test says so, and what stands
around it can go.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import (
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    ConfigurationServiceClientCredentialFactory,
)
from botbuilder.schema import Activity, ErrorResponseException
from botframework.connector import ConnectorClient
from botframework.connector.auth import MicrosoftAppCredentials
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor, _OpenIdMetadata

from adapters.teams.activities import happenings
from adapters.teams.adapter import TeamsAdapter
from adapters.teams.text import read_text
from dialogs.events import Place, Platform, Said
from dialogs.messages import Mention, Message, Paragraph, Plain, Post
from dialogs.ports import TransientError
from tests.fakes.teams import MENTION, FakeTeams, shapes
from tests.fakes.teams.world import APP, BOT, directory_id
from tests.slack.desk import Desk
from tests.teams.conftest import Connect
from tests.teams.test_gate import activity

Json = dict[str, Any]


class Config:
    APP_ID = APP
    APP_PASSWORD = "fake-password"
    APP_TYPE = "SingleTenant"
    APP_TENANTID = directory_id("desk")


class Bot(ActivityHandler):
    """Answers card actions, does nothing else, and fails where a message asks it to."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        if turn_context.activity.text == "fail":
            raise RuntimeError("on purpose")

    async def on_adaptive_card_invoke(self, _turn_context: TurnContext, _value: Any) -> Any:
        body = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "ok"}
        return type(
            "Answer", (), {"status_code": 200, "type": body["type"], "value": "ok", "serialize": lambda _: body}
        )()


@pytest.fixture
async def stock(teams: FakeTeams, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """The SDK's own adapter with the keys of the fake: it cannot fetch them from its own event loop."""
    metadata = _OpenIdMetadata("https://login.botframework.com/v1/.well-known/openidconfiguration")
    metadata.keys = teams.signing.jwks()["keys"]
    metadata.last_updated = datetime.now()  # noqa: DTZ005 - as the SDK does
    monkeypatch.setattr(JwtTokenExtractor, "metadataCache", {metadata.url: metadata})
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config())), Bot()

    async def messages(request: web.Request) -> web.Response:
        answer: web.Response = await adapter.process(request, bot)
        return answer

    application = web.Application()
    application.router.add_post("/api/messages", messages)
    async with TestServer(application) as server:
        yield str(server.make_url("/api/messages"))


async def test_bug_1_5_a_wrong_token_is_an_error(stock: str, teams: FakeTeams, connect: Connect) -> None:
    claims: tuple[Json, ...] = ({"exp": 1}, {"key": "forged"}, {"iss": None}, {"kid": "unheard"})
    teams.url = stock
    assert [(await teams.bring(activity(teams), **one)).status for one in claims] == [500] * 4
    await connect(teams)
    assert [(await teams.bring(activity(teams), **one)).status for one in claims] == [401] * 4


async def test_bug_1_5_a_service_need_not_be_named_and_may_be_anywhere(
    stock: str, teams: FakeTeams, connect: Connect, desk: Desk
) -> None:
    nowhere, anywhere = activity(teams, serviceUrl=None), activity(teams, serviceUrl="https://evil.example/")
    teams.url = stock
    assert (await teams.bring(nowhere, service_url=None)).status == 201
    assert (await teams.bring(anywhere, service_url="https://evil.example/")).status == 201
    await connect(teams)
    assert (await teams.bring(nowhere, service_url=None)).status == 401
    assert (await teams.bring(anywhere, service_url="https://evil.example/")).status == 403
    assert desk.events == []


async def test_bug_1_5_what_is_malformed_is_an_error(stock: str, teams: FakeTeams, connect: Connect) -> None:
    wrong: tuple[Any, ...] = ([], "hola", activity(teams, entities=7))
    teams.url = stock
    assert [(await teams.bring(one)).status for one in wrong] == [500] * 3
    await connect(teams)
    assert [(await teams.bring(one)).status for one in wrong] == [400] * 3


async def test_bug_5_1_an_invoke_with_an_answer_is_an_error(
    stock: str, teams: FakeTeams, connect: Connect, desk: Desk
) -> None:
    value = {"action": {"type": "Action.Execute", "verb": "press", "data": {"ldsupport": {"press": "case.take"}}}}
    invoke = {**activity(teams), "type": "invoke", "name": "adaptiveCard/action", "value": value}
    teams.url = stock
    assert (await teams.bring(invoke)).status == 500
    await connect(teams)
    answer = await teams.bring(invoke)
    assert (answer.status, answer.body["type"]) == (200, "application/vnd.microsoft.activity.message")


async def test_bug_5_2_a_token_is_asked_for_with_every_turn(
    teams: FakeTeams, adapter: TeamsAdapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    class Msal:
        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def acquire_token_silent(self, *_: Any, **__: Any) -> None:
            return None

        def acquire_token_for_client(self, **_: Any) -> Json:
            asked.append(1)
            return {"access_token": "x"}

    monkeypatch.setattr("botframework.connector.auth.microsoft_app_credentials.ConfidentialClientApplication", Msal)
    factory = ConfigurationServiceClientCredentialFactory(Config())
    for _ in range(3):
        credentials = await factory.create_credentials(APP, "https://api.botframework.com/.default", "https://x", False)
        credentials.get_access_token()
    assert len(asked) == 3

    teams.token_takes = 0.2
    longest, sends = 0.0, asyncio.gather(*(adapter.send(post(n), key=f"o{n}", target=None) for n in range(10)))
    while not sends.done():
        begun = time.perf_counter()
        await asyncio.sleep(0.01)
        longest = max(longest, time.perf_counter() - begun)
    await sends
    assert teams.tokens == 1
    assert longest < 0.15
    assert len(teams.posts("acme")) == 10


def post(number: int) -> Post:
    place = Place(platform=Platform.TEAMS, channel="19:acme@thread.tacv2")
    return Post(place=place, message=Message(blocks=(Paragraph((Plain(str(number)),)),)))


async def test_bug_5_3_a_new_key_is_unknown_for_a_day(stock: str, teams: FakeTeams, connect: Connect) -> None:
    teams.url = stock
    assert (await teams.bring(activity(teams))).status == 201
    teams.signing.rotate("key-2")
    assert (await teams.bring(activity(teams))).status == 500
    adapter = await connect(teams)
    assert (await teams.bring(activity(teams))).status == 200
    teams.signing.rotate("key-3")
    adapter._keys._tried -= 301
    assert (await teams.bring(activity(teams, id="2"))).status == 200


@contextmanager
def slow_server(seconds: float, status: int = 200) -> Iterator[tuple[str, set[Any]]]:
    """A server in a thread of its own, which answers late; and the connections that were made to it."""
    connections: set[Any] = set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            connections.add(self.client_address)
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            time.sleep(seconds)
            body = f'{{"jwks_uri": "{url}/keys", "keys": [], "id": "1"}}'.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = handle_one  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield url, connections
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_bug_5_3_fetching_keys_holds_up_everything_else() -> None:
    with slow_server(0.2) as (url, _):
        loop = asyncio.get_running_loop()
        fetching = asyncio.ensure_future(_OpenIdMetadata(url)._refresh())
        begun = loop.time()
        await asyncio.sleep(0.01)
        assert loop.time() - begun > 0.3  # ours: test_gate.test_keys_are_fetched_beside_the_work
        await fetching


async def test_bug_5_4_fields_are_lost_on_the_way_in(teams: FakeTeams) -> None:
    ana, chat = teams.world.user("ana"), teams.chat("acme")
    base = shapes.activity("message", ana, chat, name="1", at=0.0, thread="1", url=teams.service_url)
    raw = shapes.message(base, f"{MENTION} hola")
    seen = Activity().deserialize(raw).serialize()
    assert Activity().deserialize(raw).conversation.tenant_id is None
    assert {tuple(entity) for entity in seen["entities"]} == {("type",)}
    (told,) = happenings(raw, now=datetime.now(UTC))
    assert (told.origin.tenant, told.sender.zone) == (chat.tenant, "America/Lima")
    assert told.what == Said(message="1", text="hola", addressed=True)


async def test_bug_5_4_a_mention_going_out_loses_whom_it_means(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    mention = {"type": "mention", "text": "<at>Ana</at>", "mentioned": {"id": "29:ana", "name": "Ana"}}
    sent = Activity().deserialize({"type": "message", "text": "<at>Ana</at>", "entities": [mention]}).serialize()
    assert sent["entities"] == [{"type": "mention"}]
    ana = teams.world.user("ana")
    who = Mention(f"teams:{ana.tenant}:{ana.object}", "Ana")
    place = Place(platform=Platform.TEAMS, channel="19:acme@thread.tacv2")
    await adapter.send(Post(place=place, message=Message(blocks=(Paragraph((who,)),))), key="o1", target=None)
    (posted,) = teams.posts("acme")
    (entity,) = posted["activity"]["entities"]
    assert entity == {"type": "mention", "text": "<at>Ana</at>", "mentioned": {"id": ana.object, "name": "Ana"}}


async def test_bug_5_5_each_turn_opens_a_connection_of_its_own(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    def send(url: str) -> None:
        client = ConnectorClient(MicrosoftAppCredentials("", ""), url)
        client.conversations.send_to_conversation("a:1", Activity(type="message", text="hola"))

    with slow_server(0.0) as (url, connections):
        for _ in range(3):
            await asyncio.to_thread(send, url)
        assert len(connections) == 3
    for number in range(3):
        await adapter.send(post(number), key=f"o{number}", target=None)
    assert len(teams.connector.connections) == 1


async def test_bug_5_6_what_is_sent_too_fast_is_given_up_without_saying_when_again(
    adapter: TeamsAdapter, teams: FakeTeams
) -> None:
    with slow_server(0.0, 429) as (url, _):
        client = ConnectorClient(MicrosoftAppCredentials("", ""), url)
        message = Activity(type="message", text="hola")
        with pytest.raises(ErrorResponseException):
            await asyncio.to_thread(client.conversations.send_to_conversation, "a:1", message)
    teams.faults.next("create", "limit:1")
    with pytest.raises(TransientError) as told:
        await adapter.send(post(1), key="o1", target=None)
    assert told.value.retry_after == 1


async def test_bug_5_11_what_fails_is_an_error(stock: str, teams: FakeTeams, connect: Connect, desk: Desk) -> None:
    teams.url = stock
    assert (await teams.bring(activity(teams, text="fail"))).status == 500

    async def fail(_event: Any) -> None:
        raise RuntimeError("on purpose")

    desk.before = fail
    await connect(teams)
    assert (await teams.bring(activity(teams, text="fail"))).status == 503
    value = {"action": {"type": "Action.Execute", "data": {"ldsupport": {"press": "case.take"}}}}
    answer = await teams.bring({**activity(teams), "type": "invoke", "name": "adaptiveCard/action", "value": value})
    assert (answer.status, answer.body["type"]) == (200, "application/vnd.microsoft.error")


async def test_bug_5_12_two_quick_messages_overtake_each_other(
    stock: str, teams: FakeTeams, connect: Connect, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    async def on_message(_self: Bot, turn_context: TurnContext) -> None:
        await asyncio.sleep(0.2 if turn_context.activity.text == "one" else 0)
        order.append(turn_context.activity.text)

    monkeypatch.setattr(Bot, "on_message_activity", on_message)
    one, two = activity(teams, text="one"), activity(teams, text="two", id="2")

    async def both() -> None:
        first = asyncio.ensure_future(teams.bring(one))
        await asyncio.sleep(0.05)
        await asyncio.gather(first, teams.bring(two))

    teams.url = stock
    await both()
    assert order == ["two", "one"]

    async def slowly(event: Any) -> None:
        await asyncio.sleep(0.2 if event.what.text == "one" else 0)

    desk.before = slowly
    await connect(teams)
    await both()
    assert desk.said() == ["one", "two"]


def test_bug_2_6_removing_a_mention_removes_words() -> None:
    def mentioned(name: str, text: str, marked: str) -> Activity:
        entity = {"type": "mention", "mentioned": {"id": BOT, "name": name}, "text": marked}
        raw = {"type": "message", "text": text, "recipient": {"id": BOT, "name": name}, "entities": [entity]}
        found: Activity = Activity().deserialize(raw)
        return found

    for name, text, marked, seen in (
        (
            "Support",
            "<at>Support</at> I need Support & Support Bot",
            "<at>Support</at>",
            "I need Support & Support Bot",
        ),
        ("Bot", '<at id="0">Bot</at> Bottle', "<at>Bot</at>", "Bottle"),
    ):
        left = TurnContext.remove_recipient_mention(mentioned(name, text, marked)).strip()
        assert left != seen
        entities = [{"type": "mention", "mentioned": {"id": BOT}, "text": marked}]
        assert read_text(text, entities, BOT) == (seen, True)


async def test_the_answer_to_feedback_is_not_unknown(stock: str, teams: FakeTeams, connect: Connect) -> None:
    value = {"actionName": "feedback", "actionValue": {"reaction": "like"}}
    invoke = {**activity(teams), "type": "invoke", "name": "message/submitAction", "value": value}
    teams.url = stock
    assert (await teams.bring(invoke)).status == 501
    await connect(teams)
    assert (await teams.bring(invoke)).status == 200
