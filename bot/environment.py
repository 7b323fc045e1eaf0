"""Secrets and addresses, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from bot.mistakes import Mistake
from dialogs.events import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where things are, and what opens them. What is secret does not show when it is printed.

    `mistakes` are the variables that cannot be used; their defaults stand in for them.
    """

    database_url: str = field(default="sqlite+aiosqlite:///data/support.db", repr=False)
    host: str = "127.0.0.1"
    port: int = 8080
    page_token: str = field(default="", repr=False)
    settings: Path = Path("support.toml")
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    mistakes: tuple[Mistake, ...] = ()

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the page."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the environment that the variables describe; an empty one counts as not set."""
    told = {name: variables[name.upper()] for name in _TEXTS if variables.get(name.upper())}
    mistakes = []
    port = variables.get("PORT") or "8080"
    if not (port.isdecimal() and int(port) < 65536):
        mistakes.append(Mistake(0, "bot.settings.port", {"value": port}))
        port = "8080"
    settings = Path(variables.get("SUPPORT_SETTINGS") or "support.toml")
    if "SUPPORT_SETTINGS" in variables and not settings.is_file():
        mistakes.append(Mistake(0, "bot.settings.no_file", {"value": str(settings)}))
    return Environment(port=int(port), settings=settings, mistakes=tuple(mistakes), **told)


_TEXTS = (
    "database_url",
    "host",
    "page_token",
    "smtp_url",
    "mail_from",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_api_url",
)


def operator_language(variables: Mapping[str, str]) -> Language:
    """Return the language of who runs the assistant: English where their locale says so, else Spanish."""
    named = next((variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    return Language.ENGLISH if named.lower().startswith("en") else Language.SPANISH
