"""A neutral message as a letter: readable text, and HTML that does nothing.

Headers are those of RFC 5322; RFC 3834 has `Auto-Submitted`, so that no mailbox answers a machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from adapters.mail.html import html_of
from dialogs.events import File
from dialogs.messages import Mail, message_text

SUBJECT_LENGTH = 200

_MESSAGE_ID = re.compile(r"[^A-Za-z0-9.-]+")
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def write_letter(
    mail: Mail, attached: Iterable[tuple[File, bytes]], *, key: str, sender: str, now: datetime
) -> EmailMessage:
    """Return a mail as the letter that leaves. `sender` is an address, with a name or without."""
    letter = EmailMessage(policy=SMTP)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    letter["From"] = sender
    letter["To"] = mail.to
    letter["Subject"] = one_line(mail.subject)[:SUBJECT_LENGTH]
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<{_MESSAGE_ID.sub('-', key)}@{domain}>"
    if mail.about:
        # Nobody ever sent the letter of this id. Those that refer to the same one are shown as one conversation.
        letter["In-Reply-To"] = letter["References"] = f"<{_MESSAGE_ID.sub('-', mail.about)}@{domain}>"
    if mail.reply_to:
        letter["Reply-To"] = mail.reply_to
    letter["Auto-Submitted"] = "auto-generated" if mail.automatic else "no"
    letter["X-Auto-Response-Suppress"] = "All"  # Exchange's word for it
    letter.set_content(_sound(message_text(mail.message)), cte="quoted-printable")
    letter.add_alternative(_sound(html_of(mail.message)), subtype="html", cte="quoted-printable")
    for file, content in attached:
        main, _, sub = file.media_type.partition("/")
        letter.add_attachment(
            content, maintype=main or "application", subtype=sub or "octet-stream", filename=one_line(file.name)
        )
    letter["Content-Language"] = mail.message.language  # last, or it moves into the first part
    return letter


def one_line(text: str) -> str:
    """Return text as one line without control characters, as a header takes it."""
    kept = (" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in _sound(text))
    return " ".join("".join(one for one in kept if one not in _BIDI).split())


def _sound(text: str) -> str:
    """Return text that every encoding can hold: halves of characters become a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
