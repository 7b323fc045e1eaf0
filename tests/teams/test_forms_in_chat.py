"""A form that takes the place of a card in the chat, where there are no dialogs, leaves it again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from adapters.teams.adapter import TeamsAdapter
from dialogs.events import Event, Language, Place, Platform, Pressed, Submitted
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
    Revise,
    Whisper,
)
from tests.fakes.teams import FakeTeams
from tests.fakes.teams.people import actions, name_of
from tests.slack.desk import Desk
from tests.teams.conftest import Connect

DESK = Place(platform=Platform.TEAMS, channel="19:desk@thread.tacv2")
FORM = FormView(
    form="case.note",
    token="LD-1:1",
    title="Nota · LD-1",
    submit="Guardar",
    cancel="Cerrar",
    inputs=(
        Input(name="text", label="Nota", type=InputKind.TEXT),
        Input(name="kind", label="Tipo", type=InputKind.CHOICE, options=(Option(label="Llamada", value="call"),)),
    ),
)
OPEN = Button(name="open", label="Nota interna", opens=True)


def message(text: str) -> Message:
    return Message(blocks=(Paragraph((Plain(text),)),), controls=(OPEN,))


def told(text: str) -> Whisper:
    return Whisper(message=Message(blocks=(Paragraph((Plain(text),)),)))


@dataclass
class Scene:
    """Marta before a card of the desk."""

    teams: FakeTeams
    adapter: TeamsAdapter
    desk: Desk
    submitted: Reply | None = None
    card: str | None = None

    def answers(self, event: Event) -> Reply | None:
        match event.what:
            case Pressed(name="open"):
                return OpenForm(FORM)
            case Submitted():
                return self.submitted
            case _:
                return None

    async def opens(self, *, ref: str | None = None) -> dict[str, Any]:
        """Post the card and let Marta open its form; what she sees then."""
        self.teams.someone("marta").says("desk", "hola")
        await self.desk.until(1)
        self.card = await self.adapter.send(Post(place=DESK, message=message("LD-1"), ref=ref), key="o1", target=None)
        assert self.card is not None
        answer = await self.teams.someone("marta").presses("desk", self.card, "Nota interna")
        return answer.body["value"]

    async def presses(self, shown: dict[str, Any], name: str, **inputs: str) -> dict[str, Any]:
        chat = self.teams.chat("desk")
        found = chat.find(str(self.card))
        assert found is not None
        action = next(one for one in actions(shown) if name_of(one) == name)
        answer = await self.teams.someone("marta").acts(chat, found, action, inputs)
        assert answer.status == 200
        return answer.body


@pytest.fixture
async def scene(connect: Connect, desk: Desk) -> AsyncIterator[Scene]:
    async with FakeTeams(anonymous=True) as teams:
        made = Scene(teams, await connect(teams), desk)
        desk.answer = made.answers
        yield made


async def test_closing_it_brings_the_card_back_and_tells_nobody(scene: Scene) -> None:
    form = await scene.opens()
    events = len(scene.desk.events)
    back = await scene.presses(form, "teams.cancel")
    assert "LD-1" in str(back["value"]["body"])
    assert [one["title"] for one in actions(back["value"])] == ["Nota interna"]
    assert len(scene.desk.events) == events


async def test_sent_from_a_card_that_lasts_the_card_comes_back_as_it_is_by_now(scene: Scene) -> None:
    form = await scene.opens(ref="card:LD-1")
    await scene.adapter.send(
        Revise(place=DESK, ref="card:LD-1", message=message("LD-1 En curso")), key="o2", target=scene.card
    )
    back = await scene.presses(form, "case.note", text="Llamé")
    assert "LD-1 En curso" in str(back["value"]["body"])
    assert "Nota interna" in str(back["value"]["actions"])


async def test_sent_from_any_other_message_what_was_filled_in_stays_to_be_read(scene: Scene) -> None:
    form = await scene.opens()
    sent = (await scene.presses(form, "case.note", text="Llamé {{DATE(2026-01-01)}}", kind="call"))["value"]
    assert "actions" not in sent
    body = str(sent["body"])
    assert all(text in body for text in ("Nota · LD-1", "Llamé", "Tipo: ", "Llamada"))
    assert "{{" not in body, "what people wrote is not calculated with"


@pytest.mark.parametrize("ref", [None, "card:LD-1"])
async def test_what_is_to_be_said_about_it_is_said_where_it_stood(scene: Scene, ref: str | None) -> None:
    form = await scene.opens(ref=ref)
    scene.submitted = told("Ya se había enviado.")
    back = await scene.presses(form, "case.note", text="Llamé")
    assert "Ya se había enviado." in str(back["value"]["body"])
    assert ("Nota interna" in str(back["value"])) is bool(ref)


@pytest.mark.parametrize(("language", "sentence"), [(Language.SPANISH, "Listo."), (Language.ENGLISH, "Done.")])
async def test_a_press_is_answered_in_the_language_of_its_card(scene: Scene, language: Language, sentence: str) -> None:
    scene.teams.someone("marta").says("desk", "hola")
    await scene.desk.until(1)
    card = Message(blocks=message("LD-1").blocks, controls=(Button(name="take", label="Tomar"),), language=language)
    scene.card = await scene.adapter.send(Post(place=DESK, message=card), key="o1", target=None)
    assert scene.card is not None
    answer = await scene.teams.someone("marta").presses("desk", scene.card, "Tomar")
    assert answer.body["value"] == sentence


async def test_with_mistakes_it_stays_as_it_was_filled_in(scene: Scene) -> None:
    form = await scene.opens(ref="card:LD-1")
    scene.submitted = FormErrors({"text": "Falta la hora."})
    again = (await scene.presses(form, "case.note", text="Llamé"))["value"]
    assert "Falta la hora." in str(again["body"])
    assert "Llamé" in str(again["body"])
    assert "case.note" in [name_of(one) for one in actions(again)]


async def test_a_process_that_does_not_know_the_card_any_more_still_closes_the_form(
    scene: Scene, connect: Connect
) -> None:
    form = await scene.opens(ref="card:LD-1")
    await connect(scene.teams)
    assert "Formulario cerrado." in str((await scene.presses(form, "teams.cancel"))["value"]["body"])
    sent = await scene.presses(form, "case.note", text="Llamé")
    assert "Llamé" in str(sent["value"]["body"])
