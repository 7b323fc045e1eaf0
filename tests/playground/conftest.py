"""Two Agents Playgrounds with the assistant behind them, and a browser before them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.conftest import browser
from tests.playground.chat import Chat
from tools.playground import Ports, free_ports, playground

__all__ = ["browser"]

Sit = Callable[[str], Awaitable[Chat]]


@pytest.fixture
async def ports(tmp_path: Path) -> AsyncIterator[Ports]:
    free = free_ports()
    async with playground(tmp_path, free):
        yield free


@pytest.fixture
async def sit(ports: Ports, browser: Browser) -> Sit:
    """Sit down before the Playground of the `customer` (as Ana) or of the `desk` (as Marta)."""

    async def at(whose: str) -> Chat:
        context = await browser.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
        context.set_default_timeout(20_000)
        page = await context.new_page()
        await page.goto(f"http://localhost:{getattr(ports, whose)}", wait_until="domcontentloaded")
        await page.get_by_role("treeitem").first.wait_for()
        await page.get_by_title("Hide log panel").click()
        return Chat(page)

    return at
