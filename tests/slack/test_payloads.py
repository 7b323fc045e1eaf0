"""Payloads in the shapes Slack really sends them, and what each of them tells."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.happenings import Happening, Moved
from adapters.slack.payloads import happening
from dialogs.events import (
    Deleted,
    Edited,
    HomeOpened,
    Invoked,
    Joined,
    Pressed,
    Reacted,
    Said,
    Shared,
    Submitted,
    What,
)

FOLDER = Path(__file__).parent.parent / "payloads" / "slack"
NOW = datetime(2025, 11, 22, 14, 0, tzinfo=UTC)
ROOT = "1763820000.000100"
REPLY = "1763820300.000100"


def body(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def read(name: str) -> Happening:
    told = happening(body(name), NOW, "U0BOT")
    assert isinstance(told, Happening)
    return told


@pytest.mark.parametrize(
    ("name", "user", "tenant", "channel", "thread", "what"),
    [
        ("message_from_another_company", "U0ANA", "T0ACME", "C0ACME", None, Said(message=ROOT)),
        (
            "message_from_a_grid_organisation",
            "W0LUIS",
            "E0GLOBEX",
            "C0GLOBEX",
            None,
            Said(message="1763820000.000200"),
        ),
        (
            "app_mention_from_a_grid_organisation",
            "W0LUIS",
            "E0GLOBEX",
            "C0GLOBEX",
            None,
            Said(message="1763820000.000200", addressed=True),
        ),
        (
            "message_where_ours_is_a_grid",
            "W0MARTA",
            "E0OURS",
            "C0DESK",
            None,
            Said(message="1763820000.000300"),
        ),
        ("reply_sent_to_the_channel_too", "U0ANA", "T0ACME", "C0ACME", ROOT, Said(message=REPLY)),
        (
            "file_in_a_shared_channel",
            "U0ANA",
            "T0ACME",
            "C0ACME",
            None,
            Said(message="1763820400.000100"),
        ),
        ("edited", "U0ANA", "T0ACME", "C0ACME", None, Edited(message=ROOT, text="")),
        ("deleted", "U0ANA", "T0ACME", "C0ACME", ROOT, Deleted(message=REPLY)),
        ("deleted_with_replies", "U0ANA", "T0ACME", "C0ACME", None, Deleted(message=ROOT)),
        ("reaction", "U0MARTA", "", "C0ACME", None, Reacted(message=ROOT, emoji="+1")),
        (
            "private_chat",
            "U0ANA",
            "T0ACME",
            "D0ANA",
            None,
            Said(message="1763820900.000100", addressed=True),
        ),
        ("member_joined", "U0BOT", "", "C0NEW", None, Joined(me=True)),
        ("channel_shared", "U0BOT", "", "C0GLOBEX", None, Shared()),
        ("channel_unshared", "U0BOT", "", "C0GLOBEX", None, Shared(ended=True)),
        ("channel_unshared_with_one_of_two", "U0BOT", "", "C0GLOBEX", None, Shared()),
        ("channel_archived", "U0BOT", "", "C0GLOBEX", None, Shared(ended=True, archived=True)),
        ("home_opened", "U0ANA", "", "D0ANA", None, HomeOpened()),
        (
            "button_by_another_company",
            "U0ANA",
            "T0ACME",
            "C0ACME",
            ROOT,
            Pressed(name="intake.started.now", value="k3", message="1763820001.000100"),
        ),
        (
            "list_by_a_grid_member",
            "W0LUIS",
            "E0GLOBEX",
            "C0GLOBEX",
            "1763820000.000200",
            Pressed(name="intake.zone.pick", value="America/Lima", message="1763820001.000100"),
        ),
        (
            "form_by_another_company",
            "U0ANA",
            "T0ACME",
            "C0ACME",
            ROOT,
            Submitted(
                form="intake",
                token="k9",
                values={"description": "No hay tono", "impact": "many_users", "service": "", "zone": ""},
            ),
        ),
        ("command", "U0MARTA", "T0DESK", "C0DESK", None, Invoked(command="caso")),
        ("shortcut", "U0MARTA", "T0DESK", "C0ACME", ROOT, Pressed(name="case.from_message", message=REPLY)),
    ],
)
def test_who_did_what_and_where(
    *, name: str, user: str, tenant: str, channel: str, thread: str | None, what: What
) -> None:
    told = read(name)
    assert (told.user, told.tenant, told.channel, told.thread, told.what) == (user, tenant, channel, thread, what)


@pytest.mark.parametrize(
    "name", ["changed_by_an_unfurl", "workflow_post", "channel_topic", "reaction_on_a_file", "link_button", "unknown"]
)
def test_what_concerns_nobody_tells_nothing(name: str) -> None:
    assert happening(body(name), NOW, "U0BOT") is None


def test_a_new_channel_id_is_told() -> None:
    assert happening(body("channel_id_changed"), NOW, "U0BOT") == Moved("G0OLD", "C0NEW")


def test_the_two_events_of_a_mention_are_the_same_happening() -> None:
    twin = body("message_from_a_grid_organisation")
    twin["event"]["text"] = "<@U0BOT> hola"
    told = happening(twin, NOW, "U0BOT")
    mention = read("app_mention_from_a_grid_organisation")
    assert isinstance(told, Happening)
    assert (told.key, told.tenant, told.what, told.thread) == (
        mention.key,
        mention.tenant,
        mention.what,
        mention.thread,
    )


def test_text_and_files_are_kept_as_slack_wrote_them() -> None:
    assert read("command").raw == "nota LD-12 2 &lt; 3"
    assert read("edited").raw == "No hay tono en la línea 6"
    assert [file["id"] for file in read("file_in_a_shared_channel").files] == ["F0LOG"]


@pytest.mark.parametrize("name", [path.stem for path in FOLDER.glob("*.json")])
def test_the_same_payload_has_the_same_key_and_an_instant_with_a_zone(name: str) -> None:
    first, second = (happening(body(name), NOW, "U0BOT") for _ in range(2))
    assert first == second
    if isinstance(first, Happening):
        assert first.key.startswith("slack:")
        assert first.at.tzinfo is UTC


def test_a_form_that_was_altered_on_its_way_is_still_read() -> None:
    altered = body("form_by_another_company")
    for metadata in ("", "[1]", "{", '{"token": 7}'):
        altered["view"]["private_metadata"] = metadata
        told = happening(altered, NOW, "U0BOT")
        assert isinstance(told, Happening)
        assert isinstance(told.what, Submitted)
        assert (told.what.token, told.channel, told.direct) == ("", "U0ANA", True)
