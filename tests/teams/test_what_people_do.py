"""What people do in Teams, and what the assistant is told of it."""

from __future__ import annotations

import asyncio

import pytest

from adapters.teams.adapter import TeamsAdapter
from dialogs.events import (
    WHOLE_CHAT,
    Deleted,
    Edited,
    Event,
    FileProblem,
    Joined,
    Language,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
    Submitted,
)
from dialogs.messages import (
    Button,
    FormErrors,
    FormView,
    Input,
    InputKind,
    Message,
    OpenForm,
    Option,
    Paragraph,
    Plain,
    Post,
    Reply,
    Select,
    Whisper,
)
from tests.fakes.teams import MENTION, FakeTeams
from tests.fakes.teams.people import actions, card_of
from tests.fakes.teams.world import ACME, HOME, TEAM
from tests.slack.desk import Desk, Shelf
from tests.teams.conftest import Connect

ACME_CHANNEL = "19:acme@thread.tacv2"


def words(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),))


def card(*controls: Button | Select, channel: str = "19:desk@thread.tacv2") -> Post:
    place = Place(platform=Platform.TEAMS, channel=channel)
    return Post(place=place, message=Message(blocks=words("LD-1").blocks, controls=controls), ref="card:LD-1")


TAKE = Button(name="case.take", label="Tomar", value="LD-1")
REPLY = Button(name="case.reply", label="Responder", value="LD-1", opens=True)
LEVELS = (Option("S1", "uno"), Option("S2", "dos"))
VIEW = FormView(
    form="case.reply",
    token="LD-1:x",
    title="Responder · LD-1",
    submit="Enviar",
    inputs=(
        Input(name="text", label="Mensaje", type=InputKind.TEXT),
        Input(
            name="level", label="Gravedad", type=InputKind.CHOICE, options=(Option("S1", "uno"), Option("S2", "dos"))
        ),
    ),
)


async def posted(adapter: TeamsAdapter, teams: FakeTeams, *controls: Button | Select) -> str:
    await adapter.send(card(*controls), key="card", target=None)
    return str(teams.posts("desk")[-1]["id"])


