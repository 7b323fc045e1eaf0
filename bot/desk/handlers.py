"""What each command does, and the answer to who gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.desk import cases, lookups, statuses
from bot.desk.card import assignee_text, severity_spans, shorten, summary
from bot.desk.levels.clocks import DONE
from bot.desk.people import load_names
from bot.desk.places import case_name, plainly
from bot.desk.roles import is_agent
from bot.turn import Turn
from dialogs.cases import CaseStatus, Severity
from dialogs.events import File
from dialogs.messages import Bullets, Code, Message, Option, Paragraph, Plain, Select, Spans
from dialogs.phrases import Voice
from dialogs.reading.text import fold
from dialogs.wording import when
from storage.cases import Order
from storage.tables import Case

SHOWN_CASES = 20
LABEL_LENGTH = 70
"""How many characters an option of a list may have on every platform (Slack takes 75)."""
OPEN = frozenset(CaseStatus) - DONE

_ON, _OFF = {"on", "si", "yes"}, {"off", "no"}
STATUSES = {
    words: status
    for status, names in {
        CaseStatus.WORKING: "en curso|curso|trabajando|reabrir|working|in progress|reopen",
        CaseStatus.WAITING_CUSTOMER: "espera al cliente|cliente|waiting for the customer|waiting_customer|customer",
        CaseStatus.WAITING_THIRD_PARTY: "espera a un tercero|tercero|proveedor|waiting for a third party|"
        "waiting_third_party|third party|vendor",
        CaseStatus.CLOSE_THE_LOOP: "falta avisar al cliente|falta avisar|avisar|customer to be told|close_the_loop|"
        "close the loop",
        CaseStatus.CLOSED: "cerrado|cerrar|closed|close",
    }.items()
    for words in names.split("|")
}
"""What people call the statuses that a case can be given by name; resolving has a command of its own."""
_LEVEL = re.compile(r"s?[\s-]*([1-4])(?!\w)[\s:,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A command being done: the words after its name, and the voice of the answer.

    `here` is the number of the case that the place is about, if it is.
    """

    turn: Turn
    speak: Voice
    text: str = ""
    files: tuple[File, ...] = ()
    case: Case | None = None
    here: int | None = None

    @property
    def about(self) -> Case:
        """The case that it is about."""
        assert self.case is not None, "a command on a case is given one"
        return self.case

    @property
    def name(self) -> str:
        """What people call that case."""
        return case_name(self.turn, self.about.number)


async def list_cases(request: Request) -> Message | None:
    """List open cases; those of who asks with `mine`, all of them with `all`."""
    match fold(request.text):
        case "":
            return await _listing(request, OPEN, None)
        case "mine" | "mios" | "mias" | "mis":
            return await _listing(request, OPEN, request.turn.event.actor.key)
        case "all" | "todos" | "todas":
            return await _listing(request, frozenset(), None)
        case _:
            return None


async def _listing(request: Request, statuses: frozenset[CaseStatus], assignee: str | None) -> Message:
    turn, speak = request.turn, request.speak
    order = Order.DUE if statuses else Order.NEWEST
    found = await turn.unit.cases.list(statuses=statuses, order=order, assignee_key=assignee, limit=SHOWN_CASES + 1)
    if not found:
        return plainly(speak, f"desk.list.empty.{'mine' if assignee else 'open' if statuses == OPEN else 'all'}")
    await load_names(turn, found)
    lines = tuple([await _line(turn, case, speak) for case in found[:SHOWN_CASES]])
    suffix = ".due" if order is Order.DUE else ""
    more = (Paragraph(speak.spans(f"desk.list.more{suffix}", n=SHOWN_CASES)),) if len(found) > SHOWN_CASES else ()
    heading = Paragraph(speak.spans(f"desk.list.heading{suffix}"))
    opener = Select(
        name="case.show",
        placeholder=speak("desk.list.open"),
        options=tuple(_option(turn, case, speak) for case in found[:SHOWN_CASES]),
        opens=True,
    )
    return Message(blocks=(heading, Bullets(lines), *more), controls=(opener,), language=speak.language)


