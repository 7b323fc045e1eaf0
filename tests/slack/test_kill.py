"""The whole assistant on Slack, killed in the middle of a flood."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.world import BOT_USER, Channel, User
from tests.slack.process import Process

CHANNELS, EACH = 30, 50


def crowd(slack: FakeSlack) -> list[tuple[str, str]]:
    """Many people, each in a channel shared with their company: their id and the channel's."""
    places = []
    for number in range(CHANNELS):
        channel = f"C1{number:02}"
        members = {f"U1{number:02}{each:02}" for each in range(EACH)}
        slack.world.channels[channel] = Channel(channel, channel, {*members, BOT_USER}, shared=True)
        for member in sorted(members):
            slack.world.users[member] = User(member, f"Persona {member}", team=f"T1{number}")
            places.append((member, channel))
    return places


@pytest.mark.timeout(180)
async def test_a_flood_with_two_kills_in_it_is_answered_once_in_every_thread(slack: FakeSlack, tmp_path: Path) -> None:
    people = crowd(slack)
    process = Process(tmp_path, slack, channels=sorted({channel for _, channel in people}))
    await process.prepare()
    await process.start()
    await slack.until(lambda: slack.calls("users.conversations"))
    roots = [(channel, slack.customer(who).says(channel, "hola")) for who, channel in people]
    channels = {channel for channel, _ in roots}

    def answers() -> Counter[tuple[str, str]]:
        return Counter((channel, post["thread_ts"]) for channel in channels for post in slack.posts(channel))

    for share in (0.2, 0.6):
        await slack.until(lambda: len(answers()) >= len(roots) * share, seconds=60)  # noqa: B023 - awaited at once
        await process.kill()
        await asyncio.sleep(1.5)  # Slack's retries of what was not acknowledged run out meanwhile
        await process.start()
    await slack.until(lambda: len(answers()) == len(roots), seconds=90)
    await slack.settled()
    assert await process.stop() == 0, process.log
    assert answers() == Counter(roots)
