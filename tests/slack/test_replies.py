"""What Slack is answered at once."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.adapter import SlackAdapter
from dialogs.events import Event, HomeOpened, Invoked, Place, Platform, Pressed, Said, Submitted
from dialogs.messages import (
    Button,
    FormErrors,
    FormView,
    Heading,
    Input,
    InputKind,
    Message,
    OpenForm,
    Option,
    Paragraph,
    Plain,
    Post,
    Select,
    ShowHome,
    Whisper,
)
from tests.fakes.slack import FakeSlack
from tests.slack.desk import Desk

FORM = FormView(
    form="case.reply",
    token="LD-12:1",
    title="Responder al cliente en su conversación",
    submit="Enviar",
    inputs=(
        Input(name="text", label="Respuesta", type=InputKind.TEXT, value="x" * 4000, hint="Lo verá el cliente"),
        Input(
            name="status",
            label="Estado",
            type=InputKind.CHOICE,
            value="b",
            options=(Option("a", "A"), Option("b", "B")),
        ),
        Input(name="note", label="Nota", required=False, max_length=50),
    ),
)
SECRET = Whisper(Message(blocks=(Paragraph((Plain("Solo para usted"),)),)))
CARD = Message(blocks=(Paragraph((Plain("LD-12"),)),), controls=(Button(name="case.reply", label="Responder"),))


@pytest.fixture
async def card(adapter: SlackAdapter) -> str:
    place = Place(platform=Platform.SLACK, channel="C0DESK")
    ts = await adapter.send(Post(place=place, message=CARD), key="card", target=None)
    assert ts
    return ts


def slowly(seconds: float, desk: Desk) -> None:
    async def wait(_: Event) -> None:
        await asyncio.sleep(seconds)

    desk.before = wait


async def open_form(slack: FakeSlack, card: str) -> str:
    assert (await slack.agent("marta").presses("desk", card, "case.reply")).ok
    (view,) = slack.world.views
    return view


async def test_a_button_opens_a_form(slack: FakeSlack, desk: Desk, card: str) -> None:
    desk.answer = lambda _: OpenForm(FORM)
    view = slack.world.views[await open_form(slack, card)]
    assert view["callback_id"] == "case.reply"
    assert len(view["title"]["text"]) <= 24
    text, status, note = (block["element"] for block in view["blocks"])
    assert len(text["initial_value"]) == 3000
    assert status["initial_option"]["value"] == "b"
    assert [block["optional"] for block in view["blocks"]] == [False, False, True]
    assert note["max_length"] == 50


async def test_a_command_opens_a_form_or_answers_only_who_typed(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    desk.answer = lambda event: OpenForm(FORM) if event.what == Invoked(command="case", text="reply") else SECRET
    assert (await slack.agent("marta").commands("desk", "case", "reply")).payload == {}
    assert len(slack.world.views) == 1
    answer = await slack.agent("marta").commands("desk", "case", "help")
    assert (answer.payload["response_type"], answer.payload["text"]) == ("ephemeral", "Solo para usted")


async def test_words_for_one_person_after_a_button_go_through_its_own_address(
    slack: FakeSlack, desk: Desk, card: str
) -> None:
    desk.answer = lambda _: SECRET
    await slack.agent("marta").presses("desk", card, "case.reply")
    (whisper,) = slack.world.whispers
    assert (whisper["user"], whisper["replace_original"], whisper["thread_ts"]) == ("U0MARTA", False, card)


async def test_and_by_the_web_api_where_that_address_is_gone(slack: FakeSlack, desk: Desk, card: str) -> None:
    """A `response_url` is good for five answers in half an hour."""
    desk.answer = lambda _: SECRET
    slack.faults.next("response_url", "gone")
    await slack.agent("marta").presses("desk", card, "case.reply")
    (whisper,) = slack.world.whispers
    assert (whisper["user"], whisper["channel"], whisper["text"]) == ("U0MARTA", "C0DESK", "Solo para usted")


async def test_words_for_one_person_after_a_message(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = lambda event: SECRET if isinstance(event.what, Said) else None
    root = slack.customer("ana").says("acme", "hola")
    await slack.settled()
    slack.customer("ana").says("acme", "¿hay alguien?", thread=root)
    await slack.settled()
    assert [(whisper["user"], whisper.get("thread_ts")) for whisper in slack.world.whispers] == [
        ("U0ANA", None),
        ("U0ANA", root),
    ]


async def test_mistakes_are_shown_in_the_form_and_the_same_values_may_be_sent_again(
    slack: FakeSlack, desk: Desk, card: str
) -> None:
    replies = iter((OpenForm(FORM), FormErrors({"text": "Muy corto", "gone": "Y otra cosa"}), None))
    desk.answer = lambda _: next(replies)
    view = await open_form(slack, card)
    first = await slack.agent("marta").submits(view, text="no")
    assert first.payload == {"response_action": "errors", "errors": {"text": "Muy corto Y otra cosa"}}
    assert view in slack.world.views
    second = await slack.agent("marta").submits(view, text="no")
    assert (second.ok, second.payload, slack.world.views) == (True, {}, {})
    submitted = [event.what.values["text"] for event in desk.events if isinstance(event.what, Submitted)]
    assert submitted == ["no", "no"]


async def test_a_form_sent_twice_at_once_is_one_event(slack: FakeSlack, desk: Desk, card: str) -> None:
    desk.answer = lambda event: None if isinstance(event.what, Submitted) else OpenForm(FORM)
    view = await open_form(slack, card)
    slowly(0.1, desk)
    marta = slack.agent("marta")
    answers = await asyncio.gather(marta.submits(view, text="hola"), marta.submits(view, text="hola"))
    assert all(answer.ok for answer in answers)
    assert sum(isinstance(event.what, Submitted) for event in desk.events) == 1


async def test_what_follows_a_form_is_shown_in_its_place(slack: FakeSlack, desk: Desk, card: str) -> None:
    desk.answer = lambda event: SECRET if isinstance(event.what, Submitted) else OpenForm(FORM)
    view = await open_form(slack, card)
    answer = await slack.agent("marta").submits(view, text="hola")
    assert answer.payload["response_action"] == "update"
    assert "submit" not in slack.world.views[view]


async def test_a_slow_turn_still_opens_its_form_within_the_three_seconds(
    slack: FakeSlack, desk: Desk, card: str
) -> None:
    """A trigger lives three seconds and works once."""
    desk.answer = lambda _: OpenForm(FORM)
    slowly(2.1, desk)
    view = await open_form(slack, card)
    assert [len(slack.calls("views.open")), len(slack.calls("views.update"))] == [1, 1]
    assert slack.world.views[view]["callback_id"] == "case.reply"


async def test_a_trigger_that_came_too_late_says_what_to_do(slack: FakeSlack, desk: Desk, card: str) -> None:
    desk.answer = lambda _: OpenForm(FORM)
    slack.faults.next("views.open", "error:expired_trigger_id")
    assert (await slack.agent("diego").presses("desk", card, "case.reply")).ok
    (whisper,) = slack.world.whispers
    assert whisper["text"].startswith("The form took too long to open")


async def test_a_form_that_could_not_be_kept_stays_open_with_its_words(slack: FakeSlack, desk: Desk, card: str) -> None:
    desk.answer = lambda _: OpenForm(FORM)
    view = await open_form(slack, card)

    async def fails(_: Event) -> None:
        raise OSError("database is locked")

    desk.before = fails
    answer = await slack.agent("marta").submits(view, text="hola")
    assert answer.payload["response_action"] == "errors"
    assert answer.payload["errors"]["text"].startswith("No pudimos guardar esto")
    assert view in slack.world.views
    desk.before, desk.answer = None, lambda _: None
    assert (await slack.agent("marta").submits(view, text="hola")).payload == {}
    assert desk.events[-1].what == Submitted(
        form="case.reply", token="LD-12:1", values={"text": "hola", "status": "b", "note": ""}
    )


async def test_a_command_that_could_not_be_kept_says_so(adapter: SlackAdapter, slack: FakeSlack, desk: Desk) -> None:
    async def fails(_: Event) -> None:
        raise OSError("disk full")

    desk.before = fails
    answer = await slack.agent("diego").commands("desk", "case", "take LD-1")
    assert answer.payload["text"].startswith("We could not save this")


DIRECT = Place(platform=Platform.SLACK, channel="DU0MARTA", direct=True)
LONG = Message(
    blocks=tuple(Heading(f"Caso {number}") for number in range(150)),
    controls=(
        Button(name="dialog.form", label="Nuevo caso"),
        Select(name="case.show", placeholder="Ver…", options=(Option("LD-1", "LD-1"),)),
    ),
)


async def test_the_home_tab_is_one_page_of_at_most_a_hundred_blocks(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    slack.agent("marta").opens_home()
    (event,) = await desk.until(1)
    assert (event.what, event.place) == (HomeOpened(), DIRECT)
    await adapter.send(ShowHome(place=DIRECT, person="U0MARTA", message=LONG), key="1", target=None)
    blocks = slack.world.homes["U0MARTA"]["blocks"]
    assert len(blocks) == 100
    assert blocks[-1]["type"] == "actions"


async def test_what_is_pressed_on_the_home_tab_belongs_to_the_private_chat(
    adapter: SlackAdapter, slack: FakeSlack, desk: Desk
) -> None:
    await adapter.send(ShowHome(place=DIRECT, person="U0MARTA", message=LONG), key="1", target=None)
    desk.answer = lambda _: SECRET
    assert (await slack.agent("marta").presses_home("case.show", "LD-1")).ok
    (event,) = desk.events
    assert (event.what, event.place) == (Pressed(name="case.show", value="LD-1"), DIRECT)
    (view,) = slack.world.views.values()
    assert "Solo para usted" in str(view["blocks"])


async def test_a_button_in_what_follows_a_form_is_answered_in_its_place(
    slack: FakeSlack, desk: Desk, card: str
) -> None:
    """A reply that was sent by the form says that it can be undone."""
    undo = Button(name="case.undo", label="Deshacer", value="LD-12 reply")
    held = Whisper(Message(blocks=(Paragraph((Plain("Sale en 10 segundos"),)),), controls=(undo,)))
    replies = iter((OpenForm(FORM), held, SECRET))
    desk.answer = lambda _: next(replies)
    view = await open_form(slack, card)
    await slack.agent("marta").submits(view, text="Ya lo vemos")
    assert "Sale en 10 segundos" in str(slack.world.views[view]["blocks"])
    assert (await slack.agent("marta").presses_in(slack.world.views[view], "case.undo")).ok
    event = desk.events[-1]
    assert event.what == Pressed(name="case.undo", value="LD-12 reply")
    assert (event.place.channel, event.place.thread, event.place.direct) == ("C0DESK", card, False)
    assert "Solo para usted" in str(slack.world.views[view]["blocks"])
    assert len(slack.world.views) == 1
