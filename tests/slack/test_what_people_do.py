from __future__ import annotations

import pytest

from adapters.slack.adapter import SlackAdapter
from adapters.slack.happenings import POINTED
from dialogs.events import (
    Deleted,
    Edited,
    Invoked,
    Joined,
    Language,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
    Submitted,
)
from dialogs.messages import Button, FormView, Input, Message, OpenForm, Option, Paragraph, Plain, Post, Select, Whisper
from tests.fakes.slack import MENTION, FakeSlack
from tests.slack.desk import Desk

ACME = Place(platform=Platform.SLACK, channel="C0ACME")
QUESTION = Message(
    blocks=(Paragraph((Plain("¿Desde cuándo?"),)),),
    controls=(
        Button(name="intake.started.now", label="Ahora", value="intake:3"),
        Button(name="intake.started.now", label="Ahora mismo", value="intake:4"),
        Select(name="intake.zone", placeholder="Zona", options=(Option("utc", "UTC"), Option("lima", "Lima"))),
    ),
)
FORM = FormView(
    form="case.reply",
    token="LD-12:1",
    title="Responder",
    submit="Enviar",
    inputs=(Input(name="text", label="Respuesta"),),
)


async def test_a_customer_writes_in_the_shared_channel(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    ts = slack.customer("ana").says("acme", "No hay tono en la línea 4 &amp; 5")
    (event,) = await desk.until(1)
    assert event.key == f"slack:message:C0ACME:{ts}"
    assert (event.actor.key, event.actor.name, event.actor.language) == ("slack:T0ACME:U0ANA", "Ana", None)
    assert (event.place.channel, event.place.thread, event.place.direct) == ("C0ACME", None, False)
    assert event.what == Said(message=ts, text="No hay tono en la línea 4 & 5")
    await slack.settled()
    assert slack.delivery.given_up == []


async def test_a_mention_comes_twice_and_is_one_event(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """`message` and `app_mention` mean opposite things by `team`; a Grid member comes as their organisation."""
    slack.customer("luis").says("globex", f"{MENTION} hola")
    await slack.settled()
    (event,) = desk.events
    assert event.actor.key == "slack:E0GLOBEX:U0LUIS"
    assert isinstance(event.what, Said)
    assert (event.what.text, event.what.addressed) == ("hola", True)


async def test_a_reply_stays_in_its_thread(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    ana = slack.customer("ana")
    root = ana.says("acme", "hola")
    ana.says("acme", "sigue igual", thread=root)
    events = await desk.until(2)
    assert [event.place.thread for event in events] == [None, root]


async def test_a_private_chat_is_one_conversation_meant_for_the_assistant(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    slack.customer("ana").writes_to_the_bot("hola")
    (event,) = await desk.until(1)
    assert (event.place.direct, event.place.thread) == (True, None)
    assert isinstance(event.what, Said)
    assert event.what.addressed


async def test_our_own_people_come_with_language_and_zone(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """Guests have our `team_id` and are no agents; people of other companies come without a language."""
    slack.agent("diego").says("desk", "on it")
    slack.guest("gil").says("desk", "hola")
    diego, gil = (event.actor for event in await desk.until(2))
    assert (diego.tenant, diego.language, diego.zone, diego.guest) == (
        "T0DESK",
        Language.ENGLISH,
        "America/New_York",
        False,
    )
    assert gil.guest


async def test_people_who_are_mentioned_appear_by_name(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    slack.customer("ana").says("acme", "Habla con <@U0ROSA> en <#C1|soporte>, ver <https://a.pe|la guía> <!here>")
    await desk.until(1)
    assert desk.said() == ["Habla con @Rosa en #soporte, ver la guía (https://a.pe) @here"]


async def test_an_edit_by_a_person_arrives_and_one_by_slack_does_not(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """Slack changes messages by itself, too, when it unfurls a link."""
    ana = slack.customer("ana")
    ts = ana.says("acme", "Línea 4")
    await slack.settled()
    ana.unfurls("acme", ts)
    ana.edits("acme", ts, "Línea 5")
    await slack.settled()
    assert [event.what for event in desk.events[1:]] == [Edited(message=ts, text="Línea 5")]


async def test_a_deleted_message_is_taken_back_with_and_without_replies(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """With replies under it, a tombstone of Slackbot's stays in its place."""
    ana = slack.customer("ana")
    alone, root = ana.says("acme", "una"), ana.says("acme", "dos")
    ana.says("acme", "respuesta", thread=root)
    await slack.settled()
    ana.deletes("acme", alone)
    ana.deletes("acme", root)
    await slack.settled()
    assert [event.what for event in desk.events[3:]] == [Deleted(message=alone), Deleted(message=root)]
    assert {event.actor.id for event in desk.events[3:]} == {"U0ANA"}


async def test_a_reaction_tells_the_thread_it_belongs_to(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """A reaction names its message and no thread, and its emoji may have the colour of a skin."""
    ana = slack.customer("ana")
    root = ana.says("acme", "hola")
    reply = ana.says("acme", "sigue", thread=root)
    await slack.settled()
    slack.agent("marta").reacts("acme", reply, "eyes::skin-tone-2")
    event = (await desk.until(3))[-1]
    assert event.what == Reacted(message=reply, emoji="eyes", added=True)
    assert (event.place.thread, event.actor.id) == (root, "U0MARTA")


async def test_the_thread_of_a_message_from_before_the_start_is_asked_for(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    channel = slack.channel("acme")
    slack.world.add_message(channel, {"type": "message", "user": "U0ANA", "ts": "100.000001", "text": "a"})
    slack.world.add_message(
        channel, {"type": "message", "user": "U0ANA", "ts": "100.000002", "text": "b", "thread_ts": "100.000001"}
    )
    slack.agent("marta").reacts("acme", "100.000002", "eyes", added=False)
    (event,) = await desk.until(1)
    assert event.place.thread == "100.000001"
    assert event.what == Reacted(message="100.000002", emoji="eyes", added=False)


async def test_a_ticket_on_a_message_hands_it_to_the_assistant_as_its_authors(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    ts = slack.customer("ana").says("acme", "No entran llamadas")
    await slack.settled()
    slack.agent("marta").reacts("acme", ts, "ticket")
    slack.agent("diego").reacts("acme", ts, "ticket")
    await slack.settled()
    asked = [event for event in desk.events if event.key.startswith("slack:asked:")]
    assert [(event.actor.id, event.place.thread, event.what) for event in asked] == [
        ("U0ANA", ts, Said(message=ts, text="No entran llamadas", addressed=True))
    ]
    assert [event.actor.id for event in desk.events if isinstance(event.what, Reacted)] == ["U0MARTA", "U0DIEGO"]


async def test_the_shortcut_hands_over_the_whole_thread(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    ana = slack.customer("ana")
    root = ana.says("acme", "No entran llamadas")
    ana.says("acme", "desde las 9", thread=root)
    await slack.settled()
    assert (await slack.agent("marta").uses_shortcut("acme", root, "case.from_message")).ok
    assert desk.events[2].what == Pressed(name=POINTED, value="slack:T0ACME:U0ANA", message=root)
    asked = desk.events[3:]
    assert [(event.what.text, event.what.addressed) for event in asked if isinstance(event.what, Said)] == [
        ("No entran llamadas", True),
        ("desde las 9", False),
    ]
    (whisper,) = slack.world.whispers
    assert whisper["text"].startswith("El mensaje y su hilo ya están con el asistente")


async def test_the_shortcut_says_where_the_message_cannot_be_read(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    root = slack.customer("ana").says("acme", "No entran llamadas")
    await slack.settled()
    slack.channel("acme").members.discard("U0BOT")
    assert (await slack.agent("diego").uses_shortcut("acme", root, "case.from_message")).ok
    assert len(desk.events) == 1
    (whisper,) = slack.world.whispers
    assert whisper["text"].startswith("I cannot read that message")


async def test_a_button_pressed_by_somebody_of_another_company(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """Anybody in a shared channel may press; the outer `team` is ours whoever did."""
    root = slack.customer("ana").says("acme", "hola")
    place = Place(platform=Platform.SLACK, channel="C0ACME", thread=root)
    ts = await adapter.send(Post(place=place, message=QUESTION), key="o1", target=None)
    assert ts
    assert (await slack.customer("luis").presses("acme", ts, "intake.started.now")).ok
    event = desk.events[-1]
    assert event.what == Pressed(name="intake.started.now", value="intake:3", message=ts)
    assert (event.actor.tenant, event.place.thread) == ("E0GLOBEX", root)
    await slack.customer("ana").presses("acme", ts, "intake.started.now#2")
    assert desk.events[-1].what == Pressed(name="intake.started.now", value="intake:4", message=ts)
    await slack.customer("ana").picks("acme", ts, "intake.zone", "lima")
    assert desk.events[-1].what == Pressed(name="intake.zone", value="lima", message=ts)


async def test_a_card_is_the_thread_of_what_is_pressed_on_it(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    ts = await adapter.send(Post(place=ACME, message=QUESTION), key="o1", target=None)
    assert ts
    await slack.agent("marta").presses("acme", ts, "intake.started.now")
    assert desk.events[-1].place.thread == ts


async def test_a_slash_command(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """With `should_escape`, people of other companies are told by id; commands come from our own workspace only."""
    assert (await slack.agent("marta").commands("desk", "caso", "tomar LD-12 <@U0DIEGO|diego> &amp; más")).ok
    (event,) = desk.events
    assert isinstance(event.what, Invoked)
    assert (event.what.command, event.what.text) == ("caso", "tomar LD-12 @Diego & más")
    assert (event.place.channel, event.place.thread) == ("C0DESK", None)


async def test_who_is_mentioned_is_told_apart_from_others_of_the_same_name(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    await slack.customer("marta").commands("desk", "caso", "nuevo &lt;b&gt; <@U0ANA|ana> y <@U0LUIS>")
    slack.customer("marta").says("desk", f"{MENTION} caso nuevo <@U0ANA> sin tono")
    command, said = (event.what for event in await desk.until(2))
    assert isinstance(command, Invoked)
    assert isinstance(said, Said)
    assert command.text == "nuevo <b> @Ana y @Luis"
    assert [one.key for one in command.mentioned] == ["slack:T0ACME:U0ANA", "slack:E0GLOBEX:U0LUIS"]
    assert [one.key for one in said.mentioned] == ["slack:T0ACME:U0ANA"]


async def test_a_form_comes_back_with_its_token_and_its_place(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    """The outer `team` of a form is its author's, and `app_installed_team_id` is ours."""
    desk.answer = lambda event: OpenForm(FORM) if isinstance(event.what, Pressed) else None
    root = slack.customer("ana").says("acme", "hola")
    place = Place(platform=Platform.SLACK, channel="C0ACME", thread=root)
    ts = await adapter.send(Post(place=place, message=QUESTION), key="o1", target=None)
    assert ts
    await slack.customer("ana").presses("acme", ts, "intake.started.now")
    (view,) = slack.world.views
    assert (await slack.customer("ana").submits(view, text="desde <ayer>")).ok
    event = desk.events[-1]
    assert event.what == Submitted(form="case.reply", token="LD-12:1", values={"text": "desde <ayer>"})
    assert (event.place.channel, event.place.thread, event.actor.tenant) == ("C0ACME", root, "T0ACME")


async def test_people_and_the_bot_come_and_go(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    slack.customer("rosa").leaves("acme")
    events = await desk.until(1)
    slack.customer("rosa").joins("acme")
    await desk.until(2)
    slack.customer("soporte").joins("acme")
    await desk.until(3)
    assert [event.what for event in events] == [Joined(left=True), Joined(), Joined(me=True)]


async def test_members_of_a_channel_are_people(adapter: SlackAdapter, slack: FakeSlack) -> None:
    slack.channel("desk").members.add("U0GIL")
    found = {person.key: person.guest for person in await adapter.members("C0DESK")}
    assert found == {
        "slack:T0DESK:U0CARMEN": False,
        "slack:T0DESK:U0DIEGO": False,
        "slack:T0DESK:U0GIL": True,
        "slack:T0DESK:U0MARTA": False,
    }


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "subtype": "bot_message", "bot_id": "B9", "text": "hola", "ts": "1.1", "channel": "C0ACME"},
        {"type": "message", "bot_id": "B9", "user": "U9", "text": "hola", "ts": "1.2", "channel": "C0ACME"},
        {"type": "message", "user": "USLACKBOT", "text": "recordatorio", "ts": "1.3", "channel": "C0ACME"},
        {"type": "message", "subtype": "channel_topic", "user": "U0ANA", "text": "x", "ts": "1.4", "channel": "C0ACME"},
        {"type": "file_shared", "file_id": "F1", "user_id": "U0ANA", "event_ts": "1.5"},
        {"type": "something_new", "event_ts": "1.6"},
    ],
)
async def test_what_concerns_nobody_is_acknowledged_and_forgotten(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk, event: dict[str, str]
) -> None:
    """What no listener wants would be refused and come again; and two bots could talk for ever."""
    slack.happened(event, None, slack.channel("acme"))
    await slack.settled()
    assert (desk.events, slack.delivery.given_up, len(slack.delivery.tried)) == ([], [], 1)


async def test_the_bot_does_not_talk_to_itself(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    """Its own posts and edits come back as events."""
    await adapter.send(Post(place=ACME, message=QUESTION), key="o1", target=None)
    await slack.settled()
    assert (desk.events, slack.delivery.given_up) == ([], [])


async def test_a_channel_that_gets_a_new_id_is_followed(
    adapter: SlackAdapter, slack: FakeSlack, notebook: object
) -> None:
    event = {"type": "channel_id_changed", "old_channel_id": "G1", "new_channel_id": "C1", "event_ts": "1.1"}
    slack.happened(event, None, None)
    await slack.settled()
    assert notebook.moved == [("G1", "C1")]  # type: ignore[attr-defined]


async def test_where_the_desk_says_why_not_nothing_is_handed_over_and_who_pointed_is_told(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    why = Whisper(Message(blocks=(Paragraph((Plain("Ya está en LD-1"),)),)))
    desk.answer = lambda event: why if isinstance(event.what, Pressed) and event.what.name == POINTED else None
    ts = slack.customer("ana").says("acme", "No entran llamadas")
    await slack.settled()
    slack.customer("rosa").reacts("acme", ts, "ticket")
    await slack.settled()
    assert (await slack.agent("marta").uses_shortcut("acme", ts, "case.from_message")).ok
    assert [type(event.what) for event in desk.events] == [Said, Reacted, Pressed, Pressed]
    assert [(one["user"], one["text"]) for one in slack.world.whispers] == [
        ("U0ROSA", "Ya está en LD-1"),
        ("U0MARTA", "Ya está en LD-1"),
    ]


async def test_who_is_of_another_company_is_a_guest_even_in_the_desk_s_channel(
    adapter: SlackAdapter, slack: FakeSlack
) -> None:
    slack.channel("desk").members.add("U0GIL")
    slack.channel("desk").members.add("U0ANA")
    guests = {person.id for person in await adapter.members("C0DESK") if person.guest}
    assert guests == {"U0ANA", "U0GIL"}
