"""The process dies while it reads its mailbox: every mail is told once, and none is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import aiohttp
import pytest

from adapters.mail.mailbox import read_mailbox
from bot.mail import StoredBookmark
from storage.database import Database
from tests.conftest import NewDatabase
from tests.fakes.imap import imap_server
from tests.mail.test_inbox import letter
from tests.page import Assistant, Visitor, text_of

MAILS = 40


async def test_mails_are_told_once_through_a_death(
    tmp_path: Path, new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_sqlite(True)
    async with imap_server() as server:
        monkeypatch.setenv("IMAP_URL", server.url)
        database = await Database.open(url)
        await StoredBookmark(database, read_mailbox(server.url).name).save(f"{server.validity}:0:2026-11-01")
        await database.close()
        for number in range(MAILS):
            server.comes(letter(f"correo-{number:02}"))
        assistant = Assistant(tmp_path, url)
        try:
            await assistant.start()
            await server.until_seen(MAILS // 2)
            await assistant.kill()
            await assistant.start()
            await server.until_seen(MAILS)
            async with aiohttp.ClientSession() as session:
                visitor = Visitor(assistant.url, "marta", session)
                last = f"correo-{MAILS - 1:02}»"
                await visitor.sees(lambda post: last in text_of(post))
                told = Counter(text_of(post) for post in visitor.posts.values() if "«correo-" in text_of(post))
                await visitor.close()
        finally:
            await assistant.kill()
    assert (len(told), set(told.values())) == (MAILS, {1})
