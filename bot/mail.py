"""E-mail as the operator configured it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import formataddr, parseaddr

from adapters.mail.adapter import MailAdapter
from adapters.mail.folder import FolderOutlet
from adapters.mail.inbox import Inbox
from adapters.mail.letters import one_line
from adapters.mail.mailbox import read_mailbox
from adapters.mail.server import read_server
from adapters.mail.smtp import SmtpOutlet
from bot.environment import Environment
from bot.settings import Settings
from dialogs.ports import Adapter, FileStore
from storage.database import Database

_ENCODED = 1_400_000
"""How many bytes a megabyte of files is in a mail, base64 and its line breaks included."""


def mail_adapter(
    environment: Environment,
    settings: Settings,
    files: FileStore,
    now: Callable[[], datetime],
    tray: Adapter | None = None,
) -> MailAdapter:
    """Return the adapter for e-mail: to the server of `SMTP_URL`, or into a folder where there is none."""
    outlet = smtp_outlet(environment) or FolderOutlet(settings.mail.folder)
    return MailAdapter(outlet, files, sender=sender(environment, settings), now=now, tray=tray)


def smtp_outlet(environment: Environment) -> SmtpOutlet | None:
    """Return the way to the mail server, if one is configured."""
    if not environment.smtp_url:
        return None
    domain = parseaddr(environment.mail_from)[1].rpartition("@")[2]
    return SmtpOutlet(read_server(environment.smtp_url), name=domain)


def sender(environment: Environment, settings: Settings) -> str:
    """Return from whom mails are: the address of `MAIL_FROM`, by its name or the organisation's."""
    name, address = parseaddr(environment.mail_from)
    return formataddr((one_line(name or settings.organisation.name), address))


class StoredBookmark:
    """Keeps in the store how far a mailbox was read."""

    def __init__(self, database: Database, mailbox: str) -> None:
        self._database = database
        self._key = f"mail.read:{mailbox}"

    async def load(self) -> str | None:
        """Return what was saved last."""
        async with self._database.unit() as unit:
            return await unit.values.get(self._key)

    async def save(self, mark: str) -> None:
        """Keep it in place of what was saved before."""
        async with self._database.unit() as unit:
            await unit.values.set(self._key, mark)
            await unit.commit()


def inbox(
    environment: Environment, settings: Settings, database: Database, files: FileStore, now: Callable[[], datetime]
) -> Inbox | None:
    """Return what reads the mailbox of `IMAP_URL`, if one is configured."""
    if not environment.imap_url:
        return None
    address = read_mailbox(environment.imap_url)
    return Inbox(
        address,
        files,
        StoredBookmark(database, address.name),
        sender=parseaddr(environment.mail_from)[1],
        max_bytes=settings.files.max_megabytes * _ENCODED,
        now=now,
    )
