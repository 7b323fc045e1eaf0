"""Where mails go, and where their answers come to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Section
from dialogs.reading.addresses import is_address

TOKEN = "{token}"  # noqa: S105 - where one stands in an address


def _reply_to(value: object) -> object:
    if not isinstance(value, str) or (value and not is_address(value.replace(TOKEN, "a"))):
        raise PydanticCustomError("email", "not an e-mail address")
    return value


class MailSection(Section):
    """Where mails are put while no server is configured to send them (`SMTP_URL`), and where third parties answer.

    `reply_to` may hold `{token}`, for servers that deliver `name+anything@…` to `name@…`; without any, answers go to
    the sender.
    """

    folder: Path
    reply_to: Annotated[str, BeforeValidator(_reply_to)]
