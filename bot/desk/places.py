"""Where the desk says what, and in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.turn import Turn
from dialogs.cases import ChannelRole
from dialogs.events import Place, Platform, Pressed, Said, Submitted
from dialogs.messages import Block, Control, FormErrors, Link, Message, OpenForm, Paragraph, Post, Spans, Whisper
from dialogs.phrases import Value, Voice, voice
from storage.tables import Case, Channel, Conversation

CARD, ALERT = "card", "escalation"
"""How the names of the cards and of the alerts among the postings begin."""
OPENER = "opener:"
"""How the names of the posts begin that open a customer's thread."""


def case_name(turn: Turn, number: int | None) -> str:
    """Return what people call a case: `LD-12`."""
    return f"{turn.settings.cases.prefix}-{number}"


def card_ref(name: str) -> str:
    """Return the name of a case's card among the postings; its lane has the same name."""
    return f"{CARD}:{name}"


def number_of(case: Case) -> int:
    """Return the number of a case that the store has."""
    assert case.number is not None, "a case is given its number when it is added"
    return case.number


@dataclass(frozen=True, slots=True)
class Typed:
    """Where words of a case were written, and may be changed: the channel's key, and the message's id there.

    `ref` names their copy on the other side, `desk_ref` the one under the card of what was typed elsewhere at the desk.
    """

    channel_key: str
    message: str

    @classmethod
    def here(cls, place: Place, message: str) -> Typed:
        """Return what was written in a channel."""
        return cls(place.channel_key, message)

    @property
    def ref(self) -> str:
        return f"copy:{self.channel_key}:{self.message}"

    @property
    def desk_ref(self) -> str:
        return f"{self.ref}:desk"


def place_of(conversation: Conversation) -> Place:
    """Return where a conversation takes place: at the top of its channel until the post that opens it stands."""
    return Place(
        platform=conversation.platform,
        channel=conversation.channel,
        thread=conversation.thread,
        direct=conversation.direct,
    )


async def conversation_of(turn: Turn, post: Post) -> Conversation | None:
    """Return the conversation that a post belongs to, the one whose thread it opens or goes under included."""
    opener = post.under or post.ref or ""
    if not opener.startswith(OPENER):
        return await turn.unit.conversations.get(post.place.key)
    posting = await turn.unit.postings.find(opener)
    place = replace(post.place, thread=posting.message) if posting else post.place
    return await turn.unit.conversations.get(place.key) or await turn.unit.conversations.get(post.place.key + opener)


async def desk_channel(turn: Turn, platform: Platform) -> Channel | None:
    """Return the desk's channel: the one on this platform where there is one, else the first."""
    channels = await turn.unit.channels.of_role(ChannelRole.DESK)
    here = [channel for channel in channels if channel.platform is platform]
    return next(iter([*here, *channels]), None)


async def _desk_of(turn: Turn, case: Case, platform: Platform) -> Channel | None:
    """Return the channel where the card of a case stands or, before it does, where it will."""
    card = await turn.unit.postings.find(card_ref(case_name(turn, case.number)))
    stands = await turn.unit.channels.get(f"{card.platform}:{card.channel}") if card else None
    here = stands is not None and stands.role is ChannelRole.DESK
    return stands if here else await desk_channel(turn, platform)


async def managers_channel(turn: Turn, platform: Platform) -> Channel | None:
    """Return where the managers read: on that platform, on another, or at the desk where they have no channel."""
    channels = await turn.unit.channels.of_role(ChannelRole.ESCALATIONS)
    here = [channel for channel in channels if channel.platform is platform]
    return next(iter([*here, *channels]), None) or await desk_channel(turn, platform)


def channel_place(channel: Channel) -> Place:
    """Return the top level of a channel."""
    return Place(platform=channel.platform, channel=channel.channel)


def channel_voice(turn: Turn, channel: Channel | None) -> Voice:
    """Return the voice that a channel is spoken to in."""
    told = channel.language if channel else None
    return voice(told or turn.settings.languages.default)


async def reader_voice(turn: Turn) -> Voice:
    """Return the voice for the answer to who acts: the channel's where all see it, else the one that they told.

    Who told none is answered at the desk in the language of the card that they pressed, and elsewhere in that of their
    client.
    """
    what, internal = turn.event.what, await is_internal(turn, turn.event.place)
    channel = await turn.unit.channels.get(turn.event.place.channel_key)
    if isinstance(what, Said) and internal:
        return channel_voice(turn, channel)
    person = await turn.unit.people.get_or_add(turn.event.actor, turn.now)
    pressed = internal and isinstance(what, Pressed | Submitted)
    own = person.language or (None if pressed else turn.event.actor.language)
    return voice(own) if own else channel_voice(turn, channel)


async def is_internal(turn: Turn, place: Place) -> bool:
    """Tell whether only the desk reads there."""
    channel = await turn.unit.channels.get(place.channel_key)
    return channel is not None and channel.role in {ChannelRole.DESK, ChannelRole.ESCALATIONS}


