"""Threads that a post of ours opens: until it stands, nobody knows what the platform calls them."""

from __future__ import annotations

from dataclasses import replace

from bot.desk.card import put_card
from bot.desk.cases import lock_case
from bot.desk.places import OPENER, CaseThreads
from bot.turn import Turn
from dialogs.events import Place, TimerFired


async def opener_stands(turn: Turn, what: TimerFired) -> None:
    """Hear that the post that opens a customer's thread stands; the subject is its ref."""
    posting = await turn.unit.postings.find(what.subject)
    if posting is not None:
        top = Place(platform=posting.platform, channel=posting.channel)
        await _settle(turn, top, what.subject, posting.message)


async def find_thread(turn: Turn, place: Place) -> None:
    """Recognise a thread that a post of ours opened, where somebody writes in it before we heard that it stands."""
    if place.thread is None or await turn.unit.conversations.get(place.key) is not None:
        return
    ref = await turn.unit.postings.ref_of(place.platform, place.channel, place.thread)
    if ref is not None and ref.startswith(OPENER):
        await _settle(turn, replace(place, thread=None), ref, place.thread)


async def _settle(turn: Turn, top: Place, opener: str, thread: str) -> None:
    """Let the conversation and the case of an opener go by its thread from now on."""
    key = top.key + opener
    conversation = await turn.unit.conversations.get(key)
    number = conversation.case_number if conversation else None
    case = await lock_case(turn, number) if number is not None else None
    if conversation is None or case is None or case.conversation_key != key:
        return
    await turn.unit.conversations.settle(conversation, thread)
    case.conversation_key = conversation.key
    await turn.unit.outbox.rename_lane(key, conversation.key)
    await put_card(turn, case, await CaseThreads.of(turn, case))
