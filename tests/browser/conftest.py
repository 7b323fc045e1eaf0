"""Real Chromium, and a page with a scripted desk behind it that runs in this process."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Error, Page, async_playwright

from tests.fakes.room import Room, open_room, room

__all__ = ["open_room", "room"]

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium() -> str:
    """Return where Chromium is, or say how to get it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "The browser tests need Chromium: install it, or name it in the variable CHROMIUM."
    return found


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield started
        await started.close()


Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Open the page as somebody, each in a browser of their own; what goes wrong in it fails the test."""
    wrong: list[str] = []

    def note(page: Page, error: Error) -> None:
        wrong.append(f"{page.url}: {error}")

    async def open_as(origin: str, who: str, *, language: str = "es", **options: object) -> Page:
        context = await browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: note(page, error))
        await page.goto(f"{origin}/?as={who}&language={language}")
        await page.locator(".channel").first.wait_for()
        return page

    yield open_as
    assert wrong == []


@pytest.fixture
def as_person(room: Room, visit: Visit) -> Callable[..., Awaitable[Page]]:
    """Open the scripted page as somebody."""
    return lambda who, **options: visit(room[who].origin, who, **options)
