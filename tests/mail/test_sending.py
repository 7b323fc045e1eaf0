"""Mail leaves by a real server on loopback, whatever that server does meanwhile."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from adapters.mail import smtp
from adapters.mail.adapter import HANDED_OVER, MailAdapter
from adapters.mail.folder import FolderOutlet
from adapters.mail.server import MailServer, read_server
from adapters.mail.smtp import SmtpOutlet
from dialogs.events import File, Place, Platform
from dialogs.messages import Attachments, Mail, Message, Paragraph, Plain, Post
from dialogs.ports import PermanentError, TransientError, UnknownOutcomeError
from tests.fakes.smtp import Fault, Mailboxes

NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


class Shelf:
    """Files of the store, in memory."""

    def __init__(self, **contents: bytes) -> None:
        self.contents = contents

    async def save(self, name: str, media_type: str, chunks: AsyncIterator[bytes]) -> File:
        raise NotImplementedError

    async def read(self, file: str) -> AsyncIterator[bytes]:
        if file not in self.contents:
            raise FileNotFoundError(file)
        yield self.contents[file]


def adapter(outlet: SmtpOutlet | FolderOutlet, **files: bytes) -> MailAdapter:
    return MailAdapter(outlet, Shelf(**files), sender="Soporte <soporte@ld.example>", now=lambda: NOW)


def to(mailboxes: Mailboxes, scheme: str = "smtp", login: str = "", host: str = "127.0.0.1") -> SmtpOutlet:
    return SmtpOutlet(read_server(f"{scheme}://{login}{host}:{mailboxes.port}"), name="ld.example")


def mail(text: str = "Nadie contesta.", to: str = "carmen@desk.example") -> Mail:
    return Mail(to=to, subject="LD-12 · Escalado", message=Message(blocks=(Paragraph((Plain(text),)),)), about="LD-12")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages that end soon, for servers that hang."""
    for stage in smtp.Stage:
        monkeypatch.setattr(stage, "_value_", 0.3)


async def test_a_mail_arrives_and_says_of_itself_that_a_machine_wrote_it(mailboxes: Mailboxes) -> None:
    made = await adapter(to(mailboxes)).send(mail(), key="k1", target=None)
    [taken] = mailboxes.taken
    assert (taken.sender, taken.to) == ("soporte@ld.example", ["carmen@desk.example"])
    letter = taken.letter
    assert made == letter["Message-ID"] == "<k1@ld.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"] == "Soporte <soporte@ld.example>"
    assert letter["Date"].datetime == NOW
    assert "Nadie contesta." in taken.part("plain")
    assert "Nadie contesta." in taken.part("html")


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (Fault.REFUSES_SENDER, PermanentError, "550 5.7.1 not from you"),
        (Fault.REFUSES_RECIPIENT, PermanentError, "550 5.1.1 no such mailbox"),
        (Fault.REFUSES_LETTER, PermanentError, "554 5.7.1 looks like spam"),
        (Fault.GREYLISTS, TransientError, "451 4.7.1 greylisted"),
        (Fault.LATER, TransientError, "452 4.3.1 not enough room"),
        (Fault.HANGS_BEFORE, TransientError, "TimeoutError"),
        (Fault.DROPS_BEFORE, TransientError, "SMTPServerDisconnected"),
        (Fault.HANGS_AFTER, UnknownOutcomeError, "TimeoutError after the letter"),
        (Fault.DROPS_AFTER, UnknownOutcomeError, "SMTPServerDisconnected after the letter"),
    ],
)
async def test_what_a_server_does_is_told_in_the_words_of_the_port(
    mailboxes: Mailboxes, fault: Fault, error: type[Exception], says: str, impatient: None
) -> None:
    mailboxes.faults.append(fault)
    sender = adapter(to(mailboxes))
    with pytest.raises(error, match=says):
        await sender.send(mail(), key="k1", target=None)
    assert await sender.find(mail(), key="k1", target=None) is None
    await sender.send(mail(), key="k1", target=None)
    assert mailboxes.taken[-1].to == ["carmen@desk.example"]
    assert {taken.letter["Message-ID"] for taken in mailboxes.taken} == {"<k1@ld.example>"}


async def test_a_server_that_swallows_a_mail_again_and_again_has_failed(mailboxes: Mailboxes) -> None:
    mailboxes.faults.extend([Fault.DROPS_AFTER] * HANDED_OVER)
    sender = adapter(to(mailboxes))
    for _ in range(HANDED_OVER - 1):
        with pytest.raises(UnknownOutcomeError):
            await sender.send(mail(), key="k1", target=None)
    with pytest.raises(PermanentError, match="never confirmed"):
        await sender.send(mail(), key="k1", target=None)


async def test_an_answer_that_comes_after_all_begins_the_count_anew(mailboxes: Mailboxes) -> None:
    sender = adapter(to(mailboxes))
    for _ in range(2):
        mailboxes.faults.extend([Fault.DROPS_AFTER] * (HANDED_OVER - 1))
        for _ in range(HANDED_OVER - 1):
            with pytest.raises(UnknownOutcomeError):
                await sender.send(mail(), key="k1", target=None)
        await sender.send(mail(), key="k1", target=None)


