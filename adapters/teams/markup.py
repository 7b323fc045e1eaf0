"""Messages of text: simple HTML, in which words of people are escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from adapters.teams.activities import is_channel
from adapters.teams.lines import Line
from adapters.teams.text import as_html
from adapters.text import cut
from dialogs.events import Platform
from dialogs.messages import Code, Link, Mention, Span, Strong

Json = dict[str, Any]
_NAME = 200
_MARKS = re.compile(r"[^\w .\-’']")


def text_message(lines: Sequence[Line]) -> Json:
    """Return the lines as a message of text."""
    entities: list[Json] = []
    html = ""
    quoting = False
    for line in lines:
        quoted = line.kind == "quote"
        if quoted is not quoting:
            html += "<blockquote>" if quoted else "</blockquote>"
        elif html:
            html += "<br/>"
        quoting = quoted
        html += "".join(_html(span, entities) for span in line.spans)
    html += "</blockquote>" if quoting else ""
    activity: Json = {"type": "message", "textFormat": "xml", "text": html or "…"}
    if entities:
        activity["entities"] = entities
    return activity


def _html(span: Span, entities: list[Json]) -> str:
    match span:
        case Strong(text=text):
            return f"<strong>{as_html(text)}</strong>"
        case Code(text=text):
            return f"<code>{as_html(text)}</code>"
        case Link(text=text):
            url = span.url or permalink(span)
            return f'<a href="{as_html(url)}">{as_html(text)}</a>' if is_web(url) else as_html(text)
        case Mention():
            return mention_of(span, entities, as_html)
        case _:
            return as_html(span.text)


def mention_of(mention: Mention, entities: list[Json], escape: Callable[[str], str]) -> str:
    """Return a mention, and note whom it is to notify; a name where they are not in Teams."""
    platform, _, rest = mention.person.partition(":")
    if platform != Platform.TEAMS:
        return escape(f"@{mention.name}")
    # Nobody says what Teams makes of marks within the name; without any there is nothing to be made.
    name = cut(_MARKS.sub("", mention.name).strip(), _NAME) or "…"
    text = f"<at>{name}</at>"
    entities.append({"type": "mention", "text": text, "mentioned": {"id": rest.partition(":")[2], "name": name}})
    return text


def permalink(link: Link) -> str:
    """Return the address of a conversation in a channel."""
    place = link.place
    if place is None or place.platform is not Platform.TEAMS or place.direct or not is_channel(place.channel):
        return ""
    root = place.thread or (link.message or "").partition("/")[0]
    return f"https://teams.microsoft.com/l/message/{place.channel}/{root}" if root else ""


def is_web(url: str) -> bool:
    """Tell whether an address may be followed."""
    return url.startswith(("https://", "http://", "mailto:")) and len(url) <= 2000
