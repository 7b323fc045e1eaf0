"""The assistant as a process of its own: started, talked to, stopped and killed as an operator's would be."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30
"""How long the assistant may take to start or to end on a busy machine, in seconds."""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a process that keeps everything in a folder."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "TMPDIR"}}
    database = f"sqlite+aiosqlite:///{folder}/data/support.db"
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "DATABASE_URL": database} | variables


class RunningDesk:
    """A running `ldsupport try`, at `url`."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, log: Path) -> None:
        self.process = process
        self.url = url
        self._log = log

    @property
    def log(self) -> str:
        """What it has written so far."""
        return self._log.read_text()

    async def until_ready(self) -> None:
        """Wait until it says that it can do its work."""
        async with aiohttp.ClientSession() as client, asyncio.timeout(PATIENCE):
            while True:
                assert self.process.returncode is None, self.log
                try:
                    async with client.get(f"{self.url}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        """End it at once, in the middle of whatever it is doing."""
        self.process.kill()

    async def stop(self) -> int:
        """Tell it to stop; return its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended; return its exit code."""
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()


@asynccontextmanager
async def running_desk(folder: Path, *, port: int | None = None, **variables: str) -> AsyncIterator[RunningDesk]:
    """Run the try page with everything it keeps in a folder; stop it at the end if it still runs."""
    port = port or free_port()
    log = folder / f"log-{port}.txt"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "try", "--port", str(port)),
            cwd=folder,
            env=environment(folder, **variables),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    desk = RunningDesk(process, f"http://127.0.0.1:{port}", log)
    try:
        await desk.until_ready()
        yield desk
    finally:
        if process.returncode is None:
            await desk.stop()
