"""Asking a third party about a case, and what it answers by telephone or in its own portal."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import cases, forms
from bot.desk.card import put_card
from bot.desk.cases import actor_name, keep_files, record, said_blocks
from bot.desk.handlers import Request
from bot.desk.levels.clocks import DONE
from bot.desk.places import CaseThreads, number_of, plainly
from bot.desk.third_parties import letters
from bot.desk.third_parties.parties import Referral, awaited, new_token, parties_of, party_meant, terms_of, title
from bot.desk.third_parties.telling import last_automatic, reply_button, tell_holder, which
from bot.desk.third_parties.waiting import again, wait_for
from bot.desk.third_parties.words import Asked, read_asked, read_ending
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind, ThirdPartyStatus
from dialogs.events import File, Invoked, Pressed
from dialogs.messages import Code, Message, OpenForm, Paragraph
from dialogs.reading.text import fold
from storage.tables import Case, ThirdParty


async def derive(request: Request) -> Message | OpenForm | None:
    """Ask a third party about a case, or end that: `"Carrier X" TT-991`, `"Carrier X" done`.

    With an e-mail address the letter to it is made ready; words after the address are that letter.
    """
    turn, case, speak = request.turn, request.about, request.speak
    parties = await parties_of(turn, case)
    if ending := _read_ending(request.text, parties):
        return await _end(request, *ending)
    asked = read_asked(request.text, [one.name for one in turn.settings.third_parties.known])
    if asked is None:
        return None
    if case.status in DONE:
        return plainly(speak, "thirdparty.over", case=Code(request.name))
    earlier = next((one for one in reversed(parties) if fold(one.name) == fold(asked.name)), None)
    if earlier is not None and earlier.status is ThirdPartyStatus.WAITING:
        return plainly(speak, "thirdparty.already", case=Code(request.name), party=earlier.name)
    party = await again(turn, earlier) if earlier else await _add(turn, case, asked)
    party.reference, party.email = asked.reference or party.reference, asked.email or party.email
    referral = Referral(turn=turn, case=case, threads=await CaseThreads.of(turn, case), party=party)
    note = "" if party.email else asked.text
    await wait_for(referral, note)
    derived = referral.threads.to_desk.spans("thirdparty.derived", name=await actor_name(turn), party=title(party))
    referral.threads.tell_desk(Paragraph(derived), *said_blocks(note))
    answer = await _letter(request, referral, asked.text) if party.email else None
    await put_card(turn, case, referral.threads)
    return answer or plainly(speak, "thirdparty.asked", case=Code(request.name), party=title(party))


async def _add(turn: Turn, case: Case, asked: Asked) -> ThirdParty:
    terms = terms_of(turn.settings, asked.name)
    party = ThirdParty(
        case_number=number_of(case),
        name=terms.name,
        reference=asked.reference,
        email=asked.email or terms.email,
        token=new_token(),
        asked_at=turn.now,
    )
    await turn.unit.third_parties.add(party)
    return party


async def _letter(request: Request, referral: Referral, text: str) -> Message | OpenForm:
    """Send the letter where the words for it are there; else have it looked at first."""
    speak, party = request.speak, referral.party
    if text:
        await letters.write(referral, text, request.files)
        return plainly(speak, "thirdparty.mail.sent", party=party.name, address=party.email or "")
    letters.offer(referral)
    if isinstance(request.turn.event.what, Invoked):
        return OpenForm(await letters.form(referral, speak))
    return plainly(speak, "thirdparty.asked.letter", case=Code(request.name), party=referral.title)


async def answered(request: Request) -> Message | OpenForm | None:
    """Take in what a third party answered elsewhere: `"Carrier X" they changed the card`, or the words alone."""
    turn, case, speak = request.turn, request.about, request.speak
    parties = await parties_of(turn, case)
    if not parties:
        return plainly(speak, "thirdparty.none", case=Code(request.name))
    found = party_meant(request.text, parties)
    if found is None:
        return which(request, parties, "answered")
    party, text = found
    if not text and not request.files:
        if isinstance(turn.event.what, Pressed | Invoked):
            said = await last_automatic(turn, case, party)
            return OpenForm(forms.filled(await forms.answered(turn, speak, case), party=party.name, text=said))
        return None
    await take_answer(turn, case, party, text, request.files)
    return plainly(speak, "thirdparty.answered.done", case=Code(request.name), party=party.name)


async def take_answer(turn: Turn, case: Case, party: ThirdParty, text: str, files: tuple[File, ...]) -> None:
    """Write down what a third party answered and tell who has the case; now the customer is to be told."""
    party.status, party.answered_at = ThirdPartyStatus.ANSWERED, turn.now
    letters.chase_no_more(turn, party)
    kept = [file.id for file in files]
    record(turn, case, EventKind.THIRD_PARTY_ANSWERED, party=party.id, name=party.name, text=text, files=kept)
    await keep_files(turn, case, files, internal=True)
    over = case.status in DONE
    if not over:
        cases.move(turn, case, CaseStatus.CLOSE_THE_LOOP, "third_party_answered")
    referral = Referral(turn=turn, case=case, threads=await CaseThreads.of(turn, case), party=party)
    key = "thirdparty.answered.over" if over else "thirdparty.answered"
    controls = [reply_button(referral.threads)]
    if party.email and not over:
        controls.append(letters.write_button(referral, "thirdparty.button.mail"))
    await tell_holder(referral, key, *said_blocks(text, files), controls=controls)
    await put_card(turn, case, referral.threads)


def _read_ending(text: str, parties: Sequence[ThirdParty]) -> tuple[ThirdParty, ThirdPartyStatus] | None:
    found = party_meant(text, parties)
    ending = read_ending(found[1]) if found else None
    return (found[0], ending) if found and ending else None


async def _end(request: Request, party: ThirdParty, how: ThirdPartyStatus) -> Message:
    """Expect nothing more of a third party. The case goes on where it waited for nobody else."""
    turn, case, speak = request.turn, request.about, request.speak
    if party.ended_at is not None:
        return plainly(speak, "thirdparty.ended.already", case=Code(request.name), party=party.name)
    party.status, party.ended_at = how, turn.now
    letters.chase_no_more(turn, party)
    record(turn, case, EventKind.THIRD_PARTY_ENDED, party=party.id, name=party.name, how=how)
    if case.status is CaseStatus.WAITING_THIRD_PARTY and not awaited(await parties_of(turn, case)):
        cases.move(turn, case, CaseStatus.WORKING, f"third_party_{how}")
    threads = await CaseThreads.of(turn, case)
    told = threads.to_desk.spans(f"thirdparty.ended.{how}", name=await actor_name(turn), party=title(party))
    threads.tell_desk(Paragraph(told))
    await put_card(turn, case, threads)
    return plainly(speak, "thirdparty.ended", case=Code(request.name), party=party.name)