def _option(turn: Turn, case: Case, speak: Voice) -> Option:
    name = case_name(turn, case.number)
    return Option(name, shorten(f"{name} {summary(case, speak)}", LABEL_LENGTH))


async def _line(turn: Turn, case: Case, speak: Voice) -> Spans:
    organisation = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    assignee = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    away = assignee is not None and assignee.absent_since is not None
    return (
        Code(case_name(turn, case.number)),
        Plain(f" {speak(f'desk.status.{case.status}')} · "),
        *severity_spans(case, speak),
        Plain(f" · {organisation.name if organisation else '—'}"),
        Plain(f" · {assignee_text(assignee.name if assignee else '', speak, away=away)}"),
        *_due(turn, case, speak),
        Plain(f" · {summary(case, speak)}"),
    )


def _due(turn: Turn, case: Case, speak: Voice) -> Spans:
    if case.next_due_at is None:
        return ()
    at = when(case.next_due_at, turn.home.zone, speak.language, now=turn.now, home=turn.home)
    return (Plain(" · "), *speak.spans("desk.list.overdue" if case.next_due_at <= turn.now else "desk.list.due", at=at))


async def take(request: Request) -> Message:
    """Take a case, from a colleague too."""
    turn, case = request.turn, request.about
    before = await turn.unit.people.get(case.assignee_key) if case.assignee_key else None
    if not await cases.take(turn, case):
        return plainly(request.speak, "desk.take.already", case=Code(request.name))
    key, name = ("desk.take.over", before.name) if before else ("desk.take.done", "")
    return plainly(request.speak, key, case=Code(request.name), name=name)


async def move_to(request: Request) -> Message | None:
    """Give a case another status: its name in either language, and a reason."""
    said = fold(request.text)
    words = max((words for words in STATUSES if re.match(rf"{words}(?!\w)", said)), key=len, default="")
    if not words:
        return None
    status, reason = STATUSES[words], request.text[len(words) :].strip(" \t:,")
    done = await statuses.give_status(request.turn, request.about, status, reason)
    told = request.speak(f"desk.status.{status}")
    return plainly(
        request.speak, "desk.move.done" if done else "desk.move.already", case=Code(request.name), status=told
    )


async def nudge(request: Request) -> Message | None:
    """Turn the reminders of a case off or on."""
    word = fold(request.text).strip()
    if word not in _ON | _OFF:
        return None
    wanted = word in _ON
    await statuses.set_nudges(request.turn, request.about, wanted=wanted)
    return plainly(request.speak, "desk.nudge.on" if wanted else "desk.nudge.off", case=Code(request.name))


async def note(request: Request) -> Message:
    """Keep an internal note."""
    await cases.note(request.turn, request.about, request.text, request.files)
    return plainly(request.speak, "desk.note.done", case=Code(request.name))


async def severity(request: Request) -> Message | None:
    """Confirm or change a severity: `S2`, or `2`, and a reason."""
    level = _LEVEL.match(fold(request.text))
    if level is None:
        return None
    chosen = Severity(f"S{level[1]}")
    await cases.set_severity(request.turn, request.about, chosen, request.text[level.end() :].strip())
    return plainly(request.speak, "desk.severity.done", case=Code(request.name), severity=chosen)


async def resolve(request: Request) -> Message:
    """Resolve a case, telling the customer what was done."""
    done = await cases.resolve(request.turn, request.about, request.text, request.files)
    return plainly(request.speak, "desk.resolve.done" if done else "desk.resolve.already", case=Code(request.name))


async def mine(request: Request) -> Message:
    """List the cases of who asks: their company's, or for an agent the ones they work on."""
    if await is_agent(request.turn):
        return await _listing(request, OPEN, request.turn.event.actor.key)
    return await lookups.my_cases(request.turn, request.speak)


async def status(request: Request) -> Message:
    """Tell how a case is going."""
    return await lookups.status(request.turn, request.text, request.speak, request.turn.event.place.key)
