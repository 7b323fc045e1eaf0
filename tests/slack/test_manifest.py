"""The app's manifest: the file at the top is the one made here, and fits Slack's limits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.slack import payloads
from adapters.slack.adapter import PATH
from adapters.slack.manifest import EVENTS, SCOPES, manifest, manifest_text

TOP = Path(__file__).parent.parent.parent
ADDRESS = "https://soporte.example"


def test_the_file_at_the_top_is_the_manifest_for_socket_mode() -> None:
    assert (TOP / "manifest.yml").read_text(encoding="utf-8") == manifest_text()
    assert yaml.safe_load(manifest_text()) == manifest()
    assert manifest()["settings"]["socket_mode_enabled"]
    assert "url" not in re.findall(r"(\w*url):", manifest_text())


def test_over_http_everything_comes_to_one_address() -> None:
    made = manifest(f"{ADDRESS}/")
    wanted = f"{ADDRESS}{PATH}"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {wanted}
    assert made["settings"]["event_subscriptions"]["request_url"] == wanted
    assert made["settings"]["interactivity"]["request_url"] == wanted
    assert not made["settings"]["socket_mode_enabled"]


@pytest.mark.parametrize("made", [manifest(), manifest(ADDRESS)])
def test_it_fits_the_limits_of_the_schema(made: dict[str, Any]) -> None:
    shown, features = made["display_information"], made["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(features["bot_user"]["display_name"]) <= 80
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z]{1,31}", command["command"])
        assert command["should_escape"]


@pytest.mark.parametrize("made", [manifest(), manifest(ADDRESS)])
def test_nothing_is_switched_on_that_locks_people_out_or_cannot_be_switched_off(made: dict[str, Any]) -> None:
    """Guests may not use an app of the agents-and-AI container; rotation of tokens cannot be taken back."""
    assert set(made["features"]) == {"app_home", "bot_user", "shortcuts", "slash_commands"}
    assert not made["settings"]["token_rotation_enabled"]
    assert not made["settings"]["org_deploy_enabled"]
    assert not {"users:read.email", "chat:write.public", "channels:join"} & SCOPES.keys()


def test_every_scope_has_its_reason_in_the_guide() -> None:
    guide = (TOP / "docs" / "slack.md").read_text(encoding="utf-8")
    for scope, reason in SCOPES.items():
        assert f"| `{scope}` | {reason} |" in guide


@pytest.mark.parametrize("event", EVENTS)
def test_no_event_is_asked_for_that_nobody_reads(event: str) -> None:
    source = Path(payloads.__file__).read_text(encoding="utf-8")
    assert f'"{event.partition(".")[0]}"' in source
