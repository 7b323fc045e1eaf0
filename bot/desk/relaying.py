"""`/case new @person`: an agent files what a customer told them elsewhere, on the telephone or across a table."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk import filing, forms
from bot.desk.contexts import context_of
from bot.desk.handlers import Request
from bot.desk.people import all_named
from bot.desk.places import (
    OPENER,
    case_name,
    channel_place,
    destination,
    place_of,
    plainly,
    reader_voice,
    respond,
)
from bot.desk.roles import is_agent, refuse
from bot.turn import Turn
from dialogs.cases import ChannelRole
from dialogs.engine.relayed import relayed
from dialogs.events import WHOLE_CHAT, File, Invoked, Person, Place, Pressed, Said, Submitted
from dialogs.forms.drafting import draft_of
from dialogs.forms.intake import INTAKE
from dialogs.messages import Code, FormErrors, FormView, Input, InputKind, Message, OpenForm
from dialogs.phrases import Voice
from storage.tables import Channel, PersonRow

FORM = "case.new"
"""The name of the form that asks for the words."""

_SHOWN = 80
"""How much of what was asked for an answer repeats."""


@dataclass(frozen=True, slots=True)
class _Customer:
    """For whom a case is to be filed, their company, and where they read: a channel where no thread is open yet."""

    person: PersonRow
    company: int
    place: Place
    channel: Channel | None

    @property
    def opens(self) -> bool:
        return self.place.thread is None and not self.place.direct


async def new(request: Request) -> Message | OpenForm | None:
    """File a case for a customer: whom the words name first, and what they tell. Without those, a form asks."""
    turn, speak = request.turn, request.speak
    if not request.text:
        return None
    found = await _whom(turn, request.text, speak)
    if isinstance(found, Message):
        return found
    person, text = found
    customer = await _reached(turn, person, speak)
    if isinstance(customer, Message):
        return customer
    if text or request.files:
        return await _file(turn, customer, text, request.files, speak)
    asks = isinstance(turn.event.what, Invoked | Pressed)
    return OpenForm(_form(turn, customer, speak)) if asks else None


async def submitted(turn: Turn, what: Submitted) -> None:
    """Take in the form. Rights are looked at again; a form sent twice files once."""
    await respond(turn, await _submit(turn, what))


async def _submit(turn: Turn, what: Submitted) -> Message | FormErrors:
    speak = await reader_voice(turn)
    key, _, _ = what.token.partition("|")
    if not await is_agent(turn):
        return await refuse(turn, "new", key)
    person = await turn.unit.people.get(key)
    if person is None:
        return plainly(speak, "desk.form.stale")
    customer = await _reached(turn, person, speak)
    if isinstance(customer, Message):
        return customer
    view = _form(turn, customer, speak)
    if errors := forms.mistakes(view, what.values, speak):
        return FormErrors(errors)
    if not await turn.unit.inbox.accept(f"form:{what.token}", turn.event.actor.platform, turn.now):
        return plainly(speak, "desk.form.twice")
    return await _file(turn, customer, forms.typed(view, what.values), (), speak)


def _form(turn: Turn, customer: _Customer, speak: Voice) -> FormView:
    name = customer.person.name
    text = Input(
        name="text", label=speak("filing.form.text"), type=InputKind.TEXT, hint=speak("filing.form.hint", name=name)
    )
    return FormView(
        form=FORM,
        token=f"{customer.person.key}|{turn.event.key}",
        title=speak("filing.form.title"),
        submit=speak("filing.form.submit"),
        cancel=speak("desk.form.cancel"),
        inputs=(text,),
        language=speak.language,
    )


async def _whom(turn: Turn, text: str, speak: Voice) -> tuple[PersonRow, str] | Message:
    """Return whom the words name at their beginning: whom the platform says is mentioned, else somebody known."""
    what = turn.event.what
    mentioned = what.mentioned if isinstance(what, Said | Invoked) else ()
    named = [await turn.unit.people.get_or_add(person, turn.now) for person in mentioned]
    meant, rest = all_named(text, named)
    if not meant:
        meant, rest = all_named(text, await turn.unit.people.all())
    here = [person for person in meant if person.platform is turn.event.actor.platform]
    match here or meant:
        case []:
            return plainly(speak, "filing.unknown", text=text[:_SHOWN])
        case [person]:
            return person, rest
        case several:
            told = [f"{person.name} ({await _company_text(turn, person)})" for person in several]
            return plainly(speak, "filing.several", names="; ".join(told))


async def _company_text(turn: Turn, person: PersonRow) -> str:
    company = await _company(turn, person)
    organisation = await turn.unit.organisations.get(company) if company is not None else None
    return f"{organisation.name}, {person.platform}" if organisation else person.platform


async def _company(turn: Turn, person: PersonRow) -> int | None:
    """Return the company of somebody by themselves, by their tenant, or by the channels they were met in."""
    if person.organisation_id is not None:
        return person.organisation_id
    if organisation := await turn.unit.organisations.of_tenant(person.platform, person.tenant):
        return organisation.id
    companies = {channel.organisation_id for channel in await _channels(turn, person)}
    return companies.pop() if len(companies) == 1 else None


async def _channels(turn: Turn, person: PersonRow) -> list[Channel]:
    """Return the customers' channels that somebody was met in."""
    known = await turn.unit.members.channels_of(person.key)
    return [channel for channel in known if channel.role is ChannelRole.CUSTOMER]


