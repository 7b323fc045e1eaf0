"""E-mail as the operator configured it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import formataddr, parseaddr

from adapters.mail.adapter import MailAdapter
from adapters.mail.folder import FolderOutlet
from adapters.mail.letters import one_line
from adapters.mail.server import read_server
from adapters.mail.smtp import SmtpOutlet
from bot.environment import Environment
from bot.settings import Settings
from dialogs.ports import Adapter, FileStore


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
