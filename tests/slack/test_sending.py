"""Deliveries: each arrives once, whatever happens to the call."""

from __future__ import annotations

import asyncio
import time

import pytest

from adapters.slack.adapter import SlackAdapter
from adapters.slack.pace import Pace
from dialogs.events import File, FileProblem, Place, Platform
from dialogs.messages import Attachments, Button, Mail, Message, Paragraph, Plain, Post, React, Revise
from dialogs.ports import PermanentError, TransientError, UnknownOutcomeError
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import Connect
from tests.slack.desk import Shelf

DESK = Place(platform=Platform.SLACK, channel="C0DESK")
LONG = "no hay tono en la línea. " * 400


def message(text: str, *files: File) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)), *((Attachments(files),) if files else ())))


def post(text: str = "hola", *files: File, place: Place = DESK) -> Post:
    return Post(place=place, message=message(text, *files))


@pytest.fixture
async def sender(connect: Connect) -> SlackAdapter:
    return await connect(http=True)


async def test_a_post_carries_its_key_and_notifies_nobody_by_itself(sender: SlackAdapter, slack: FakeSlack) -> None:
    """There is no documented key of idempotency: the delivery's id goes with the message. Any member may read it."""
    ts = await sender.send(post("@here <!channel>"), key="o1", target=None)
    (sent,) = slack.calls("chat.postMessage")
    assert slack.posts("desk")[0]["ts"] == ts
    assert sent["metadata"] == {"event_type": "ldsupport_delivery", "event_payload": {"key": "o1"}}
    assert (sent["parse"], sent["mrkdwn"], sent["unfurl_links"], sent["unfurl_media"]) == ("none", False, False, False)
    assert sent["text"] == "@here &lt;!channel&gt;"
    assert "link_names" not in sent


async def test_a_message_goes_under_another_and_is_revised(sender: SlackAdapter, slack: FakeSlack) -> None:
    card = await sender.send(Post(place=DESK, message=message("LD-12"), ref="card:LD-12"), key="o1", target=None)
    assert card
    await sender.send(Post(place=DESK, message=message("nota"), under="card:LD-12"), key="o2", target=card)
    revised = Revise(place=DESK, ref="card:LD-12", message=message("LD-12, tomado"))
    assert await sender.send(revised, key="o3", target=card) == card
    assert [one["text"] for one in slack.thread("desk", card)] == ["LD-12, tomado", "nota"]


async def test_a_revision_too_long_for_one_message_keeps_its_buttons(sender: SlackAdapter, slack: FakeSlack) -> None:
    card = await sender.send(post(), key="o1", target=None)
    assert card
    long = Message(blocks=message(LONG).blocks, controls=(Button(name="case.take", label="Tomar"),))
    await sender.send(Revise(place=DESK, ref="card:LD-1", message=long), key="o2", target=card)
    (shown,) = slack.posts("desk")
    assert shown["blocks"][-1]["type"] == "actions"


async def test_the_assistant_writes_to_a_person(sender: SlackAdapter, slack: FakeSlack) -> None:
    place = Place(platform=Platform.SLACK, channel="U0ANA", direct=True)
    await sender.send(post("hola", place=place), key="o1", target=None)
    await sender.send(post("¿sigue ahí?", place=place), key="o2", target=None)
    assert [one["text"] for one in slack.posts("DU0ANA")] == ["hola", "¿sigue ahí?"]
    assert len(slack.calls("conversations.open")) == 1


async def test_reactions_come_and_go_and_twice_is_once(sender: SlackAdapter, slack: FakeSlack) -> None:
    ts = slack.customer("ana").says("acme", "hola")
    place = Place(platform=Platform.SLACK, channel="C0ACME", thread=ts)
    for number, added in enumerate((True, True, False, False)):
        await sender.send(React(place=place, message=ts, emoji="eyes", added=added), key=f"o{number}", target=None)
    found = slack.channel("acme").find(ts)
    assert found
    assert found["my_reactions"] == []


