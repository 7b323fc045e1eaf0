"""Who is let in: the Bot Framework with a token for this bot, from where answers may go; nothing makes an error."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import jwt
import pytest

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.gate import Gate
from adapters.teams.keys import SigningKeys, UnknownKeyError
from tests.fakes.teams import FakeTeams, shapes
from tests.fakes.teams.signing import private_key
from tests.slack.desk import Desk
from tests.teams.conftest import Connect

Json = dict[str, Any]


def activity(teams: FakeTeams, **changes: Any) -> Json:
    ana = teams.world.user("ana")
    chat = teams.world.direct(ana)
    url = teams.service_url
    base = shapes.activity("message", ana, chat, name="1", at=time.time(), thread=None, url=url)
    return {**shapes.message(base, "hola"), **changes}


async def test_a_token_of_the_bot_framework_opens(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    assert (await teams.bring(activity(teams))).status == 200
    assert desk.said() == ["hola"]


NOW = int(time.time())
WRONG = {
    "another bot": {"audience": "11111111-2222-3333-4444-555555555555"},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "no audience": {"aud": None},
    "expired": {"exp": NOW - 3600},
    "not valid yet": {"nbf": NOW + 3600},
    "for another service": {"service_url": "https://smba.trafficmanager.net/teams/"},
    "for no service": {"service_url": None},
    "signed with another key": {"key": "forged"},
    "a key nobody published": {"kid": "unheard", "key": "forged"},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG.keys())
async def test_a_wrong_token_is_refused(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, claims: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (await teams.bring(activity(teams), **claims)).status == 401
    assert desk.events == []
    assert "Traceback" not in capsys.readouterr().out


def unsigned(teams: FakeTeams) -> str:
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "key-1"})


def signed_with_a_secret(teams: FakeTeams) -> str:
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "key-1"})


def without_a_key_id(teams: FakeTeams) -> str:
    claims = jwt.decode(teams.token(), options={"verify_signature": False})
    return jwt.encode(claims, private_key("key-1"), algorithm="RS256")


HEADERS = {
    "nothing": lambda teams: {},
    "empty": lambda teams: {"Authorization": ""},
    "another scheme": lambda teams: {"Authorization": "Basic dXNlcjpwYXNz"},
    "no token": lambda teams: {"Authorization": "Bearer"},
    "garbage": lambda teams: {"Authorization": "Bearer a.b.c"},
    "more garbage": lambda teams: {"Authorization": "Bearer \x01"[:-1] + "é".encode().decode("latin-1")},
    "two tokens": lambda teams: {"Authorization": f"Bearer {teams.token()} {teams.token()}"},
    "no signature": lambda teams: {"Authorization": f"Bearer {unsigned(teams)}"},
    "a shared secret": lambda teams: {"Authorization": f"Bearer {signed_with_a_secret(teams)}"},
    "no key id": lambda teams: {"Authorization": f"Bearer {without_a_key_id(teams)}"},
    "the Playground": lambda teams: {"x-ms-agents-playground": "true"},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
async def test_who_shows_no_token_is_refused(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, headers: Any) -> None:
    assert (await teams.bring(activity(teams), headers=headers(teams))).status == 401
    assert desk.events == []


CHANGES: dict[str, tuple[Json, set[int]]] = {
    "another channel": ({"channelId": "webchat"}, {403}),
    "no channel": ({"channelId": None}, {401, 403}),
    "a channel the key is not for": ({"channelId": "slack"}, {401}),
    "no service": ({"serviceUrl": None}, {401, 403}),
    "an empty service": ({"serviceUrl": ""}, {401, 403}),
    "no conversation": ({"conversation": None}, {400}),
    "a conversation without id": ({"conversation": {}}, {400}),
    "nobody": ({"from": None}, {400}),
    "a list of nobodies": ({"from": []}, {400}),
    "entities that are none": ({"entities": 7}, {400}),
    "entities of text": ({"entities": ["a"]}, {400}),
    "attachments that are none": ({"attachments": 7}, {400}),
    "attachments of text": ({"attachments": ["a"]}, {200, 400}),
    "no type": ({"type": None}, {400}),
    "a type that is none": ({"type": {"a": 1}}, {400}),
    "a tenant that is none": ({"channelData": {"tenant": "x"}}, {200}),
    "a time that is none": ({"timestamp": "yesterday"}, {200}),
    "no text": ({"text": None}, {200}),
    "a value of ours that is none": ({"value": {"ldsupport": 7}}, {400}),
    "a press without a name": ({"value": {"ldsupport": {"press": None}}}, {200}),
    "a form without a view": ({"value": {"ldsupport": {"form": "x"}}}, {400}),
    "a kind nobody knows": ({"type": "somethingNew"}, {200}),
}


@pytest.mark.parametrize(("changes", "expected"), CHANGES.values(), ids=CHANGES.keys())
async def test_what_is_malformed_or_foreign_is_told_so(
    connect: Connect, teams: FakeTeams, changes: Json, expected: set[int]
) -> None:
    await connect(teams, tenants=None)
    assert (await teams.bring(activity(teams, **changes))).status in expected


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"hola"', "application/json", 400),
        (b"not json", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
    ],
)
async def test_what_is_no_activity_is_told_so(
    adapter: TeamsAdapter, teams: FakeTeams, body: bytes, content_type: str, status: int
) -> None:
    assert teams.url
    headers = {"Content-Type": content_type, "Authorization": f"Bearer {teams.token()}"}
    async with aiohttp.ClientSession() as session, session.post(teams.url, data=body, headers=headers) as answer:
        assert answer.status == status
        assert "Traceback" not in await answer.text()


@pytest.mark.parametrize(
    "changes",
    [
        {"from": 7},
        {"conversation": "x"},
        {"value": None},
        {"value": {"action": "accept"}},
        {"value": {"action": "accept", "uploadInfo": [], "context": {"ldsupport": {}}}},
    ],
)
async def test_a_malformed_consent_is_told_so(adapter: TeamsAdapter, teams: FakeTeams, changes: Json) -> None:
    consent = activity(teams, type="invoke", name="fileConsent/invoke", **changes)
    assert (await teams.bring(consent)).status == 400


async def test_half_a_character_is_no_error(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    half = activity(teams, text="hola \ud800", **{"from": {"id": "29:a\ud800", "name": "A"}})
    assert (await teams.bring(half)).status == 200
    assert desk.said() == ["hola ?"]


async def test_there_is_nothing_to_get(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    assert teams.url
    async with aiohttp.ClientSession() as session, session.get(teams.url) as answer:
        assert answer.status == 405


async def test_a_foreign_service_is_refused_though_its_token_is_good(connect: Connect, teams: FakeTeams) -> None:
    await connect(teams, hosts=frozenset({"smba.trafficmanager.net"}))
    assert (await teams.bring(activity(teams))).status == 403
    for url in (
        "https://evil.example/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/teams/",
    ):
        answer = await teams.bring(activity(teams, serviceUrl=url), service_url=url)
        assert answer.status == 403, url


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://smba.trafficmanager.net/teams/", True),
        ("https://smba.trafficmanager.net/amer/0a1b/", True),
        ("https://europe.smba.trafficmanager.net/", True),
        ("http://smba.trafficmanager.net/teams/", False),
        ("https://xsmba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://evil.example/?smba.trafficmanager.net", False),
        ("http://127.0.0.1:8080/", False),
        ("https://[", False),
        ("", False),
        (None, False),
        (7, False),
    ],
)
async def test_where_the_token_may_be_sent(teams: FakeTeams, url: object, *, trusted: bool) -> None:
    async with aiohttp.ClientSession() as session:
        keys = SigningKeys(session, f"{teams.base}/openid")
        gate = Gate(app_id="app", keys=keys, hosts=frozenset({"smba.trafficmanager.net"}), tenants=None)
        assert gate.trusts(url) is trusted


async def test_only_organisations_that_are_served_are_heard(connect: Connect, teams: FakeTeams, desk: Desk) -> None:
    await connect(teams, tenants=frozenset({teams.world.user("marta").tenant}))
    assert (await teams.bring(activity(teams))).status == 403
    assert desk.events == []
    teams.someone("marta").writes_to_the_bot("hola")
    await desk.until(1)


async def test_without_an_app_services_are_on_this_machine_only(connect: Connect, desk: Desk) -> None:
    async with FakeTeams(anonymous=True) as playground:
        await connect(playground)
        elsewhere = activity(playground, serviceUrl="https://smba.trafficmanager.net/teams/")
        assert (await playground.bring(elsewhere)).status == 403
        assert (await playground.bring(activity(playground), headers={"X-Forwarded-For": "203.0.113.7"})).status == 403
        assert desk.events == []
        assert (await playground.bring(activity(playground))).status == 200


async def test_before_the_start_and_after_the_end_nothing_is_taken(connect: Connect, teams: FakeTeams) -> None:
    adapter = await connect(teams)
    await adapter.close()
    assert (await teams.bring(activity(teams))).status == 503


async def test_keys_rotate_without_an_outage(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    assert (await teams.bring(activity(teams))).status == 200
    teams.signing.rotate("key-2")
    adapter._keys._tried -= 301
    assert (await teams.bring(activity(teams, id="2"))).status == 200


async def test_unknown_keys_are_asked_for_at_most_every_five_minutes(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    fetched = teams.keys_fetched
    for number in range(20):
        await teams.bring(activity(teams, id=str(number)), kid=f"made-up-{number}")
    assert teams.keys_fetched == fetched


async def test_keys_are_fetched_beside_the_work(teams: FakeTeams) -> None:
    teams.keys_take = 0.3
    async with aiohttp.ClientSession() as session:
        keys = SigningKeys(session, f"{teams.base}/openid")
        longest, asking = 0.0, asyncio.gather(*(keys.get("key-1") for _ in range(20)))
        while not asking.done():
            begun = time.perf_counter()
            await asyncio.sleep(0.01)
            longest = max(longest, time.perf_counter() - begun)
        await asking
        assert longest < 0.2
        assert teams.keys_fetched == 1


async def test_old_keys_do_while_new_ones_cannot_be_had(teams: FakeTeams) -> None:
    clock = [0.0]
    async with aiohttp.ClientSession() as session:
        keys = SigningKeys(session, f"{teams.base}/openid", lambda: clock[0])
        await keys.get("key-1")
        teams.faults.always("keys", "down")
        clock[0] = 13 * 3600.0
        await keys.get("key-1")
        with pytest.raises(UnknownKeyError):
            await keys.get("key-2")
        await keys.close()


async def test_without_any_keys_nothing_is_taken_and_nothing_refused(connect: Connect, teams: FakeTeams) -> None:
    teams.faults.always("keys", "down")
    adapter = await connect(teams)
    assert (await teams.bring(activity(teams))).status == 503
    teams.faults.always("keys")
    adapter._keys._tried -= 301
    assert (await teams.bring(activity(teams))).status == 200
