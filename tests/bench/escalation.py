"""How soon a manager sees an alert after a customer's word: over the page, with mail, through a running process."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from tests.page import Post, Visitor, running, text_of

CASES = 60
PERCENTS = (50, 99)


def is_alert(case: str, post: Post) -> bool:
    """Tell whether a post is the alert of a case."""
    return post["channel"] == "escalations" and text_of(post).startswith(f"🔺 {case} ")


async def file_cases(ana: Visitor) -> list[str]:
    """Let a customer file cases, each in a thread of its own; return the threads."""
    threads = []
    for number in range(1, CASES + 1):
        post = await ana.says("nuevo", channel="acme")
        await ana.says("persona", channel="acme", thread=post["id"])
        await ana.sees(lambda post, number=number: f"número LD-{number}." in text_of(post))  # type: ignore[misc]
        threads.append(post["id"])
    return threads


async def alerted(ana: Visitor, carmen: Visitor, case: str, thread: str) -> float:
    """Send a case up by a word; return the seconds until its alert is before the manager."""
    begun = time.perf_counter()
    await ana.says(f"escalar {case}: nadie contesta", channel="acme", thread=thread)
    await carmen.sees(lambda post: is_alert(case, post))
    return time.perf_counter() - begun


async def main() -> None:
    """Print the table."""
    print(f"Escalation: from a customer's word to the alert before a manager, {CASES} times, each with an e-mail")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            running(folder, f"sqlite:///{folder / 'support.db'}") as desk,
            aiohttp.ClientSession() as session,
            AsyncExitStack() as stack,
        ):
            ana, carmen = Visitor(desk.url, "ana", session), Visitor(desk.url, "carmen", session)
            for visitor in (ana, carmen):
                stack.push_async_callback(visitor.close)
            threads = await file_cases(ana)
            times = [await alerted(ana, carmen, f"LD-{n}", thread) for n, thread in enumerate(threads, 1)]
            cuts = statistics.quantiles(times, n=100, method="inclusive")
            for percent in PERCENTS:
                print(f"  {f'alert visible, p{percent}':44} {cuts[percent - 1] * 1000:7.0f} ms")
            async with asyncio.timeout(30):
                while len(list((folder / "data" / "mail").glob("*.eml"))) < CASES:
                    await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main())
