"""Where an event goes: to the conversation with the assistant, or to the desk."""

from __future__ import annotations

from dataclasses import replace

from bot import desk
from bot.desk.places import place_of
from bot.desk.roles import Role, customer_by_tenant, role_of
from bot.turn import Turn
from dialogs.cases import ChannelMode, ChannelRole, LinkKind
from dialogs.engine.form import Context, Profile
from dialogs.engine.outcome import Complete, Consult, Effect, Say
from dialogs.engine.state import DialogState, dump_state, load_state
from dialogs.engine.turn import SILENCE
from dialogs.engine.turn import turn as engine_turn
from dialogs.engine.words import Word, read_word
from dialogs.events import (
    Deleted,
    Edited,
    Event,
    HomeOpened,
    Invoked,
    Joined,
    Mailed,
    Place,
    Pressed,
    Reacted,
    Said,
    Shared,
    Submitted,
    TimerFired,
)
from dialogs.forms.drafting import draft_of
from dialogs.forms.escalation import ESCALATION, told_wish
from dialogs.forms.intake import INTAKE
from dialogs.forms.profile import PROFILE, told_profile
from dialogs.messages import Option
from storage.tables import Channel, Conversation, PersonRow

FORMS = {form.name: form for form in (INTAKE, PROFILE, ESCALATION)}

_ALWAYS_ENGINE = {
    Word.HELP,
    Word.MY_CASES,
    Word.STATUS,
    Word.SPANISH,
    Word.ENGLISH,
    Word.NEW,
    Word.RESUME,
    Word.PROFILE,
    Word.ESCALATE,
    Word.SUPERVISOR,
    Word.LEVELS,
}
"""What a customer may say in the thread of a filed case that is not meant for the agents."""


_OWN = {Word.PROFILE, Word.SPANISH, Word.ENGLISH}
"""What an agent may say of themselves in private; the rest there are commands."""

NOT_A_CASE = ("📣", ":mega:", ":megaphone:", ":loudspeaker:")
"""A message that begins with one of these is only talk."""


async def route(turn: Turn) -> None:
    """Handle an event that was not here before, and keep what is promised about the cases it touched."""
    await _handle(turn)
    await desk.settle(turn)


async def _handle(turn: Turn) -> None:
    event, what = turn.event, turn.event.what
    about_us = isinstance(what, Shared) or (isinstance(what, Joined) and what.me)
    if event.actor.automatic and not about_us:
        return
    channel = await turn.unit.channels.get(event.place.channel_key)
    match what:
        case Invoked(command=command, text=text):
            await desk.command(turn, command, text)
        case Pressed(name=name) if name.startswith("case."):
            await desk.pressed(turn, what)
        case Pressed(name=name) if answered := desk.ANSWERS.get(name.partition(".")[0]):
            await answered(turn, what)
        case Submitted(form=form) if taken_in := desk.FORMS.get(form):
            await taken_in(turn, what)
        case Submitted(form=form) if form.startswith("case."):
            await desk.submitted(turn, what)
        case Reacted():
            await desk.reacted(turn, what)
        case TimerFired(timer=timer) if timer == SILENCE:
            await _silence(turn, channel)
        case TimerFired(timer=timer) if timer in desk.TIMERS:
            await desk.TIMERS[timer].due(turn, what)
        case Said() | Edited() | Deleted() | Pressed() | Submitted():
            if event.place.direct or (channel and channel.role is ChannelRole.CUSTOMER):
                await _customer_side(turn, channel)
            elif channel:
                await _desk_side(turn)
            elif await customer_by_tenant(turn):
                await _customer_side(turn, None)
            elif isinstance(what, Said) and what.addressed:
                await desk.said_without_role(turn, what)
        case Mailed() as mailed:
            await desk.mail_came(turn, mailed)
        case HomeOpened():
            await desk.home_opened(turn)
        case Shared(ended=True) as shared:
            await desk.unshared(turn, shared)
        case Joined() as what:
            await desk.joined(turn, what)


async def _desk_side(turn: Turn) -> None:
    match turn.event.what:
        case Said() as said:
            await desk.said_in_desk(turn, said)
        case Edited() as edited:
            await desk.edited(turn, edited)
        case Deleted() as deleted:
            await desk.deleted(turn, deleted)
        case _:
            pass


