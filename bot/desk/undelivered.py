"""Messages to a customer that could not be delivered for good: the desk has to know."""

from __future__ import annotations

from bot.desk import cases
from bot.desk.places import CaseThreads, conversation_of
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.messages import Code, Paragraph, Plain, Post, Quote, message_text
from storage.outbox import Lost


async def customer_missed(turn: Turn, lost: Lost) -> None:
    """Tell the desk that the customer of a case did not get a message, so that somebody reaches them otherwise."""
    post, why = lost.delivery, lost.error
    if not isinstance(post, Post):
        return
    conversation = await conversation_of(turn, post)
    if conversation is None or conversation.case_number is None:
        return
    case = await cases.lock_case(turn, conversation.case_number)
    if case is None or case.conversation_key != conversation.key:
        return
    threads = await CaseThreads.of(turn, case)
    text = message_text(post.message)
    cases.record(turn, case, EventKind.MISSED, text=text, why=why)
    speak = threads.to_desk
    call = Code(speak("desk.missed.call", case=threads.name))
    threads.tell_desk(
        Paragraph(speak.spans("desk.missed", why=why)),
        Quote((Plain(text),)),
        Paragraph(speak.spans("desk.missed.next", call=call)),
    )
