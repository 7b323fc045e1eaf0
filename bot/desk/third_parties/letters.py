"""E-mails to third parties: a summary that an agent sees before it goes, and reminders where nobody answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC

from bot.desk import forms
from bot.desk.ahead import Planned, planned_at
from bot.desk.card import SHOWN_LENGTH, put_card, shorten, summary
from bot.desk.cases import actor_name, keep_files, lock_case, record, said_blocks
from bot.desk.handlers import Request
from bot.desk.levels.calendar import add
from bot.desk.levels.clocks import DONE
from bot.desk.places import CaseThreads, plainly
from bot.desk.third_parties.parties import Referral, awaited, parties_of, party_meant
from bot.desk.third_parties.telling import tell_holder, which
from bot.desk.third_parties.waiting import again, wait_for
from bot.settings.mail import TOKEN
from bot.turn import Turn
from dialogs.cases import EventKind, ThirdPartyStatus
from dialogs.events import File, Invoked, Pressed, TimerFired
from dialogs.messages import (
    Attachments,
    Block,
    Button,
    Code,
    FormView,
    Grain,
    Mail,
    Message,
    OpenForm,
    Paragraph,
    Plain,
    Quote,
    SmallPrint,
    Style,
)
from dialogs.phrases import Voice, voice
from dialogs.reading.addresses import find_address
from dialogs.reading.text import fold
from dialogs.wording import hour_text, when
from storage.outbox import Lost
from storage.tables import Case, ThirdParty

TIMER = "third_party.chase"
"""The kind of the timer by which a third party is reminded; its subject is the third party's id."""

LETTER = "third_party"
"""How the names of letters to third parties begin, by which one hears of those that were not delivered."""

TOPIC_LENGTH = 80

SEND = "send"
"""What a button says that sends the letter as it stands."""
_SENDS = {SEND, "enviar", "enviarlo"}


async def mail(request: Request) -> Message | OpenForm | None:
    """Write to a third party: one's own words, or with `send` the summary that is ready."""
    turn, case, speak = request.turn, request.about, request.speak
    parties = await parties_of(turn, case)
    if not parties:
        return plainly(speak, "thirdparty.none", case=Code(request.name))
    if case.status in DONE:
        return plainly(speak, "thirdparty.over", case=Code(request.name))
    found = party_meant(request.text, parties)
    if found is None:
        return which(request, parties, "mail")
    party, text = found
    address = find_address(text)
    if address and not text[: address[1]].strip():
        party.email, text = address[0], text[address[2] :].strip(" \t\n:,")
    referral = Referral(turn=turn, case=case, threads=await CaseThreads.of(turn, case), party=party)
    if fold(text) in _SENDS:
        text = draft(referral)
    elif not text and not request.files and isinstance(turn.event.what, Pressed | Invoked):
        return OpenForm(await form(referral, speak))
    if not party.email:
        example = Code(speak("thirdparty.mail.example.address", case=request.name, party=party.name))
        return plainly(speak, "thirdparty.mail.address", party=party.name, example=example)
    if not text and not request.files:
        return Message(blocks=_preview(referral, speak), language=speak.language)
    await write(referral, text, request.files)
    await put_card(turn, case, referral.threads)
    return plainly(speak, "thirdparty.mail.sent", party=party.name, address=party.email)


async def write(referral: Referral, text: str, files: tuple[File, ...]) -> None:
    """Send an agent's words to a third party. Its answer is awaited then, and it is reminded where none comes."""
    if referral.party.status is not ThirdPartyStatus.WAITING:
        referral = replace(referral, party=await again(referral.turn, referral.party))
        await wait_for(referral)
    turn, case, threads, party = referral.turn, referral.case, referral.threads, referral.party
    offered = await turn.unit.postings.find(_ref(referral)) if party.written_at is None else None
    party.written_at, party.chased = turn.now, 0
    kept = [file.id for file in files]
    record(turn, case, EventKind.THIRD_PARTY_MAILED, party=party.id, name=party.name, text=text, files=kept)
    await keep_files(turn, case, files, internal=True)
    _send(referral, Paragraph((Plain(text),)), *((Attachments(files),) if files else ()))
    _chase_later(referral)
    values = {"name": await actor_name(turn), "party": referral.title, "address": party.email or ""}
    blocks = (Paragraph(threads.to_desk.spans("thirdparty.mailed", **values)), *said_blocks(text, files))
    if offered:
        threads.retell_desk(_ref(referral), *blocks)
    else:
        threads.tell_desk(*blocks)


