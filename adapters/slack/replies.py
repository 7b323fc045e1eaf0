"""What Slack is answered at once: forms opened, mistakes shown in them, words for one person only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

import aiohttp
import structlog

from adapters.slack.api import Api, RefusedError
from adapters.slack.blocks import Part, whole
from adapters.slack.controls import modal, notice
from adapters.slack.happenings import Answer, Happening
from adapters.slack.identity import Directory, Workspace
from dialogs.events import Invoked, Language, Place, Platform
from dialogs.messages import FormErrors, Message, OpenForm, Paragraph, Plain, Reply, Whisper
from dialogs.phrases import voice
from dialogs.ports import DeliveryError

_log = structlog.get_logger(__name__)

Ack = dict[str, Any] | None

# A trigger lives three seconds (docs.slack.dev/surfaces/modals): before that a form has to be open.
_SOON = 1.8
_TRIGGER_GONE = {
    "trigger_expired",
    "expired_trigger_id",
    "trigger_exchanged",
    "exchanged_trigger_id",
    "invalid_trigger_id",
}


class Replies:
    """Waits for a turn and answers Slack with what the turn owes it."""

    def __init__(self, api: Api, workspace: Workspace, directory: Directory) -> None:
        self._api = api
        self._workspace = workspace
        self._directory = directory

    async def answer(self, happening: Happening, turn: Awaitable[Reply | None]) -> Ack:
        """Return what to acknowledge with, once the turn is kept.

        An event whose turn fails raises: Slack brings it again. Anything else comes only once, so the person is told.
        """
        if happening.answer is Answer.NOTHING:
            return await self._say(happening, await turn)
        try:
            if happening.answer is Answer.MODAL:
                return await self._in_time(happening, turn)
            return self._submitted(happening, await turn)
        except Exception:  # noqa: BLE001 - whatever it was, the person has to know that nothing was kept
            _log.exception("slack.not_kept", key=happening.key)
            return await self._failed(happening)

    async def _in_time(self, happening: Happening, turn: Awaitable[Reply | None]) -> Ack:
        """Open what is to be opened while the trigger lives; where the turn takes longer, a form that says so."""
        work = asyncio.ensure_future(turn)
        await asyncio.wait({work}, timeout=_SOON)
        if work.done():
            return await self._say(happening, work.result())
        speak = voice(self._language(happening))
        waiting = await self._open(happening, self._notice(speak("slack.notice.wait"), happening))
        try:
            reply = await work
        except Exception:
            await self._update(waiting, self._notice(speak("slack.form.failed"), happening))
            raise
        if waiting is None:
            return await self._say(happening, reply)
        match reply:
            case OpenForm(view=view):
                await self._update(waiting, modal(view, _place(happening)))
            case Whisper(message=message):
                await self._update(waiting, self._whispered(message, happening))
            case _:
                await self._update(waiting, self._notice(speak("slack.notice.done"), happening))
        return None

    async def _say(self, happening: Happening, reply: Reply | None) -> Ack:
        match reply:
            case OpenForm(view=view) if happening.trigger:
                if await self._open(happening, modal(view, _place(happening))) is None:
                    speak = voice(self._language(happening))
                    return await self._whisper(happening, _said(speak("slack.form.expired"), speak.language))
            case Whisper(message=message):
                return await self._whisper(happening, message)
        return None

    def _submitted(self, happening: Happening, reply: Reply | None) -> Ack:
        match reply:
            case FormErrors(errors=errors):
                return {"response_action": "errors", "errors": _shown(errors, happening.view)}
            case OpenForm(view=view):
                return {"response_action": "update", "view": modal(view, _place(happening))}
            case Whisper(message=message):
                return {"response_action": "update", "view": self._whispered(message, happening)}
            case None:
                return None

    async def _failed(self, happening: Happening) -> Ack:
        speak = voice(self._language(happening))
        sentence = speak("slack.form.failed")
        if happening.answer is Answer.VIEW:
            return {"response_action": "errors", "errors": _shown({"": sentence}, happening.view)}
        return await self._whisper(happening, _said(sentence, speak.language))

    async def _whisper(self, happening: Happening, message: Message) -> Ack:
        part = whole(message, self._workspace)
        words = {"response_type": "ephemeral", **_content(part)}
        if isinstance(happening.what, Invoked):
            return words
        if happening.response_url and await self._respond(happening, words):
            return None
        if happening.view and happening.trigger:  # pressed on the Home tab or in a form, where nothing can be said
            await self._open(happening, self._whispered(message, happening))
            return None
        try:
            await self._api.write(
                "chat.postEphemeral",
                repeatable=True,
                channel=happening.channel,
                user=happening.user,
                thread_ts=happening.thread,
                **_content(part),
            )
        except DeliveryError as error:
            _log.warning("slack.whisper_lost", key=happening.key, why=str(error))
        return None

    async def _respond(self, happening: Happening, words: Mapping[str, Any]) -> bool:
        body = {**words, "replace_original": False}
        if happening.thread:
            body["thread_ts"] = happening.thread
        try:
            async with self._api.session.post(happening.response_url, json=body) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _open(self, happening: Happening, view: Mapping[str, Any]) -> str | None:
        if happening.view.get("type") == "modal":  # what was pressed in a form takes its place
            await self._update(happening.view["id"], view)
            return str(happening.view["id"])
        try:
            opened = await self._api.write("views.open", repeatable=False, trigger_id=happening.trigger, view=view)
        except RefusedError as error:
            if error.code not in _TRIGGER_GONE:
                _log.exception("slack.form_refused", key=happening.key)
            return None
        except DeliveryError as error:
            _log.warning("slack.form_lost", key=happening.key, why=str(error))
            return None
        name: str = opened["view"]["id"]
        return name

    async def _update(self, view: str | None, content: Mapping[str, Any]) -> None:
        if view is None:
            return
        try:
            await self._api.write("views.update", repeatable=True, view_id=view, view=content)
        except DeliveryError as error:  # the person has closed it, as a rule
            _log.info("slack.form_gone", why=str(error))

    def _whispered(self, message: Message, happening: Happening) -> dict[str, Any]:
        speak = voice(message.language)
        blocks = whole(message, self._workspace).blocks
        return notice(speak("slack.notice.title"), speak("slack.notice.close"), blocks, _place(happening))

    def _notice(self, sentence: str, happening: Happening) -> dict[str, Any]:
        return self._whispered(_said(sentence, self._language(happening)), happening)

    def _language(self, happening: Happening) -> Language:
        return self._directory.language(happening.user) or Language.SPANISH


def _said(sentence: str, language: Language) -> Message:
    return Message(blocks=(Paragraph((Plain(sentence),)),), language=language)


def _content(part: Part) -> dict[str, Any]:
    return {"text": part.text, "blocks": list(part.blocks)}


def _place(happening: Happening) -> Place:
    return Place(platform=Platform.SLACK, channel=happening.channel, thread=happening.thread, direct=happening.direct)


def _shown(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Return the errors under inputs that the form has; Slack refuses others. The rest goes under the first."""
    names = [block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"]
    shown = {name: sentence for name, sentence in errors.items() if name in names}
    homeless = " ".join(sentence for name, sentence in errors.items() if name not in names)
    if homeless and names:
        shown[names[0]] = " ".join(filter(None, (shown.get(names[0]), homeless)))
    return shown