async def respond(turn: Turn, answer: Message | OpenForm | FormErrors) -> None:
    """Give who acts their answer: at once and to them alone, or in the thread where they typed.

    What an agent types in a customer's channel is answered in the desk's, where there is one: customers must not
    read it.
    """
    if not isinstance(answer, Message):
        turn.reply = answer
        return
    if not isinstance(turn.event.what, Said):
        turn.reply = Whisper(answer)
        return
    place = turn.event.place
    elsewhere = None if place.direct else await desk_channel(turn, place.platform)
    if elsewhere is None or await is_internal(turn, place):
        answer_here(turn, answer)
    else:
        turn.post(channel_place(elsewhere), answer)


def answer_here(turn: Turn, answer: Message) -> None:
    """Answer what was said where it was said: at the top of a channel, in its thread."""
    place, what = turn.event.place, turn.event.what
    if isinstance(what, Said) and place.thread is None and not place.direct:
        place = replace(place, thread=what.message)
    turn.post(place, answer)


def plainly(speak: Voice, key: str, /, **values: Value) -> Message:
    """Return a message of one phrase."""
    return Message(blocks=(Paragraph(speak.spans(key, **values)),), language=speak.language)


@dataclass(frozen=True, slots=True)
class Aside:
    """What the desk reads beside a customer's words under the card.

    `moved` tells that the card itself changes, too, `new_matter` that the words are about something else.
    """

    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()
    moved: bool = False
    new_matter: bool = False


class CaseThreads:
    """The two faces of a case: the card with its thread in the desk, and the customer's own thread."""

    def __init__(self, turn: Turn, case: Case, conversation: Conversation, desk: Channel | None) -> None:
        self._turn = turn
        self._desk = desk
        self.name = case_name(turn, case.number)
        self.customer = place_of(conversation)
        self._lane = conversation.key
        self._opener = conversation.key.removeprefix(self.customer.key) or None
        self.desk = channel_place(desk) if desk else self.customer
        self.to_customer = voice(case.language)
        self.to_desk = channel_voice(turn, desk)

    @classmethod
    async def of(cls, turn: Turn, case: Case) -> CaseThreads:
        """Return the faces of a case."""
        conversation = await turn.unit.conversations.get(case.conversation_key)
        assert conversation is not None, "a case is filed from a conversation"
        return cls(turn, case, conversation, await _desk_of(turn, case, conversation.platform))

    def tell_customer(self, *blocks: Block, controls: tuple[Control, ...] = (), ref: str | None = None) -> None:
        """Say something in the customer's thread."""
        message = Message(blocks=blocks, controls=controls, language=self.to_customer.language)
        self._turn.post(self.customer, message, ref=ref, under=self._opener, lane=self._lane)

    def open_customer(self, *blocks: Block) -> None:
        """Say what opens the customer's thread; where they have one already, it is said there."""
        message = Message(blocks=blocks, language=self.to_customer.language)
        self._turn.post(self.customer, message, ref=self._opener, lane=self._lane, awaited=self._opener is not None)

    def retell_customer(self, ref: str, *blocks: Block, controls: tuple[Control, ...] = ()) -> None:
        """Replace what was said in the customer's thread under that ref."""
        message = Message(blocks=blocks, controls=controls, language=self.to_customer.language)
        self._turn.revise(self.customer, ref, message, lane=self._lane)

    def tell_desk(
        self, *blocks: Block, controls: tuple[Control, ...] = (), ref: str | None = None, aloud: bool = False
    ) -> None:
        """Say something in the card's thread; `aloud` at the top of the desk's channel, where nobody has the case."""
        if self._desk:
            message = Message(blocks=blocks, controls=controls, language=self.to_desk.language)
            card = card_ref(self.name)
            self._turn.post(channel_place(self._desk), message, ref=ref, under=None if aloud else card, lane=card)

    def retell_desk(self, ref: str, *blocks: Block, controls: tuple[Control, ...] = ()) -> None:
        """Replace what was said in the card's thread under that ref."""
        if self._desk:
            message = Message(blocks=blocks, controls=controls, language=self.to_desk.language)
            self._turn.revise(channel_place(self._desk), ref, message, lane=card_ref(self.name))

    def put_card(self, card: Message, *, new: bool = False) -> None:
        """Show the card in the desk's channel, or its new content."""
        if not self._desk:
            return
        place, ref = channel_place(self._desk), card_ref(self.name)
        if new:
            self._turn.post(place, card, ref=ref, lane=ref)
        else:
            self._turn.revise(place, ref, card, lane=ref)


async def destination(turn: Turn, case: Case, speak: Voice) -> Spans:
    """Return to whom and where goes what the customer of a case is told: who asked, their company, the conversation."""
    conversation = await turn.unit.conversations.get(case.conversation_key)
    assert conversation is not None, "a case is filed from a conversation"
    place = place_of(conversation)
    requester = await turn.unit.people.get(case.requester_key)
    company = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    channel = await turn.unit.channels.get(place.channel_key)
    where = speak("replies.private") if place.direct else (channel.name if channel else "") or place.channel
    return speak.spans(
        "replies.destination" if company else "replies.destination.alone",
        name=requester.name if requester else "",
        company=company.name if company else "",
        where=Link(where, place=place, message=place.thread),
    )
