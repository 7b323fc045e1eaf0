"""What an activity of Teams says. Looks at one activity and knows nothing but it.

The raw activity is read, and not a model of `botbuilder-schema`: 4.17.1 loses the tenant, the entities' fields and
the local hour.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from adapters.teams.controls import FORM, OURS, PRESS, carried, picked
from adapters.teams.gate import tenant_of
from adapters.teams.happenings import Answer, Happening, Origin, Payload, Sender
from adapters.teams.identity import read_locale
from adapters.teams.quotes import own_words
from adapters.teams.reactions import emoji_of
from adapters.teams.text import read_text
from dialogs.events import (
    WHOLE_CHAT,
    Deleted,
    Edited,
    Joined,
    Place,
    Platform,
    Pressed,
    Reacted,
    Said,
    Submitted,
    What,
)
from dialogs.timezones import is_zone

EXECUTE, FETCH, SUBMIT = "adaptiveCard/action", "task/fetch", "task/submit"
FEEDBACK = "message/submitAction"


class MalformedError(ValueError):
    """An activity lacks what every activity has."""


def place_of(conversation: Mapping[str, Any], message: str = "") -> Place:
    """Return where something happened. `message`, which was posted there, begins a thread at the top of a channel."""
    name, kind = str(conversation["id"]), conversation.get("conversationType")
    channel, _, root = name.partition(";messageid=")
    if kind == "personal" or (not kind and name.startswith("a:")):
        return Place(platform=Platform.TEAMS, channel=name, direct=True)
    if kind == "channel" or (not kind and is_channel(name)):
        return Place(platform=Platform.TEAMS, channel=channel, thread=root or message or None)
    return Place(platform=Platform.TEAMS, channel=channel, thread=WHOLE_CHAT)


def is_channel(name: str) -> bool:
    """Tell a channel, which has threads, from a chat."""
    return "@thread.tacv2" in name or "@thread.skype" in name


def message_name(place: Place, message: str) -> str:
    """Return what a message is called: its id and, within a channel's thread, the thread's before it.

    Teams finds a message of a thread only by both.
    """
    within = place.thread not in {None, WHOLE_CHAT, message}
    return f"{place.thread}/{message}" if within else message


@contextmanager
def reading() -> Iterator[None]:
    """Tell what an activity lacks from what fails here."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise MalformedError(type(error).__name__) from error


def happenings(activity: Payload, now: datetime) -> Iterator[Happening]:
    """Yield what an activity tells; nothing where it is nothing to us.

    Raises:
        MalformedError: it is no activity of Teams.
    """
    with reading():
        yield from _happenings(activity, now)


def _happenings(activity: Payload, now: datetime) -> Iterator[Happening]:
    kind = activity["type"]
    match kind:
        case "message" if OURS in _value(activity):
            yield _acted(activity, now, Answer.NOTHING, _value(activity))
        case "message":
            yield _said(activity, now)
        case "messageUpdate" if _event_type(activity) in {"editMessage", "undeleteMessage"}:
            yield _changed(activity, now)
        case "messageDelete":
            yield _happening(activity, now, _key(activity), lambda name: Deleted(message=name))
        case "messageReaction":
            yield from _reactions(activity, now)
        case "conversationUpdate":
            yield from _moves(activity, now)
        case "installationUpdate":
            yield from _installed(activity, now)
        case "invoke":
            yield from _invoked(activity, now)


def _invoked(activity: Payload, now: datetime) -> Iterator[Happening]:
    value = _value(activity)
    match activity.get("name"):
        case name if name == EXECUTE:
            data = (value.get("action") or {}).get("data") or {}
            if OURS in data:
                yield _acted(activity, now, Answer.CARD, data)
        case name if name in {FETCH, SUBMIT}:
            data = value.get("data") or {}
            if OURS in data:
                yield _acted(activity, now, Answer.DIALOG, data)


def _happening(
    activity: Payload, now: datetime, key: str, what: Callable[[str], What], message: str | None = None, **more: Any
) -> Happening:
    named = str(message if message is not None else activity.get("id") or "")
    place = place_of(activity["conversation"], named)
    return Happening(
        key=key,
        sender=sender_of(activity, activity["from"]),
        origin=origin_of(activity),
        place=place,
        at=_instant(activity, now),
        what=what(message_name(place, named)),
        **more,
    )


def sender_of(activity: Payload, account: Payload) -> Sender:
    """Return who acted, with the language and the zone of their client as hints."""
    entities = [one for one in activity.get("entities") or () if one.get("type") == "clientInfo"]
    info: Payload = entities[0] if entities else {}
    zone = str(activity.get("localTimezone") or info.get("timezone") or "")
    return Sender(
        member=str(account["id"]),
        object=str(account.get("aadObjectId") or ""),
        name=str(account.get("name") or ""),
        language=read_locale(activity.get("locale") or info.get("locale")),
        zone=zone if is_zone(zone) else None,
    )


