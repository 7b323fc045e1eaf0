"""What each channel is for, decided in the channel itself; and who comes and goes there."""

from __future__ import annotations

import re

from bot.desk import outsiders
from bot.desk.card import summary
from bot.desk.handlers import OPEN, SHOWN_CASES, Request
from bot.desk.places import answer_here, case_name, channel_place, channel_voice, desk_channel, plainly
from bot.desk.roles import customer_by_tenant
from bot.turn import Turn
from dialogs.cases import ChannelMode, ChannelRole
from dialogs.engine.conversation import first_name
from dialogs.events import Joined, Shared
from dialogs.messages import Bullets, Code, Link, Message, Paragraph, Plain, SmallPrint, Spans
from dialogs.phrases import voice
from dialogs.reading.text import fold
from storage.tables import Channel

_ROLES = {
    "customer": ChannelRole.CUSTOMER,
    "cliente": ChannelRole.CUSTOMER,
    "desk": ChannelRole.DESK,
    "mesa": ChannelRole.DESK,
    "escalations": ChannelRole.ESCALATIONS,
    "escalaciones": ChannelRole.ESCALATIONS,
}
_MODES = {
    "mention": ChannelMode.MENTION,
    "mencion": ChannelMode.MENTION,
    "every": ChannelMode.EVERY,
    "todo": ChannelMode.EVERY,
    "offer": ChannelMode.OFFER,
    "ofrecer": ChannelMode.OFFER,
}
_OFF = {"off", "no", "ninguno", "none"}
_ORDER = re.compile(r'(?P<role>\w+)(?:\s+["“«\'](?P<company>[^"”»\']{1,200})["”»\'])?(?:\s+(?P<mode>\w+))?\s*')


async def founding(turn: Turn) -> bool:
    """Tell whether there is no desk on this platform yet, so that somebody of our own has to name the first one."""
    if turn.event.actor.guest:
        return False
    desks = await turn.unit.channels.of_role(ChannelRole.DESK)
    return not any(desk.platform is turn.event.place.platform for desk in desks)


async def set_channel(request: Request) -> Message | None:
    """Give the channel where this is typed its role: `customer "ACME"`, `desk`, `escalations` or `off`."""
    turn, order = request.turn, _ORDER.fullmatch(request.text.strip())
    if order is None or turn.event.place.direct:
        return None
    word = fold(order["role"])
    if word in _OFF:
        await turn.unit.channels.remove(turn.event.place.channel_key)
        return plainly(request.speak, "desk.channel.off")
    role = _ROLES.get(word)
    mode = _MODES.get(fold(order["mode"] or "mention"))
    if role is None or mode is None or (role is ChannelRole.CUSTOMER) != bool(order["company"]):
        return None
    await _keep(turn, role, mode, order["company"])
    if role is not ChannelRole.CUSTOMER:
        return plainly(request.speak, f"desk.channel.{role}")
    return plainly(request.speak, f"desk.channel.customer.{mode}", company=order["company"])


async def _keep(turn: Turn, role: ChannelRole, mode: ChannelMode, company: str | None) -> None:
    place = turn.event.place
    organisation = await turn.unit.organisations.get_or_add(company.strip()) if company else None
    known = await turn.unit.channels.get(place.channel_key)
    await turn.unit.channels.put(
        Channel(
            key=place.channel_key,
            platform=place.platform,
            channel=place.channel,
            name=known.name if known else "",
            role=role,
            organisation_id=organisation.id if organisation else None,
            language=known.language if known else None,
            mode=mode,
            settings_key=known.settings_key if known else "",
        )
    )
    if role is not ChannelRole.CUSTOMER:
        # Who names the desk works there; the others are looked up.
        await turn.unit.people.get_or_add(turn.event.actor, turn.now)
        await turn.unit.members.add(place.channel_key, turn.event.actor.key)


async def joined(turn: Turn, what: Joined) -> None:
    """Follow who comes into a channel and who leaves it; say what a channel without a role needs."""
    place = turn.event.place
    channel = await turn.unit.channels.get(place.channel_key)
    if what.me:
        if what.left:
            await _lost(turn, channel, "desk.channel.removed")
            await turn.unit.channels.remove(place.channel_key)
        elif place.direct:
            _welcome(turn)
        elif channel is None and await customer_by_tenant(turn):
            _welcome_all(turn)
        elif channel is None:
            say_how(turn)
    elif channel is not None:
        if what.left:
            await turn.unit.members.remove(place.channel_key, turn.event.actor.key)
            await outsiders.left(turn, channel)
        elif channel.role is ChannelRole.DESK and turn.event.actor.guest:
            await outsiders.came(turn, channel)
        elif channel.role is ChannelRole.CUSTOMER or not turn.event.actor.guest:
            await turn.unit.people.get_or_add(turn.event.actor, turn.now)
            await turn.unit.members.add(place.channel_key, turn.event.actor.key)


async def unshared(turn: Turn, what: Shared) -> None:
    """Say at the desk that a customer no longer reads their channel, and which cases are open there."""
    channel = await turn.unit.channels.get(turn.event.place.channel_key)
    await _lost(turn, channel, "desk.channel.archived" if what.archived else "desk.channel.unshared")


async def _lost(turn: Turn, channel: Channel | None, key: str) -> None:
    """Say at the desk what became of a customer's channel, and which cases are open there."""
    place = turn.event.place
    desk = await desk_channel(turn, place.platform)
    if channel is None or channel.role is not ChannelRole.CUSTOMER or desk is None:
        return
    company = await turn.unit.organisations.get(channel.organisation_id) if channel.organisation_id else None
    speak = channel_voice(turn, desk)
    there = Link(channel.name or place.channel, place=place)
    told = speak.spans(key, channel=there, company=company.name if company else "—")
    found = await turn.unit.cases.of_channel(channel.key, OPEN, SHOWN_CASES)
    lines: tuple[Spans, ...] = tuple(
        (Code(case_name(turn, case.number)), Plain(f" {summary(case, speak)}")) for case in found
    )
    cases = (Paragraph(speak.spans("desk.channel.unshared.cases")), Bullets(lines)) if lines else ()
    turn.post(channel_place(desk), Message(blocks=(Paragraph(told), *cases), language=speak.language))


def say_how(turn: Turn) -> None:
    """Say what a channel without a role needs: under what was said there, if that is why."""
    speak = channel_voice(turn, None)
    spans = speak.spans("desk.channel.how", desk=turn.settings.organisation.name)
    answer_here(turn, Message(blocks=(Paragraph(spans),), language=speak.language))


def _welcome(turn: Turn) -> None:
    """Greet somebody who has just got the assistant for themselves."""
    actor = turn.event.actor
    speak = voice(actor.language or turn.settings.languages.default)
    desk = turn.settings.organisation.name
    hello = speak.spans("desk.channel.hello", desk=desk)
    named = speak.spans("dialog.welcome", name=first_name(actor.name), desk=desk)
    message = Message(
        blocks=(Paragraph(named if actor.name else hello), SmallPrint(speak.spans("desk.channel.begin"))),
        language=speak.language,
    )
    turn.post(turn.event.place, message)


def _welcome_all(turn: Turn) -> None:
    """Greet a channel of an organisation that is a customer."""
    speak = channel_voice(turn, None)
    hello = speak.spans("desk.channel.hello", desk=turn.settings.organisation.name)
    begin = SmallPrint(speak.spans("desk.channel.mention_me"))
    turn.post(turn.event.place, Message(blocks=(Paragraph(hello), begin), language=speak.language))