async def test_words_in_a_channel_lose_the_mention_and_keep_the_rest(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    teams.someone("ana").says("acme", f"{MENTION}&nbsp;el Soporte no timbra: a &lt; b &amp; c\r\n<at>Rosa</at> lo vio")
    (event,) = await desk.until(1)
    assert isinstance(event.what, Said)
    assert event.what.text == "el Soporte no timbra: a < b & c\n@Rosa lo vio"
    assert event.what.addressed


async def test_where_the_team_lets_the_assistant_read_everything(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    teams.someone("ana").says("acme", "no hay tono")
    teams.someone("ana").says("acme", "esto no lo oye nadie", hidden=True)
    (event,) = await desk.until(1)
    assert isinstance(event.what, Said)
    assert not event.what.addressed
    await teams.settled()
    assert len(desk.events) == 1


async def test_who_is_who_in_a_shared_channel(connect: Connect, teams: FakeTeams, desk: Desk) -> None:
    adapter = await connect(teams)
    for name in ("marta", "ana", "gil"):
        teams.world.chat("acme").members.add(name)
        teams.someone(name).says("acme", f"{MENTION} hola")
    people = {event.actor.name: event.actor for event in await desk.until(3)}
    assert {name: (one.tenant, one.guest) for name, one in people.items()} == {
        "Marta Rivas": (HOME, False),
        "Ana Quispe": (ACME, True),
        "Gil": (HOME, True),
    }
    assert people["Ana Quispe"].id == teams.world.user("ana").object
    members = await adapter.members(ACME_CHANNEL)
    assert {one.name for one in members if not one.guest} == {"Marta Rivas", "Diego Salas", "Carmen Ortiz"}
    assert {one.key for one in members} >= {one.key for one in people.values()}


async def test_who_cannot_be_looked_up_may_do_what_a_customer_may(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    teams.faults.always("member", "status:503")
    teams.someone("marta").says("acme", f"{MENTION} hola")
    (event,) = await desk.until(1)
    assert event.actor.guest


async def test_who_is_mentioned_is_known_by_more_than_a_name(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    ana = teams.world.user("ana")
    teams.someone("marta").says("acme", f"{MENTION} caso nuevo <at>{ana.name}</at> sin tono")
    (event,) = await desk.until(1)
    assert isinstance(event.what, Said)
    assert event.what.text == f"caso nuevo @{ana.name} sin tono"
    assert [(one.tenant, one.id) for one in event.what.mentioned] == [(ACME, ana.object)]


async def test_people_are_looked_up_once(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    for number in range(5):
        teams.someone("ana").says("acme", f"{MENTION} {number}")
    await desk.until(5)
    assert len(teams.calls("member")) == 1


async def test_hints_of_language_and_zone(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    luis = teams.someone("luis")
    luis.writes_to_the_bot("hi")
    luis.user.zone, luis.user.locale = "Mars/Olympus", "fr-FR"
    luis.writes_to_the_bot("salut")
    one, two = await desk.until(2)
    assert (one.actor.language, one.actor.zone) == (Language.ENGLISH, "America/Chicago")
    assert (two.actor.language, two.actor.zone) == (None, None)


async def test_a_group_chat_is_one_conversation(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    for text in ("hola", "no hay tono"):
        teams.someone("ana").says("group", f"{MENTION} {text}")
    one, two = await desk.until(2)
    assert one.place == two.place == Place(platform=Platform.TEAMS, channel="19:group@thread.v2", thread=WHOLE_CHAT)
    await adapter.send(Post(place=one.place, message=words("¿Desde cuándo?")), key="o1", target=None)
    assert teams.posts("group")[0]["activity"]["text"] == "¿Desde cuándo?"


async def test_edits_and_deletions(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    ana = teams.someone("ana")
    root = ana.says("acme", f"{MENTION} no hay tono")
    reply = ana.says("acme", "ni línea", thread=root)
    await desk.until(2)
    ana.edits("acme", root, f"{MENTION} no hay tono en Lima")
    ana.edits("acme", root, f"{MENTION} no hay tono en Lima y Quito")
    ana.deletes("acme", reply)
    events = (await desk.until(5))[2:]
    assert {type(event.what) for event in events} == {Edited, Deleted}
    assert {event.place.thread for event in events} == {root}
    assert Deleted(message=f"{root}/{reply}") in [event.what for event in events]
    assert Edited(message=root, text="no hay tono en Lima y Quito") in [event.what for event in events]


async def test_the_same_edit_twice_is_one(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    ana = teams.someone("ana")
    root = ana.says("acme", f"{MENTION} hola")
    await desk.until(1)
    for _ in range(2):
        ana.edits("acme", root, "adiós")
    await teams.settled()
    assert len(desk.events) == 2


async def test_reactions_to_the_assistants_messages(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    message = await posted(adapter, teams, TAKE)
    marta = teams.someone("marta")
    marta.reacts("desk", message, "1f440_eyes")
    marta.reacts("desk", message, "like")
    marta.reacts("desk", message, "like", added=False)
    whats = {(what.emoji, what.added) for event in await desk.until(3) if isinstance(what := event.what, Reacted)}
    assert whats == {("eyes", True), ("+1", True), ("+1", False)}
    assert {event.what.message for event in desk.events if isinstance(event.what, Reacted)} == {message}


async def test_an_install_is_told_once_and_again_after_an_uninstall(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    ana = teams.someone("ana")
    for removes in (False, True, False):
        ana.installs(removes=removes)
        await teams.settled()
    assert [event.what for event in desk.events] == [Joined(me=True), Joined(me=True, left=True), Joined(me=True)]
    assert {event.actor.name for event in desk.events} == {"Ana Quispe"}
    teams.someone("marta").installs("General")
    await teams.settled()
    assert len(desk.events) == 4
    assert desk.events[-1].place == Place(platform=Platform.TEAMS, channel=TEAM)


async def test_who_comes_into_a_team_and_leaves_it_does_so_in_its_channels(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    for channel in ("desk", "escalations"):
        teams.someone("carmen").says(channel, f"{MENTION} hola")
    await desk.until(2)
    teams.someone("diego").joins("General")
    events = (await desk.until(4))[2:]
    assert {event.place.channel for event in events} == {TEAM, "19:desk@thread.tacv2"}
    teams.someone("diego").joins("General", leaves=True)
    events = (await desk.until(7))[4:]
    assert {event.what for event in events} == {Joined(left=True)}
    assert {event.place.channel for event in events} == {TEAM, "19:desk@thread.tacv2", "19:escalations@thread.tacv2"}
    assert {event.actor.id for event in events} == {teams.world.user("diego").object}


async def test_what_was_not_answered_comes_again_and_counts_once(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    async def slowly(_event: Event) -> None:
        await asyncio.sleep(0.3)

    desk.before, teams.answer_within = slowly, 0.1
    teams.someone("ana").writes_to_the_bot("no hay tono")
    await desk.until(1)
    await teams.settled()
    assert desk.said() == ["no hay tono"]
    assert len(teams.tried) > 1


async def test_what_could_not_be_kept_is_tried_again_before_teams_is_told(
    connect: Connect, teams: FakeTeams, desk: Desk
) -> None:
    failures = [1, 1]

    async def fail(_event: Event) -> None:
        if failures:
            failures.pop()
            raise OSError("the store is away")

    desk.before = fail
    await connect(teams, patience=3.0)
    teams.someone("ana").writes_to_the_bot("no hay tono")
    await desk.until(1)
    await teams.settled()
    assert len(teams.tried) == 1


async def test_files_of_a_private_chat_and_pictures_of_a_channel_are_fetched(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, shelf: Shelf
) -> None:
    ana = teams.someone("ana")
    ana.writes_to_the_bot("mire", teams.file("router.log", b"line down"))
    await desk.until(1)
    ana.says("acme", f"{MENTION} mire", attachments=(teams.file("captura.png", b"\x89PNG"),))
    one, two = await desk.until(2)
    assert isinstance(one.what, Said)
    assert isinstance(two.what, Said)
    (log,), (picture,) = one.what.files, two.what.files
    assert (log.name, shelf.contents[log.id]) == ("router.log", b"line down")
    assert (picture.name, picture.media_type, shelf.contents[picture.id]) == ("captura.png", "image/png", b"\x89PNG")


async def test_files_that_cannot_be_had_come_with_their_problem(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    kept = {
        "contentType": "text/html",
        "content": '<attachment id="6f1c2b3a-0d4e-4f5a-8b6c-7d8e9f0a1b2c"></attachment>',
    }
    quoted = {"contentType": "text/html", "content": '<attachment id="1795359608002"></attachment>'}
    gone = teams.file("gone.log", b"x")
    del teams.world.contents["gone.log"]
    elsewhere = {"contentType": "image/png", "contentUrl": "http://169.254.169.254/latest", "name": "x.png"}
    teams.someone("ana").says("acme", f"{MENTION} mire", attachments=(kept, quoted, gone, elsewhere))
    (event,) = await desk.until(1)
    assert isinstance(event.what, Said)
    assert [(file.name, file.problem) for file in event.what.files] == [
        ("el archivo", FileProblem.NOT_GIVEN),
        ("gone.log", FileProblem.UNREACHABLE),
        ("x.png", FileProblem.UNREACHABLE),
    ]


async def test_a_press_brings_its_name_and_its_value(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    desk.answer = lambda _: Whisper(words("LD-1 ya es suyo."))
    message = await posted(adapter, teams, TAKE)
    answer = await teams.someone("marta").presses("desk", message, "Tomar")
    (event,) = desk.events
    assert event.what == Pressed(name="case.take", value="LD-1", message=message)
    assert event.place.thread == message
    assert answer.body == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "LD-1 ya es suyo.",
    }


async def test_the_same_press_twice_counts_once_and_has_the_same_answer(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    desk.answer = lambda _: Whisper(words("LD-1 ya es suyo."))
    message = await posted(adapter, teams, TAKE)
    marta = teams.someone("marta")
    activity = marta.activity_of(
        teams.chat("desk"), teams.posts("desk")[-1], actions(card_of(teams.posts("desk")[-1]))[0]
    )
    one, two = await asyncio.gather(teams.bring(activity), teams.bring(activity))
    three = await teams.bring(activity)
    assert one.body == two.body == three.body
    assert len(desk.events) == 1
    assert message


async def test_an_option_of_a_list(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    pick = Select(name="case.show", placeholder="¿Cuál?", options=(Option("LD-1", "uno"), Option("LD-2", "dos")))
    message = await posted(adapter, teams, pick)
    await teams.someone("marta").presses("desk", message, "Elegir", pick0="LD-2")
    assert desk.events[0].what == Pressed(name="case.show", value="LD-2", message=message)


async def test_a_form_opens_beside_the_chat_and_closes_when_it_is_sent(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    desk.answer = lambda event: OpenForm(VIEW) if isinstance(event.what, Pressed) else None
    await posted(adapter, teams, REPLY)
    marta, post = teams.someone("marta"), teams.posts("desk")[-1]
    opened = (await marta.presses("desk", post["id"], "Responder")).body["task"]
    assert (opened["type"], opened["value"]["title"]) == ("continue", "Responder · LD-1")
    form = opened["value"]["card"]["content"]
    answer = await marta.sends_dialog("desk", form, post, text="Ya lo vemos", level="S2")
    assert (answer.status, answer.body) == (200, {})
    assert desk.events[-1].what == Submitted(
        form="case.reply", token="LD-1:x", values={"text": "Ya lo vemos", "level": "S2"}
    )
    assert desk.events[-1].place.thread == post["id"]


async def test_a_form_with_mistakes_stays_open_with_what_was_written(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    wrong: Reply = FormErrors({"text": "Falta el mensaje.", "": "Y algo más."})
    desk.answer = lambda event: OpenForm(VIEW) if isinstance(event.what, Pressed) else wrong
    await posted(adapter, teams, REPLY)
    marta, post = teams.someone("marta"), teams.posts("desk")[-1]
    form = (await marta.presses("desk", post["id"], "Responder")).body["task"]["value"]["card"]["content"]
    again = (await marta.sends_dialog("desk", form, post, text="x", level="S2")).body["task"]["value"]["card"][
        "content"
    ]
    told = str(again)
    assert "Falta el mensaje." in told
    assert "Y algo más." in told
    assert {one.get("value") for one in again["body"] if one["type"].startswith("Input")} == {"x", "S2"}
    desk.answer = lambda _: None
    assert (await marta.sends_dialog("desk", again, post, text="y")).body == {}


async def test_what_is_told_alone_and_is_long_is_shown_beside_the_chat(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    desk.answer = lambda _: Whisper(words("línea\n" * 40))
    message = await posted(adapter, teams, REPLY)
    shown = (await teams.someone("marta").presses("desk", message, "Responder")).body["task"]["value"]["card"][
        "content"
    ]
    assert str(shown).count("línea") > 40
    assert len(teams.posts("desk")) == 1


async def test_an_old_client_sends_a_press_as_a_message_and_is_answered_in_private(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    desk.answer = lambda _: Whisper(words("LD-1 ya es suyo."))
    await posted(adapter, teams, TAKE)
    marta, post = teams.someone("marta"), teams.posts("desk")[-1]
    old = actions(card_of(post))[0]["fallback"]
    assert (await marta.acts(teams.chat("desk"), post, old, {})).status == 200
    assert desk.events[0].what == Pressed(name="case.take", value="LD-1", message=post["id"])
    assert [one["activity"]["text"] for one in teams.posts("a:marta")] == ["LD-1 ya es suyo."]
    assert len(teams.posts("desk")) == 1


async def test_and_where_there_is_no_private_chat_the_channel_is_told_only_that(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    desk.answer = lambda _: Whisper(words("+51 987 654 321"))
    teams.world.user("marta").has_app = False
    await posted(adapter, teams, TAKE)
    marta, post = teams.someone("marta"), teams.posts("desk")[-1]
    await marta.acts(teams.chat("desk"), post, actions(card_of(post))[0]["fallback"], {})
    assert "987" not in str(teams.posts("desk"))
    assert "escríbame «hola»" in str(teams.posts("desk")[-1]["activity"])


async def test_a_slow_turn_is_answered_in_time_and_kept(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from adapters.teams import replies

    monkeypatch.setattr(replies, "_SOON", dict.fromkeys(replies._SOON, 0.05))

    async def slowly(_event: Event) -> None:
        await asyncio.sleep(0.3)

    message = await posted(adapter, teams, TAKE, REPLY)
    desk.before = slowly
    marta = teams.someone("marta")
    late = "Tarda más de lo normal. Por favor, vuelva a pulsar en un momento."
    assert (await marta.presses("desk", message, "Tomar")).body["value"] == late
    assert late in str((await marta.presses("desk", message, "Responder")).body["task"])
    await desk.until(2)


async def test_what_nobody_asked_for_is_taken_quietly(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk) -> None:
    base = teams.someone("ana").activity_of(
        teams.world.direct(teams.world.user("ana")), {"id": "1", "thread": None}, {"type": "Action.Submit", "data": {}}
    )
    for changes in (
        {"type": "typing"},
        {"type": "event", "name": "application/vnd.microsoft.readReceipt"},
        {"type": "conversationUpdate", "channelData": {**base["channelData"], "eventType": "channelRenamed"}},
        {"type": "invoke", "name": "composeExtension/query", "value": {}},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"data": {"else": 1}}}},
    ):
        assert (await teams.bring({**base, **changes})).status in {200, 501}
    assert desk.events == []
