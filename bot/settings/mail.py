"""Where mails go."""

from __future__ import annotations

from pathlib import Path

from bot.settings.kinds import Section


class MailSection(Section):
    """Where mails are put while no server is configured to send them (`SMTP_URL`)."""

    folder: Path
