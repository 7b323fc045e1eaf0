"""The mailbox of whoever is written to, who answers from their mail program."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

from adapters.mail.arriving import read_mail
from bot.files import Files
from dialogs.ports import Sink


def text_of(letter: EmailMessage) -> str:
    """Return the readable text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def answer_to(letter: EmailMessage, text: str, *, sender: str | None = None) -> EmailMessage:
    """Return an answer as mail programs write it: above what it quotes, with the ids of what it answers."""
    answer = EmailMessage(policy=SMTP)
    answer["From"] = sender or letter["To"]
    answer["To"] = letter["Reply-To"] or letter["From"]
    answer["Subject"] = f"RE: {letter['Subject']}"
    answer["Message-ID"] = f"<answer-{hash((text, sender))}-{letter['Message-ID'][1:]}"
    answer["In-Reply-To"] = letter["Message-ID"]
    answer["References"] = f"{letter['References'] or ''} {letter['Message-ID']}".strip()
    quoted = "".join(f"> {line}\n" for line in text_of(letter).splitlines())
    answer.set_content(f"{text}\n\nEl lun, 23 nov 2026 a las 9:15, {letter['From']} escribió:\n{quoted}")
    return answer


class Mailbox:
    """Takes letters like a mail server, and answers the last one."""

    def __init__(self, sink: Sink, folder: Path) -> None:
        self.files = Files(folder, max_bytes=1_000_000, forbidden=frozenset({"exe"}))
        self.letters: list[EmailMessage] = []
        self._sink = sink
        self._read = 0

    async def carry(self, letter: bytes, *, sender: str, to: str, key: str) -> None:
        del sender, to, key
        taken = message_from_bytes(letter, policy=default)
        self.letters.append(taken)

    def news(self) -> str:
        """Return the letters that came since this was last asked."""
        fresh, self._read = self.letters[self._read :], len(self.letters)
        return "\n".join(f"{one['To']}\n{one['Subject']}\n{text_of(one)}" for one in fresh)

    async def answers(self, text: str, now: datetime) -> None:
        """Answer the last letter."""
        raw = answer_to(self.letters[-1], text).as_bytes()
        await self._sink(await read_mail(raw, self.files, inbox="soporte@ld.example", now=now))
