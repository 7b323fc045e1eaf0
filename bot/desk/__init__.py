"""The desk's rules: cases, who may do what with them, and what each side gets to see.

Everything here takes a `Turn` and writes through its unit; nothing commits.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.desk import commanding, home, lookups, reaching, relaying
from bot.desk.cases import RESOLVED
from bot.desk.channels import joined, say_how, unshared
from bot.desk.closing import answers
from bot.desk.closing.following import announce_another, link_to_earlier
from bot.desk.closing.weighing import weigh_crossed
from bot.desk.commanding import NOUNS, find, read_words, run_command
from bot.desk.contexts import context_of
from bot.desk.escalation import asking, triggers
from bot.desk.escalation.asking import escalable
from bot.desk.escalation.asking import wished as escalation_wished
from bot.desk.escalation.levels import levels_for
from bot.desk.filing import file_case
from bot.desk.levels.current import promises_for
from bot.desk.levels.keeping import settle_levels
from bot.desk.openers import find_thread
from bot.desk.places import answer_here, respond
from bot.desk.pointing import pointed
from bot.desk.revisions import deleted, edited
from bot.desk.roles import meet
from bot.desk.survey import answering
from bot.desk.survey.asking import COMMENT
from bot.desk.survey.asking import follow as follow_survey
from bot.desk.third_parties.inbound import mail_came
from bot.desk.threads import agent_said_to_customer, customer_said, reacted, said_in_desk, sent_to_case
from bot.desk.timers import TIMERS
from bot.turn import Turn
from dialogs.engine.outcome import Topic
from dialogs.events import Language, Place, Pressed, Said, Submitted
from dialogs.messages import Message
from dialogs.phrases import voice

__all__ = [
    "ANSWERS",
    "FORMS",
    "TIMERS",
    "agent_said_to_customer",
    "announce_another",
    "command",
    "consulted",
    "context_of",
    "customer_commanded",
    "customer_said",
    "deleted",
    "edited",
    "escalable",
    "escalation_wished",
    "file_case",
    "find_thread",
    "home_opened",
    "is_command",
    "is_new_case",
    "joined",
    "link_to_earlier",
    "mail_came",
    "meet",
    "pressed",
    "promises_for",
    "reacted",
    "said_in_desk",
    "said_without_role",
    "sent_to_case",
    "settle",
    "submitted",
    "unshared",
]

BUTTONS = "case."
"""How the names of the desk's buttons and forms begin."""

home_opened = home.opened

ANSWERS: dict[str, Callable[[Turn, Pressed], Awaitable[None]]] = {
    "closing": answers.pressed,
    reaching.CONTACT: reaching.pressed,
    "pointed": pointed,
    "survey": answering.pressed,
}
"""What a button outside the desk does, by how its name begins. Each looks at who pressed it."""

FORMS: dict[str, Callable[[Turn, Submitted], Awaitable[None]]] = {
    COMMENT: answering.submitted,
    relaying.FORM: relaying.submitted,
}
"""What takes in a form that is about no case an agent may change, by its name."""


async def settle(turn: Turn) -> None:
    """Bring in line with a turn what follows from it: questions, promises, climbs, what its actor may have open."""
    for number, reason in turn.moved.items():
        await follow_survey(turn, turn.touched[number], reason)
        if reason == RESOLVED:
            await weigh_crossed(turn, turn.touched[number])
    await settle_levels(turn)
    await triggers.settle(turn)
    await home.follow(turn)


async def command(turn: Turn, name: str, text: str) -> None:
    """Do a slash command. `/case take LD-12` and `/take LD-12` are the same."""
    words = text if name.lower() in NOUNS else f"{name} {text}"
    await respond(turn, await run_command(turn, words))


async def said_without_role(turn: Turn, said: Said) -> None:
    """Answer who turns to the assistant where it has nothing to do yet: their command, or what the channel needs."""
    if is_command(said):
        await customer_commanded(turn, said)
    else:
        say_how(turn)


async def customer_commanded(turn: Turn, said: Said) -> None:
    """Do a command that somebody who is no agent types to the assistant, as far as they may."""
    words = read_words(said.text, addressed=False, loose=True) or ""
    answer = await run_command(turn, words, files=said.files)
    if isinstance(answer, Message):
        answer_here(turn, answer)


def is_command(said: Said) -> bool:
    """Tell whether what an agent writes in a customer's thread is meant for the assistant."""
    return read_words(said.text, addressed=False, loose=said.addressed) is not None


def is_new_case(said: Said) -> bool:
    """Tell whether a typed command asks for a new case."""
    found = find(read_words(said.text, addressed=False, loose=True) or "")
    return found is not None and found[0].name == "new"


async def pressed(turn: Turn, what: Pressed) -> None:
    """Do what a button of the desk stands for; its value is the case."""
    await respond(turn, await run_command(turn, f"{what.name.removeprefix(BUTTONS)} {what.value}"))


async def submitted(turn: Turn, what: Submitted) -> None:
    """Take in a form that a button of the desk opened."""
    await respond(turn, await commanding.submit(turn, what))


async def consulted(turn: Turn, place: Place, topic: Topic, argument: str, language: Language) -> None:
    """Answer a customer's side question in its conversation; the argument is the case that they named."""
    speak = voice(language)
    match topic:
        case Topic.MY_CASES:
            told = await lookups.my_cases(turn, speak)
        case Topic.STATUS:
            told = await lookups.status(turn, argument, speak, place.key)
        case Topic.ESCALATION:
            told = await asking.explain(turn, argument, place.key, speak)
        case Topic.LEVELS:
            told = await levels_for(turn, speak)
    turn.post(place, told)
