"""Mail as an operator configures it, and what the doctor says of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import Level, examine
from bot.environment import Environment, read_environment
from bot.files import Files
from bot.mail import mail_adapter
from bot.settings import read_settings
from dialogs.events import Language
from dialogs.messages import Mail, Message, Paragraph, Plain
from dialogs.phrases import voice
from tests.fakes.smtp import Mailboxes

MAIL = Mail(to="carmen@desk.example", subject="LD-1", message=Message(blocks=(Paragraph((Plain("Hola"),)),)))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configured(**variables: str) -> Environment:
    return read_environment({name.upper(): value for name, value in variables.items()})


async def found(environment: Environment) -> dict[Level, str]:
    """Return what the doctor says of mail."""
    findings = [one for one in await examine(environment) if one.phrase.startswith("bot.doctor.mail")]
    return {one.level: one.sentence(voice(Language.ENGLISH)) for one in findings}


async def send(environment: Environment, folder: Path) -> None:
    files = Files(folder / "files", max_bytes=1, forbidden=frozenset())
    adapter = mail_adapter(environment, read_settings(""), files, lambda: datetime(2026, 3, 3, tzinfo=UTC))
    await adapter.send(MAIL, key="k1", target=None)


async def test_without_a_server_the_doctor_says_plainly_that_no_mail_leaves(folder: Path) -> None:
    told = await found(configured())
    assert "No mail leaves" in told[Level.NOTE]
    assert "data/mail" in told[Level.NOTE]
    await send(configured(), folder)
    assert "From: LDTelecom <soporte@localhost>" in (folder / "data/mail/k1.eml").read_text()


async def test_a_server_that_lets_us_in_is_called_sound(mailboxes: Mailboxes, folder: Path) -> None:
    url = f"smtp://127.0.0.1:{mailboxes.port}"
    environment = configured(smtp_url=url, mail_from="soporte@ld.example")
    told = await found(environment)
    assert f"127.0.0.1:{mailboxes.port}" in told[Level.GOOD]
    assert mailboxes.attempts == 0
    await send(environment, folder)
    assert mailboxes.taken[0].letter["From"] == "LDTelecom <soporte@ld.example>"


async def test_a_server_that_does_not_is_told_with_its_reason_and_without_the_password(mailboxes: Mailboxes) -> None:
    mailboxes.accounts["ld"] = "clave"
    url = f"smtp://ld:geheim@127.0.0.1:{mailboxes.port}"
    told = await found(configured(smtp_url=url, mail_from="soporte@ld.example"))
    assert "535" in told[Level.BROKEN]
    assert "geheim" not in told[Level.BROKEN]


@pytest.mark.parametrize(
    ("variables", "phrase"),
    [
        ({"smtp_url": "mail.example"}, "bot.settings.smtp_url"),
        ({"smtp_url": "smtp://mail.example"}, "bot.settings.mail_from"),
        ({"mail_from": "Soporte"}, "bot.settings.mail_from"),
        ({"mail_from": "a@b.example\r\nBcc: c@d.example"}, "bot.settings.mail_from"),
    ],
)
def test_mistakes_are_told_before_anything_starts(variables: dict[str, str], phrase: str) -> None:
    environment = configured(**variables)
    assert phrase in [mistake.phrase for mistake in environment.mistakes]
    assert configured(mail_from="Soporte LD <s@ld.example>", smtp_url="smtps://h").mistakes == ()
