"""A flood: many people in many channels at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest

from adapters.slack.pace import Pace
from dialogs.events import Event, Said
from dialogs.messages import Message, Paragraph, Plain, Post
from dialogs.ports import TransientError, UnknownOutcomeError
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.world import BOT_USER, Channel, User
from tests.slack.conftest import Connect
from tests.slack.desk import Desk

CHANNELS, EACH = 30, 50


@pytest.mark.parametrize("http", [True, False])
async def test_1500_messages_in_30_channels_are_all_answered_in_order_and_none_twice(
    connect: Connect, slack: FakeSlack, desk: Desk, *, http: bool
) -> None:
    slack.web.post_every = 0.001
    slack.delivery.ack_within = 60.0  # what is late comes again, and that is tested elsewhere
    slack.faults.twins = 1
    people = []
    for number in range(CHANNELS):
        user = User(f"U1{number}", f"Persona {number}", team=f"T1{number}")
        slack.world.users[user.id] = user
        name = f"C1{number}"
        slack.world.channels[name] = Channel(name, name, {user.id, BOT_USER}, shared=True)
        people.append((slack.customer(user.id), name))
    adapter = await connect(http=http, pace=Pace(speed=2000))
    slack.faults.next("chat.postMessage", *["lost", "cut", "limit:0.05", "html"] * 10)
    lanes: dict[str, asyncio.Queue[Event]] = defaultdict(asyncio.Queue)

    async def keep(event: Event) -> None:
        lanes[event.place.channel].put_nowait(event)

    async def answer(channel: str) -> None:
        for _ in range(EACH):
            event = await lanes[channel].get()
            assert isinstance(event.what, Said)
            message = Message(blocks=(Paragraph((Plain(event.what.text),)),))
            delivery = Post(place=event.place, message=message)
            sent = None
            while sent is None:
                try:
                    sent = await adapter.find(delivery, key=event.key, target=None) if unsure else None
                    sent = sent or await adapter.send(delivery, key=event.key, target=None)
                    unsure.discard(event.key)
                except TransientError as error:
                    await asyncio.sleep(error.retry_after or 0.01)
                except UnknownOutcomeError:
                    unsure.add(event.key)

    unsure: set[str] = set()
    desk.before = keep
    answering = [asyncio.create_task(answer(channel)) for _, channel in people]
    roots = {channel: ana.says(channel, "0") for ana, channel in people}
    for number in range(1, EACH):
        for someone, channel in people:
            someone.says(channel, str(number), thread=roots[channel])
    await asyncio.wait_for(asyncio.gather(*answering), 100)
    await slack.settled()
    assert slack.delivery.given_up == []
    assert len(desk.said()) == CHANNELS * EACH
    for _, channel in people:
        kept = [
            event.what.text for event in desk.events if event.place.channel == channel and isinstance(event.what, Said)
        ]
        assert [post["text"] for post in slack.posts(channel)] == kept
        assert sorted(map(int, kept)) == list(range(EACH))
