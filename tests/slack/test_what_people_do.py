from __future__ import annotations

from adapters.slack.adapter import SlackAdapter
from dialogs.events import Deleted, Edited, Invoked, Joined, Language, Pressed, Reacted, Said, Submitted
from dialogs.messages import Button, Message, Option, Paragraph, Plain, Post, Select
from dialogs.events import Place, Platform
from tests.fakes.slack import MENTION, FakeSlack
from tests.slack.desk import Desk

ACME = Place(platform=Platform.SLACK, channel="C0ACME")


async def test_a_customer_writes_in_the_shared_channel(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    ts = slack.customer("ana").says("acme", "No hay tono en la línea 4 &amp; 5")
    (event,) = await desk.until(1)
    assert event.key == f"slack:message:C0ACME:{ts}"
    assert (event.actor.key, event.actor.name, event.actor.language) == ("slack:T0ACME:U0ANA", "Ana", None)
    assert (event.place.channel, event.place.thread, event.place.direct) == ("C0ACME", ts, False)
    assert event.what == Said(message=ts, text="No hay tono en la línea 4 & 5")
    await slack.settled()
    assert slack.delivery.given_up == []


async def test_a_mention_comes_twice_and_is_one_event(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    slack.customer("luis").says("globex", f"{MENTION} hola")
    await slack.settled()
    (event,) = desk.events
    assert event.actor.key == "slack:E0GLOBEX:U0LUIS"
    assert isinstance(event.what, Said)
    assert (event.what.text, event.what.addressed) == ("hola", True)
