"""Every button of the desk, typed by its label where it stands, does what a press of it does; in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.links import Links
from bot.settings import read_settings
from dialogs.events import Language, Mailed, MailNature, Person, Place, Platform, Pressed
from dialogs.messages import Button, FormErrors, OpenForm, Whisper, message_text
from dialogs.phrases import voice
from storage.database import Database
from tests.conftest import NewDatabase
from tests.desk.conftest import ACME, ANA, CARMEN, DESK, DIEGO, GLOBEX, LOG, LUIS, MARTA, whispered
from tests.desk.escalation.conftest import LIST, Ladders

SETTINGS = """
languages.default = "{language}"
third_parties.named = true
times.undo = "10 minutes"
"""
NOC = "noc@carrierx.example"


@dataclass
class Scene:
    """A desk in one language, with its people."""

    office: Ladders
    language: Language

    @property
    def agent(self) -> Person:
        return MARTA if self.language is Language.SPANISH else DIEGO

    @property
    def customer(self) -> Person:
        return ANA if self.language is Language.SPANISH else LUIS

    def either(self, spanish: str, english: str) -> str:
        return spanish if self.language is Language.SPANISH else english

    async def filed(self) -> Place:
        channel = self.either("acme", "globex")
        place = ACME if channel == "acme" else GLOBEX
        return await self.office.files(self.customer, place, self.either("Sin tono", "No tone"), language=self.language)

    async def types(self, text: str) -> None:
        await self.office.says(self.agent, DESK, text, addressed=True)


async def new_case(scene: Scene) -> None:
    await scene.filed()


async def resolved_case(scene: Scene) -> Place:
    thread = await scene.filed()
    await scene.types("take 1")
    await scene.types("resolve 1 Listo.")
    return thread


async def opened_again(scene: Scene) -> None:
    thread = await resolved_case(scene)
    await scene.office.says(scene.customer, thread, scene.either("sigue sin tono", "still no tone"))


async def asked_whether_it_goes_on(scene: Scene) -> None:
    thread = await resolved_case(scene)
    await scene.office.says(scene.customer, thread, "", LOG)


async def asked_for_a_mark(scene: Scene) -> None:
    await resolved_case(scene)
    await scene.office.waits(15)


async def marked(scene: Scene) -> None:
    thread = await resolved_case(scene)
    await scene.office.waits(15)
    await scene.office.says(scene.customer, thread, "4")


async def looked_up(scene: Scene) -> None:
    await scene.filed()
    thread = await scene.filed()
    await scene.office.says(scene.customer, thread, scene.either("estado LD-1", "status LD-1"), addressed=True)


async def waiting_reply(scene: Scene) -> None:
    await scene.filed()
    await scene.office.says(scene.agent, scene.office.under_card(), "reply hola", addressed=True)


async def asked_a_third_party(scene: Scene) -> None:
    await scene.filed()
    await scene.types(f'derive LD-1 "Carrier X" TT-991 {NOC}')


async def answered_third_party(scene: Scene) -> None:
    await asked_a_third_party(scene)
    await scene.types("answered LD-1 Cambiaron la tarjeta.")


async def letter_of_a_machine(scene: Scene) -> None:
    await asked_a_third_party(scene)
    await scene.types("mail LD-1 send")
    await scene.office.waits(1)
    subject = (await scene.office.mails())[-1].subject
    noc = Person(platform=Platform.MAIL, tenant="carrierx.example", id=NOC, name="NOC")
    inbox = Place(platform=Platform.MAIL, channel="soporte@ld.example")
    mailed = Mailed(message="<1@x>", subject=f"Re: {subject}", text="Ticket", nature=MailNature.AUTOMATIC)
    await scene.office.does(noc, inbox, mailed)


async def lost_letter(scene: Scene) -> None:
    scene.office.broken = ('"kind":"mail"',)
    await asked_a_third_party(scene)
    await scene.types("mail LD-1 send")
    await scene.office.waits(1)


async def due_news(scene: Scene) -> None:
    await asked_a_third_party(scene)
    for _ in range(48):
        await scene.office.waits(15)
        if any("case.update" in shown.buttons for screen in scene.office.screens.values() for shown in screen):
            return


async def alert(scene: Scene) -> None:
    await scene.filed()
    await scene.types("escalate 1 Nadie contesta")


Story = Callable[[Scene], Awaitable[object]]
STORIES: dict[Story, str] = {
    new_case: "case.take case.reply case.wait case.note case.severity case.derive case.resolve case.phone "
    "contact.call contact.chat",
    opened_again: "case.undo",
    asked_whether_it_goes_on: "closing.still closing.good case.undo",
    asked_for_a_mark: "survey.rate.1 survey.rate.5",
    marked: "survey.comment",
    looked_up: "dialog.escalate",
    waiting_reply: "case.undo",
    asked_a_third_party: "case.answered case.mail",
    answered_third_party: "case.mail",
    letter_of_a_machine: "case.answered",
    lost_letter: "case.mail",
    due_news: "case.update",
    alert: "case.acknowledge case.takeover case.further case.snooze",
}
"""Each with the buttons that it brings."""


@asynccontextmanager
async def played(new_sqlite: NewDatabase, story: Story, language: Language) -> AsyncIterator[Scene]:
    database = await Database.open(new_sqlite(True))
    settings = read_settings(SETTINGS.format(language=language) + LIST.replace('times.undo = "0 seconds"', ""))
    office = Ladders(database, settings, links=Links("https://soporte.example", "geheim"))
    scene = Scene(office, language)
    try:
        await office.open()
        await story(scene)
        yield scene
    finally:
        await database.close()


def standing(scene: Scene) -> list[tuple[Place, Button]]:
    """Every button that can be pressed now, and the thread that it stands in."""
    found = []
    for where, screen in scene.office.screens.items():
        channel, _, thread = where.partition(":")
        for shown in screen:
            place = Place(platform=Platform.WEB, channel=channel, thread=thread or shown.id)
            found += [(place, one) for one in shown.message.controls if isinstance(one, Button)]
    return found


def lines(scene: Scene) -> Counter[str]:
    screens = scene.office.screens.values()
    return Counter(line for screen in screens for shown in screen for line in shown.text.splitlines())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
async def test_a_label_typed_is_a_press(story: Story, language: Language, new_sqlite: NewDatabase) -> None:
    async with played(new_sqlite, story, language) as scene:
        found = {(button.name, button.label): number for number, (_, button) in enumerate(standing(scene))}
    names = {name for name, _ in found}
    assert names >= set(STORIES[story].split())
    assert names <= {name for told in STORIES.values() for name in told.split()} | {
        f"survey.rate.{n}" for n in (2, 3, 4)
    }
    for (name, _), number in found.items():
        if name in STORIES[story].split():
            await _same(new_sqlite, story, language, number)


async def _same(new_sqlite: NewDatabase, story: Story, language: Language, number: int) -> None:
    async with played(new_sqlite, story, language) as scene:
        place, button = standing(scene)[number]
        who, how = _who(scene, place), _how(button, language)
        before = lines(scene)
        reply = await scene.office.does(who, place, Pressed(name=button.name, value=button.value))
        opens = isinstance(reply, OpenForm)
        if isinstance(reply, OpenForm) and not any(one.required for one in reply.view.inputs):
            scene.office.now -= timedelta(minutes=1)
            reply = await scene.office.sends(who, reply.view)
            opens = isinstance(reply, FormErrors) or how in whispered(reply)
        pressed = lines(scene) - before
        if isinstance(reply, Whisper):
            pressed += Counter(message_text(reply.message).splitlines())
    async with played(new_sqlite, story, language) as scene:
        await scene.office.says(who, place, button.label, addressed=True)
        typed = lines(scene) - before
    if opens:
        assert how in "\n".join(typed), f"{button.label} ({button.name})"
    else:
        assert pressed, button
        assert not pressed - typed, f"{button.label} ({button.name})"


def _who(scene: Scene, place: Place) -> Person:
    if place.channel == DESK.channel:
        return scene.agent
    return CARMEN if place.channel == "escalations" else scene.customer


def _how(button: Button, language: Language) -> str:
    """What tells somebody how to type what they would fill into the form."""
    speak = voice(language)
    match button.name:
        case "survey.comment":
            return speak("survey.how", case="LD-1")
        case "case.mail":
            return speak("thirdparty.mail.typed.own", case="LD-1", party="Carrier X")
        case "case.update":
            return speak("thirdparty.news.typed", case="LD-1")
        case name if name.startswith("case."):
            return speak(f"desk.help.{name.removeprefix('case.')}")
        case _:
            return ""
