"""Deliveries: in order, at Teams' pace, and never repeated blindly."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.pace import READS, WRITES, Pace
from dialogs.events import File, FileProblem, Place, Platform
from dialogs.messages import (
    Attachments,
    Button,
    Delivery,
    Mail,
    Message,
    Paragraph,
    Plain,
    Post,
    React,
    Revise,
)
from dialogs.ports import PermanentError, TransientError, UnknownOutcomeError
from tests.fakes.teams import MENTION, FakeTeams
from tests.fakes.teams.people import card_of
from tests.slack.desk import Desk, Shelf
from tests.teams.conftest import Connect, Notebook

DESK = Place(platform=Platform.TEAMS, channel="19:desk@thread.tacv2")
LONG = "no hay tono en la línea. " * 3000


def message(text: str, *files: File) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)), *((Attachments(files),) if files else ())))


def post(text: str = "hola", *files: File, place: Place = DESK) -> Post:
    return Post(place=place, message=message(text, *files))


def said(teams: FakeTeams, chat: str) -> list[str]:
    return [one["activity"].get("text", "") for one in teams.posts(chat)]


async def private(teams: FakeTeams, desk: Desk, name: str = "ana") -> Place:
    """The private chat of somebody who has written there."""
    number = len(desk.events)
    teams.someone(name).writes_to_the_bot("hola")
    return (await desk.until(number + 1))[-1].place


async def test_a_message_goes_under_another_and_both_are_revised(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    card = await adapter.send(Post(place=DESK, message=message("LD-12"), ref="card:LD-12"), key="o1", target=None)
    under = Post(place=DESK, message=message("nota"), under="card:LD-12", ref="copy:1")
    note = await adapter.send(under, key="o2", target=card)
    revised = Revise(place=DESK, ref="card:LD-12", message=message("LD-12, tomado"))
    assert await adapter.send(revised, key="o3", target=card) == card
    await adapter.send(Revise(place=DESK, ref="copy:1", message=message("nota, mejor")), key="o4", target=note)
    assert said(teams, "desk") == ["LD-12, tomado", "nota, mejor"]
    assert note == f"{card}/{teams.posts('desk')[1]['id']}"


async def test_text_and_a_card_are_never_in_one(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    pressed = Message(blocks=message("LD-12").blocks, controls=(Button(name="case.take", label="Tomar"),))
    assert await adapter.send(Post(place=DESK, message=pressed), key="o1", target=None)
    (posted,) = teams.posts("desk")
    assert "text" not in posted["activity"]
    assert card_of(posted)["actions"][0]["title"] == "Tomar"


async def test_the_assistant_writes_to_a_person(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, notebook: Notebook
) -> None:
    ana = teams.someone("ana")
    ana.says("acme", f"{MENTION} hola")
    await desk.until(1)
    place = Place(platform=Platform.TEAMS, channel=ana.user.object, direct=True)
    await adapter.send(post("hola", place=place), key="o1", target=None)
    await adapter.send(post("¿sigue ahí?", place=place), key="o2", target=None)
    assert said(teams, "a:ana") == ["hola", "¿sigue ahí?"]
    assert len([call for call in teams.calls("create") if "activity" not in call["body"]]) == 1
    assert notebook.kept[ana.user.object].conversation == "a:ana"


async def test_the_assistant_writes_to_somebody_it_has_never_heard_from(
    adapter: TeamsAdapter, teams: FakeTeams
) -> None:
    place = Place(platform=Platform.TEAMS, channel=teams.world.user("carmen").object, direct=True)
    await adapter.send(post("LD-1 sube", place=place), key="o1", target=None)
    assert said(teams, "a:carmen") == ["LD-1 sube"]


async def test_somebody_who_has_not_the_app_cannot_be_written_to(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    ana = teams.someone("ana")
    ana.user.has_app = False
    ana.says("acme", f"{MENTION} hola")
    await desk.until(1)
    place = Place(platform=Platform.TEAMS, channel=ana.user.object, direct=True)
    with pytest.raises(PermanentError, match="BotNotInConversationRoster"):
        await adapter.send(post(place=place), key="o1", target=None)


@pytest.mark.parametrize("fault", ["lost", "cut", "status:500", "status:502", "status:503", "status:504"])
@pytest.mark.parametrize("call", ["create", "send"])
async def test_what_may_have_arrived_is_sent_once_more_and_says_so(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, call: str, fault: str
) -> None:
    delivery = post(place=DESK if call == "create" else await private(teams, desk))
    chat = "desk" if call == "create" else "a:ana"
    teams.faults.next(call, fault)
    with pytest.raises(UnknownOutcomeError):
        await adapter.send(delivery, key="o1", target=None)
    assert len(teams.calls(call)) == 1
    assert await adapter.find(delivery, key="o1", target=None) is None
    await adapter.send(delivery, key="o1", target=None)
    arrived = ["hola"] if fault == "lost" else []
    assert said(teams, chat) == [*arrived, "Si ya leyó esto, es el mismo mensaje: no supimos si llegó.<br/>hola"]


async def test_and_not_for_ever(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    teams.faults.next("create", "lost", "lost", "lost")
    for _ in range(3):
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(post(), key="o1", target=None)
        if len(teams.calls("create")) < 3:
            assert await adapter.find(post(), key="o1", target=None) is None
    with pytest.raises(PermanentError):
        await adapter.find(post(), key="o1", target=None)
    assert len(teams.posts("desk")) == 3


async def test_nothing_is_repeated_while_teams_does_not_answer(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    teams.faults.next("create", "cut")
    with pytest.raises(UnknownOutcomeError):
        await adapter.send(post(), key="o1", target=None)
    teams.faults.down = True
    for _ in range(9):
        with pytest.raises(TransientError):
            await adapter.find(post(), key="o1", target=None)
    teams.faults.down = False
    assert await adapter.find(post(), key="o1", target=None) is None
    assert len(teams.calls("create")) == 1


async def test_a_revision_may_be_repeated(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    card = await adapter.send(post(), key="o1", target=None)
    teams.faults.next("update", "status:500")
    revise = Revise(place=DESK, ref="r", message=message("otra"))
    with pytest.raises(TransientError):
        await adapter.send(revise, key="o2", target=card)
    await adapter.send(revise, key="o2", target=card)
    assert said(teams, "desk") == ["otra"]


@pytest.mark.parametrize("fault", ["limit:3", "busy"])
async def test_what_was_not_taken_for_now_is_tried_later(adapter: TeamsAdapter, teams: FakeTeams, fault: str) -> None:
    teams.faults.next("create", fault)
    with pytest.raises(TransientError) as caught:
        await adapter.send(post(), key="o1", target=None)
    assert caught.value.retry_after == (3 if fault == "limit:3" else 1)
    assert teams.posts("desk") == []


async def test_after_a_429_everybody_waits_in_that_channel_and_nobody_elsewhere(
    connect: Connect, teams: FakeTeams
) -> None:
    adapter = await connect(teams, pace=Pace(speed=FAST))
    teams.faults.next("create", "limit:30")
    for key in ("o1", "o2"):
        with pytest.raises(TransientError) as caught:
            await adapter.send(post(), key=key, target=None)
        assert caught.value.retry_after
        assert 29 < caught.value.retry_after <= 30
    assert len(teams.calls("create")) == 1
    await adapter.send(
        post(place=Place(platform=Platform.TEAMS, channel="19:acme@thread.tacv2")), key="o3", target=None
    )


FAST = 1000.0


async def test_a_channel_takes_seven_in_a_second_and_sixty_in_thirty() -> None:
    clock = [0.0]
    pace = Pace(clock=lambda: clock[0])
    window = pace._window("19:desk", WRITES)
    taken = []
    for _ in range(130):
        at = window.next(clock[0])
        window.at.append(at)
        taken.append(at)
    for span, most in WRITES:
        for first in range(len(taken) - most):
            assert taken[first + most] - taken[first] >= span - 1e-9
    assert taken[59] < 10
    assert 30 <= taken[60] < 31
    with pytest.raises(TransientError) as caught:
        await pace.turn("19:desk", "tenant")
    assert caught.value.retry_after
    await pace.turn("19:acme", "tenant")
    await pace.turn("19:desk", "tenant", READS)


async def test_a_burst_is_slowed_down_and_none_of_it_lost(connect: Connect, teams: FakeTeams) -> None:
    adapter = await connect(teams, pace=Pace(speed=5))
    began = time.monotonic()
    await asyncio.gather(*(adapter.send(post(str(n)), key=f"o{n}", target=None) for n in range(21)))
    assert time.monotonic() - began >= 0.38
    assert sorted(said(teams, "desk"), key=int) == [str(n) for n in range(21)]


@pytest.mark.parametrize(
    "word",
    ["MessageWritesBlocked", "BotNotInConversationRoster", "ConversationBlockedByUser", "BotDisabledByAdmin"],
)
async def test_a_dead_chat_is_remembered_and_lives_again_when_somebody_writes(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, notebook: Notebook, word: str
) -> None:
    place = await private(teams, desk)
    teams.chat("a:ana").gone = word
    for key in ("o1", "o2"):
        with pytest.raises(PermanentError, match=word):
            await adapter.send(post(place=place), key=key, target=None)
    assert len(teams.calls("send")) == 1
    assert word in notebook.kept["a:ana"].dead
    teams.chat("a:ana").gone = ""
    await private(teams, desk)
    await adapter.send(post(place=place), key="o3", target=None)
    assert said(teams, "a:ana") == ["hola"]


async def test_a_chat_that_is_not_there_is_final(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    nowhere = Place(platform=Platform.TEAMS, channel="19:nowhere@thread.tacv2")
    with pytest.raises(PermanentError, match="ConversationNotFound"):
        await adapter.send(post(place=nowhere), key="o1", target=None)


async def test_what_teams_finds_wrong_with_one_message_leaves_the_chat_alive(
    adapter: TeamsAdapter, teams: FakeTeams, notebook: Notebook
) -> None:
    teams.faults.next("create", "code:403:SomethingElse", "code:400:BadSyntax")
    for _ in range(2):
        with pytest.raises(PermanentError):
            await adapter.send(post(), key="o1", target=None)
    await adapter.send(post(), key="o2", target=None)


async def test_a_token_that_was_refused_is_asked_for_again(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    await adapter.send(post("uno"), key="o1", target=None)
    teams.tokens += 1  # Microsoft takes the old one back
    await adapter.send(post("dos"), key="o2", target=None)
    assert said(teams, "desk") == ["uno", "dos"]


async def test_a_wrong_password_waits_for_the_operator(connect: Connect, teams: FakeTeams) -> None:
    adapter = await connect(teams, **{**teams.credentials, "password": "old"})
    with pytest.raises(TransientError, match="invalid_client") as caught:
        await adapter.send(post(), key="o1", target=None)
    assert caught.value.retry_after == 60


async def test_teams_out_of_reach_is_transient_where_nothing_can_have_been_sent(
    adapter: TeamsAdapter, teams: FakeTeams
) -> None:
    await adapter.send(post(), key="o0", target=None)
    assert teams._runner
    await teams._runner.cleanup()
    for _ in range(2):
        with pytest.raises((TransientError, UnknownOutcomeError)):
            await adapter.send(post(), key="o1", target=None)
    with pytest.raises(TransientError):
        await adapter.send(post(), key="o1", target=None)


async def test_a_reference_to_a_foreign_service_is_not_used(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, notebook: Notebook
) -> None:
    place = await private(teams, desk)
    notebook.kept["a:ana"] = replace(notebook.kept["a:ana"], service_url="https://evil.example/")
    adapter._references._known.clear()
    with pytest.raises(PermanentError, match="not trusted"):
        await adapter.send(post(place=place), key="o1", target=None)


async def test_a_long_message_is_told_whole_and_goes_on_where_it_was_stopped(
    adapter: TeamsAdapter, teams: FakeTeams
) -> None:
    teams.faults.next("send", "", "busy")
    with pytest.raises(TransientError):
        await adapter.send(post(LONG), key="o1", target=None)
    first = await adapter.send(post(LONG), key="o1", target=None)
    posted = teams.posts("desk")
    assert (posted[0]["id"], {one["thread"] for one in posted[1:]}) == (first, {first})
    assert "".join(one["activity"]["text"] for one in posted).replace("<br/>", "") == LONG
    assert all(len(str(one["activity"]).encode()) < 40_000 for one in posted)


async def test_reactions_are_left_out_and_mail_is_not_for_teams(adapter: TeamsAdapter, teams: FakeTeams) -> None:
    react: Delivery = React(place=DESK, message="1", emoji="eyes")
    assert await adapter.send(react, key="o1", target=None) is None
    with pytest.raises(PermanentError):
        await adapter.send(Mail(to="a@b.pe", subject="x", message=message("x")), key="o2", target=None)
    assert teams.connector.calls == []


@pytest.fixture
def photo(shelf: Shelf) -> File:
    shelf.contents["f1"] = b"\x89PNG picture"
    return File(id="f1", name="foto <b>.png", media_type="image/png", size=12)


@pytest.fixture
def report(shelf: Shelf) -> File:
    shelf.contents["f2"] = b"%PDF report"
    return File(id="f2", name="informe.pdf", media_type="application/pdf", size=11)


async def test_pictures_are_shown_under_their_message(adapter: TeamsAdapter, teams: FakeTeams, photo: File) -> None:
    missing = File(id="f9", name="grande.zip", problem=FileProblem.TOO_LARGE)
    await adapter.send(post("mire", photo, missing), key="o1", target=None)
    told, shown = teams.posts("desk")
    assert shown["thread"] == told["id"]
    assert card_of(shown)["body"][0]["url"] == "data:image/png;base64,iVBORyBwaWN0dXJl"


async def test_in_private_a_file_is_handed_over_once_somebody_says_yes(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, report: File
) -> None:
    place = await private(teams, desk)
    await adapter.send(post("el informe", report, place=place), key="o1", target=None)
    question = teams.posts("a:ana")[-1]
    assert (await teams.someone("ana").consents(question, "accept")).status == 200
    await teams.until(lambda: "informe.pdf" in teams.world.contents)
    assert teams.world.contents["informe.pdf"] == b"%PDF report"
    await teams.until(lambda: len(teams.posts("a:ana")) == 2)
    assert question not in teams.posts("a:ana")
    (shown,) = teams.posts("a:ana")[-1]["activity"]["attachments"]
    assert shown["contentType"] == "application/vnd.microsoft.teams.card.file.info"


async def test_and_not_where_they_say_no(adapter: TeamsAdapter, teams: FakeTeams, desk: Desk, report: File) -> None:
    place = await private(teams, desk)
    await adapter.send(post("el informe", report, place=place), key="o1", target=None)
    await teams.someone("ana").consents(teams.posts("a:ana")[-1], "decline")
    assert len(teams.posts("a:ana")) == 1
    assert teams.world.contents == {}


async def test_a_file_goes_to_microsofts_drives_and_nowhere_else(
    connect: Connect, teams: FakeTeams, desk: Desk, report: File
) -> None:
    adapter = await connect(teams)
    place = await private(teams, desk)
    await adapter.send(post("el informe", report, place=place), key="o1", target=None)
    question = teams.posts("a:ana")[-1]
    await teams.someone("ana").consents(question, "accept", upload="https://evil.example/upload")
    await teams.settled()
    assert teams.world.contents == {}


async def test_in_a_channel_a_file_is_brought_to_the_private_chat_of_who_asks(
    adapter: TeamsAdapter, teams: FakeTeams, report: File
) -> None:
    place = Place(platform=Platform.TEAMS, channel="19:acme@thread.tacv2")
    await adapter.send(post("el informe", report, place=place), key="o1", target=None)
    offer = teams.posts("acme")[-1]
    answer = await teams.someone("ana").presses("acme", offer["id"], "Recibir en mi chat")
    assert answer.body["value"] == "Se lo envié a nuestro chat privado."
    (question,) = teams.posts("a:ana")
    assert question["activity"]["attachments"][0]["name"] == "informe.pdf"
    teams.world.user("rosa").has_app = False
    answer = await teams.someone("rosa").presses("acme", offer["id"], "Recibir en mi chat")
    assert "escríbame «hola»" in answer.body["value"]
