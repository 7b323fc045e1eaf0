"""Telling whoever has a case what comes from a third party."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.handlers import Request
from bot.desk.people import holder_of
from bot.desk.places import CaseThreads, number_of, plainly
from bot.desk.third_parties.parties import Referral, names_text
from bot.turn import Turn
from dialogs.cases import EventKind
from dialogs.messages import Block, Button, Code, Mention, Message, Paragraph, Style
from dialogs.phrases import Value
from storage.tables import Case, ThirdParty


async def tell_holder(
    referral: Referral, key: str, *blocks: Block, controls: Sequence[Button] = (), **values: Value
) -> None:
    """Say something under the card to who has the case; aloud in the desk's channel where nobody is there for it."""
    threads, holder = referral.threads, await holder_of(referral.turn, referral.case)
    who = Mention(holder.key, holder.name) if holder else threads.to_desk("thirdparty.desk")
    heading = threads.to_desk.spans(key, who=who, party=referral.title, case=Code(threads.name), **values)
    threads.tell_desk(Paragraph(heading), *blocks, controls=tuple(controls), aloud=holder is None)


def reply_button(threads: CaseThreads) -> Button:
    """Return the button to answer the customer."""
    label = threads.to_desk("desk.button.reply")
    return Button(name="case.reply", label=label, value=threads.name, style=Style.PRIMARY)


def answered_button(referral: Referral) -> Button:
    """Return the button that makes an answer of what a machine or a stranger wrote."""
    label = referral.threads.to_desk("thirdparty.button.answered")
    return Button(name="case.answered", label=label, value=f'{referral.threads.name} "{referral.party.name}"')


def which(request: Request, parties: Sequence[ThirdParty], command: str) -> Message:
    """Ask which third party is meant."""
    speak, name = request.speak, parties[-1].name
    example = Code(speak(f"thirdparty.{command}.example", case=request.name, party=name))
    return plainly(speak, "thirdparty.which", names=names_text(parties, speak, either=True), example=example)


async def last_automatic(turn: Turn, case: Case, party: ThirdParty) -> str:
    """Return what came last from a third party without being taken as its answer, since it was asked."""
    text = ""
    for event in await turn.unit.cases.history(number_of(case)):
        if event.data.get("party") != party.id:
            continue
        if event.kind is EventKind.THIRD_PARTY_AUTOMATIC:
            text = str(event.data["text"])
        elif event.kind in {EventKind.DERIVED, EventKind.THIRD_PARTY_ANSWERED}:
            text = ""
    return text
