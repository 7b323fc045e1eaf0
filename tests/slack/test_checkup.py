"""`ldsupport doctor` and `ldsupport manifest slack`, as an operator meets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from adapters.slack.manifest import SCOPES, manifest_text
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.world import BOT_USER
from tests.slack.process import Process


@pytest.fixture
async def process(slack: FakeSlack, tmp_path: Path) -> Process:
    slack.web.headers = {"X-OAuth-Scopes": ", ".join(SCOPES)}
    made = Process(tmp_path, slack, channels=["C0ACME", "C0GLOBEX"])
    await made.prepare()
    return made


async def told(process: Process) -> tuple[int, str]:
    before = len(process.log)
    doctor = await process.order("doctor")
    code = await doctor.wait()
    return code, process.log[before:]


async def test_a_sound_app_is_called_sound_and_channels_without_a_role_are_named(process: Process) -> None:
    code, said = await told(process)
    assert code == 0
    for line in (
        "✓ Slack: conectado a LDTelecom",
        "✓ Slack: Socket Mode funciona",
        "✓ Slack: el bot está en 4 canales",
    ):
        assert line in said
    assert "! Slack: #desk no tiene función" in said
    assert "#acme" not in said
    assert "falta" not in said


async def test_a_channel_with_a_role_that_the_bot_is_not_in_is_told(process: Process, slack: FakeSlack) -> None:
    slack.channel("acme").members.discard(BOT_USER)
    code, said = await told(process)
    assert code == 1
    assert "✗ Slack: el bot no está en c0acme, que tiene una función. Invítelo" in said
    assert "c0globex" not in said


async def test_missing_scopes_and_a_wrong_clock_are_told_with_what_to_do(process: Process, slack: FakeSlack) -> None:
    slack.web.headers = {
        "X-OAuth-Scopes": ",".join(sorted(SCOPES.keys() - {"files:read", "users:read"})),
        "Date": format_datetime(datetime.now(UTC) + timedelta(minutes=7), usegmt=True),
    }
    code, said = await told(process)
    assert code == 1
    assert "faltan permisos: files:read, users:read" in said
    assert "✗ El reloj de esta máquina difiere" in said


async def test_wrong_tokens_are_told_apart(process: Process, slack: FakeSlack) -> None:
    slack.web.app_token = "xapp-another"
    code, said = await told(process)
    assert (code, "✗ Slack no acepta SLACK_APP_TOKEN" in said) == (1, True)
    slack.web.auth_works = False
    code, said = await told(process)
    assert (code, "✗ Slack no acepta SLACK_BOT_TOKEN (invalid_auth)" in said) == (1, True)


async def test_slack_out_of_reach_is_told(process: Process, slack: FakeSlack) -> None:
    slack.faults.down = True
    code, said = await told(process)
    assert (code, "✗ Slack no responde" in said) == (1, True)


async def test_the_manifest_is_printed_for_either_way(process: Process) -> None:
    before = len(process.log)
    assert await (await process.order("manifest", "slack", "--http", "https://soporte.example")).wait() == 0
    assert process.log[before:] == manifest_text("https://soporte.example")
