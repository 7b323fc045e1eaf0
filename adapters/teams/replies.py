"""What Teams is answered at once: cards and dialogs, each within the time that Teams allows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from adapters.teams.cards import CARD, card_of, form_card, sent_card
from adapters.teams.controls import CANCEL, LANGUAGE, read_view, run_block
from adapters.teams.happenings import Answer, Happening
from adapters.teams.shown import Shown
from adapters.text import cut
from dialogs.events import Language, Pressed, Submitted
from dialogs.messages import FormErrors, FormView, Message, OpenForm, Paragraph, Plain, Reply, Whisper, message_text
from dialogs.phrases import Voice, voice

_log = structlog.get_logger(__name__)

Json = dict[str, Any]

# learn.microsoft.com/microsoftteams/platform: a dialog is given up after five seconds, a card after ten to fifteen.
_SOON = {Answer.CARD: 8.0, Answer.DIALOG: 3.5}
_TOAST = 160
_TYPES = {
    "card": "application/vnd.microsoft.card.adaptive",
    "message": "application/vnd.microsoft.activity.message",
    "error": "application/vnd.microsoft.error",
}


class Replies:
    """Waits for a turn and answers an invoke with what the turn owes who acted."""

    def __init__(self, whisper: Callable[[Happening, Json | Message], Awaitable[None]], shown: Shown) -> None:
        self._whisper = whisper
        self._shown = shown
        self._late: set[asyncio.Task[Reply | None]] = set()

    async def answer(self, happening: Happening, turn: Awaitable[Reply | None]) -> Json | None:
        """Return the body of the answer, once the turn is kept; nothing for what is no invoke.

        A message whose turn fails raises: Teams may bring it again. Who pressed something is told.
        """
        if happening.answer is Answer.NOTHING:
            await self._in_chat(happening, await turn)
            return None
        speak = speaker(happening)
        work = asyncio.ensure_future(turn)
        try:
            await asyncio.wait({work}, timeout=_SOON[happening.answer])
            if not work.done():
                self._late.add(work)
                work.add_done_callback(self._settled)
                return said(happening, speak("teams.late"), speak)
            return self._at_once(happening, work.result(), speak)
        except Exception:  # noqa: BLE001 - whatever it was, the person has to know that nothing was kept
            _log.exception("teams.not_kept", key=happening.key)
            return _failed(happening, speak)

    def _settled(self, done: asyncio.Task[Reply | None]) -> None:
        self._late.discard(done)
        if not done.cancelled() and (error := done.exception()):
            _log.error("teams.not_kept", exc_info=error)

    def _at_once(self, happening: Happening, reply: Reply | None, speak: Voice) -> Json:
        view: FormView | None
        match reply:
            case OpenForm(view=view):
                return _shown(happening, _form(happening, view), view.title)
            case FormErrors(errors=errors):
                view = read_view(happening.view)
                if view is None:
                    return said(happening, " ".join(errors.values()), speak)
                return _shown(happening, _form(happening, view, errors), view.title)
            case Whisper(message=message):
                text = message_text(message)
                short = len(text) <= _TOAST and not message.controls and "\n" not in text
                if short:
                    return self._told(happening, text, speak)
                return _shown(happening, card_of(message, dialogs=False), speak("teams.title"))
            case None:
                return self._done(happening, speak)

    def way_out(self, happening: Happening) -> Json | None:
        """Give a card's place back that a form had taken; nothing where Teams takes no card as an answer."""
        if happening.answer is not Answer.CARD:
            return None
        speak = speaker(happening)
        card = self._shown.get(happening.place.channel, happening.card)
        return _shown(happening, card.content if card else _text_card(speak("teams.form.gone"), speak))

    def _told(self, happening: Happening, text: str, speak: Voice) -> Json:
        """Tell a sentence; what a form had taken the place of comes back with it."""
        if not isinstance(happening.what, Submitted) or happening.answer is Answer.DIALOG:
            return said(happening, text, speak)
        card = self._shown.get(happening.place.channel, happening.card)
        if card is None or not card.lasting:
            return _shown(happening, _text_card(text, speak))
        return _shown(happening, {**card.content, "body": [run_block(text, isSubtle=True), *card.content["body"]]})

    def _done(self, happening: Happening, speak: Voice) -> Json:
        """Tell that something is done; a form leaves its place to the card that lasts, or to what was filled in."""
        if not isinstance(happening.what, Submitted):
            return said(happening, speak("teams.done"), speak)
        if happening.answer is Answer.DIALOG:
            return {}
        card = self._shown.get(happening.place.channel, happening.card)
        if card and card.lasting:
            return _shown(happening, card.content)
        view = read_view(happening.view)
        if view is None:
            return _shown(happening, _text_card(speak("teams.done"), speak))
        return _shown(happening, sent_card(view, happening.what.values))

    async def _in_chat(self, happening: Happening, reply: Reply | None) -> None:
        """Answer somebody whose client sends a press as a message: privately, for others may read the chat."""
        match reply:
            case OpenForm(view=view):
                await self._whisper(happening, _form(happening, view))
            case FormErrors(errors=errors):
                if (sent := read_view(happening.view)) is not None:
                    await self._whisper(happening, _form(happening, sent, errors))
            case Whisper(message=message):
                await self._whisper(happening, message)


def _form(happening: Happening, view: FormView, errors: Mapping[str, str] | None = None) -> Json:
    what = happening.what
    values = dict(what.values) if isinstance(what, Submitted) and errors else None
    return form_card(view, errors=dict(errors or {}), values=values, dialog=happening.answer is Answer.DIALOG)


def is_way_out(happening: Happening) -> bool:
    """Tell whether somebody closes a form, which is between them and Teams alone."""
    return isinstance(happening.what, Pressed) and happening.what.name == CANCEL


def speaker(happening: Happening) -> Voice:
    """Return the voice for a sentence of the adapter's own: that of the card, else of who acted."""
    told = happening.carried.get(LANGUAGE)
    language = next((one for one in Language if one.value == told), happening.sender.language)
    return voice(language or Language.SPANISH)


def said(happening: Happening, text: str, speak: Voice) -> Json:
    """Return the answer that tells who acted a sentence."""
    if happening.answer is Answer.DIALOG:
        return _dialog(_text_card(text, speak), speak("teams.title"))
    return {"statusCode": 200, "type": _TYPES["message"], "value": cut(text, 400)}


def _shown(happening: Happening, card: Json, title: str = "") -> Json:
    if happening.answer is Answer.DIALOG:
        return _dialog(card, title)
    return {"statusCode": 200, "type": _TYPES["card"], "value": card}


def _dialog(card: Json, title: str) -> Json:
    value = {"title": cut(title, 60), "width": "medium", "height": "medium"}
    return {"task": {"type": "continue", "value": {**value, "card": {"contentType": CARD, "content": card}}}}


def _failed(happening: Happening, speak: Voice) -> Json:
    sentence = speak("teams.failed")
    if happening.answer is Answer.DIALOG:
        return said(happening, sentence, speak)
    return {"statusCode": 500, "type": _TYPES["error"], "value": {"code": "NotKept", "message": sentence}}


def _text_card(text: str, speak: Voice) -> Json:
    return card_of(Message(blocks=(Paragraph((Plain(text),)),), language=speak.language), dialogs=False)
