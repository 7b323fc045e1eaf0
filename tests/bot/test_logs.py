"""A log says what happened, and never a secret or a phone number."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs, redact


@pytest.fixture(autouse=True)
def leave_logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-2817-9921-aBcDeF",
        "xapp-1-A02-99-abcdef",
        "Bearer abc.def-ghi",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "+1 305 555 0123",
        "(305) 555-0123",
        "+51 987 654 321",
        "3055550123",
        "0034 91 123 45 67",
    ],
)
def test_secrets_and_phones_are_hidden_wherever_they_stand(secret: str) -> None:
    event = redact(None, "info", {"event": f"told {secret} by mistake", "deep": {"list": [f"x {secret}"]}})
    assert secret not in str(event)
    assert str(event).count("•••") == 2


@pytest.mark.parametrize("key", ["token", "page_token", "password", "SMTP_URL", "phone", "Authorization", "api_key"])
def test_what_is_called_a_secret_is_hidden(key: str) -> None:
    assert redact(None, "info", {key: "abc", "deep": {key: "abc"}}) == {key: "•••", "deep": {key: "•••"}}


def test_the_password_in_an_address_is_hidden_and_the_rest_stays() -> None:
    event = redact(None, "info", {"url": "postgresql://desk:s3cret@db.internal:5432/desk"})
    assert event["url"] == "postgresql://•••@db.internal:5432/desk"


@pytest.mark.parametrize(
    "text",
    [
        "case LD-1234567",
        "1732312345.123456",
        "2026-11-22 14:05:33",
        "2026-11-22T14:05:33.123456+00:00",
        "192.168.100.200",
        "8f7d8a4b81518f7d8a4b8151",
        "web:ana:2f0c6a31-9d7e-4a5b-8a5e-1c2d3e4f5a6b",
        "took 0.123456789 s",
        "12 of 400",
    ],
)
def test_what_only_looks_a_little_like_it_stays(text: str) -> None:
    assert redact(None, "info", {"event": text}) == {"event": text}


def test_production_writes_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(console=False)
    structlog.get_logger("bot.anything").info("case.filed", case="LD-12", phone="+13055550123")
    logging.getLogger("some.library").warning("refused for %s", "xoxb-2817-9921-aBcDeF")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["event"], first["case"], first["phone"], first["level"]) == ("case.filed", "LD-12", "•••", "info")
    assert second["event"] == "refused for •••"


def test_an_error_brings_its_traceback_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(console=False)
    try:
        int("+1 305 555 0123 x")
    except ValueError:
        structlog.get_logger("bot.anything").exception("turn.failed")
    (line,) = capsys.readouterr().err.splitlines()
    assert "ValueError: invalid literal for int() with base 10: '•••" in json.loads(line)["exception"]


def test_a_console_gets_lines_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(console=True)
    structlog.get_logger("bot.anything").info("ready", port=8080)
    line = capsys.readouterr().err
    assert "ready" in line
    assert "port=8080" in line
    assert not line.startswith("{")


def test_libraries_do_not_chat(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(console=False)
    logging.getLogger("some.library").info("connecting")
    assert not capsys.readouterr().err
