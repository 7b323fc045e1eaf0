"""Structured logs: an event name and keys, and never a secret or a phone number."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_SECRET_KEYS = re.compile(
    r"(?i)token|secret|password|passwd|authorization|cookie|credential|api_?key|smtp_url|imap_url|phone"
)
_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"  # Slack's tokens
    r"|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*"  # a JSON web token
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"  # a name and password in an address
    r"|(?i:bearer )\S+"
)
_PHONES = re.compile(r"(?<![\w.:+-])(?:\+|\(|00)?\d{1,4}\)?(?:[ .()-]{0,2}\d){6,14}(?![\w:-]|\.\d)")
_NOT_PHONES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,3}(?:\.\d{1,3}){3}$|\d+\.\d+$")
"""Dates, addresses, and numbers with a fraction such as Slack's message ids."""
_HIDDEN = "•••"


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take secrets and phone numbers out of a log event; a processor of structlog."""
    for key, value in event.items():
        event[key] = _HIDDEN if _SECRET_KEYS.search(key) and value else _redacted(value)
    return event


def _redacted(value: object) -> object:
    match value:
        case str():
            return _PHONES.sub(_hide_phone, _SECRETS.sub(_HIDDEN, value))
        case Mapping():
            return {key: _HIDDEN if _SECRET_KEYS.search(str(key)) else _redacted(item) for key, item in value.items()}
        case list() | tuple():
            return [_redacted(item) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            return _redacted(str(value))


def _hide_phone(match: re.Match[str]) -> str:
    return match[0] if _NOT_PHONES.match(match[0]) else _HIDDEN


def configure_logs(*, console: bool, level: int = logging.INFO) -> None:
    """Send every log, the libraries' too, to standard error: readable on a console, else as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if console else "iso", utc=not console),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if console
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for package in ("adapters", "bot", "dialogs", "storage"):
        logging.getLogger(package).setLevel(level)
