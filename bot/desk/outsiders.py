"""Somebody from outside in the desk's channel: nothing of any case is posted there until they have left.

What is decided for the channel meanwhile waits in the outbox, in its order. The managers hear of it, too.
"""

from __future__ import annotations

from bot.desk.places import channel_place, channel_voice, managers_channel
from bot.desk.roles import is_agent
from bot.turn import Turn
from dialogs.messages import Message, Paragraph
from storage.tables import Channel


async def came(turn: Turn, channel: Channel) -> None:
    """Hold back what is for the desk's channel, and say so: who acts has come in and is not of the desk."""
    if await is_agent(turn):
        return
    known = await turn.unit.outsiders.of(channel.key)
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    if person.key in known:
        return
    await turn.unit.outsiders.add(channel.key, person.key)
    if not known:
        await turn.unit.outbox.hold(channel_place(channel))
    await _say(turn, channel, "came", person.name or person.id)


async def left(turn: Turn, channel: Channel) -> None:
    """Go on in the desk's channel, and say so, once nobody from outside is in it any more."""
    key = turn.event.actor.key
    known = await turn.unit.outsiders.of(channel.key)
    if key not in known:
        return
    await turn.unit.outsiders.remove(channel.key, key)
    if known == {key}:
        person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
        await _say(turn, channel, "left", person.name or person.id)
        await turn.unit.outbox.release(channel_place(channel), turn.now)


async def _say(turn: Turn, channel: Channel, what: str, name: str) -> None:
    managers = await managers_channel(turn, channel.platform)
    for there in (channel, *((managers,) if managers and managers.key != channel.key else ())):
        speak = channel_voice(turn, there)
        told = Paragraph(speak.spans(f"outsiders.{what}", name=name, channel=channel.name or channel.channel))
        turn.warn(channel_place(there), Message(blocks=(told,), language=speak.language))
