"""Whom to call, and whether it is night there. Every look at a phone number is recorded."""

from __future__ import annotations

from bot.desk.handlers import Request
from bot.desk.places import plainly
from dialogs.messages import Block, Code, Message, Paragraph, Plain, Strong
from dialogs.timezones import get_zone
from dialogs.wording import hour_text, zone_city

DAY = range(8, 20)
"""The hours at which people may be called."""


async def phone(request: Request) -> Message:
    """Show the requester's phone number and hour to who asks, and write down that they looked."""
    turn, case, speak = request.turn, request.about, request.speak
    person = await turn.unit.people.get(case.requester_key)
    name = person.name if person else ""
    number = (person.phone if person else None) or case.phone
    if number is None:
        return plainly(speak, "desk.phone.none", name=name)
    turn.unit.looks.record(actor=turn.event.actor.key, person=case.requester_key, case=case.number, at=turn.now)
    zone, told = (person.zone, True) if person and person.zone else (case.zone_name, not case.zone_assumed)
    hour = hour_text(turn.now, zone, speak.language)
    city = zone_city(zone, speak.language, turn.home)
    clock = speak.spans("desk.phone.hour", hour=hour, city=city)
    assumed = () if told else (Plain(" "), *speak.spans("desk.card.assumed"))
    blocks: list[Block] = [
        Paragraph((Strong(name), Plain(": "), Code(number))),
        Paragraph((*clock, *assumed)),
    ]
    if turn.now.astimezone(get_zone(zone)).hour not in DAY:
        blocks.append(Paragraph(speak.spans("desk.phone.night")))
    if person and person.contact:
        blocks.append(Paragraph(speak.spans(f"desk.phone.{person.contact}")))
    return Message(blocks=tuple(blocks), language=speak.language)
