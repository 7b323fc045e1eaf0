"""Teams in the browser without an account: two Agents Playgrounds of Microsoft's, and the assistant behind both.

`python -m tools.playground` runs them until Ctrl-C. Each Playground is the Teams of one organisation, with one person
before it: Ana of a customer, and Marta of the support. `make teams` fetches the Playground first.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import aiohttp

TOP = Path(__file__).resolve().parent.parent
CONFIGURATION = TOP / "adapters" / "teams" / "playground"
PLAYGROUND = TOP / ".venv" / "node" / "node_modules" / ".bin" / "agentsplayground"
LOG = "log.txt"
PATIENCE = 60.0
"""How long something may take to answer after its start, in seconds."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the customer's Playground, the desk's and the assistant listen, on this machine."""

    customer: int
    desk: int
    assistant: int


def free_ports() -> Ports:
    """Return ports that nobody listens on."""
    with ExitStack() as stack:
        doors = [stack.enter_context(socket.socket()) for _ in range(3)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return Ports(*(door.getsockname()[1] for door in doors))


@asynccontextmanager
async def playground(folder: Path, ports: Ports, language: str = "es") -> AsyncIterator[None]:
    """Run the assistant and two Playgrounds before it, with their data and logs in a folder.

    Raises:
        RuntimeError: one of them does not start; the log says why.
    """
    assistant = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'support.db'}",
        "LC_ALL": f"{language}.UTF-8",
        "PORT": str(ports.assistant),
        "SUPPORT_SETTINGS": str(CONFIGURATION / "support.toml"),
        "TEAMS_ALLOW_ANONYMOUS": "1",
    }
    async with AsyncExitStack() as stack:
        command = [sys.executable, "-m", "bot.cli", "run"]
        await stack.enter_async_context(
            _running(command, folder / "assistant", assistant, f"http://127.0.0.1:{ports.assistant}/readyz")
        )
        for place, port in (("customer", ports.customer), ("desk", ports.desk)):
            await stack.enter_async_context(
                _running(
                    _playground(ports.assistant, port),
                    folder / place,
                    {
                        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(CONFIGURATION / place / ".m365agentsplayground.yml"),
                        "TEAMSAPPTESTER_BROWSER": "none",
                        "TZ": "America/Bogota",
                    },
                    f"http://127.0.0.1:{port}/_debug/ping",
                )
            )
        yield


def _playground(assistant: int, port: int) -> list[str]:
    endpoint = f"http://127.0.0.1:{assistant}/api/messages"
    return [str(PLAYGROUND), "-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry"]


@asynccontextmanager
async def _running(command: list[str], folder: Path, variables: dict[str, str], ready: str) -> AsyncIterator[None]:
    with _log(folder) as log:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(TOP)} | variables,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        if not await _answers(process, ready):
            raise RuntimeError(_silence(ready, folder))
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _log(folder: Path) -> BinaryIO:
    folder.mkdir()
    return (folder / LOG).open("wb")


def _silence(url: str, folder: Path) -> str:
    return f"{url} does not answer:\n{(folder / LOG).read_text('utf-8', 'replace')}"


async def _answers(process: asyncio.subprocess.Process, url: str) -> bool:
    """Wait until something answers, and tell whether it does."""
    async with aiohttp.ClientSession() as session:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline and process.returncode is None:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return True
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
    return False


async def _run() -> None:
    ports, told = free_ports(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    with TemporaryDirectory(prefix="ldsupport-") as folder:
        async with playground(Path(folder), ports):
            print(f"Ana, a customer:     http://localhost:{ports.customer}")
            print(f"Marta, at the desk:  http://localhost:{ports.desk}")
            print(f"Their logs are in {folder}. Ctrl-C ends it.", flush=True)
            await told.wait()


if __name__ == "__main__":
    try:
        asyncio.run(_run())
    except RuntimeError as error:
        sys.exit(str(error))
