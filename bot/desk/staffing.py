"""Who has a case, who is away, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import cases
from bot.desk.card import put_card, summary
from bot.desk.cases import actor_name, record, said_blocks
from bot.desk.handlers import OPEN, SHOWN_CASES, Request
from bot.desk.people import named
from bot.desk.places import CaseThreads, case_name, channel_place, channel_voice, desk_channel, number_of, plainly
from bot.desk.roles import staff
from bot.turn import Turn
from dialogs.cases import CaseStatus, EventKind
from dialogs.messages import Bullets, Code, Mention, Message, Paragraph, Plain, Spans
from dialogs.phrases import Voice
from storage.tables import Case, PersonRow


async def assign(request: Request) -> Message:
    """Give a case to a colleague."""
    turn, case, speak = request.turn, request.about, request.speak
    agents = await staff(turn)
    found = named(request.text, agents)
    if found is None:
        return plainly(speak, "desk.assign.unknown", names=", ".join(sorted(one.name for one in agents)))
    person, reason = found
    if case.assignee_key == person.key:
        return plainly(speak, "desk.assign.already", case=Code(request.name), name=person.name)
    await _give(turn, case, person, reason)
    key = "desk.assign.away" if person.absent_since else "desk.assign.done"
    return plainly(speak, key, case=Code(request.name), name=person.name)


async def _give(turn: Turn, case: Case, person: PersonRow, reason: str) -> None:
    threads = await CaseThreads.of(turn, case)
    before = case.assignee_key
    record(turn, case, EventKind.ASSIGNED, before=before, to=person.key, name=person.name, text=reason)
    case.assignee_key = person.key
    if case.status is CaseStatus.NEW:
        cases.move(turn, case, CaseStatus.WORKING, "assigned")
    cases.introduce(threads, case, person.name, another=before is not None)
    who = Mention(person.key, person.name)
    assigned = threads.to_desk.spans("desk.assigned", who=who, name=await actor_name(turn))
    threads.tell_desk(Paragraph(assigned), *said_blocks(reason))
    await put_card(turn, case, threads)


async def release(request: Request) -> Message:
    """Take a case from whoever has it, so that somebody else may."""
    turn, case = request.turn, request.about
    if case.assignee_key is None:
        return plainly(request.speak, "desk.release.already", case=Code(request.name))
    threads = await CaseThreads.of(turn, case)
    record(turn, case, EventKind.RELEASED, before=case.assignee_key, text=request.text)
    case.assignee_key = None
    released = threads.to_desk.spans("desk.released", name=await actor_name(turn))
    threads.tell_desk(Paragraph(released), *said_blocks(request.text))
    await put_card(turn, case, threads)
    return plainly(request.speak, "desk.release.done", case=Code(request.name))


async def absent(request: Request) -> Message:
    """Mark who asks as away, and show the desk what they hold."""
    turn = request.turn
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    if person.absent_since is None:
        person.absent_since = turn.now
        await _announce(turn, person)
    return plainly(request.speak, "desk.absent.done", present=Code(request.speak("desk.absent.present")))


async def present(request: Request) -> Message:
    """Mark who asks as back."""
    turn = request.turn
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    if person.absent_since is not None:
        person.absent_since = None
        await _announce(turn, person)
    return plainly(request.speak, "desk.present.done")


async def profile(request: Request) -> Message:
    """Say where one's own profile is shown and changed: in private, for it tells a phone number."""
    word = Code(request.speak("desk.profile.word"))
    return plainly(request.speak, "desk.profile.private", word=word)


async def _announce(turn: Turn, person: PersonRow) -> None:
    """Say in the desk's channel that somebody went or came; the cards of what they hold follow."""
    desk = await desk_channel(turn, person.platform)
    held = await turn.unit.cases.list(statuses=OPEN, assignee_key=person.key, limit=SHOWN_CASES)
    if desk is not None:
        speak = channel_voice(turn, desk)
        turn.post(channel_place(desk), _news(turn, person, held, speak))
    for case in held:
        await put_card(turn, case, await CaseThreads.of(turn, case))


def _news(turn: Turn, person: PersonRow, held: Sequence[Case], speak: Voice) -> Message:
    if person.absent_since is None:
        return plainly(speak, "desk.present", name=person.name)
    if not held:
        return plainly(speak, "desk.absent.none", name=person.name)
    lines: tuple[Spans, ...] = tuple(
        (Code(case_name(turn, case.number)), Plain(f" {summary(case, speak)}")) for case in held
    )
    take = Code(speak("desk.example.take", prefix=turn.settings.cases.prefix))
    heading, how = speak.spans("desk.absent", name=person.name), speak.spans("desk.absent.how", take=take)
    return Message(blocks=(Paragraph(heading), Bullets(lines), Paragraph(how)), language=speak.language)


async def participants(request: Request) -> Message:
    """List who takes part in a case on the customer's side, the requester first."""
    turn, case, speak = request.turn, request.about, request.speak
    requester = await turn.unit.people.get(case.requester_key)
    others = await turn.unit.cases.participants(number_of(case))
    first = speak.spans("desk.participants.requester", name=requester.name if requester else "")
    lines: tuple[Spans, ...] = (first, *((Plain(person.name),) for person in others))
    heading = Paragraph(speak.spans("desk.participants", case=Code(request.name)))
    return Message(blocks=(heading, Bullets(lines)), language=speak.language)
