"""Looks at everything the assistant needs, and says what is missing and what to do."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy.engine import make_url

from adapters.mail.mailbox import Mailbox, MailboxError, read_mailbox
from adapters.mail.server import read_server
from bot.environment import Environment
from bot.mistakes import SettingsError
from bot.settings import Settings, load_settings
from bot.store_words import store_sentence
from dialogs.cases import ChannelRole
from dialogs.events import Place, Platform
from dialogs.phrases import Voice
from dialogs.ports import DeliveryError
from storage.backlog import read_backlog
from storage.database import Database
from storage.engine import database_url
from storage.errors import StoreError, StoreOutdatedError
from storage.tables import Channel

LITTLE_SPACE = 1_000_000_000
"""Less room than this for files is worth a word, in bytes."""


class Level(StrEnum):
    """How a finding stands."""

    GOOD = "✓"
    NOTE = "!"
    BROKEN = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. The phrase says what was found and, where something is to do, what."""

    level: Level
    phrase: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    error: StoreError | SettingsError | None = None

    def sentence(self, speak: Voice) -> str:
        """Return what tells it: a line, or more for mistakes in the settings."""
        match self.error:
            case StoreError() as error:
                text = store_sentence(error, speak)
            case SettingsError() as error:
                text = "\n".join(error.sentences(speak))
            case _:
                text = speak(self.phrase, **self.values)
        return f"{self.level.value} {text}"


async def examine(environment: Environment) -> list[Finding]:
    """Return what was found, in the order an operator would mend it.

    Where the settings have mistakes, what hangs on them is not looked at.
    """
    settings: Settings | None = None
    findings: list[Finding] = []
    if environment.mistakes:
        findings.append(Finding(Level.BROKEN, "", error=SettingsError("", environment.mistakes)))
    try:
        settings = load_settings(environment.settings)
        findings.append(_settings(environment.settings))
    except SettingsError as error:
        findings.append(Finding(Level.BROKEN, "", error=error))
    findings += [finding async for finding in _database(environment)]
    findings += [finding async for finding in _slack(environment, settings)]
    findings += [finding async for finding in _teams(environment)]
    if settings is not None:
        findings += await asyncio.to_thread(lambda folder: list(_files(folder)), settings.files.folder)
        findings += [await _mail(environment, settings), await asyncio.to_thread(_inbox, environment)]
        findings += _links(environment, settings)
        findings += _channels(settings)
    return [*findings, *_addresses(environment)]


def _settings(path: Path) -> Finding:
    found = path.is_file()
    return Finding(
        Level.GOOD if found else Level.NOTE,
        "bot.doctor.settings" if found else "bot.doctor.no_settings",
        {"path": str(path.absolute())},
    )


def _unmade(address: str) -> bool:
    """Tell whether the database is a file that is not there yet and can be made: opening it would make it."""
    url = database_url(address)
    if url.get_backend_name() != "sqlite" or not url.database:
        return False
    file = Path(url.database)
    return not file.exists() and _writable(file.parent)


