"""What goes wrong between Slack and us, one test for each fault."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from structlog.testing import capture_logs

from adapters.slack.adapter import SlackAdapter, SlackStartError
from dialogs.events import Edited, Event, Language, Place, Platform
from dialogs.messages import Message, Paragraph, Plain, Post
from dialogs.phrases import voice
from dialogs.ports import TransientError
from tests.fakes.slack import MENTION, FakeSlack
from tests.slack.conftest import Connect, serving
from tests.slack.desk import Desk, Notebook, Shelf

SAID = Message(blocks=(Paragraph((Plain("hola"),)),))


async def test_an_event_that_was_not_kept_is_not_acknowledged_and_comes_again(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """Bolt acknowledges an event before its listener runs: a crash after that would lose it."""
    failures = iter([True, True])
    slack.delivery.ack_within = 0.3

    async def full(_: Event) -> None:
        if next(failures, False):
            raise OSError("disk full")

    desk.before = full
    slack.customer("ana").says("acme", "hola")
    await slack.settled()
    assert (desk.said(), slack.delivery.given_up) == (["hola"], [])
    assert len(slack.delivery.tried) > 1


async def test_nothing_is_acknowledged_before_it_is_kept(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """Nor are commands, buttons and forms, which Slack sends only once."""
    commit = asyncio.Event()

    async def hold(_: Event) -> None:
        await commit.wait()

    desk.before = hold
    pressing = asyncio.create_task(slack.agent("marta").commands("desk", "case", "list"))
    slack.customer("ana").says("acme", "hola")
    _, pending = await asyncio.wait({pressing, *slack.delivery.running}, timeout=0.3)
    assert len(pending) == 2
    commit.set()
    await slack.settled()
    assert (await pressing).ok


async def test_one_event_with_the_same_and_with_other_ids_is_one_turn(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """One message may come under many event ids without a header that tells of a retry, and a mention as two events."""
    slack.faults.twins = 5
    slack.customer("ana").says("acme", f"{MENTION} hola")
    await slack.settled()
    assert (desk.said(), slack.delivery.given_up) == (["hola"], [])


async def test_a_slow_turn_is_brought_again_and_is_still_one(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """A retry is not dropped for its header, as it may be the only copy: it is known by what it brings."""

    async def slow(_: Event) -> None:
        await asyncio.sleep(0.6)

    desk.before, slack.delivery.ack_within = slow, 0.5
    slack.customer("ana").says("acme", "hola")
    await slack.settled()
    assert (desk.said(), len(slack.delivery.tried), slack.delivery.given_up) == (["hola"], 2, [])


async def test_disorder_is_taken_as_it_comes_and_told_by_its_times(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """Slack promises no order anywhere."""
    slack.faults.hold = True
    ana = slack.customer("ana")
    root = ana.says("acme", "uno")
    ana.says("acme", "dos", thread=root)
    ana.edits("acme", root, "uno!")
    slack.delivery.release(backwards=True)
    await slack.settled()
    assert sorted(desk.said()) == ["dos", "uno"]
    assert {event.place.thread for event in desk.events} == {None, root}
    in_time = sorted(desk.events, key=lambda event: event.at)
    assert isinstance(in_time[-1].what, Edited)


async def test_one_thread_is_handed_over_in_order(connect: Connect, slack: FakeSlack, desk: Desk) -> None:
    await connect()
    slack.delivery.sockets[1:] = []  # two sockets are two roads
    slack.faults.next("users.info", "slow:0.3")
    ana = slack.customer("ana")
    root = ana.says("acme", "0")
    for number in range(1, 30):
        ana.says("acme", str(number), thread=root)
    await slack.settled()
    assert desk.said() == [str(number) for number in range(30)]


@pytest.mark.parametrize(
    ("token", "sentence"),
    [({"bot_token": "xoxb-wrong"}, "slack.start.bot_token"), ({"app_token": "xapp-wrong"}, "slack.start.app_token")],
)
async def test_a_wrong_token_ends_the_start_with_a_sentence(
    connect: Connect, slack: FakeSlack, token: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SlackStartError) as caught:
        await connect(**token)
    assert caught.value.phrase == sentence
    for language in Language:
        assert "invalid_auth" in voice(language)(caught.value.phrase, why=caught.value.why)
    assert slack.delivery.sockets == []


async def test_slack_down_at_the_start_is_said(connect: Connect, slack: FakeSlack) -> None:
    """Bolt asks `auth.test` with the first request, and drops that if it fails: it is asked before."""
    slack.faults.down = True
    with pytest.raises(SlackStartError) as caught:
        await connect()
    assert caught.value.phrase == "slack.start.unreachable"


async def test_a_client_id_in_the_environment_does_not_take_the_token_away(
    connect: Connect, slack: FakeSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With these two set, Bolt switches to OAuth and drops the token without a word."""
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    await connect()
    slack.customer("ana").says("acme", "hola")
    await desk.until(1)


