"""Replies that are ready: `!key` stands for one, in the customer's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from string import Formatter

from bot.desk.cases import actor_name
from bot.desk.handlers import Request
from bot.desk.places import case_name, plainly
from bot.desk.third_parties.news import next_news
from bot.settings.replies import CannedReply
from dialogs.messages import Bullets, Code, Message, Paragraph, Plain, Spans
from dialogs.phrases import voice
from dialogs.reading.text import fold

_KEY = re.compile(r"!(?P<key>[\w-]+)\s*")


async def expand(request: Request) -> str | Message:
    """Return the words of a reply, with what `!key` at their beginning stands for; a message where it stands for none.

    What follows the key is added below.
    """
    match = _KEY.match(request.text)
    if match is None:
        return request.text
    replies = request.turn.settings.replies
    reply = next((one for one in replies if fold(one.key) == fold(match["key"])), None)
    if reply is None:
        return _unknown(request, match["key"], replies)
    text = await _filled(request, reply)
    rest = request.text[match.end() :].strip()
    return f"{text}\n\n{rest}" if rest else text


def _unknown(request: Request, key: str, replies: Sequence[CannedReply]) -> Message:
    every = Code(request.speak("desk.example.replies"))
    near = get_close_matches(fold(key), [one.key for one in replies], n=1, cutoff=0.6)
    if near:
        return plainly(request.speak, "replies.unknown_near", key=f"!{key}", near=Code(f"!{near[0]}"), every=every)
    return plainly(request.speak, "replies.unknown", key=f"!{key}", every=every)


async def _filled(request: Request, reply: CannedReply) -> str:
    turn, case = request.turn, request.about
    text = reply.text(case.language)
    speak = voice(case.language)
    requester = await turn.unit.people.get(case.requester_key)
    company = await turn.unit.organisations.get(case.organisation_id) if case.organisation_id else None
    severity = case.severity_confirmed or case.severity_proposed
    values = {
        "name": (requester.name if requester else "").partition(" ")[0],
        "case": case_name(turn, case.number),
        "agent": await actor_name(turn),
        "desk": turn.settings.organisation.name,
        "company": company.name if company else "",
        "service": case.service or speak("replies.no_service"),
        "severity": speak(f"desk.severity.{severity}"),
    }
    if any(name == "due" for _, name, _, _ in Formatter().parse(text)):
        values["due"] = (await next_news(turn, case)).text
    return text.format_map(values)


async def replies(request: Request) -> Message:
    """List the replies that are ready, in the language of who asks."""
    ready = request.turn.settings.replies
    if not ready:
        return plainly(request.speak, "replies.none")
    lines: tuple[Spans, ...] = tuple(
        (Code(f"!{one.key}"), Plain(f" {one.beginning(request.speak.language)}")) for one in ready
    )
    case = case_name(request.turn, 12)
    example = Code(request.speak("replies.example", case=case, key=ready[0].key))
    how = request.speak.spans("replies.how", example=example)
    return Message(blocks=(Paragraph(how), Bullets(lines)), language=request.speak.language)