def origin_of(activity: Payload) -> Origin:
    """Return where an activity came from."""
    data = activity.get("channelData") or {}
    return Origin(
        service_url=str(activity["serviceUrl"]),
        tenant=tenant_of(activity),
        bot=str((activity.get("recipient") or {}).get("id") or ""),
        team=str((data.get("team") or {}).get("id") or ""),
    )


def _said(activity: Payload, now: datetime) -> Happening:
    direct = place_of(activity["conversation"]).direct
    text, mentioned = _text(activity)
    return _happening(
        activity,
        now,
        _key(activity),
        lambda name: Said(message=name, text=text, addressed=direct or mentioned),
        files=tuple(one for one in activity.get("attachments") or () if isinstance(one, Mapping)),
        mentioned=tuple(_mentioned(activity)),
    )


def _mentioned(activity: Payload) -> Iterator[Sender]:
    me = str((activity.get("recipient") or {}).get("id") or "")
    for entity in activity.get("entities") or ():
        account: Payload = entity.get("mentioned") or {}
        if entity.get("type") == "mention" and account.get("id") not in {None, me}:
            name, known = str(account.get("name") or ""), str(account.get("aadObjectId") or "")
            yield Sender(member=str(account["id"]), object=known, name=name)


def _changed(activity: Payload, now: datetime) -> Happening:
    text, _ = _text(activity)
    told = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    return _happening(activity, now, f"{_key(activity)}:{told}", lambda name: Edited(message=name, text=text))


def _text(activity: Payload) -> tuple[str, bool]:
    me = str((activity.get("recipient") or {}).get("id") or "")
    words = own_words(str(activity.get("text") or ""), activity.get("attachments") or ())
    return read_text(words, activity.get("entities") or (), me)


def _acted(activity: Payload, now: datetime, answer: Answer, data: Payload) -> Happening:
    ours = data[OURS]
    card = str(activity.get("replyToId") or "")
    view: Payload = {}
    what: What
    if PRESS in ours:
        what = Pressed(name=str(ours[PRESS]), value=picked(ours, data), message=card or None)
    else:
        view = ours["view"]
        what = Submitted(form=str(ours[FORM]), token=str(ours.get("token") or ""), values=carried(data))

    def made(_name: str) -> What:
        return what

    told = json.dumps([ours, carried(data)], sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    key = f"{_key(activity)}:{hashlib.sha256(told).hexdigest()[:16]}"
    return _happening(activity, now, key, made, card, answer=answer, view=view, card=card, carried=ours)


def _reactions(activity: Payload, now: datetime) -> Iterator[Happening]:
    message = str(activity.get("replyToId") or "")
    for added in (True, False):
        for reaction in activity.get("reactionsAdded" if added else "reactionsRemoved") or ():
            emoji = emoji_of(str(reaction["type"]))
            key = f"{_key(activity)}:{message}:{emoji}:{added}:{activity.get('timestamp')}"
            yield _happening(activity, now, key, partial(_reacted, emoji, added), message)


def _reacted(emoji: str, added: bool, name: str) -> What:  # noqa: FBT001 - told apart by what is bound
    return Reacted(message=name, emoji=emoji, added=added)


def _moves(activity: Payload, now: datetime) -> Iterator[Happening]:
    me = str((activity.get("recipient") or {}).get("id") or "")
    for left in (False, True):
        for member in activity.get("membersRemoved" if left else "membersAdded") or ():
            yield _joined(activity, now, member, me=member["id"] == me, left=left)


def _installed(activity: Payload, now: datetime) -> Iterator[Happening]:
    action = str(activity.get("action") or "")
    if action.startswith(("add", "remove")):
        yield _joined(activity, now, activity["from"], me=True, left=action.startswith("remove"))


def _joined(activity: Payload, now: datetime, member: Payload, *, me: bool, left: bool) -> Happening:
    place = place_of(activity["conversation"])
    return Happening(
        key=f"{_key(activity)}:{member['id']}:{'left' if left else 'joined'}:{activity.get('timestamp')}",
        sender=sender_of(activity, activity["from"] if me else member),
        origin=origin_of(activity),
        place=place,
        at=_instant(activity, now),
        what=Joined(me=me, left=left),
    )


def _key(activity: Payload) -> str:
    """Return the idempotency key: by tenant, conversation, activity and its type, and an edit by what it is one of."""
    kind = activity["type"]
    subtype = activity.get("name") if kind == "invoke" else _event_type(activity)
    conversation = activity["conversation"]["id"]
    return ":".join(
        filter(None, ("teams", tenant_of(activity), conversation, kind, subtype, str(activity.get("id") or "")))
    )


def _event_type(activity: Payload) -> str:
    return str((activity.get("channelData") or {}).get("eventType") or "")


def _value(activity: Payload) -> Payload:
    value = activity.get("value")
    return value if isinstance(value, Mapping) else {}


def _instant(activity: Payload, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(str(activity.get("timestamp")))
    except ValueError:
        return now
    return at if at.tzinfo else at.replace(tzinfo=UTC)