async def test_slack_out_of_reach_in_mid_request_costs_nothing(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """Bolt would acknowledge and lose a request during which `auth.test` fails."""
    slack.faults.next("auth.test", "error:invalid_auth", times=10)
    slack.faults.next("users.info", "cut", times=10)
    slack.customer("ana").says("acme", "hola")
    await slack.settled()
    assert (desk.events[0].actor.key, desk.events[0].actor.name) == ("slack:T0ACME:U0ANA", "")


async def test_who_cannot_be_told_is_asked_for_again(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """A reaction in a shared channel does not say which company its author is of."""
    ts = slack.customer("ana").says("acme", "hola")
    await slack.settled()
    slack.faults.next("users.info", "cut", times=2)
    slack.delivery.ack_within = 0.5
    slack.customer("luis").reacts("acme", ts, "eyes")
    await slack.settled()
    assert desk.events[-1].actor.key == "slack:E0GLOBEX:U0LUIS"


async def test_a_ticket_that_was_refused_is_not_tried_for_ever(connect: Connect, slack: FakeSlack, desk: Desk) -> None:
    """The client's own loop keeps the first address: with single-use tickets it would stay deaf."""
    slack.faults.refused_tickets = 2
    await connect()
    slack.customer("ana").says("acme", "hola")
    await desk.until(1)


async def test_a_renewed_connection_loses_nothing(connect: Connect, slack: FakeSlack, desk: Desk) -> None:
    """The client closes the old socket before it opens the next; a second one covers the gap."""
    await connect()
    old = list(slack.delivery.sockets)
    await slack.delivery.disconnect("refresh_requested")
    for number in range(20):
        slack.customer("ana").says("acme", str(number))
    await slack.settled()
    await slack.until(lambda: len(slack.delivery.sockets) == 2 and not set(slack.delivery.sockets) & set(old))
    assert sorted(map(int, desk.said())) == list(range(20))


async def test_after_minutes_without_slack_what_was_missed_is_read_once(
    connect: Connect, slack: FakeSlack, desk: Desk, notebook: Notebook
) -> None:
    """What was not acknowledged is given up after five minutes: the channels' history has it."""
    await connect()
    ana = slack.customer("ana")
    old = ana.says("acme", "antes")
    await slack.settled()
    slack.faults.down = True
    slack.delivery.cut()
    root = ana.says("acme", "durante")
    ana.says("acme", "y más", thread=root)
    ana.says("acme", "también aquí", thread=old)
    ana.edits("acme", old, "antes, corregido")
    slack.customer("luis").says("globex", "otro")
    await slack.settled()
    assert len(slack.delivery.given_up) == 5
    assert slack.delivery.sockets == []
    slack.faults.down = False
    await desk.until(6, seconds=40)
    assert sorted(desk.said()) == ["antes", "durante", "otro", "también aquí", "y más"]
    ana.says("acme", "después")
    await desk.until(7)
    assert desk.said().count("durante") == 1


async def test_a_restart_reads_what_came_while_nobody_was_there(
    connect: Connect, slack: FakeSlack, desk: Desk, notebook: Notebook
) -> None:
    """Whether Socket Mode keeps what came while no socket was open is not said."""
    first = await connect()
    slack.customer("ana").says("acme", "antes")
    await slack.settled()
    await asyncio.wait_for(marked(notebook), 5)
    await first.close()
    slack.customer("ana").says("acme", "durante")
    await slack.settled()
    assert len(slack.delivery.given_up) == 1
    await connect()
    await desk.until(2)
    assert desk.said() == ["antes", "durante"]


async def test_a_restart_hands_over_nothing_that_was_taken_in_before(
    connect: Connect, slack: FakeSlack, desk: Desk, notebook: Notebook
) -> None:
    """A busy day would else be handled twice over before anybody is heard again."""
    first = await connect()
    await asyncio.wait_for(marked(notebook), 5)
    for number in range(300):
        slack.customer("ana").says("acme", str(number))
    await slack.settled()
    await first.close()
    notebook.taken = frozenset(event.key for event in desk.events)
    slack.customer("ana").says("acme", "durante")
    await slack.settled()
    handed: list[str] = []

    async def hand(event: Event) -> None:
        handed.append(event.key)

    desk.before = hand
    await connect()
    await desk.until(301)
    assert len(handed) == 1


async def marked(notebook: Notebook) -> None:
    while len(notebook.kept) < 4:
        await asyncio.sleep(0.01)


async def test_a_socket_that_looks_well_and_brings_nothing_is_noticed(
    connect: Connect, slack: FakeSlack, desk: Desk, notebook: Notebook
) -> None:
    """A session may be established and bring no events: the history is compared now and then."""
    ahead = timedelta()
    await connect(sweep_every=0.3, now=lambda: datetime.now(UTC) + ahead)
    await slack.until(lambda: len(slack.calls("users.conversations")) > 3)  # the sweeps of the start are over
    old = list(slack.delivery.sockets)
    slack.faults.mute = True
    slack.customer("ana").says("acme", "¿hola?")
    ahead = timedelta(minutes=2)
    await desk.until(1)
    assert desk.said() == ["¿hola?"]
    await slack.until(lambda: len(slack.delivery.sockets) == 2 and not set(slack.delivery.sockets) & set(old))


async def test_what_slack_drops_because_it_is_too_much_is_read_from_the_history(
    connect: Connect, slack: FakeSlack, desk: Desk, notebook: Notebook
) -> None:
    """More than 30,000 events in an hour are not delivered; `app_rate_limited` tells so."""
    await connect(http=True)
    await asyncio.wait_for(marked(notebook), 5)
    slack.faults.hold = True
    slack.customer("ana").says("acme", "¿hola?")
    limited = {
        "type": "app_rate_limited",
        "team_id": "T0DESK",
        "minute_rate_limited": 1763820000,
        "api_app_id": "A0APP",
    }
    assert (await slack.delivery.bring("events_api", limited)).ok
    await desk.until(1)
    assert desk.said() == ["¿hola?"]


async def test_a_half_open_connection_is_replaced(connect: Connect, slack: FakeSlack, desk: Desk) -> None:
    """The other end is gone, and no one has said so."""
    await connect()
    old = list(slack.delivery.sockets)
    slack.faults.frozen = True
    await slack.until(lambda: not set(slack.delivery.sockets) & set(old), seconds=15)
    slack.faults.frozen = False
    slack.customer("ana").says("acme", "hola")
    await desk.until(1)


async def heard_again(adapter: SlackAdapter) -> None:
    while adapter.deaf_since is not None:
        await asyncio.sleep(0.01)


async def deafened(adapter: SlackAdapter) -> None:
    while adapter.deaf_since is None:
        await asyncio.sleep(0.01)


async def test_a_process_that_hears_nothing_says_since_when_and_finds_back(
    connect: Connect, slack: FakeSlack, desk: Desk
) -> None:
    adapter = await connect()
    await asyncio.wait_for(heard_again(adapter), 5)
    before = datetime.now(UTC)
    slack.faults.down = True
    slack.delivery.cut()
    await asyncio.wait_for(deafened(adapter), 5)
    assert adapter.deaf_since is not None
    assert before < adapter.deaf_since <= datetime.now(UTC)
    slack.faults.down = False
    await asyncio.wait_for(heard_again(adapter), 20)
    slack.customer("ana").says("acme", "hola")
    await desk.until(1)


async def test_a_connection_that_hangs_is_given_up_for_one_made_from_scratch(
    connect: Connect, slack: FakeSlack, desk: Desk
) -> None:
    """The client waits for the answer to its connection as long as it takes: without an end it stays deaf."""
    slack.faults.hung_links = 2
    adapter = await connect(renewed_after=timedelta(seconds=0.3))
    await asyncio.wait_for(heard_again(adapter), 5)
    slack.customer("ana").says("acme", "hola")
    await desk.until(1)


async def test_sockets_that_stay_silent_after_they_were_renewed_count_as_deaf(
    connect: Connect, slack: FakeSlack, desk: Desk
) -> None:
    ahead = timedelta()

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    slack.world.clock = lambda: now().timestamp()
    adapter = await connect(sweep_every=0.3, now=now)
    await slack.until(lambda: len(slack.calls("users.conversations")) > 3)
    slack.faults.mute = True
    slack.customer("ana").says("acme", "¿hola?")
    ahead += timedelta(minutes=2)
    await desk.until(1)
    sweeps = len(slack.calls("users.conversations"))
    await slack.until(lambda: len(slack.calls("users.conversations")) > sweeps + 4)  # those of the new sockets, too
    await asyncio.wait_for(heard_again(adapter), 5)
    slack.customer("ana").says("acme", "¿hay alguien?")
    ahead += timedelta(minutes=2)
    await asyncio.wait_for(deafened(adapter), 5)
    slack.faults.mute = False
    slack.customer("ana").says("acme", "¿y ahora?")
    await asyncio.wait_for(heard_again(adapter), 10)


async def test_over_http_nobody_is_deaf(connect: Connect) -> None:
    assert (await connect(http=True)).deaf_since is None


async def test_another_process_on_the_same_token_is_noticed(connect: Connect, slack: FakeSlack) -> None:
    """Each payload goes to any one of the sockets: another process takes a share without a trace."""
    async with aiohttp.ClientSession() as session, session.ws_connect(slack.delivery.ticket(slack.base)):
        with capture_logs() as logs:
            await connect()
            async with asyncio.timeout(5):
                while not any(log["event"] == "slack.foreign_connections" for log in logs):
                    await asyncio.sleep(0.01)
        assert {log["all"] for log in logs if log["event"] == "slack.foreign_connections"} == {3}


async def test_stopping_finishes_and_acknowledges_what_was_begun(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """The client would return while listeners still run, and their work be cancelled with the loop."""
    begun = asyncio.Event()

    async def work(_: Event) -> None:
        begun.set()
        await asyncio.sleep(0.3)

    desk.before = work
    slack.customer("ana").says("acme", "hola")
    await begun.wait()
    await adapter.close()
    await slack.settled()
    assert (desk.said(), len(slack.delivery.tried), slack.delivery.given_up) == (["hola"], 1, [])


async def test_what_comes_while_stopping_is_left_for_the_next_start(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    begun = asyncio.Event()

    async def work(_: Event) -> None:
        begun.set()
        await asyncio.sleep(0.5)

    desk.before = work
    slack.customer("ana").says("acme", "hola")
    await begun.wait()
    slack.delivery.ack_within = 0.6
    closing = asyncio.create_task(adapter.close())
    await asyncio.sleep(0)
    slack.customer("luis").says("globex", "adiós")
    await closing
    await slack.settled()
    assert desk.said() == ["hola"]
    assert [body["event"]["text"] for body in slack.delivery.given_up] == ["adiós"]


@pytest.mark.parametrize(
    ("data", "signed"),
    [
        ('{"type": "event_callback", "event": {"type": "app_mention"}}', False),
        ('{"type": "event_callback"', True),
        ("payload=nothing", True),
        ("\udcff", False),
    ],
)
async def test_what_slack_did_not_send_is_refused(
    connect: Connect, slack: FakeSlack, desk: Desk, data: str, *, signed: bool
) -> None:
    await connect(http=True)
    assert slack.delivery.url
    signature = slack.delivery.signature(data) if signed else {"X-Slack-Signature": "v0=00"}
    headers = {"Content-Type": "application/json", **signature}
    body = data.encode("utf-8", "surrogateescape")
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.delivery.url, data=body, headers=headers) as answer,
    ):
        assert answer.status == (400 if signed or data == "\udcff" else 401)
    assert desk.events == []


async def test_a_clock_that_is_minutes_wrong_takes_nothing_in(connect: Connect, slack: FakeSlack, desk: Desk) -> None:
    """A signature is good for five minutes."""
    await connect(http=True)
    slack.delivery.clock_skew = -400
    slack.customer("ana").says("acme", "hola")
    await slack.settled()
    assert (desk.events, len(slack.delivery.given_up)) == ([], 1)


async def test_slack_may_check_the_address(connect: Connect, slack: FakeSlack) -> None:
    await connect(http=True)
    answer = await slack.delivery.bring("events_api", {"type": "url_verification", "challenge": "abc"})
    assert (answer.ok, answer.payload) == (True, {"challenge": "abc"})


async def test_before_the_start_messages_wait_and_slack_has_to_come_again(
    slack: FakeSlack, shelf: Shelf, notebook: Notebook
) -> None:
    adapter = SlackAdapter(
        bot_token=slack.bot_token,
        signing_secret=slack.signing_secret,
        files=shelf,
        memory=notebook,
        now=lambda: datetime.now(UTC),
        api_url=slack.api_url,
    )
    place = Place(platform=Platform.SLACK, channel="C0ACME")
    with pytest.raises(TransientError):
        await adapter.send(Post(place=place, message=SAID), key="o1", target=None)
    async with serving(adapter) as url:
        slack.deliver_to(url)
        answer = await slack.delivery.bring("events_api", {"type": "url_verification", "challenge": "abc"})
    assert not answer.ok
    await adapter.close()


async def test_stopping_waits_for_a_message_on_its_way(connect: Connect, slack: FakeSlack) -> None:
    adapter = await connect()
    slack.faults.next("chat.postMessage", "slow:0.3")
    place = Place(platform=Platform.SLACK, channel="C0ACME")
    sending = asyncio.create_task(adapter.send(Post(place=place, message=SAID), key="o1", target=None))
    await slack.until(lambda: slack.calls("users.conversations"))
    await asyncio.sleep(0)
    await adapter.close()
    assert sending.done()
    assert await sending == slack.posts("acme")[0]["ts"]
    with pytest.raises(TransientError):
        await adapter.send(Post(place=place, message=SAID), key="o2", target=None)
