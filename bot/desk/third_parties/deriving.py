"""Asking a third party about a case, and what it answers by telephone or in its own portal."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import cases
from bot.desk.card import put_card
from bot.desk.cases import actor_name, keep_files, record, said_blocks
from bot.desk.handlers import Request
from bot.desk.levels.clocks import DONE
from bot.desk.people import holder_of
from bot.desk.places import CaseThreads, number_of, plainly
from bot.desk.third_parties.news import next_news
from bot.desk.third_parties.parties import (
    awaited,
    customers_words,
    names_text,
    new_token,
    parties_of,
    terms_of,
    title,
)
from bot.desk.third_parties.words import Asked, read_asked, read_ending, split_name
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, ThirdPartyStatus
from dialogs.events import File
from dialogs.messages import Button, Code, Mention, Message, OpenForm, Paragraph, Style
from dialogs.reading.text import fold
from storage.tables import Case, ThirdParty


async def derive(request: Request) -> Message | OpenForm | None:
    """Ask a third party about a case, or end that: `"Carrier X" TT-991`, `"Carrier X" done`."""
    turn, case, speak = request.turn, request.about, request.speak
    parties = await parties_of(turn, case)
    if ending := _read_ending(request.text, parties):
        return await _end(request, *ending)
    asked = read_asked(request.text, [one.name for one in turn.settings.third_parties.known])
    if asked is None:
        return None
    if case.status in DONE:
        return plainly(speak, "thirdparty.over", case=Code(request.name))
    if any(fold(party.name) == fold(asked.name) for party in awaited(parties)):
        return plainly(speak, "thirdparty.already", case=Code(request.name), party=asked.name)
    party = await ask(turn, case, asked)
    return plainly(speak, "thirdparty.asked", case=Code(request.name), party=title(party))


async def ask(turn: Turn, case: Case, asked: Asked) -> ThirdParty:
    """Write down that a third party was asked, and tell both sides. Who asks for a case that nobody has, takes it."""
    terms = terms_of(turn.settings, asked.name)
    party = ThirdParty(
        case_number=number_of(case),
        name=terms.name,
        reference=asked.reference,
        email=asked.email or terms.email,
        token=new_token(),
        status=ThirdPartyStatus.WAITING,
        asked_at=turn.now,
    )
    await turn.unit.third_parties.add(party)
    if case.assignee_key is None:
        cases.own(turn, case)
    record(turn, case, EventKind.DERIVED, party=party.id, name=party.name, reference=party.reference, text=asked.text)
    threads = await CaseThreads.of(turn, case)
    speak, to_desk = threads.to_customer, threads.to_desk
    who = customers_words(turn, [party], speak)
    if case.status is CaseStatus.WAITING_THIRD_PARTY:
        told = speak.spans("thirdparty.told.too", who=who, case=Code(threads.name))
    else:
        at = await next_news(turn, case)
        told = speak.spans("thirdparty.told", who=who, case=Code(threads.name), at=at)
        cases.move(turn, case, CaseStatus.WAITING_THIRD_PARTY, "derived")
    threads.tell_customer(Paragraph(told))
    derived = to_desk.spans("thirdparty.derived", name=await actor_name(turn), party=title(party))
    threads.tell_desk(Paragraph(derived), *said_blocks(asked.text))
    await put_card(turn, case, threads)
    return party


async def answered(request: Request) -> Message | None:
    """Take in what a third party answered elsewhere: `"Carrier X" they changed the card`, or the words alone."""
    turn, case, speak = request.turn, request.about, request.speak
    parties = await parties_of(turn, case)
    if not parties:
        return plainly(speak, "thirdparty.none", case=Code(request.name))
    found = _party_of(request.text, parties)
    if found is None:
        example = Code(speak("thirdparty.answered.example", case=request.name, party=parties[-1].name))
        return plainly(speak, "thirdparty.which", names=names_text(parties, speak), example=example)
    party, text = found
    if not text and not request.files:
        return None
    await take_answer(turn, case, party, text, request.files)
    return plainly(speak, "thirdparty.answered.done", case=Code(request.name), party=party.name)


async def take_answer(turn: Turn, case: Case, party: ThirdParty, text: str, files: tuple[File, ...]) -> None:
    """Write down what a third party answered and tell who has the case; now the customer is to be told."""
    party.status, party.answered_at = ThirdPartyStatus.ANSWERED, turn.now
    record(
        turn,
        case,
        EventKind.THIRD_PARTY_ANSWERED,
        party=party.id,
        name=party.name,
        text=text,
        files=[file.id for file in files],
    )
    await keep_files(turn, case, files, internal=True)
    over = case.status in DONE
    if not over:
        cases.move(turn, case, CaseStatus.CLOSE_THE_LOOP, "third_party_answered")
    threads = await CaseThreads.of(turn, case)
    speak, holder = threads.to_desk, await holder_of(turn, case)
    who = Mention(holder.key, holder.name) if holder else speak("thirdparty.desk")
    key = "thirdparty.answered.over" if over else "thirdparty.answered"
    heading = Paragraph(speak.spans(key, who=who, party=title(party), case=Code(threads.name)))
    reply = Button(name="case.reply", label=speak("desk.button.reply"), value=threads.name, style=Style.PRIMARY)
    threads.tell_desk(heading, *said_blocks(text, files), controls=(reply,), aloud=holder is None and not over)
    await put_card(turn, case, threads)


def _party_of(text: str, parties: Sequence[ThirdParty]) -> tuple[ThirdParty, str] | None:
    """Return whom the words are about, and what follows the name: the one that is named, or the only one there is."""
    if named := split_name(text, [party.name for party in parties]):
        name, rest = named
        meant = [party for party in parties if fold(party.name) == fold(name)]
        return (meant[-1], rest.strip()) if meant else None
    open_ones = awaited(parties) or parties
    return (open_ones[-1], text.strip()) if len({fold(one.name) for one in open_ones}) == 1 else None


def _read_ending(text: str, parties: Sequence[ThirdParty]) -> tuple[ThirdParty, ThirdPartyStatus] | None:
    found = _party_of(text, parties)
    ending = read_ending(found[1]) if found else None
    return (found[0], ending) if found and ending else None


async def _end(request: Request, party: ThirdParty, how: ThirdPartyStatus) -> Message:
    """Expect nothing more of a third party. The case goes on where it waited for nobody else."""
    turn, case, speak = request.turn, request.about, request.speak
    if party.ended_at is not None:
        return plainly(speak, "thirdparty.ended.already", case=Code(request.name), party=party.name)
    party.status, party.ended_at = how, turn.now
    record(turn, case, EventKind.THIRD_PARTY_ENDED, party=party.id, name=party.name, how=how)
    if case.status is CaseStatus.WAITING_THIRD_PARTY and not awaited(await parties_of(turn, case)):
        cases.move(turn, case, CaseStatus.WORKING, f"third_party_{how}")
    threads = await CaseThreads.of(turn, case)
    told = threads.to_desk.spans(f"thirdparty.ended.{how}", name=await actor_name(turn), party=title(party))
    threads.tell_desk(Paragraph(told))
    await put_card(turn, case, threads)
    return plainly(speak, "thirdparty.ended", case=Code(request.name), party=party.name)
