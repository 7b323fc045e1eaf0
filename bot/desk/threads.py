"""What people write in the two threads of a case: the customer's own, and the card's."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import cases, people, reaching, statuses
from bot.desk.card import put_card
from bot.desk.cases import actor_name, record, said_blocks
from bot.desk.closing.reactions import weigh_reaction
from bot.desk.closing.weighing import begins_another, weigh
from bot.desk.commanding import read_words, run_command
from bot.desk.numbers import read_number
from bot.desk.places import (
    ALERT,
    Aside,
    CaseThreads,
    Typed,
    answer_here,
    case_name,
    number_of,
    plainly,
    reader_voice,
    respond,
)
from bot.desk.replies.held import send_now
from bot.desk.revisions import case_of_card, filed_from
from bot.desk.roles import is_agent, record_refusal, scope_of
from bot.desk.survey import answering
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, LinkKind
from dialogs.engine.words import Word, read_word
from dialogs.events import File, Reacted, Said
from dialogs.messages import Block, Code, Paragraph
from storage.tables import Case

TAKE, RESOLVE = "eyes", "white_check_mark"
"""The emojis by which an agent works a case from its card or its thread: 👀 and ✅."""


async def _case_of_alert(turn: Turn) -> int | None:
    """Return the number of the case that the alert is about under which somebody writes, if they do."""
    place = turn.event.place
    ref = await turn.unit.postings.ref_of(place.platform, place.channel, place.thread or "")
    kind, _, rest = (ref or "").partition(":")
    climb = await turn.unit.escalations.get(int(rest.partition(":")[0])) if kind == ALERT else None
    return climb.case_number if climb else None


async def said_in_desk(turn: Turn, said: Said) -> None:
    """Take in what is said in the desk's channel: a command, an internal note under a card, or talk.

    Under an alert a command is about its case.
    """
    here = await case_of_card(turn, turn.event.place.thread)
    addressed = said.addressed or turn.event.place.direct
    words = read_words(said.text, addressed=addressed, loose=here is None)
    if words is not None:
        about = here if here is not None else await _case_of_alert(turn)
        await respond(turn, await run_command(turn, words, files=said.files, here=about))
    elif here is not None and (said.text or said.files):
        case = await cases.lock_case(turn, here)
        if case is not None:
            await cases.note(turn, case, said.text, said.files, message=said.message)


async def agent_said_to_customer(turn: Turn, case: Case, said: Said) -> None:
    """Take in what an agent writes in the customer's thread: a reply, or a command to the assistant.

    A command needs its noun here even where the assistant is addressed: some platforms only show it what is.
    """
    words = read_words(said.text, addressed=False, loose=said.addressed)
    if words is not None:
        await respond(turn, await run_command(turn, words, files=said.files, here=number_of(case)))
    elif (said.text or said.files) and (locked := await cases.lock_case(turn, number_of(case))):
        await send_now(turn, locked)
        threads = await CaseThreads.of(turn, locked)
        ref = Typed.here(turn.event.place, said.message).ref
        await cases.keep_reply(turn, locked, threads, said.text, said.files, message=said.message, ref=ref)


async def customer_said(turn: Turn, case: Case, said: Said) -> LinkKind | None:
    """Bring what the customer's side writes after filing, the requester or a colleague, under the card.

    Return how another case would belong to this one where the words ask for one: a closed case is followed up, and
    of a new matter beside a resolved one another case is to be offered.
    """
    locked = await cases.lock_case(turn, number_of(case))
    if locked is None or not (said.text or said.files) or await reaching.typed(turn, locked, said.text):
        return None
    answer = await answering.read(turn, locked, said.text)
    if answer is None and locked.status is CaseStatus.CLOSED and begins_another(locked, said.text):
        return LinkKind.FOLLOW_UP
    threads = await CaseThreads.of(turn, locked)
    files = [file.id for file in said.files]
    record(turn, locked, EventKind.CUSTOMER_WROTE, text=said.text, files=files, message=said.message)
    locked.description = locked.description or said.text
    await cases.keep_files(turn, locked, said.files)
    wrote = Paragraph(threads.to_desk.spans("desk.wrote", name=await actor_name(turn)))
    ref = Typed.here(turn.event.place, said.message).ref
    await people.join(turn, locked, turn.event.actor.key)
    moved = await statuses.customer_answered(turn, locked, threads)
    steering = read_word(said.text)
    for_person = steering is not None and steering.word is Word.PERSON
    if for_person:
        aside = Aside()
    elif answer is not None:
        aside = await answering.take(turn, locked, threads, answer, said.message)
    else:
        aside = await weigh(turn, locked, threads, said.text, said.message)
    copy = (wrote, *said_blocks(said.text, said.files), *moved, *aside.blocks)
    threads.tell_desk(*copy, controls=aside.controls, ref=ref)
    if for_person:
        threads.tell_customer(Paragraph(threads.to_customer.spans("desk.person.told")))
        threads.tell_desk(Paragraph(threads.to_desk.spans("desk.person.asked", name=await actor_name(turn))))
    problems = tuple(_problem(file, threads) for file in said.files if file.problem)
    if problems:
        threads.tell_customer(*problems)
    if said.files or moved or aside.moved:
        await put_card(turn, locked, threads)
    return LinkKind.RELATED if aside.new_matter else None


async def sent_to_case(turn: Turn, said: Said) -> bool:
    """Take in files that a customer sends in private under the number of their case; False where that is not so.

    Some platforms give files to nobody but in a private chat. The case of another company is answered like one that
    does not exist.
    """
    named = read_number(said.text, turn.settings.cases.prefix) if said.files else None
    if named is None or not turn.event.place.direct:
        return False
    case, scope = await turn.unit.cases.get(named[0]), await scope_of(turn)
    name, speak = case_name(turn, named[0]), await reader_voice(turn)
    if case is None or scope is None or not scope.shows(case):
        record_refusal(turn, "file", name)
        answer_here(turn, plainly(speak, "desk.unknown_case", case=name))
        return True
    await customer_said(turn, case, replace(said, text=named[1]))
    received = ", ".join(file.name for file in said.files if file.problem is None)
    if received:
        answer_here(turn, plainly(speak, "desk.file.added", name=received, case=Code(name)))
    return True


def _problem(file: File, threads: CaseThreads) -> Block:
    case = Code(threads.name)
    return Paragraph(threads.to_customer.spans(f"desk.file.{file.problem}", name=file.name, case=case))


async def reacted(turn: Turn, what: Reacted) -> None:
    """Work a case by emoji: 👀 on its card or on the customer's message takes it, ✅ resolves it.

    A customer's emoji in the thread of a resolved case is weighed like words.
    """
    if not what.added:
        return
    number = await case_of_card(turn, what.message)
    on_card = number is not None
    if number is None:
        case = await filed_from(turn, what.message)
        number = case.number if case else None
    if not await is_agent(turn):
        if on_card and what.emoji in {TAKE, RESOLVE}:
            record_refusal(turn, what.emoji, f"{turn.settings.cases.prefix}-{number}")
        elif not on_card:
            await _customer_reacted(turn, what)
        return
    if number is None or what.emoji not in {TAKE, RESOLVE}:
        return
    locked = await cases.lock_case(turn, number)
    if locked is None:
        return
    await send_now(turn, locked)
    if what.emoji == TAKE:
        await cases.take(turn, locked)
    else:
        await cases.resolve(turn, locked, "")


async def _customer_reacted(turn: Turn, what: Reacted) -> None:
    conversation = await turn.unit.conversations.get(turn.event.place.key)
    number = conversation.case_number if conversation else None
    locked = await cases.lock_case(turn, number) if number is not None else None
    if locked is not None:
        await weigh_reaction(turn, locked, await CaseThreads.of(turn, locked), what)
