"""`ldsupport run` on the fake Slack, as a process that can be killed and started again over the same data."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from adapters.slack.adapter import PATH
from tests.fakes.slack import FakeSlack
from tests.page import free_port

# The fake allows more than one message a second and channel; else a flood would take an hour.
_RUN = """
import sys
from functools import partial
from adapters.slack import adapter
adapter.Pace = partial(adapter.Pace, speed=1000)
from bot.cli import main
sys.exit(main())
"""
_CHANNEL = """
[[channels]]
platform = "slack"
id = "{id}"
name = "{name}"
role = "customer"
organisation = "Empresa {name}"
"""


class Process:
    """The assistant over Socket Mode or, with `http`, over signed HTTP."""

    def __init__(self, folder: Path, slack: FakeSlack, *, channels: list[str], http: bool = False) -> None:
        self._folder = folder
        self._slack = slack
        self._http = http
        settings = "".join(_CHANNEL.format(id=name, name=name.lower()) for name in channels)
        (folder / "support.toml").write_text(settings, encoding="utf-8")
        self._url = f"http://127.0.0.1:{(port := free_port())}"
        door = {"SLACK_SIGNING_SECRET": slack.signing_secret} if http else {"SLACK_APP_TOKEN": slack.app_token}
        self._environment = os.environ | {
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'support.db'}",
            "HOST": "127.0.0.1",
            "LC_ALL": "es_PE.UTF-8",
            "PORT": str(port),
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_API_URL": slack.api_url,
            **door,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def order(self, *words: str) -> asyncio.subprocess.Process:
        """Run a command of it."""
        with (self._folder / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", _RUN, *words), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )

    async def prepare(self) -> None:
        """Make its database."""
        upgrade = await self.order("db", "upgrade")
        assert await upgrade.wait() == 0, self.log

    async def start(self) -> None:
        """Start it and wait until Slack can reach it."""
        self._process = await self.order("run")
        reached = asyncio.create_task(self._reached())
        ended = asyncio.create_task(self._process.wait())
        await asyncio.wait({reached, ended}, return_when=asyncio.FIRST_COMPLETED)
        assert self._process.returncode is None, self.log
        ended.cancel()
        await reached

    async def _reached(self) -> None:
        if not self._http:
            await self._slack.until(lambda: len(self._slack.delivery.sockets) == 2, seconds=30)
            return
        self._slack.deliver_to(f"{self._url}{PATH}")
        while not (await self._slack.delivery.bring("events_api", {"type": "url_verification", "challenge": "1"})).ok:
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        await self._slack.until(lambda: not self._slack.delivery.sockets)

    async def stop(self) -> int:
        """End it as an operator would; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self._process.wait()

    @property
    def megabytes(self) -> float:
        """The memory it holds (resident set)."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1000

    @property
    def log(self) -> str:
        return (self._folder / "log.txt").read_text("utf-8", "replace")
