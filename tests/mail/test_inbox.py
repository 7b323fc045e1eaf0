"""Reading a mailbox over IMAP: each mail once, in order, whatever is down meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from adapters.mail.inbox import Inbox
from adapters.mail.mailbox import Mailbox, MailboxError, read_mailbox
from bot.doctor import Level, examine
from bot.environment import read_environment
from bot.files import Files
from bot.mail import StoredBookmark
from bot.turns import Turns
from dialogs.events import Event, FileProblem, Mailed
from dialogs.messages import Reply
from storage.database import Database
from tests.fakes.imap import PASSWORD, USER, ImapFault, ImapServer, imap_server
from tests.stage import BareStage

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)


class MemoryBookmark:
    def __init__(self) -> None:
        self.mark: str | None = None

    async def load(self) -> str | None:
        return self.mark

    async def save(self, mark: str) -> None:
        self.mark = mark


class Desk:
    """Keeps each event once, as the real one does; fails as often as a test says."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.order: list[str] = []
        self.failures = 0

    async def __call__(self, event: Event) -> Reply | None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the store is away")
        self.order.append(event.key)
        self.events.setdefault(event.key, event)
        return None

    @property
    def subjects(self) -> list[str]:
        return [event.what.subject for event in self.events.values() if isinstance(event.what, Mailed)]


@pytest.fixture
async def server() -> AsyncIterator[ImapServer]:
    async with imap_server() as running:
        yield running


def letter(subject: str, *, sender: str = "noc@carrierx.example", text: str = "Listo.") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, USER, subject
    message["Message-ID"] = f"<{subject.replace(' ', '-')}@carrierx.example>"
    message.set_content(text)
    return message.as_bytes()


def reading(
    server: ImapServer, folder: Path, bookmark: MemoryBookmark | StoredBookmark, max_bytes: int = 10**6
) -> Inbox:
    files = Files(folder, max_bytes=10**6, forbidden=frozenset())
    address = read_mailbox(server.url)
    return Inbox(address, files, bookmark, sender=USER, max_bytes=max_bytes, now=lambda: NOW, poll=0.02)


@asynccontextmanager
async def running(inbox: Inbox, sink: Callable[[Event], object]) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    task = asyncio.create_task(inbox.run(sink, stopping))  # type: ignore[arg-type]
    try:
        yield
    finally:
        stopping.set()
        await task


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not what():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("plain", [True, False])
async def test_what_was_there_before_is_left_alone_and_the_rest_comes_in_order(
    server: ImapServer, tmp_path: Path, *, plain: bool
) -> None:
    server.plain = plain
    server.password = PASSWORD if plain else "clave"
    desk, bookmark = Desk(), MemoryBookmark()
    server.comes(letter("vieja"))
    async with running(reading(server, tmp_path, bookmark), desk):
        await until(lambda: bookmark.mark is not None)
        for subject in ("uno", "dos", "tres"):
            server.comes(letter(subject))
        await server.until_seen(3)
    assert desk.subjects == ["uno", "dos", "tres"]
    assert not server.letters[0].seen
    assert server.sessions == 1


async def test_after_a_restart_it_goes_on_where_it_was(server: ImapServer, tmp_path: Path) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    async with running(reading(server, tmp_path, bookmark), desk):
        await until(lambda: bookmark.mark is not None)
        server.comes(letter("uno"))
        await server.until_seen(1)
    server.comes(letter("mientras no estaba"))
    async with running(reading(server, tmp_path, bookmark), desk):
        await server.until_seen(2)
    assert desk.order == ["mail:<uno@carrierx.example>", "mail:<mientras-no-estaba@carrierx.example>"]


async def test_a_mail_that_the_desk_could_not_keep_comes_again(server: ImapServer, tmp_path: Path) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    async with running(reading(server, tmp_path, bookmark), desk):
        await until(lambda: bookmark.mark is not None)
        desk.failures = 2
        server.comes(letter("uno"))
        server.comes(letter("dos"))
        await server.until_seen(2)
    assert desk.order == ["mail:<uno@carrierx.example>", "mail:<dos@carrierx.example>"]


async def test_lost_connections_and_numbers_given_anew_lose_and_repeat_nothing(
    server: ImapServer, tmp_path: Path
) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    inbox = reading(server, tmp_path, bookmark)
    async with running(inbox, desk):
        await until(lambda: bookmark.mark is not None)
        server.faults.extend([ImapFault.DROPS_FETCH, ImapFault.REFUSES_FETCH])
        server.comes(letter("uno"), NOW.date())
        await server.until_seen(1)
    assert server.sessions == 3
    assert inbox.deaf_since is None
    server.comes(letter("muy vieja"), NOW.date() - timedelta(days=30))
    server.comes(letter("dos"), NOW.date())
    server.renumber()
    async with running(reading(server, tmp_path, bookmark), desk):
        await until(lambda: "dos" in desk.subjects)
    assert desk.subjects == ["uno", "dos"]


