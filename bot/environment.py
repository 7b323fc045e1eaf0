"""Secrets and addresses, from the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from pathlib import Path

from adapters.hosts import is_loopback
from adapters.mail.mailbox import read_mailbox
from adapters.mail.server import read_server
from bot.mistakes import Mistake
from dialogs.events import Language
from dialogs.reading.addresses import is_address

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


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
    public_url: str = ""
    link_secret: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    imap_url: str = field(default="", repr=False)
    mail_from: str = "soporte@localhost"
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = ""
    teams_app_password: str = field(default="", repr=False)
    teams_app_tenant_id: str = ""
    teams_allow_anonymous: bool = False
    teams_endpoint: str = ""
    teams_login_url: str = "https://login.microsoftonline.com"
    teams_keys_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    mistakes: tuple[Mistake, ...] = ()

    @property
    def url(self) -> str:
        """Where this machine reaches the assistant."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def teams(self) -> bool:
        """Whether Teams is configured: with credentials, or without for trying."""
        credentials = (self.teams_app_id, self.teams_app_password, self.teams_app_tenant_id)
        return self.teams_allow_anonymous or all(credentials)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the page."""
        return is_loopback(self.host)


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
    if told.get("public_url") and not _WEB_ADDRESS.fullmatch(told["public_url"]):
        mistakes.append(Mistake(0, "bot.settings.public_url", {"value": told.pop("public_url")}))
    mistakes += _mail_mistakes(told)
    anonymous = variables.get("TEAMS_ALLOW_ANONYMOUS") == "1"
    found = Environment(
        port=int(port), settings=settings, teams_allow_anonymous=anonymous, mistakes=tuple(mistakes), **told
    )
    return replace(found, mistakes=(*found.mistakes, *_teams_mistakes(found)))


def _teams_mistakes(found: Environment) -> Iterator[Mistake]:
    """Yield what is wrong with how Teams is let in: half a credential, or anybody where not only this machine can."""
    credentials = {name: getattr(found, name) for name in _TEXTS if name.startswith("teams_app_")}
    missing = ", ".join(name.upper() for name, value in credentials.items() if not value)
    if any(credentials.values()) and missing:
        yield Mistake(0, "bot.settings.teams_incomplete", {"missing": missing})
    if found.teams_allow_anonymous and found.teams_app_id:
        yield Mistake(0, "bot.settings.teams_anonymous_app")
    if found.teams_allow_anonymous and not found.loopback:
        yield Mistake(0, "bot.settings.teams_anonymous_host", {"value": found.host})


def _mail_mistakes(told: dict[str, str]) -> Iterator[Mistake]:
    named = told.get("mail_from", "")
    usable = named.isprintable() and is_address(parseaddr(named)[1])
    if ("smtp_url" in told or named) and not usable:
        yield Mistake(0, "bot.settings.mail_from", {"value": told.pop("mail_from", "")})
    try:
        read_server(told.get("smtp_url", "smtp://localhost"))
    except ValueError:
        told.pop("smtp_url")
        yield Mistake(0, "bot.settings.smtp_url")
    try:
        read_mailbox(told.get("imap_url", "imaps://user:password@localhost"))
    except ValueError:
        told.pop("imap_url")
        yield Mistake(0, "bot.settings.imap_url")


_TEXTS = (
    "database_url",
    "host",
    "page_token",
    "public_url",
    "link_secret",
    "smtp_url",
    "imap_url",
    "mail_from",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_api_url",
    "teams_app_id",
    "teams_app_password",
    "teams_app_tenant_id",
    "teams_endpoint",
    "teams_login_url",
    "teams_keys_url",
)


def operator_language(variables: Mapping[str, str]) -> Language:
    """Return the language of who runs the assistant: English where their locale says so, else Spanish."""
    named = next((variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    return Language.ENGLISH if named.lower().startswith("en") else Language.SPANISH