async def _customer_side(turn: Turn, channel: Channel | None) -> None:
    what = turn.event.what
    place = await _thread_of(turn, turn.event.actor.key)
    if not _begins_thread(turn.event):
        await desk.find_thread(turn, place)
    if not await _concerns_us(turn, channel, place):
        return
    actor = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    await desk.meet(turn, channel)
    conversation = await turn.unit.conversations.lock(place, turn.now)
    agent = await role_of(turn) is not Role.CUSTOMER
    state = load_state(conversation.state)
    helping = (
        agent
        and isinstance(what, Said)
        and ((state.frame is not None and not desk.is_command(what)) or _about_oneself(what, place))
    )
    if not agent and isinstance(what, Said) and _commands(what, place, state):
        await desk.customer_commanded(turn, what)
    elif not agent and isinstance(what, Said) and await desk.sent_to_case(turn, what):
        return
    elif helping:
        await _dialog(turn, conversation, state, actor, channel, staff=not place.direct)
    elif isinstance(what, Said | Edited | Deleted) and (agent or _is_case_talk(conversation, state, what, actor.key)):
        another = await _case_talk(turn, conversation, agent=agent)
        if another is not None:
            await _dialog(turn, conversation, state, actor, channel, offers=another is LinkKind.RELATED)
    else:
        conversation.person_key = conversation.person_key or actor.key
        await _dialog(turn, conversation, state, actor, channel)


def _commands(said: Said, place: Place, state: DialogState) -> bool:
    """Tell whether a customer types a command: to the assistant, and not as an answer to it in private.

    A new case is theirs to tell.
    """
    commanded = said.addressed and desk.is_command(said) and not desk.is_new_case(said)
    return commanded and (state.frame is None or not place.direct)


def _about_oneself(said: Said, place: Place) -> bool:
    """Tell whether an agent says in private who they are or which language they read."""
    steering = read_word(said.text) if place.direct else None
    return steering is not None and steering.word in _OWN


async def _concerns_us(turn: Turn, channel: Channel | None, place: Place) -> bool:
    """Tell whether something in a customer's channel is for the assistant: meant for it, or in a thread it knows."""
    what = turn.event.what
    if not isinstance(what, Said | Edited | Deleted) or (place.direct and isinstance(what, Said)):
        return True
    if isinstance(what, Said) and what.addressed:
        return True
    if await turn.unit.conversations.get(place.key) is not None:
        return True
    begins = isinstance(what, Said) and _begins_thread(turn.event) and not what.text.startswith(NOT_A_CASE)
    return begins and channel is not None and channel.mode is not ChannelMode.MENTION


def _begins_thread(event: Event) -> bool:
    """Tell whether a message stands at the top of a channel; platforms may name it as its own thread."""
    place = event.place
    return isinstance(event.what, Said) and not place.direct and place.thread in {None, event.what.message}


async def _silence(turn: Turn, channel: Channel | None) -> None:
    """Nobody wrote for a while: the turn is its owner's, not the clock's."""
    conversation = await turn.unit.conversations.lock(turn.event.place, turn.now)
    owner = await turn.unit.people.get(conversation.person_key or "")
    if owner is not None:
        await _dialog(turn, conversation, load_state(conversation.state), owner, channel)


def _is_case_talk(
    conversation: Conversation, state: DialogState, what: Said | Edited | Deleted, actor_key: str
) -> bool:
    """Tell whether what a customer wrote belongs to the case of the thread rather than to the assistant."""
    if conversation.case_number is None or _is_for_form(state, what, actor_key):
        return False
    steering = read_word(what.text) if isinstance(what, Said) else None
    return steering is None or steering.word not in _ALWAYS_ENGINE


def _is_for_form(state: DialogState, what: Said | Edited | Deleted, actor_key: str) -> bool:
    """Tell whether it is for a form of who acts: what they write, and what they change of the answers there."""
    frame = state.frame
    if frame is None or frame.owner != actor_key:
        return False
    return isinstance(what, Said) or any(answer.message == what.message for answer in frame.answers.values())


async def _case_talk(turn: Turn, conversation: Conversation, *, agent: bool) -> LinkKind | None:
    """Hand what is written in the thread of a case to it; return how another case would belong to it, if it asks."""
    number = conversation.case_number
    case = await turn.unit.cases.lock(number) if number is not None else None
    match turn.event.what:
        case Said() as said if agent and case is None:
            await desk.said_in_desk(turn, said)
        case _ if case is None:
            return None
        case Said() as said if agent:
            await desk.agent_said_to_customer(turn, case, said)
        case Said() as said:
            return await desk.customer_said(turn, case, said)
        case Edited() as edited:
            await desk.edited(turn, edited, case)
        case Deleted() as deleted:
            await desk.deleted(turn, deleted, case)
        case _:
            pass
    return None


