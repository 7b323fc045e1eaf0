"""The real assistant as a process, and people who use its page over HTTP."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import TypeAdapter

from dialogs.messages import Message, message_text

Post = dict[str, Any]
MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)
TRY = "import sys; from bot.cli import main; sys.exit(main())"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


class Assistant:
    """`ldsupport try` as a process that can be killed and started again over the same data."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._environment = os.environ | {
            "DATABASE_URL": database_url,
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "PYTHONPATH": str(Path(__file__).parent.parent),
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it answers a little later."""
        with (self._folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", TRY, "try"), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )

    async def ready(self) -> None:
        """Wait until it is ready for work."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"{self.url}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                assert self._process is not None
                assert self._process.returncode is None, self.log
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it as an operator would; return its exit code."""
        assert self._process is not None
        self._process.send_signal(how)
        return await self._process.wait()

    @property
    def megabytes(self) -> float:
        """The memory it holds (resident set)."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1000

    @property
    def log(self) -> str:
        return (self._folder / "log.txt").read_text("utf-8", "replace")


@asynccontextmanager
async def running(folder: Path, database_url: str) -> AsyncIterator[Assistant]:
    """Run an assistant for as long as the block lasts."""
    assistant = Assistant(folder, database_url)
    await assistant.start()
    try:
        await assistant.ready()
        yield assistant
    finally:
        await assistant.kill()


class Visitor:
    """Somebody with the page open: sees what is posted, and does things again until they were taken.

    The page's own script behaves so, too: what it sends carries a mark by which a repetition is known.
    """

    def __init__(self, url: str, person: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._person = person
        self._session = session
        self._headers = {"Origin": url}
        self._news = asyncio.Condition()
        self._watching = asyncio.create_task(self._watch())
        self.posts: dict[str, Post] = {}
        self.letters: dict[str, Post] = {}

    async def close(self) -> None:
        self._watching.cancel()
        await asyncio.gather(self._watching, return_exceptions=True)

    async def _watch(self) -> None:
        change = 0
        while True:
            address = f"{self._url}/api/as/{self._person}/feed?after={change}"
            try:
                async with self._session.ws_connect(address, headers=self._headers) as feed:
                    async for frame in feed:
                        told = frame.json()
                        change = told.get("change", change)
                        await self._take(told)
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(0.1)

    async def _take(self, told: dict[str, Any]) -> None:
        async with self._news:
            self.posts |= {post["id"]: post for post in told.get("posts", ())}
            self.letters |= {letter["id"]: letter for letter in told.get("letters", ())}
            self._news.notify_all()

    async def sees(self, what: Callable[[Post], bool], within: float = 60) -> Post:
        """Wait for a post and return it."""
        async with asyncio.timeout(within), self._news:
            while True:
                for post in sorted(self.posts.values(), key=lambda post: post["number"]):
                    if what(post):
                        return post
                await self._news.wait()

    async def catch_up(self) -> None:
        """Have everything that is on the page by now: what a tab that is opened anew would show."""
        address = f"{self._url}/api/as/{self._person}/feed?after=0"
        async with self._session.ws_connect(address, headers=self._headers) as feed:
            async for frame in feed:
                told = frame.json()
                if "posts" in told:
                    await self._take(told)
                    return

    async def says(self, text: str, *, channel: str, thread: str | None = None, files: tuple[str, ...] = ()) -> Post:
        """Write a message, with small files of these names."""
        message = {"nonce": secrets.token_hex(12), "channel": channel, "text": text}
        if thread:
            message["thread"] = thread
        answer = await self._insist("posts", lambda: {"data": _form(message, files)})
        post: Post = answer["post"]
        return post

    async def acts(self, kind: str, **what: str | bool | dict[str, str] | None) -> dict[str, Any]:
        """Press, type a command, send a form …"""
        body = {"kind": kind, "nonce": secrets.token_hex(12), **what}
        return await self._insist("acts", lambda: {"json": body})

    async def _insist(self, path: str, body: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        while True:
            try:
                address = f"{self._url}/api/as/{self._person}/{path}"
                async with self._session.post(address, headers=self._headers, **body()) as response:
                    if response.status < 500:
                        told: dict[str, Any] = await response.json()
                        assert response.status < 400, told
                        return told
            except (aiohttp.ClientError, OSError):
                pass
            await asyncio.sleep(0.1)


def _form(fields: dict[str, str], files: tuple[str, ...]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    for name in files:
        kind = "image/png" if name.endswith("png") else "text/plain"
        form.add_field("file", f"content of {name}".encode(), filename=name, content_type=kind)
    return form


def text_of(post: Post) -> str:
    """Return all that the assistant says in a post, without its form."""
    return message_text(MESSAGE.validate_python(post["message"])) if post["message"] else ""
