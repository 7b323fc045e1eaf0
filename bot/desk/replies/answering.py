"""The commands by which an agent answers a customer."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.desk import cases, forms, statuses
from bot.desk.closing import undoing
from bot.desk.handlers import STATUSES, Request
from bot.desk.places import destination, plainly
from bot.desk.replies import held
from bot.desk.replies.canned import expand
from dialogs.events import Submitted
from dialogs.messages import Code, Message, OpenForm
from dialogs.reading.text import fold

_WAIT = re.compile(r"(?:^|\s)--(?:wait|esperar)(?:$|\s)")


async def reply(request: Request) -> Message | OpenForm | None:
    """Send words and files to the customer; with `--wait` the case then waits for their answer."""
    words, waits = read_wait(request.text)
    if waits:
        return await wait(replace(request, text=words)) if words or request.files else None
    if not request.text and not request.files:
        return None
    text = await expand(request)
    if isinstance(text, Message):
        return text
    if shown := await _preview(request, text, forms.reply):
        return shown
    turn, case = request.turn, request.about
    if turn.settings.times.undo:
        return await held.hold(request, text, request.files, waits=False)
    await cases.reply(turn, case, text, request.files, typed=await held.typed_in(request))
    where = await destination(turn, case, request.speak)
    return plainly(request.speak, "replies.sent", where=where, case=Code(request.name))


def read_wait(text: str) -> tuple[str, bool]:
    """Return the words of a reply without `--wait`, and whether that stood among them."""
    found = _WAIT.search(fold(text))
    return (f"{text[: found.start()]} {text[found.end() :]}".strip(), True) if found else (text, False)


async def wait(request: Request) -> Message | OpenForm:
    """Ask the customer something, and wait for their answer."""
    turn, case, speak = request.turn, request.about, request.speak
    if (state := fold(request.text).rstrip(".")) in STATUSES:
        alone = Code(speak("desk.wait.alone", case=request.name))
        move = Code(speak("desk.wait.move", case=request.name, status=state))
        return plainly(speak, "desk.wait.state", text=request.text, alone=alone, move=move)
    text = await expand(request)
    if isinstance(text, Message):
        return text
    if shown := await _preview(request, text, forms.wait):
        return shown
    if turn.settings.times.undo and (text or request.files):
        return await held.hold(request, text, request.files, waits=True)
    if not await statuses.wait_for_customer(turn, case, text, request.files, await held.typed_in(request)):
        return plainly(speak, "desk.move.already", case=Code(request.name), status=speak(f"desk.status.{case.status}"))
    stop = Code(speak("desk.reminder.stop", case=request.name))
    return plainly(speak, "desk.wait.done" if case.nudges else "desk.wait.quiet", case=Code(request.name), stop=stop)


async def _preview(request: Request, text: str, form: forms.Maker) -> OpenForm | None:
    """Return the form with the text that was picked in it, to be read and changed before it goes."""
    if text == request.text or not isinstance(request.turn.event.what, Submitted):
        return None
    view = await form(request.turn, request.speak, request.about)
    words = tuple(replace(one, value=text, required=True) for one in view.inputs if one.name != forms.CANNED)
    return OpenForm(replace(view, inputs=words))


async def undo(request: Request) -> Message:
    """Take back the reply that has not left yet or, where none waits, the latest decision about a resolved case."""
    return await held.take_back(request) or await undoing.undo(request)