@pytest.mark.parametrize("fault", ["lost", "cut", "html", "status:500", "error:internal_error", "error:fatal_error"])
async def test_after_a_lost_answer_the_message_is_looked_for_and_never_repeated_by_the_client(
    sender: SlackAdapter, slack: FakeSlack, fault: str
) -> None:
    """The client's own retry of a lost connection may post a message that was posted already."""
    slack.faults.next("chat.postMessage", fault)
    with pytest.raises(UnknownOutcomeError):
        await sender.send(post(), key="o1", target=None)
    assert len(slack.calls("chat.postMessage")) == 1
    found = await sender.find(post(), key="o1", target=None)
    assert found == (slack.posts("desk")[0]["ts"] if fault == "lost" else None)
    assert await sender.find(post(), key="o2", target=None) is None


async def test_a_lost_answer_in_a_thread_is_found_there(sender: SlackAdapter, slack: FakeSlack) -> None:
    root = slack.customer("ana").says("acme", "hola")
    reply = post(place=Place(platform=Platform.SLACK, channel="C0ACME", thread=root))
    for number in range(230):
        slack.customer("ana").says("acme", str(number), thread=root)
    slack.faults.next("chat.postMessage", "lost")
    with pytest.raises(UnknownOutcomeError):
        await sender.send(reply, key="o1", target=None)
    assert await sender.find(reply, key="o1", target=None) == slack.posts("acme")[0]["ts"]


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"])
async def test_a_channel_that_is_closed_to_the_bot_is_final(sender: SlackAdapter, slack: FakeSlack, code: str) -> None:
    slack.faults.next("chat.postMessage", f"error:{code}")
    with pytest.raises(PermanentError, match=code):
        await sender.send(post(), key="o1", target=None)


async def test_the_bot_was_removed_from_a_channel(sender: SlackAdapter, slack: FakeSlack) -> None:
    """Nothing will ever be taken there, so nothing is tried for ever."""
    slack.channel("desk").members.discard("U0BOT")
    with pytest.raises(PermanentError, match="not_in_channel"):
        await sender.send(post(), key="o1", target=None)


async def test_a_token_that_was_taken_back_waits_for_the_operator(sender: SlackAdapter, slack: FakeSlack) -> None:
    slack.web.auth_works = False
    with pytest.raises(TransientError, match="invalid_auth") as caught:
        await sender.send(post(), key="o1", target=None)
    assert caught.value.retry_after == 60


async def test_slack_out_of_reach_is_transient_only_where_nothing_can_have_been_sent(
    sender: SlackAdapter, slack: FakeSlack
) -> None:
    assert slack._runner
    await slack._runner.cleanup()
    with pytest.raises(UnknownOutcomeError):  # over the connection that was open
        await sender.send(post(), key="o1", target=None)
    with pytest.raises(TransientError):
        await sender.send(post(), key="o1", target=None)


async def test_after_a_429_everybody_waits(connect: Connect, slack: FakeSlack) -> None:
    """The client would wait by itself while all others run into the same limit."""
    sender = await connect(http=True)
    slack.faults.next("chat.postMessage", "limit:30")
    for key in ("o1", "o2"):
        with pytest.raises(TransientError) as caught:
            await sender.send(post(), key=key, target=None)
        assert caught.value.retry_after
        assert 29 < caught.value.retry_after <= 30
    assert len(slack.calls("chat.postMessage")) == 1
    await sender.send(Revise(place=DESK, ref="r", message=message("x")), key="o3", target=await first_post(slack))


async def first_post(slack: FakeSlack) -> str:
    posted = slack.web.do_chat_postmessage({"channel": "C0DESK", "text": "x", "blocks": []})
    return str(posted["ts"])


async def test_a_storm_of_429_is_waited_out_in_order(connect: Connect) -> None:
    async with FakeSlack(post_every=0.01) as strict:
        sender = await connect(http=True, api_url=strict.api_url, bot_token=strict.bot_token, pace=Pace(speed=1000))

        async def insist(number: int) -> None:
            sent = None
            while sent is None:
                try:
                    sent = await sender.send(post(str(number)), key=f"o{number}", target=None)
                except TransientError as error:
                    await asyncio.sleep(error.retry_after or 0.01)

        await asyncio.gather(*map(insist, range(10)))
        assert sorted(int(one["text"]) for one in strict.posts("desk")) == list(range(10))


