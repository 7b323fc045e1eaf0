"""A message that somebody points at, for the assistant to make a case of it."""

from __future__ import annotations

from bot.desk.places import case_name, plainly, reader_voice
from bot.desk.roles import customer_by_tenant, staff
from bot.turn import Turn
from dialogs.cases import ChannelRole
from dialogs.engine.state import load_state
from dialogs.events import Pressed
from dialogs.messages import Code, Message, Whisper


async def pointed(turn: Turn, what: Pressed) -> None:
    """Say why the message begins no case, to who pointed at it; nothing is said where it does.

    What was pressed carries the key of its author. The platform hands the message over when nothing was said, as if
    its author had turned to the assistant.
    """
    reason = await _reason(turn, what)
    if reason is not None:
        turn.reply = Whisper(reason)


async def _reason(turn: Turn, what: Pressed) -> Message | None:
    speak = await reader_voice(turn)
    channel = await turn.unit.channels.get(turn.event.place.channel_key)
    if channel is None and not turn.event.place.direct and not await customer_by_tenant(turn):
        return plainly(speak, "desk.channel.how", desk=turn.settings.organisation.name)
    if channel is not None and channel.role is not ChannelRole.CUSTOMER:
        return plainly(speak, "desk.pointed.internal")
    if what.value in {person.key for person in await staff(turn)}:
        return plainly(speak, "desk.pointed.staff", command=Code(speak("desk.example.new")))
    conversation = await turn.unit.conversations.get(turn.event.place.key)
    if conversation is None:
        return None
    if conversation.case_number is not None:
        return plainly(speak, "desk.pointed.case", case=Code(case_name(turn, conversation.case_number)))
    if load_state(conversation.state).frame is not None:
        return plainly(speak, "desk.pointed.dialog")
    return None
