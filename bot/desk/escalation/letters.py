"""What a level gets by e-mail: the same as in its channel, on its own clock, with a link to acknowledge."""

from __future__ import annotations

from datetime import timedelta

from bot.desk.escalation.alerts import content, facts_for, ref_of
from bot.desk.escalation.climb import Climb
from bot.desk.escalation.ladder import Contact
from bot.desk.escalation.people import Known
from bot.turn import Turn
from dialogs.messages import Block, Code, Heading, Link, Mail, Message, Paragraph, SmallPrint
from dialogs.phrases import Voice, voice
from dialogs.wording import when
from storage.tables import EscalationStep

LINK_HOLDS = timedelta(days=1)
"""How long the link of a mail acknowledges; after that the case has long been with somebody else."""


async def alert(climb: Climb, step: EscalationStep, people: tuple[Known, ...]) -> int:
    """Write to everybody of a level who has an address; return to how many."""
    level = climb.level_of(step)
    zone = level.hours.zone if level.hours else climb.turn.home.zone
    facts = await facts_for(climb)
    addressed = [one.contact for one in people if one.contact.email]
    for contact in addressed:
        speak = _voice(climb.turn, contact)
        assert step.due_at is not None, "it is alerted"
        due = when(step.due_at, zone, speak.language, now=None, home=climb.turn.home)
        name, called = climb.name(speak), level.names[speak.language]
        _send(
            climb,
            contact,
            speak("escalation.mail.subject", case=name, level=called),
            Heading(speak("escalation.alert.heading", case=name, level=called)),
            Paragraph(speak.spans("escalation.mail.due", name=contact.name, at=due)),
            *await content(climb, facts, speak, zone),
            *_link(climb, step, contact, speak),
            _typed(climb, speak),
            ref=f"{ref_of(climb, step)}:mail",
        )
    return len(addressed)


async def last_alarm(climb: Climb) -> None:
    """Write to everybody of every level that nobody has answered."""
    facts = await facts_for(climb)
    for contact in climb.ladder.contacts:
        if contact.email:
            speak = _voice(climb.turn, contact)
            heading = speak("escalation.last.heading", case=climb.name(speak))
            _send(
                climb,
                contact,
                heading,
                Heading(heading),
                *await content(climb, facts, speak, climb.turn.home.zone),
                *_link(climb, climb.step, contact, speak),
                _typed(climb, speak),
            )


def _link(climb: Climb, step: EscalationStep | None, contact: Contact, speak: Voice) -> tuple[Block, ...]:
    """Return the way to the page that acknowledges, where this desk can be reached from outside."""
    links = climb.turn.links
    if links is None or step is None:
        return ()
    url = links.acknowledge(climb.identity, contact.email, climb.turn.now + LINK_HOLDS)
    return (Paragraph((Link(speak("escalation.button.acknowledge"), url),)),)


def _typed(climb: Climb, speak: Voice) -> Block:
    typed = Code(speak("escalation.typed.acknowledge", case=climb.name(speak)))
    return SmallPrint(speak.spans("escalation.mail.typed", typed=typed))


def _send(climb: Climb, contact: Contact, subject: str, *blocks: Block, ref: str | None = None) -> None:
    message = Message(blocks=blocks, language=_voice(climb.turn, contact).language)
    about = climb.name(voice(climb.turn.settings.languages.default))
    climb.turn.mail(Mail(to=contact.email, subject=subject, message=message, about=about, ref=ref))


def _voice(turn: Turn, contact: Contact) -> Voice:
    return voice(contact.language or turn.settings.languages.default)