async def test_one_message_a_second_and_channel(connect: Connect, slack: FakeSlack) -> None:
    """More than that, and there is no promise that a message is kept or shown."""
    sender = await connect(http=True, pace=Pace(speed=50))
    began = time.monotonic()
    places = [DESK, Place(platform=Platform.SLACK, channel="C0ACME")]
    sends = [
        sender.send(post(str(n), place=place), key=f"{place.channel}{n}", target=None)
        for n in range(6)
        for place in places
    ]
    await asyncio.gather(*sends)
    assert 0.1 <= time.monotonic() - began < 0.5
    assert [one["text"] for one in slack.posts("desk")] == list("012345")
    assert [one["text"] for one in slack.posts("acme")] == list("012345")


async def test_a_long_message_interrupted_half_way_is_finished_and_not_begun_again(
    sender: SlackAdapter, slack: FakeSlack
) -> None:
    slack.faults.next("chat.postMessage", "", "cut")
    with pytest.raises(UnknownOutcomeError):
        await sender.send(post(LONG), key="o1", target=None)
    assert await sender.find(post(LONG), key="o1", target=None) is None
    ts = await sender.send(post(LONG), key="o1", target=None)
    posted = slack.posts("desk")
    assert posted[0]["ts"] == ts
    assert "".join(one["text"] for one in posted) == LONG.rstrip() + " " * (len(LONG) - len(LONG.rstrip()))
    assert await sender.find(post(LONG), key="o1", target=None) == ts


@pytest.fixture
def photo(shelf: Shelf) -> File:
    shelf.contents["f1"] = b"\x89PNG picture"
    return File(id="f1", name="foto <!here>.png", media_type="image/png", size=12)


async def test_files_follow_their_message_into_its_thread(sender: SlackAdapter, slack: FakeSlack, photo: File) -> None:
    missing = File(id="f2", name="grande.zip", problem=FileProblem.TOO_LARGE)
    ts = await sender.send(post("mire", photo, missing), key="o1", target=None)
    said, shared = slack.posts("desk")
    assert (said["ts"], shared["thread_ts"]) == (ts, ts)
    assert [slack.world.contents[file["id"]] for file in shared["files"]] == [b"\x89PNG picture"]


async def test_a_file_whose_arrival_is_unknown_is_not_sent_twice(
    sender: SlackAdapter, slack: FakeSlack, photo: File
) -> None:
    slack.faults.next("files.completeUploadExternal", "lost")
    place = Place(platform=Platform.SLACK, channel="C0ACME", thread=slack.customer("ana").says("acme", "hola"))
    delivery = post("mire", photo, place=place)
    with pytest.raises(UnknownOutcomeError):
        await sender.send(delivery, key="o1", target=None)
    found = await sender.find(delivery, key="o1", target=None)
    assert found == slack.posts("acme")[0]["ts"]
    assert await sender.send(delivery, key="o1", target=None) == found
    assert len(slack.posts("acme")) == 2


async def test_a_file_that_was_cut_off_is_sent_again(sender: SlackAdapter, slack: FakeSlack, photo: File) -> None:
    slack.faults.next("files.completeUploadExternal", "cut")
    place = Place(platform=Platform.SLACK, channel="C0ACME", thread=slack.customer("ana").says("acme", "hola"))
    delivery = post("mire", photo, place=place)
    with pytest.raises(UnknownOutcomeError):
        await sender.send(delivery, key="o1", target=None)
    assert await sender.find(delivery, key="o1", target=None) is None
    await sender.send(delivery, key="o1", target=None)
    assert [bool(one.get("files")) for one in slack.posts("acme")] == [False, True]


async def test_where_the_other_company_lets_no_files_in_it_is_said_that_the_words_arrived(
    sender: SlackAdapter, slack: FakeSlack, photo: File
) -> None:
    """Slack Connect: an admin of the other side may block files."""
    slack.faults.next("files.completeUploadExternal", "error:slack_connect_file_link_sharing_blocked")
    with pytest.raises(PermanentError, match=r"slack_connect_file_link_sharing_blocked; without .*foto.*png"):
        await sender.send(post("mire", photo), key="o1", target=None)
    assert [one["text"].splitlines()[0] for one in slack.posts("desk")] == ["mire"]


async def test_mail_is_not_for_slack(sender: SlackAdapter) -> None:
    with pytest.raises(PermanentError):
        await sender.send(Mail(to="a@b.pe", subject="x", message=message("x")), key="o1", target=None)