async def test_a_mailbox_that_lets_nobody_in_is_told_and_tried_again(server: ImapServer, tmp_path: Path) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    inbox = reading(server, tmp_path, bookmark)
    server.password = "otra"
    async with running(inbox, desk):
        await until(lambda: inbox.deaf_since is not None)
        server.password = PASSWORD
        await until(lambda: inbox.deaf_since is None)
        server.comes(letter("uno"))
        await server.until_seen(1)
    assert desk.subjects == ["uno"]


async def test_copies_of_our_own_mails_are_passed_over(server: ImapServer, tmp_path: Path) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    async with running(reading(server, tmp_path, bookmark), desk):
        await until(lambda: bookmark.mark is not None)
        server.comes(letter("propia", sender=f"LDTelecom <{USER.upper()}>"))
        server.comes(letter("suya"))
        await server.until_seen(2)
    assert desk.subjects == ["suya"]


async def test_of_a_mail_that_is_too_large_the_beginning_is_read(server: ImapServer, tmp_path: Path) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    async with running(reading(server, tmp_path, bookmark, max_bytes=2000), desk):
        await until(lambda: bookmark.mark is not None)
        server.comes(letter("grande", text="Primera línea.\n" + "x" * 70 + "\n" + "relleno " * 5000))
        await server.until_seen(1)
    (event,) = desk.events.values()
    assert isinstance(event.what, Mailed)
    assert event.what.text.startswith("Primera línea.")
    assert [(file.name, file.problem) for file in event.what.files] == [("grande.eml", FileProblem.TOO_LARGE)]


async def test_rubbish_in_the_mailbox_holds_nothing_back(server: ImapServer, tmp_path: Path) -> None:
    desk, bookmark = Desk(), MemoryBookmark()
    async with running(reading(server, tmp_path, bookmark), desk):
        await until(lambda: bookmark.mark is not None)
        for raw in (b"\x00\xff\xfe", b"", b"From: =?x?q?\xff?=\r\nSubject: =?utf-8?b?!!?=\r\n\r\n\xff", letter("bien")):
            server.comes(raw)
        await server.until_seen(4)
    assert "bien" in desk.subjects
    assert len(desk.events) == 4


async def test_through_the_real_turns_a_mail_that_comes_twice_counts_once(
    server: ImapServer, sqlite_database: Database, tmp_path: Path
) -> None:
    stage = await BareStage(sqlite_database).open()
    await stage.says("ana", "no salen las llamadas", channel="acme")
    await stage.says("ana", "persona", channel="acme")
    asked = '/caso derivar LD-1 "Carrier X" TT-991 noc@carrierx.example ¿Pueden?'
    await stage.commands("marta", asked, channel="desk")
    turns: Turns = stage.turns
    raw = letter(f"Re: {stage.chat.mails[-1].subject}", text="Cambiamos la tarjeta.")
    bookmark = StoredBookmark(sqlite_database, "x")
    async with running(reading(server, tmp_path, bookmark), turns.handle):
        async with asyncio.timeout(20):
            while await bookmark.load() is None:
                await asyncio.sleep(0.01)
        server.comes(raw)
        server.comes(raw)
        await server.until_seen(2)
    await stage.deliver()
    assert (await stage.heard("desk")).count("contestó sobre LD-1") == 1


def test_the_address_of_a_mailbox() -> None:
    address = read_mailbox("imaps://soporte%40ld.example:a%2Fb@imap.example/Soporte%20%22x%22")
    assert (address.host, address.port, address.user, address.password) == ("imap.example", 993, USER, "a/b")
    assert (address.folder, address.secure) == ('Soporte "x"', True)
    assert "a/b" not in repr(address)
    for wrong in ("", "imap.example", "pop3://a:b@c", "imaps://imap.example", "imaps://a:b@c/ñ", "imaps://a:b@c?x=1"):
        with pytest.raises(ValueError, match="not an address"):
            read_mailbox(wrong)


async def test_the_doctor_looks_into_the_mailbox(server: ImapServer, tmp_path: Path) -> None:
    variables = {"DATABASE_URL": f"sqlite:///{tmp_path}/s.db", "IMAP_URL": server.url}
    found = {one.phrase: one for one in await examine(read_environment(variables))}
    assert found["bot.doctor.inbox"].values == {"mailbox": f"{USER}@127.0.0.1/INBOX"}
    server.password, variables["IMAP_URL"] = "otra", server.url
    broken = next(one for one in await examine(read_environment(variables)) if one.phrase == "bot.doctor.inbox_broken")
    assert (broken.level, PASSWORD in str(broken.values)) == (Level.BROKEN, False)
    assert "Invalid credentials" in str(broken.values["why"])
    with pytest.raises(MailboxError):
        await asyncio.to_thread(Mailbox, read_mailbox(variables["IMAP_URL"]))
    mistakes = read_environment({"IMAP_URL": "imap.example"}).mistakes
    assert [one.phrase for one in mistakes] == ["bot.settings.imap_url"]
