"""`ldsupport doctor` about Teams: what it asks Microsoft and the assistant itself, and what it says to mend."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.doctor import Finding, examine
from bot.environment import Environment, read_environment
from dialogs.events import Language
from dialogs.phrases import voice
from tests.fakes.teams import FakeTeams
from tests.slack.desk import Desk
from tests.teams.conftest import Connect

APP, SECRET, TENANT = "6f1c2b3a-0d4e-4f5a-8b6c-7d8e9f0a1b2c", "s3cret~value", "0a1b2c3d-1111-2222-3333-444455556666"
REFUSED = {
    "secret": (7000215, "AADSTS7000215: Invalid client secret provided."),
    "expired": (7000222, "AADSTS7000222: The provided client secret keys are expired."),
    "app": (700016, "AADSTS700016: Application was not found in the directory."),
    "tenant": (90002, "AADSTS90002: Tenant not found."),
    "new": (53003, "AADSTS53003: Access has been blocked by Conditional Access policies."),
}


@dataclass
class Microsoft:
    """Answers a login as Entra does and shows the signing keys; is what answers at the messaging endpoint, too."""

    refusal: str | None = None
    date: datetime = field(default_factory=lambda: datetime.now(UTC))
    keys_status: int = 200
    door_status: int = 401
    posted: list[dict[str, Any]] = field(default_factory=list)

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        application.router.add_get("/keys", self._keys)
        application.router.add_post("/api/messages", self._messages)
        return application

    async def _token(self, request: web.Request) -> web.Response:
        asked = await request.post()
        assert asked["grant_type"] == "client_credentials"
        assert asked["scope"] == "https://api.botframework.com/.default"
        known = (asked["client_id"], asked["client_secret"], request.match_info["tenant"])
        refusal = self.refusal or (None if known == (APP, SECRET, TENANT) else "secret")
        if refusal is None:
            return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": "eyJ"})
        code, why = REFUSED[refusal]
        told = {"error": "invalid_client", "error_description": f"{why}\r\nTrace ID: x", "error_codes": [code]}
        return web.json_response(told, status=401)

    async def _keys(self, _request: web.Request) -> web.Response:
        date = {"Date": format_datetime(self.date, usegmt=True)}
        return web.json_response({"jwks_uri": ""}, status=self.keys_status, headers=date)

    async def _messages(self, request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers
        self.posted.append(await request.json())
        return web.Response(status=self.door_status)


@pytest.fixture
async def microsoft() -> AsyncIterator[tuple[Microsoft, TestServer]]:
    made = Microsoft()
    server = TestServer(made.application())
    await server.start_server()
    yield made, server
    await server.close()


def environment(server: TestServer, folder: Path, **other: str) -> Environment:
    at = str(server.make_url("/")).rstrip("/")
    told = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/support.db",
        "PORT": str(server.port),
        "TEAMS_APP_ID": APP,
        "TEAMS_APP_PASSWORD": SECRET,
        "TEAMS_APP_TENANT_ID": TENANT,
        "TEAMS_LOGIN_URL": at,
        "TEAMS_KEYS_URL": f"{at}/keys",
    }
    return read_environment(told | other)


async def told(found: Environment) -> list[str]:
    about: list[Finding] = [one for one in await examine(found) if one.phrase.startswith("teams_app.") or one.error]
    return [finding.sentence(voice(Language.ENGLISH)) for finding in about]


async def test_what_is_sound_is_called_sound(microsoft: tuple[Microsoft, TestServer], tmp_path: Path) -> None:
    made, server = microsoft
    endpoint = str(server.make_url("/api/messages"))
    lines = await told(environment(server, tmp_path, TEAMS_ENDPOINT=endpoint))
    assert [line[0] for line in lines] == ["✓"] * 4
    assert f"accepts the credentials of the bot {APP}" in lines[0]
    assert f"{endpoint} refuses whoever is not Microsoft (401)" in lines[3]
    assert [one["type"] for one in made.posted] == ["typing", "typing"]
    assert SECRET not in "".join(lines)


@pytest.mark.parametrize(
    ("refusal", "advice"),
    [
        ("secret", "Copy the secret's “Value”, not its “Secret ID”"),
        ("expired", "has expired. Make another"),
        ("app", "TEAMS_APP_ID is not in the tenant"),
        ("tenant", "TEAMS_APP_TENANT_ID is no tenant"),
        ("new", "Check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID"),
    ],
)
async def test_each_refused_login_is_told_with_what_mends_it(
    refusal: str, advice: str, microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    made, server = microsoft
    made.refusal = refusal
    line = (await told(environment(server, tmp_path)))[0]
    assert line.startswith("✗")
    assert advice in line
    assert f"({REFUSED[refusal][1]})" in line.replace("\r", "")


async def test_a_door_that_lets_strangers_in_is_broken(microsoft: tuple[Microsoft, TestServer], tmp_path: Path) -> None:
    made, server = microsoft
    made.door_status = 202
    lines = await told(environment(server, tmp_path))
    assert "✗ Teams: http://127.0.0.1" in lines[2]
    assert "takes messages from anybody (202). Remove TEAMS_ALLOW_ANONYMOUS" in lines[2]


@pytest.mark.parametrize("status", [301, 403, 404, 502])
async def test_another_server_in_our_place_is_noticed(
    status: int, microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    made, server = microsoft
    made.door_status = status
    lines = await told(environment(server, tmp_path, TEAMS_ENDPOINT=str(server.make_url("/api/messages"))))
    assert all("✗" in line and f"({status})" in line and "proxy" in line for line in lines[2:])


async def test_an_assistant_that_is_not_running_is_no_fault_but_an_endpoint_out_of_reach_is(
    microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    _, server = microsoft
    nowhere = unused_port()
    gone = f"http://127.0.0.1:{nowhere}/api/messages"
    here, away = (await told(environment(server, tmp_path, PORT=str(nowhere), TEAMS_ENDPOINT=gone)))[2:]
    assert here.startswith("! Teams: nobody listens at")
    assert away.startswith(f"✗ Teams: {gone} cannot be reached")


async def test_without_an_endpoint_it_says_how_to_test_one(
    microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    _, server = microsoft
    assert "TEAMS_ENDPOINT" in (await told(environment(server, tmp_path)))[-1]


@pytest.mark.parametrize(("minutes", "mark"), [(1, "✓"), (-7, "✗")])
async def test_a_wrong_clock_is_told(
    minutes: int, mark: str, microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    made, server = microsoft
    made.date = datetime.now(UTC) + timedelta(minutes=minutes)
    clock = next(line for line in await told(environment(server, tmp_path)) if "clock" in line)
    assert clock.startswith(mark)


async def test_microsoft_out_of_reach_is_told_for_each_direction(
    microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    made, server = microsoft
    made.keys_status = 503
    nowhere = f"http://127.0.0.1:{unused_port()}"
    login, keys = (await told(environment(server, tmp_path, TEAMS_LOGIN_URL=nowhere)))[:2]
    assert "✗ Teams: login.microsoftonline.com does not answer" in login
    assert "nothing can be sent" in login
    assert "✗ Teams: login.botframework.com does not answer" in keys
    assert "nothing can be received" in keys


async def test_half_a_credential_is_told_and_nobody_is_asked(
    microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    made, server = microsoft
    lines = await told(environment(server, tmp_path, TEAMS_APP_PASSWORD="", TEAMS_APP_TENANT_ID=""))
    assert len(lines) == 1
    assert "Not there: TEAMS_APP_PASSWORD, TEAMS_APP_TENANT_ID." in lines[0]
    assert not made.posted


async def test_trying_without_an_account_is_said_to_be_for_trying(tmp_path: Path) -> None:
    found = read_environment({"TEAMS_ALLOW_ANONYMOUS": "1", "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/s.db"})
    assert not found.mistakes
    assert (await told(found))[0].startswith("! Teams: TEAMS_ALLOW_ANONYMOUS is set")


@pytest.mark.parametrize(
    ("other", "mistake"),
    [
        ({"HOST": "0.0.0.0"}, "would let anybody in from 0.0.0.0"),
        ({"TEAMS_APP_ID": APP, "TEAMS_APP_PASSWORD": SECRET, "TEAMS_APP_TENANT_ID": TENANT}, "Remove it, or remove"),
    ],
)
def test_letting_anybody_in_is_for_this_machine_and_without_an_app(other: dict[str, str], mistake: str) -> None:
    found = read_environment({"TEAMS_ALLOW_ANONYMOUS": "1"} | other)
    speak = voice(Language.ENGLISH)
    (sentence,) = (speak(one.phrase, **one.values) for one in found.mistakes)
    assert mistake in sentence


async def test_the_adapter_refuses_the_stranger_that_the_doctor_is(
    connect: Connect, desk: Desk, microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    _, server = microsoft
    async with FakeTeams() as teams:
        await connect(teams)
        lines = await told(environment(server, tmp_path, TEAMS_ENDPOINT=teams.url))
        assert f"✓ Teams: {teams.url} refuses whoever is not Microsoft (401)." in lines


async def test_an_adapter_that_lets_anybody_in_is_found_out_and_nothing_happens_there(
    connect: Connect, desk: Desk, microsoft: tuple[Microsoft, TestServer], tmp_path: Path
) -> None:
    _, server = microsoft
    async with FakeTeams(anonymous=True) as teams:
        await connect(teams)
        lines = await told(environment(server, tmp_path, TEAMS_ENDPOINT=teams.url))
        assert any(line.startswith(f"✗ Teams: {teams.url} ") for line in lines)
        assert not desk.events
