"""One turn of one conversation while it is being decided: what is known, what has been said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.engine.choosing import label_of
from dialogs.engine.form import TOLD, Context, Field, Form, Heard, Read
from dialogs.engine.outcome import Complete, Consult, Effect, Outcome, Say, Topic
from dialogs.engine.state import Answer, DialogState, Frame
from dialogs.engine.words import Word
from dialogs.events import Event, File, Language
from dialogs.messages import (
    Block,
    Button,
    Control,
    Fields,
    Heading,
    Message,
    OpenForm,
    Paragraph,
    Plain,
    Reply,
    Row,
    SmallPrint,
    Spans,
    Style,
    Whisper,
)
from dialogs.phrases import Value, voice

INTAKE, PROFILE, ESCALATION = "intake", "profile", "escalation"
"""The forms that the engine itself opens, by name."""
SUMMARY = "summary"
CHANGE = "change"


def first_name(name: str) -> str:
    """Return what to call somebody."""
    return name.split(maxsplit=1)[0] if name.strip() else ""


class Conversation:
    """A turn being decided. Everything it gathers leaves through `outcome`."""

    def __init__(
        self,
        state: DialogState,
        event: Event,
        context: Context,
        forms: Mapping[str, Form],
        language: Language,
    ) -> None:
        self.state = replace(state, language=language)
        self.event = event
        self.context = replace(context, language=language)
        self.forms = forms
        self.effects: list[Effect] = []
        self.reply: Reply | None = None
        self.told_language: Language | None = None
        self._lead: list[Block] = []

    # -- what is known

    @property
    def language(self) -> Language:
        return self.context.language

    @property
    def name(self) -> str:
        """What to call who acts: their first name."""
        return first_name(self.event.actor.name)

    @property
    def frame(self) -> Frame:
        assert self.state.frame is not None
        return self.state.frame

    @property
    def form(self) -> Form:
        return self.forms[self.frame.form]

    @property
    def field(self) -> Field | None:
        """The field of the open question, nothing at the form's own steps."""
        return self.form.field(self.frame.asking)

    def heard(self, text: str) -> Heard:
        return Heard(text=text, at=self.event.at, language=self.language)

    def update(self, frame: Frame | None) -> None:
        self.state = replace(self.state, frame=frame)

    # -- saying

    def phrase(self, key: str, /, **values: str | int) -> str:
        return voice(self.language)(key, **values)

    def tell(self, key: str, /, **values: Value) -> None:
        """Say this before whatever is asked next, in the same message."""
        self._lead.append(Paragraph(voice(self.language).spans(key, **values)))

    def show(self, block: Block) -> None:
        """Show this before whatever is asked next, in the same message."""
        self._lead.append(block)

    def say(self, *blocks: Block, controls: tuple[Control, ...] = ()) -> None:
        """Say what was told so far and these blocks, as one message."""
        said = (*self._lead, *blocks)
        self._lead = []
        if said:
            self.effects.append(Say(Message(blocks=said, controls=controls, language=self.language)))

    def whisper(self, key: str, /, **values: Value) -> None:
        """Tell only who acted."""
        blocks = (Paragraph(voice(self.language).spans(key, **values)),)
        self.reply = Whisper(Message(blocks=blocks, language=self.language))

    def consult(self, topic: Topic, argument: str = "") -> None:
        """Let the desk answer here."""
        self.say()
        self.effects.append(Consult(topic, argument, self.language))

    def button(self, word: Word, style: Style = Style.DEFAULT, label: str = "") -> Button:
        opens = word is Word.FORM
        label = label or self.phrase(word)
        return Button(name=word, label=label, value=self._token(), style=style, opens=opens, answers=True)

    def _token(self) -> str:
        return f"{self.state.serial}.{self.state.asked}"

    # -- a form

    def open_form(self, name: str) -> None:
        """Begin a form for who wrote; an earlier draft of theirs is put on the shelf."""
        form = self.forms[name]
        serial = self.state.serial + 1
        open_one = self.state.frame
        interrupted = self.state.interrupted
        if open_one is not None and form.aside and open_one.form != name:
            interrupted, open_one = open_one, None
        answers = {
            field: Answer(value=read.value, at=self.event.at, language=self.language, assumed=read.assumed)
            for field, read in form.known(self.context).items()
        }
        self.state = replace(
            self.state,
            serial=serial,
            shelved=self.state.shelved if form.aside else open_one or self.state.shelved,
            interrupted=interrupted,
            frame=Frame(
                answers=answers,
                form=name,
                fingerprint=form.fingerprint,
                serial=serial,
                owner=self.event.actor.key,
                owner_name=self.event.actor.name,
                asked_at=self.context.now,
            ),
        )

    def answer(self, field: Field, read: Read, text: str, message: str | None = None) -> None:
        """Keep an answer; what hangs on it is open again where it has changed."""
        before = self.frame.answers.get(field.name)
        answers = dict(self.frame.answers)
        answers[field.name] = Answer(
            value=read.value,
            text=text,
            at=self.event.at,
            language=self.language,
            message=message,
            assumed=read.assumed,
        )
        if before is not None and before.value != read.value:
            for other in self.form.fields:
                if field.name in other.needs:
                    answers.pop(other.name, None)
        self.update(replace(self.frame, answers=answers, refusals=0, offered=()))

    def leave_out(self, field: Field, text: str = "") -> None:
        """Go on without an answer, with the field's own assumption where it has one; `text` is what was said."""
        value = field.fallback(self.context) if field.fallback else ""
        answers = dict(self.frame.answers)
        answers[field.name] = Answer(
            value=value, text=text, at=self.event.at, language=self.language, assumed=bool(value), skipped=True
        )
        self.update(replace(self.frame, answers=answers, refusals=0, offered=()))

    def listen(self, text: str, message: str | None, *, skip: str = "") -> tuple[Field, ...]:
        """Read a message for every field that has no answer yet; return the fields that it told."""
        told = []
        for field in self.form.fields:
            if field.name == skip or field.name in self.frame.answers:
                continue
            value = field.hear(self.heard(text), self.frame, self.context)
            if value is not None:
                self.answer(field, Read(value), text if value == TOLD else value, message)
                told.append(field)
        return tuple(told)

    def receive_files(self, files: tuple[File, ...]) -> None:
        """Keep the files that arrived with the form, and say of each whether it did."""
        kept = tuple(file for file in files if file.problem is None)
        if kept:
            self.update(replace(self.frame, files=(*self.frame.files, *kept)))
        for file in files:
            key = f"dialog.file.{file.problem}" if file.problem else "dialog.file.received"
            self.tell(key, name=file.name)

    # -- asking

    def proceed(self) -> None:
        """Ask the next missing field, or show the summary."""
        missing = self.form.missing(self.frame, self.context)
        if missing:
            self.ask(missing[0])
        elif self.form.at_once:
            self.complete()
        else:
            self.summarise()

    def leave_behind(self, field: Field) -> None:
        """Leave a field that was asked behind, and ask the next."""
        self.update(replace(self.frame, trail=(*self.frame.trail, field.name)))
        self.proceed()

    def ask_again(self) -> None:
        """Put the open question once more, exactly once."""
        if self.field is not None:
            self.ask(self.field)
        elif self.frame.asking == CHANGE:
            self.ask_what_to_change()
        else:
            self.proceed()

    def _open_question(self, asking: str) -> None:
        self.state = replace(self.state, asked=self.state.asked + 1)
        refusals = self.frame.refusals if self.frame.asking == asking else 0
        self.update(replace(self.frame, asking=asking, asked_at=self.context.now, refusals=refusals, reminded=False))

    def ask(self, field: Field, key: str = "") -> None:
        """Ask a field, in the words of `key` where the plain question did not help."""
        first = self.frame.asking == ""
        self._open_question(field.name)
        remark = field.remark(self.frame, self.context, self.language) if not key else ()
        if remark:
            self.show(Paragraph(remark))
        question = Paragraph(voice(self.language).spans(key or f"{self.form.name}.{field.name}.ask"))
        controls: list[Control] = [
            Button(name=choice.name, label=label_of(choice, self.language), value=self._token(), answers=True)
            for choice in field.choices(self.frame, self.context)
        ]
        if field.skippable:
            controls.append(self.button(Word.SKIP))
        if self.frame.refusals >= 2:
            controls += [self.button(Word.PERSON), self.button(Word.CANCEL)]
        if first and not self.form.at_once:
            controls.append(self.button(Word.FORM))
            self.say(question, self._hint("dialog.hint"), controls=tuple(controls))
        else:
            self.say(question, controls=tuple(controls))

    def _hint(self, key: str) -> SmallPrint:
        return SmallPrint(voice(self.language).spans(key))

    def summarise(self) -> None:
        """Show everything as it will be sent, what was assumed marked as such."""
        first = self.frame.asking == ""
        self._open_question(SUMMARY)
        rows = (*self.rows(), *self.form.conclude(self.frame, self.context, self.language))
        self.say(
            Heading(self.phrase(f"{self.form.name}.summary.title")),
            Fields(rows),
            self._hint(f"{self.form.name}.summary.hint"),
            controls=(
                self.button(Word.SEND, Style.PRIMARY, label=self.phrase(f"{self.form.name}.summary.send")),
                self.button(Word.CHANGE),
                *((self.button(Word.FORM),) if first else ()),
                self.button(Word.CANCEL, Style.DANGER),
            ),
        )

    def rows(self) -> tuple[Row, ...]:
        """Return what was answered, a row a field."""
        return tuple(
            self.row(field, answer) for field in self.form.fields if (answer := self.frame.answers.get(field.name))
        )

    def row(self, field: Field, answer: Answer) -> Row:
        """Return an answer with the name of its field."""
        return Row(self.phrase(f"{self.form.name}.{field.name}.label"), self.shown(field, answer))

    def shown(self, field: Field, answer: Answer) -> Spans:
        """Return an answer as people read it."""
        if answer.skipped and not answer.value:
            return (Plain(answer.text or self.phrase("dialog.left_out")),)
        return field.show(answer, self.frame, self.context, self.language)

    def ask_what_to_change(self) -> None:
        """Offer every answer for another look."""
        self._open_question(CHANGE)
        controls = tuple(
            Button(
                name=f"{Word.CHANGE}.{field.name}",
                label=self.phrase(f"{self.form.name}.{field.name}.label"),
                value=self._token(),
                answers=True,
            )
            for field in self.form.fields
            if field.name in self.frame.answers
        )
        self.say(Paragraph(voice(self.language).spans("dialog.what_to_change")), controls=controls)

    # -- ending

    def shelve(self) -> None:
        """Close the form and keep it within reach."""
        self.state = replace(self.state, frame=None, shelved=self.frame)

    def complete(self, *, handed_over: bool = False) -> None:
        """Hand the form to the desk."""
        self.say()
        self.effects.append(Complete(self.frame, self.language, handed_over))
        if self.form.aside:
            if not self.form.at_once:
                self.tell(f"{self.form.name}.done")
            self.go_on()
        else:
            self.state = replace(self.state, frame=None, shelved=None)

    def leave_aside(self) -> None:
        """Let go of a form aside; what it interrupted is open again."""
        serial, interrupted = self.state.serial + 1, self.state.interrupted
        frame = replace(interrupted, serial=serial) if interrupted else None
        self.state = replace(self.state, frame=frame, interrupted=None, serial=serial)

    def go_on(self) -> None:
        """Let go of a form aside, and ask on in what it interrupted."""
        self.leave_aside()
        if self.state.frame is not None:
            self.ask_again()

    def open_view(self, view: OpenForm) -> None:
        """Owe the platform a form at once."""
        self.reply = view

    def outcome(self) -> Outcome:
        """Return the turn as decided."""
        self.say()
        frame = self.state.frame
        silence = None
        if frame is not None:
            silence = self.context.draft_kept if frame.reminded else self.form.waits or self.context.reminder_after
        return Outcome(
            state=self.state,
            effects=tuple(self.effects),
            reply=self.reply,
            silence=silence,
            told_language=self.told_language,
        )