def _send(referral: Referral, *blocks: Block, chaser: bool = False) -> None:
    """Decide a letter. The token in its subject, its ids and where answers go leads them back to the case."""
    turn, case, name, party = referral.turn, referral.case, referral.threads.name, referral.party
    assert party.email, "who has no address is not written to"
    speak = voice(referral.terms.language)
    topic = shorten(" ".join((case.service or case.description).split()), TOPIC_LENGTH)
    message = Message(blocks=(*blocks, SmallPrint(speak.spans("thirdparty.letter.foot"))), language=speak.language)
    letter = Mail(
        to=party.email,
        subject=f"[{name} · {party.token}] {topic}".rstrip(),
        message=message,
        about=f"{name}.{party.token}",
        reply_to=turn.settings.mail.reply_to.replace(TOKEN, party.token),
        ref=f"{LETTER}:{party.id}",
        automatic=chaser,
    )
    turn.mail(letter)


def draft(referral: Referral) -> str:
    """Return what a third party needs to know of a case, in its own language, for an agent to look at."""
    speak = voice(referral.terms.language)
    facts = "\n".join(f"{speak(f'thirdparty.letter.{key}')}: {value}" for key, value in _facts(referral, speak))
    return speak("thirdparty.letter", desk=referral.turn.settings.organisation.name, facts=facts)


def _facts(referral: Referral, speak: Voice) -> Iterator[tuple[str, str]]:
    turn, case = referral.turn, referral.case
    yield "ours", referral.threads.name
    if referral.party.reference:
        yield "theirs", referral.party.reference
    if case.service:
        yield "service", case.service
    yield "problem", case.description or summary(case, speak)
    if case.expected_behaviour:
        yield "expected", case.expected_behaviour
    if case.started_instant:
        zone, grain = case.started_zone or case.zone_name, case.started_grain or Grain.MINUTE
        at = when(case.started_instant, zone, speak.language, now=None, home=turn.home, grain=grain).text
        exact = grain not in {Grain.DAY, Grain.PART}
        yield "started", f"{at} · {hour_text(case.started_instant, str(UTC), speak.language)} UTC" if exact else at
    if case.impact:
        yield "impact", speak(f"desk.impact.{case.impact}")


def offer(referral: Referral) -> None:
    """Show under the card the letter that is ready, to be sent by one press or changed first."""
    controls = (
        write_button(referral, "thirdparty.button.send", SEND),
        write_button(referral, "thirdparty.button.change"),
    )
    blocks = _preview(referral, referral.threads.to_desk)
    referral.threads.tell_desk(*blocks, controls=controls, ref=_ref(referral))


def _preview(referral: Referral, speak: Voice) -> tuple[Block, ...]:
    values = {"case": referral.threads.name, "party": referral.party.name}
    typed = {
        "send": Code(speak("thirdparty.mail.typed.send", **values)),
        "own": Code(speak("thirdparty.mail.typed.own", **values)),
    }
    return (
        Paragraph(speak.spans("thirdparty.mail.ready", party=referral.title, address=referral.party.email or "")),
        Quote((Plain(draft(referral)),)),
        SmallPrint(speak.spans("thirdparty.mail.how", **typed)),
    )