async def _reached(turn: Turn, row: PersonRow, speak: Voice) -> _Customer | Message:
    """Return where a customer reads; who is none, or is reached nowhere, makes a message that says so."""
    if await is_agent(turn.acting_as(_person(row))):
        return plainly(speak, "filing.agent", name=row.name)
    company = await _company(turn, row)
    if company is None:
        return plainly(speak, "filing.no_company", name=row.name)
    met = [channel for channel in await _channels(turn, row) if channel.organisation_id == company]
    theirs = met or [
        channel
        for channel in await turn.unit.channels.of_role(ChannelRole.CUSTOMER)
        if channel.organisation_id == company and channel.platform is row.platform
    ]
    here = [channel for channel in theirs if channel.key == turn.event.place.channel_key]
    if theirs:
        channel = (here or theirs)[0]
        return _Customer(row, company, await _top(turn, channel), channel)
    private = await turn.unit.conversations.private_of(row.key)
    if private is None:
        return plainly(speak, "filing.no_channel", name=row.name)
    return _Customer(row, company, place_of(private), None)


async def _top(turn: Turn, channel: Channel) -> Place:
    """Return where a new thread would begin; in a chat without threads, where everything is said."""
    top = channel_place(channel)
    chat = Place(platform=top.platform, channel=top.channel, thread=WHOLE_CHAT)
    return chat if await turn.unit.conversations.get(chat.key) else top


def _person(row: PersonRow) -> Person:
    return Person(platform=row.platform, tenant=row.tenant, id=row.id, name=row.name, language=row.language)


async def _file(turn: Turn, customer: _Customer, text: str, files: tuple[File, ...], speak: Voice) -> Message:
    person, place = customer.person, customer.place
    theirs = turn.acting_as(_person(person), place)
    context = await context_of(theirs, person, customer.channel)
    frame, language = relayed(Said(message="", text=text, files=files), theirs.event, context, INTAKE)
    opener = f"{OPENER}{turn.event.key}" if customer.opens else ""
    conversation = await turn.unit.conversations.lock(place, turn.now, opener=opener)
    conversation.person_key = person.key
    draft = draft_of(frame, context, language, handed_over=False)
    case = await filing.file_for(turn, draft, conversation, person, customer.company)
    where = await destination(turn, case, speak)
    return plainly(speak, "filing.done", case=Code(case_name(turn, case.number)), where=where)