def _writable(folder: Path) -> bool:
    """Tell whether something can be written in a folder, or the folder be made."""
    there = _existing(folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _existing(folder: Path) -> Path:
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


async def _database(environment: Environment) -> AsyncIterator[Finding]:
    try:
        if _unmade(environment.database_url):
            yield Finding(Level.NOTE, "bot.doctor.new_database")
            return
        database = await Database.open(environment.database_url)
    except StoreError as error:
        yield Finding(Level.BROKEN, "", error=error)
        return
    try:
        where = make_url(environment.database_url).render_as_string(hide_password=True)
        yield Finding(Level.GOOD, "bot.doctor.database", {"where": where})
        await database.check()
        backlog = await read_backlog(database, datetime.now(UTC))
        yield Finding(Level.GOOD, "bot.doctor.waiting", {"n": backlog.waiting})
        if backlog.dead:
            yield Finding(Level.NOTE, "bot.doctor.dead", {"n": backlog.dead})
    except StoreError as error:
        if isinstance(error, StoreOutdatedError) and error.revision is None:
            yield Finding(Level.NOTE, "bot.doctor.new_database")
        else:
            yield Finding(Level.BROKEN, "", error=error)
    finally:
        await database.close()


async def _slack(environment: Environment, settings: Settings | None) -> AsyncIterator[Finding]:
    if not environment.slack_bot_token:
        return
    from adapters.slack.checkup import check  # only who talks to Slack pays for its libraries

    checkup = await check(
        bot_token=environment.slack_bot_token,
        app_token=environment.slack_app_token,
        signing_secret=environment.slack_signing_secret,
        api_url=environment.slack_api_url,
        now=datetime.now(UTC),
    )
    for found in checkup.findings:
        yield Finding(Level.GOOD if found.sound else Level.BROKEN, found.phrase, found.values)
    if not all(found.sound for found in checkup.findings):
        return
    if not checkup.channels:
        yield Finding(Level.NOTE, "slack.check.nowhere")
        return
    yield Finding(Level.GOOD, "slack.check.channels", {"n": len(checkup.channels)})
    kept = await _channels_of(environment, Platform.SLACK)
    moved = {one.settings_key for one in kept}
    known = {one.channel: one.name for one in kept}
    for one in settings.channels if settings else ():
        if one.platform is Platform.SLACK and Place(platform=one.platform, channel=one.id).channel_key not in moved:
            known[one.id] = one.name
    for channel, name in checkup.channels.items():
        if channel not in known:
            yield Finding(Level.NOTE, "slack.check.no_role", {"name": f"#{name}"})
    for channel in known.keys() - checkup.channels.keys():
        yield Finding(Level.BROKEN, "slack.check.not_member", {"name": known[channel] or channel})


async def _teams(environment: Environment) -> AsyncIterator[Finding]:
    if environment.teams_allow_anonymous:
        yield Finding(Level.NOTE, "teams_app.check.anonymous")
        return
    if not environment.teams:
        return
    from adapters.teams.checkup import check  # only who talks to Teams pays for its libraries

    levels = {True: Level.GOOD, False: Level.BROKEN, None: Level.NOTE}
    for found in await check(
        app_id=environment.teams_app_id,
        app_password=environment.teams_app_password,
        tenant_id=environment.teams_app_tenant_id,
        here=f"{environment.url}/api/messages",
        endpoint=environment.teams_endpoint,
        login_url=environment.teams_login_url,
        keys_url=environment.teams_keys_url,
        now=datetime.now(UTC),
    ):
        yield Finding(levels[found.sound], found.phrase, found.values)
    if not environment.teams_endpoint:
        yield Finding(Level.NOTE, "teams_app.check.no_endpoint")


async def _channels_of(environment: Environment, platform: Platform) -> list[Channel]:
    """Return the channels of a platform that have a role; none where the store, told elsewhere, is in trouble."""
    try:
        if _unmade(environment.database_url):
            return []
        database = await Database.open(environment.database_url)
    except StoreError:
        return []
    try:
        await database.check()
        async with database.unit() as unit:
            found = [await unit.channels.of_role(role) for role in ChannelRole]
        return [one for channels in found for one in channels if one.platform is platform]
    except StoreError:
        return []
    finally:
        await database.close()


def _files(folder: Path) -> Iterator[Finding]:
    values: dict[str, str | int] = {"path": str(folder)}
    if not _writable(folder):
        yield Finding(Level.BROKEN, "bot.doctor.files_unwritable", values)
        return
    free = shutil.disk_usage(_existing(folder)).free
    values["gigabytes"] = f"{free / 1e9:.1f}"
    little = free < LITTLE_SPACE
    yield Finding(
        Level.NOTE if little else Level.GOOD, "bot.doctor.files_little" if little else "bot.doctor.files", values
    )


async def _mail(environment: Environment, settings: Settings) -> Finding:
    from bot.mail import sender, smtp_outlet

    outlet = smtp_outlet(environment)
    if outlet is None:
        return Finding(Level.NOTE, "bot.doctor.mail_folder", {"path": str(settings.mail.folder)})
    server = read_server(environment.smtp_url)
    values: dict[str, str | int] = {"server": f"{server.host}:{server.port}", "sender": sender(environment, settings)}
    try:
        await outlet.greet()
    except DeliveryError as error:
        return Finding(Level.BROKEN, "bot.doctor.mail_broken", values | {"why": str(error)})
    return Finding(Level.GOOD, "bot.doctor.mail", values)


def _links(environment: Environment, settings: Settings) -> Iterator[Finding]:
    """Say whether mails carry links, where there is anybody to mail to."""
    levels = settings.escalation.every_level().values()
    if environment.public_url:
        yield Finding(Level.GOOD, "bot.doctor.links", {"url": environment.public_url})
    elif any(contact.email for level in levels for contact in level.contacts):
        yield Finding(Level.NOTE, "bot.doctor.no_links")


def _inbox(environment: Environment) -> Finding:
    if not environment.imap_url:
        return Finding(Level.NOTE, "bot.doctor.no_inbox")
    address = read_mailbox(environment.imap_url)
    values: dict[str, str | int] = {"mailbox": address.name}
    try:
        Mailbox(address).close()
    except MailboxError as error:
        return Finding(Level.BROKEN, "bot.doctor.inbox_broken", values | {"why": str(error)})
    return Finding(Level.GOOD, "bot.doctor.inbox", values)


def _channels(settings: Settings) -> Iterator[Finding]:
    roles = [channel.role for channel in settings.channels]
    if not roles:
        yield Finding(Level.NOTE, "bot.doctor.no_channels")
        return
    yield Finding(Level.GOOD, "bot.doctor.channels", {"n": len(roles)})
    for role in (ChannelRole.CUSTOMER, ChannelRole.DESK, ChannelRole.ESCALATIONS):
        if role not in roles:
            yield Finding(Level.NOTE, f"bot.doctor.no_{role.value}")


def _addresses(environment: Environment) -> Iterator[Finding]:
    address: dict[str, str | int] = {"host": environment.host, "port": environment.port}
    if environment.loopback:
        yield Finding(Level.GOOD, "bot.doctor.page", address)
    elif environment.page_token:
        yield Finding(Level.GOOD, "bot.doctor.page_with_token", address)
    else:
        yield Finding(Level.BROKEN, "bot.doctor.page_without_token", address)