def write_button(referral: Referral, label: str, then: str = "") -> Button:
    """Return the button that writes to a third party: at once with `then`, else by a form."""
    style = Style.PRIMARY if then else Style.DEFAULT
    value = f'{referral.threads.name} "{referral.party.name}" {then}'.rstrip()
    return Button(name="case.mail", label=referral.threads.to_desk(label), value=value, style=style)


async def form(referral: Referral, speak: Voice) -> FormView:
    """Return the form for a letter to a third party; the first one is filled in."""
    party = referral.party
    text = draft(referral) if party.written_at is None else ""
    view = await forms.mail(referral.turn, speak, referral.case)
    return forms.filled(view, party=party.name, email=party.email or "", text=text)


def _ref(referral: Referral) -> str:
    return f"letter:{referral.threads.name}:{referral.party.id}"


def _fence(party: ThirdParty) -> str:
    assert party.written_at is not None, "only who was written to is reminded"
    return f"{party.written_at.isoformat()}:{party.chased}"


def _chase_later(referral: Referral) -> None:
    """Come back to a third party on its own clock."""
    turn, terms, subject = referral.turn, referral.terms, str(referral.party.id)
    at = add(terms.hours, turn.now, terms.chase_after)
    assert at is not None, "nothing pauses a wait that begins now"
    turn.set_timer(TIMER, subject, fence=_fence(referral.party), after=at - turn.now, place=referral.threads.desk)


def chase_no_more(turn: Turn, party: ThirdParty) -> None:
    """Remind a third party no more."""
    turn.cancel_timer(TIMER, str(party.id))


async def chase(turn: Turn, what: TimerFired) -> None:
    """Remind a third party that does not answer; after the last reminder, tell who has the case."""
    party = await turn.unit.third_parties.get(int(what.subject))
    case = await lock_case(turn, party.case_number) if party else None
    if party is None or case is None or case.status in DONE:
        return
    party = await turn.unit.third_parties.lock(party)
    if party.status is not ThirdPartyStatus.WAITING or what.fence != _fence(party):
        return
    referral = Referral(turn=turn, case=case, threads=await CaseThreads.of(turn, case), party=party)
    if party.chased >= turn.settings.third_parties.chase_at_most:
        await tell_holder(referral, "thirdparty.silent", count=party.chased)
        return
    party.chased += 1
    record(turn, case, EventKind.THIRD_PARTY_CHASED, party=party.id, name=party.name)
    _send(referral, Paragraph(voice(referral.terms.language).spans("thirdparty.letter.chaser")), chaser=True)
    told = referral.threads.to_desk.spans("thirdparty.chased", party=referral.title, count=party.chased)
    referral.threads.tell_desk(SmallPrint(told))
    _chase_later(referral)


async def chasers_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell when the third parties are reminded that do not answer, or given up on."""
    planned = []
    for party in awaited(await parties_of(turn, case)):
        if timer := await planned_at(turn, TIMER, str(party.id)):
            key = "ahead.silent" if party.chased >= turn.settings.third_parties.chase_at_most else "ahead.chase"
            planned.append(Planned(timer[0], speak.spans(key, party=party.name)))
    return planned


async def lost(turn: Turn, message: Lost) -> None:
    """Tell who has the case that a letter did not arrive. Nobody is reminded of what they have not got."""
    kind, _, subject = message.ref.partition(":")
    party = await turn.unit.third_parties.get(int(subject)) if kind == LETTER else None
    case = await lock_case(turn, party.case_number) if party else None
    if party is None or case is None or not isinstance(message.delivery, Mail):
        return
    referral = Referral(turn=turn, case=case, threads=await CaseThreads.of(turn, case), party=party)
    chase_no_more(turn, party)
    record(turn, case, EventKind.MAIL_FAILED, party=party.id, name=party.name, text=message.error)
    why, address = said_blocks(shorten(message.error, SHOWN_LENGTH)), message.delivery.to
    controls = (write_button(referral, "thirdparty.button.again"),)
    await tell_holder(referral, "thirdparty.mail.failed", *why, controls=controls, address=address)