async def test_a_server_that_is_not_there_is_tried_again(unused_tcp_port: int) -> None:
    outlet = SmtpOutlet(MailServer(host="127.0.0.1", port=unused_tcp_port), name="ld.example")
    with pytest.raises(TransientError, match="SMTPConnectError"):
        await adapter(outlet).send(mail(), key="k1", target=None)


async def test_only_a_few_connections_are_open_at_once(mailboxes: Mailboxes) -> None:
    sender = adapter(to(mailboxes))
    await asyncio.gather(*(sender.send(mail(), key=f"k{n}", target=None) for n in range(12)))
    assert len(mailboxes.taken) == 12
    assert mailboxes.most_open <= smtp.AT_ONCE


async def test_who_sends_logs_in_where_the_server_wants_it(mailboxes: Mailboxes) -> None:
    mailboxes.accounts["ld"] = "cl@ve: 1/2"
    await adapter(to(mailboxes, login="ld:cl%40ve%3A%201%2F2@")).send(mail(), key="k1", target=None)
    assert mailboxes.taken[0].user == "ld"
    with pytest.raises(TransientError, match="535"):
        await adapter(to(mailboxes, login="ld:wrong@")).send(mail(), key="k2", target=None)


@pytest.mark.parametrize(("scheme", "secure"), [("smtp", False), ("smtps", True)])
async def test_a_server_that_proves_who_it_is_gets_the_password(
    scheme: str, secure: bool, tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with Mailboxes(tls=tls, accounts={"ld": "clave"}).listening(secure=secure) as mailboxes:
        await adapter(to(mailboxes, scheme, "ld:clave@", "localhost")).send(mail(), key="k1", target=None)
    assert mailboxes.taken[0].tls or secure
    assert mailboxes.taken[0].user == "ld"


async def test_tls_is_used_where_it_is_offered_though_nobody_vouches_for_it(tls: ssl.SSLContext) -> None:
    async with Mailboxes(tls=tls).listening() as mailboxes:
        await adapter(to(mailboxes)).send(mail(), key="k1", target=None)
    assert mailboxes.taken[0].tls


@pytest.mark.parametrize("secured", [True, False])
async def test_a_password_is_not_shown_to_a_stranger(
    secured: bool, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere than on this machine a server without TLS, or with a certificate nobody vouches for, gets none."""
    monkeypatch.setattr(MailServer, "trusted", property(lambda _: False))
    async with Mailboxes(tls=tls if secured else None, accounts={"ld": "clave"}).listening() as mailboxes:
        with pytest.raises(TransientError, match="CERTIFICATE_VERIFY_FAILED" if secured else "STARTTLS"):
            await adapter(to(mailboxes, login="ld:clave@")).send(mail(), key="k1", target=None)
    assert mailboxes.attempts == 0


async def test_files_go_along(mailboxes: Mailboxes) -> None:
    log = File(id="f1", name="router\r\nBcc: x@y.z.log", media_type="text/plain", size=5)
    gone = File(id="f2", name="perdido.log", size=5)
    message = Message(blocks=(Paragraph((Plain("Adjunto:"),)), Attachments((log, gone))))
    letter = Mail(to="noc@vendor.example", subject="LD-12", message=message)
    await adapter(to(mailboxes), f1=b"09:15").send(letter, key="k1", target=None)
    [taken] = mailboxes.taken
    [file] = list(taken.letter.iter_attachments())
    assert (file.get_filename(), file.get_content()) == ("router Bcc: x@y.z.log", "09:15")
    assert "perdido.log" in taken.part("plain")
    assert taken.letter["Bcc"] is None


async def test_an_address_that_is_none_is_refused_before_anything_is_sent(mailboxes: Mailboxes) -> None:
    for address in ("a@b.example\r\nBcc: x@y.example", "a b@c.example>"):
        with pytest.raises(PermanentError):
            await adapter(to(mailboxes)).send(mail(to=address), key="k1", target=None)
    assert not mailboxes.taken


async def test_only_mail_is_sent_by_mail(mailboxes: Mailboxes) -> None:
    post = Post(place=Place(platform=Platform.WEB, channel="c"), message=mail().message)
    with pytest.raises(PermanentError):
        await adapter(to(mailboxes)).send(post, key="k1", target=None)


async def test_without_a_server_each_mail_is_a_file(tmp_path: Path) -> None:
    sender = adapter(FolderOutlet(tmp_path / "mail"))
    for _ in range(2):
        await sender.send(mail(), key="k1", target=None)
    [file] = (tmp_path / "mail").iterdir()
    assert file.name == "k1.eml"
    assert message_from_bytes(file.read_bytes())["To"] == "carmen@desk.example"


async def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in the way")
    with pytest.raises(TransientError):
        await adapter(FolderOutlet(tmp_path / "mail")).send(mail(), key="k1", target=None)


@pytest.mark.parametrize(
    "address",
    ["", "mail.example:25", "http://mail.example", "smtp://", "smtp://h:port", "smtp://h/path", "smtp://h?x=1"],
)
def test_an_address_of_no_mail_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        read_server(address)


def test_an_address_of_a_server_has_its_usual_port() -> None:
    assert (read_server("smtp://h").port, read_server("smtps://h").port, read_server("smtp://[::1]:25").port) == (
        587,
        465,
        25,
    )
    assert "geheim" not in repr(read_server("smtps://u:geheim@h"))
