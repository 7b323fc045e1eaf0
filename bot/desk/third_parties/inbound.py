"""E-mail that comes in: to the case that it answers, or told to the desk as it is.

Nothing that a machine wrote, or somebody unknown, ever moves a case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.desk.card import SHOWN_LENGTH, shorten
from bot.desk.cases import keep_files, lock_case, record, said_blocks
from bot.desk.losing import message_lost
from bot.desk.places import CaseThreads, channel_place, channel_voice, desk_channel
from bot.desk.third_parties.deriving import take_answer
from bot.desk.third_parties.parties import TOKEN, Referral
from bot.desk.third_parties.telling import answered_button
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.events import Mailed, MailNature
from dialogs.messages import Block, Message, Paragraph
from dialogs.reading.addresses import domain_of
from storage.tables import ThirdParty

_TOKEN = re.compile(TOKEN)
_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_NAMES_AT_MOST = 50

_ANYBODYS = frozenset(
    {
        *(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "outlook.es",
            "hotmail.com",
            "hotmail.es",
            "live.com",
            "msn.com",
        ),
        *("yahoo.com", "yahoo.es", "icloud.com", "me.com", "aol.com", "gmx.com", "gmx.net", "proton.me", "mail.com"),
        *("protonmail.com", "zoho.com", "yandex.com"),
    }
)
"""Domains where anybody has an address: there only the very address counts."""


async def mail_came(turn: Turn, mailed: Mailed) -> None:
    """Take in an e-mail."""
    if mailed.nature is MailNature.BOUNCE:
        await _came_back(turn, mailed)
        return
    party = await _party_of(turn, mailed)
    case = await lock_case(turn, party.case_number) if party else None
    if party is None or case is None:
        await _tell_unmatched(turn, mailed)
        return
    await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    party = await turn.unit.third_parties.lock(party)
    referral = Referral(turn=turn, case=case, threads=await CaseThreads.of(turn, case), party=party)
    if mailed.nature is MailNature.AUTOMATIC or not _is_theirs(referral):
        await _only_told(referral, mailed)
    else:
        await take_answer(turn, case, party, mailed.text, mailed.files)


async def _came_back(turn: Turn, mailed: Mailed) -> None:
    """Take in that a mail of ours did not arrive, where it can be told which one that was: its key is in its id."""
    keys = dict.fromkeys(_KEY.findall(" ".join(mailed.answers).lower()))
    lost = await turn.unit.outbox.sent(list(keys)[:_NAMES_AT_MOST], mailed.text)
    if lost is None:
        await _tell_unmatched(turn, mailed)
    else:
        await message_lost(turn, lost)


async def _party_of(turn: Turn, mailed: Mailed) -> ThirdParty | None:
    """Return whom a mail is about: whose token stands in its subject, or in what it answers."""
    said = " ".join((mailed.subject, *mailed.answers)).lower()
    tokens = dict.fromkeys(_TOKEN.findall(said))
    found = await turn.unit.third_parties.of_tokens(list(tokens)[:_NAMES_AT_MOST])
    return found[-1] if len({one.token for one in found}) == 1 else None


def _is_theirs(referral: Referral) -> bool:
    """Tell whether who wrote is of a third party: from its address, its domain, or one that the settings name."""
    sender, address = referral.turn.event.actor.id.lower(), (referral.party.email or "").lower()
    if sender == address:
        return True
    domains = {domain_of(address)} - _ANYBODYS | {one.lower() for one in referral.terms.domains}
    return _is_within(domain_of(sender), domains - {""})


def _is_within(domain: str, domains: Iterable[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


async def _only_told(referral: Referral, mailed: Mailed) -> None:
    """Show what a machine or somebody unknown wrote, and let an agent decide that it is the answer."""
    turn, case, party, threads = referral.turn, referral.case, referral.party, referral.threads
    kept = [file.id for file in mailed.files]
    record(turn, case, EventKind.THIRD_PARTY_AUTOMATIC, party=party.id, name=party.name, text=mailed.text, files=kept)
    await keep_files(turn, case, mailed.files, internal=True)
    key = "thirdparty.mail.automatic" if mailed.nature is MailNature.AUTOMATIC else "thirdparty.mail.stranger"
    heading = threads.to_desk.spans(key, party=party.name, sender=turn.event.actor.id)
    blocks = said_blocks(shorten(mailed.text, SHOWN_LENGTH), mailed.files)
    threads.tell_desk(Paragraph(heading), *blocks, controls=(answered_button(referral),))


async def _tell_unmatched(turn: Turn, mailed: Mailed) -> None:
    """Tell the desk of a mail that belongs to no case."""
    desk = await desk_channel(turn, turn.event.place.platform)
    if desk is None:
        return
    speak, values = channel_voice(turn, desk), {"sender": turn.event.actor.id, "subject": mailed.subject}
    blocks: tuple[Block, ...]
    if mailed.nature is MailNature.AUTOMATIC:
        blocks = (Paragraph(speak.spans("thirdparty.mail.unmatched.automatic", **values)),)
    elif mailed.nature is MailNature.BOUNCE:
        address = ", ".join(mailed.failed) or "—"
        heading = Paragraph(speak.spans("thirdparty.mail.unmatched.failed", address=address, subject=mailed.subject))
        blocks = (heading, *said_blocks(shorten(mailed.text, SHOWN_LENGTH)))
    else:
        heading = Paragraph(speak.spans("thirdparty.mail.unmatched", **values))
        blocks = (heading, *said_blocks(shorten(mailed.text, SHOWN_LENGTH), mailed.files))
    for file in mailed.files:
        await turn.unit.files.add(file, turn.now)
    turn.post(channel_place(desk), Message(blocks=blocks, language=speak.language))