async def _thread_of(turn: Turn, person_key: str) -> Place:
    """Return the conversation that an event belongs to.

    A message at the top of a channel begins a thread of its own, unless its author has a form open in another
    thread of the channel, or wrote it before the answer there could be read: then it goes on there.
    """
    place, what = turn.event.place, turn.event.what
    if place.thread is None and not place.direct and isinstance(what, Edited | Deleted):
        return replace(place, thread=what.message)
    if not isinstance(what, Said) or not _begins_thread(turn.event):
        return place
    own = replace(place, thread=what.message)
    latest = await turn.unit.conversations.latest_of(person_key, place)
    steering = read_word(what.text)
    if latest is None or (steering is not None and steering.word is Word.NEW):
        return own
    state = load_state(latest.state)
    recent = turn.now - latest.updated_at <= turn.settings.times.grouping
    unfiled = latest.case_number is None and recent
    burst = recent and turn.event.at < latest.updated_at
    if (state.frame is not None and state.frame.owner == person_key) or unfiled or burst:
        return replace(place, thread=latest.thread)
    return own


def _keep_profile(turn: Turn, person: PersonRow, profile: Profile) -> None:
    """Keep what somebody told and confirmed about themselves."""
    person.named = person.named or profile.name != person.name
    person.name, person.company, person.zone = profile.name, profile.company, profile.zone
    person.language, person.contact, person.confirmed_at = profile.language, profile.contact, turn.now
    if profile.phone:
        person.phone, person.phone_confirmed_at = profile.phone, turn.now


async def _dialog(
    turn: Turn,
    conversation: Conversation,
    state: DialogState,
    person: PersonRow,
    channel: Channel | None,
    *,
    staff: bool = False,
    offers: bool | None = None,
) -> None:
    """Let the assistant answer. `offers` says whether it only offers a case; else the channel does."""
    context = await desk.context_of(turn, person, channel)
    context = replace(
        context,
        promises=await desk.promises_for(turn, channel),
        escalable=await _escalable(turn, conversation, state),
        staff=staff,
    )
    context = context if offers is None else replace(context, offers=offers)
    outcome = engine_turn(state, turn.event, context, FORMS)
    if state.frame is None and outcome.state.frame is not None and outcome.state.frame.form == INTAKE.name:
        await desk.announce_another(turn, conversation)
    if outcome.told_language is not None:
        person.language = outcome.told_language
    for effect in outcome.effects:
        await _carry_out(turn, conversation, person, context, effect)
    conversation.state = dump_state(outcome.state)
    turn.reply = outcome.reply or turn.reply
    if outcome.silence is not None:
        fence = str(outcome.state.asked)
        turn.set_timer(SILENCE, conversation.key, fence=fence, after=outcome.silence, place=place_of(conversation))
    elif state.frame is not None:
        turn.cancel_timer(SILENCE, conversation.key)


async def _escalable(turn: Turn, conversation: Conversation, state: DialogState) -> tuple[Option, ...] | None:
    """Return which cases who acts may send higher, where that is what this turn is about."""
    about = None
    match turn.event.what:
        case Said(text=text) if (steering := read_word(text)) and steering.word in {Word.ESCALATE, Word.SUPERVISOR}:
            about = steering.about
        case Pressed(name=name, value=value) if name == Word.ESCALATE:
            about = value
        case _ if state.frame is not None and state.frame.form == ESCALATION.name:
            about = ""
    return None if about is None else await desk.escalable(turn, about, conversation.key)


async def _carry_out(
    turn: Turn, conversation: Conversation, person: PersonRow, context: Context, effect: Effect
) -> None:
    match effect:
        case Say(message=message):
            turn.post(place_of(conversation), message)
        case Consult(topic=topic, argument=argument, language=language):
            await desk.consulted(turn, place_of(conversation), topic, argument, language)
        case Complete(frame=frame) if frame.form == PROFILE.name:
            _keep_profile(turn, person, told_profile(frame, context))
        case Complete(frame=frame, language=language) if frame.form == ESCALATION.name:
            await desk.escalation_wished(turn, conversation, told_wish(frame), frame.files, language)
        case Complete(frame=frame, handed_over=handed_over, language=language):
            draft = draft_of(frame, context, language, handed_over=handed_over)
            before = conversation.case_number
            case = await desk.file_case(turn, draft, conversation)
            conversation.case_number = case.number
            await desk.link_to_earlier(turn, case, before)
            if draft.phone:
                person.phone, person.phone_confirmed_at = draft.phone, turn.now
