"""`ldsupport run` on the fake Slack, as a process that can be killed and started again over the same data."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.fakes.slack import FakeSlack

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
    """The assistant over Socket Mode."""

    def __init__(self, folder: Path, slack: FakeSlack, *, channels: list[str]) -> None:
        self._folder = folder
        self._slack = slack
        settings = "".join(_CHANNEL.format(id=name, name=name.lower()) for name in channels)
        (folder / "support.toml").write_text(settings, encoding="utf-8")
        self._environment = os.environ | {
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'support.db'}",
            "PORT": "0",
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def order(self, *words: str) -> asyncio.subprocess.Process:
        with (self._folder / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", _RUN, *words), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )

    async def start(self) -> None:
        """Start it and wait until both its sockets are open."""
        self._process = await self.order("run")
        connected = asyncio.create_task(self._slack.until(lambda: len(self._slack.delivery.sockets) == 2, seconds=30))
        ended = asyncio.create_task(self._process.wait())
        await asyncio.wait({connected, ended}, return_when=asyncio.FIRST_COMPLETED)
        assert self._process.returncode is None, self.log
        ended.cancel()
        await connected

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
    def log(self) -> str:
        return (self._folder / "log.txt").read_text("utf-8", "replace")
