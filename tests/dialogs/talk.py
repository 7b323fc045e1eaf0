"""A conversation with the bare engine: no store, no desk, the clock in the test's hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dialogs.engine.form import Context, Form, Profile
from dialogs.engine.outcome import Complete, Consult, Outcome, Say
from dialogs.engine.state import DialogState, dump_state, load_state
from dialogs.engine.turn import SILENCE, turn
from dialogs.events import (
    Deleted,
    Edited,
    Event,
    File,
    Language,
    Person,
    Place,
    Platform,
    Pressed,
    Said,
    Submitted,
    TimerFired,
    What,
)
from dialogs.forms.intake import INTAKE
from dialogs.forms.profile import PROFILE
from dialogs.messages import Button, FormView, Message, OpenForm, message_text
from dialogs.phrases import voice
from dialogs.wording import Home

SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""10:00 in Miami and in Bogotá."""

ANSWERS = {
    Language.SPANISH: {
        "description": "las llamadas a celulares se cortan",
        "expected": "que duren lo que uno hable",
        "service": "troncal 4471",
        "impact": "varias personas",
        "workaround": "no",
        "started": "hoy a las 9:15",
        "zone": "Bogotá",
        "phone": "+57 301 555 0142",
    },
    Language.ENGLISH: {
        "description": "calls to mobiles keep dropping",
        "expected": "they should last as long as we talk",
        "service": "trunk 4471",
        "impact": "several people",
        "workaround": "no",
        "started": "today at 9:15",
        "zone": "Bogotá",
        "phone": "+57 301 555 0142",
    },
}
QUESTIONS = tuple(ANSWERS[Language.SPANISH])


@dataclass
class Talk:
    """Ana of ACME, and whoever else writes, with the engine."""

    language: Language = Language.SPANISH
    profile: Profile = field(default_factory=lambda: Profile(name="Ana"))
    now: datetime = SUNDAY
    forms: dict[str, Form] = field(default_factory=lambda: {INTAKE.name: INTAKE, PROFILE.name: PROFILE})
    state: DialogState = field(default_factory=DialogState)
    last: Outcome = field(default_factory=lambda: Outcome(state=DialogState()))
    count: int = 0

    def event(self, what: What, who: str = "ana", at: datetime | None = None) -> Outcome:
        self.count += 1
        self.now += timedelta(seconds=5)
        happening = Event(
            key=f"test:{self.count}",
            actor=Person(platform=Platform.WEB, tenant="acme", id=who, name=who.title()),
            place=Place(platform=Platform.WEB, channel="acme", thread="root"),
            at=at or self.now,
            what=what,
        )
        context = Context(now=self.now, desk="LDTelecom", home=Home(), profile=self.profile, language=self.language)
        self.last = turn(load_state(dump_state(self.state)), happening, context, self.forms)
        self.state = self.last.state
        return self.last

    def says(self, text: str, who: str = "ana", *, files: tuple[File, ...] = (), at: datetime | None = None) -> Outcome:
        return self.event(Said(message=f"m{self.count + 1}", text=text, files=files), who, at)

    def presses(self, name: str, who: str = "ana", value: str | None = None) -> Outcome:
        known = f"{self.state.serial}.{self.state.asked}"
        return self.event(Pressed(name=name, value=known if value is None else value), who)

    def submits(self, values: dict[str, str], who: str = "ana", token: str | None = None) -> Outcome:
        known = str(self.state.serial) if token is None else token
        return self.event(Submitted(form="intake", token=known, values=values), who)

    def edits(self, message: str, text: str) -> Outcome:
        return self.event(Edited(message=message, text=text))

    def deletes(self, message: str) -> Outcome:
        return self.event(Deleted(message=message))

    def stays_silent(self) -> Outcome:
        """Wait as long as the engine asked for, and let the timer fire."""
        assert self.last.silence is not None
        self.now += self.last.silence
        fence = str(self.state.asked)
        return self.event(TimerFired(timer=SILENCE, fence=fence, subject="web:acme:root"), "clock")

    def gets_to(self, question: str) -> Talk:
        """Answer every question before this one."""
        self.says("nuevo caso" if self.language is Language.SPANISH else "new case")
        for name, answer in ANSWERS[self.language].items():
            if name == question:
                break
            assert self.asking == name
            self.says(answer)
        assert self.asking == question
        return self

    @property
    def asking(self) -> str:
        return self.state.frame.asking if self.state.frame else ""

    @property
    def messages(self) -> list[Message]:
        return [effect.message for effect in self.last.effects if isinstance(effect, Say)]

    @property
    def said(self) -> str:
        """All that was said in the last turn."""
        return "\n".join(map(message_text, self.messages))

    @property
    def consulted(self) -> list[tuple[str, str]]:
        return [(effect.topic, effect.argument) for effect in self.last.effects if isinstance(effect, Consult)]

    @property
    def completed(self) -> Complete | None:
        return next((effect for effect in self.last.effects if isinstance(effect, Complete)), None)

    @property
    def buttons(self) -> dict[str, Button]:
        return {
            control.name: control
            for message in self.messages
            for control in message.controls
            if isinstance(control, Button)
        }

    @property
    def view(self) -> FormView:
        assert isinstance(self.last.reply, OpenForm)
        return self.last.reply.view

    def phrase(self, key: str, **values: str | int) -> str:
        return voice(self.language)(key, **values)

    def answer(self, name: str) -> str:
        assert self.state.frame is not None
        return self.state.frame.answers[name].value
