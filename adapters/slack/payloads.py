"""What a payload of Slack says. Looks at one payload and knows nothing but it.

The shapes, in shared channels above all, are those of docs.slack.dev/apis/slack-connect and of bolt's own tests.
"""

from __future__ import annotations

from datetime import datetime

from adapters.slack import interactions
from adapters.slack.happenings import Happening, Moved, Payload, instant, is_direct, thread_of
from adapters.slack.text import addresses
from dialogs.events import Deleted, Edited, HomeOpened, Joined, Reacted, Said, Shared

_SPOKEN = {None, "file_share", "thread_broadcast", "me_message"}


def happening(body: Payload, now: datetime, me: str) -> Happening | Moved | None:
    """Return what a payload tells; None where it is nothing to us. `me` is the user id of the bot."""
    if body.get("type") == "event_callback":
        return _event(body, body.get("event") or {}, me)
    return interactions.happening(body, now)


def _event(body: Payload, event: Payload, me: str) -> Happening | Moved | None:
    match event.get("type"):
        case "message" | "app_mention":
            return message(event, me, actor_tenant(body, event))
        case "reaction_added" | "reaction_removed":
            return _reaction(event)
        case "member_joined_channel" | "member_left_channel":
            return _joined(event, me)
        case "channel_shared" | "channel_unshared" | "channel_archive" | "group_archive":
            return _shared(event, me)
        case "channel_id_changed":
            return Moved(event["old_channel_id"], event["new_channel_id"])
        case "app_home_opened" if event.get("tab") == "home":
            return _home(event)
        case _:
            return None


def actor_tenant(body: Payload, event: Payload) -> str:
    """Return the organisation of who acted, where the payload tells it.

    In a shared channel the outer ids of a `message` are the actor's; an `app_mention` has ours in `team` and the
    actor's in `user_team`. A Grid organisation goes before its workspaces.
    """
    if event.get("type") == "app_mention":
        return event.get("user_team") or event.get("source_team") or event.get("team") or ""
    ours = body.get("context_team_id")
    grid = body.get("enterprise_id") if not ours or body.get("team_id") != ours else body.get("context_enterprise_id")
    told = (event, event.get("previous_message") or {}, event.get("message") or {})
    return grid or next((team for part in told if (team := part.get("user_team") or part.get("team"))), "")


def message(event: Payload, me: str, tenant: str) -> Happening | None:
    """Return what a `message` or `app_mention` says, from an event or from a channel's history."""
    subtype = event.get("subtype")
    if subtype == "message_changed":
        return _changed(event, tenant)
    if subtype == "message_deleted":
        previous = event.get("previous_message") or {}
        return _removed(event, previous, event["deleted_ts"], tenant)
    if subtype not in _SPOKEN or event.get("bot_id") or not event.get("user") or event.get("user") in {me, "USLACKBOT"}:
        return None
    channel = event["channel"]
    direct = event.get("channel_type") == "im" or is_direct(channel)
    text = event.get("text") or ""
    return Happening(
        key=message_key(channel, event["ts"]),
        user=event["user"],
        tenant=tenant,
        channel=channel,
        at=instant(event["ts"]),
        what=Said(message=event["ts"], addressed=direct or addresses(text, me)),
        thread=thread_of(event),
        direct=direct,
        answers_us=event.get("parent_user_id") == me,
        raw=text,
        files=tuple(event.get("files") or ()),
    )


def message_key(channel: str, ts: str) -> str:
    """Return the identity of a message, however often and under whatever ids Slack brings it."""
    return f"slack:message:{channel}:{ts}"


def _changed(event: Payload, tenant: str) -> Happening | None:
    new, old = event.get("message") or {}, event.get("previous_message") or {}
    if new.get("subtype") == "tombstone":
        return _removed(event, old, new.get("ts") or old.get("ts") or "", tenant)
    # Slack also changes messages by itself, when it unfurls a link: those have not been edited.
    edited = new.get("edited")
    if not edited or new.get("bot_id") or not new.get("user") or new.get("text") == old.get("text"):
        return None
    direct = is_direct(event["channel"])
    return Happening(
        key=f"slack:edit:{event['channel']}:{new['ts']}:{edited['ts']}",
        user=new["user"],
        tenant=tenant,
        channel=event["channel"],
        at=instant(edited["ts"]),
        what=Edited(message=new["ts"], text=""),
        thread=thread_of(new),
        direct=direct,
        raw=new.get("text") or "",
    )


def _removed(event: Payload, previous: Payload, ts: str, tenant: str) -> Happening | None:
    if previous.get("bot_id") or not previous.get("user"):
        return None
    direct = is_direct(event["channel"])
    return Happening(
        key=f"slack:delete:{event['channel']}:{ts}",
        user=previous["user"],
        tenant=tenant,
        channel=event["channel"],
        at=instant(event.get("event_ts") or event["ts"]),
        what=Deleted(message=ts),
        thread=thread_of(previous),
        direct=direct,
    )


def _reaction(event: Payload) -> Happening | None:
    item = event.get("item") or {}
    if item.get("type") != "message":
        return None
    channel, ts, added = item["channel"], item["ts"], event["type"] == "reaction_added"
    emoji = event["reaction"].split("::")[0]
    return Happening(
        key=f"slack:reaction:{channel}:{ts}:{event['user']}:{emoji}:{event['event_ts']}",
        user=event["user"],
        tenant="",
        channel=channel,
        at=instant(event["event_ts"]),
        what=Reacted(message=ts, emoji=emoji, added=added),
        direct=is_direct(channel),
        lookup=True,
    )


def _joined(event: Payload, me: str) -> Happening:
    left = event["type"] == "member_left_channel"
    return Happening(
        key=f"slack:{'left' if left else 'joined'}:{event['channel']}:{event['user']}:{event['event_ts']}",
        user=event["user"],
        tenant="",
        channel=event["channel"],
        at=instant(event["event_ts"]),
        what=Joined(me=event["user"] == me, left=left),
    )


def _shared(event: Payload, me: str) -> Happening:
    kind, channel = event["type"], event["channel"]
    archived = kind in {"channel_archive", "group_archive"}
    ended = archived or (kind == "channel_unshared" and not event.get("is_ext_shared"))
    return Happening(
        key=f"slack:{kind}:{channel}:{event['event_ts']}",
        user=me,
        tenant="",
        channel=channel,
        at=instant(event["event_ts"]),
        what=Shared(ended=ended, archived=archived),
    )


def _home(event: Payload) -> Happening:
    return Happening(
        key=f"slack:home:{event['user']}:{event['event_ts']}",
        user=event["user"],
        tenant="",
        channel=event["channel"],
        at=instant(event["event_ts"]),
        what=HomeOpened(),
        direct=True,
    )
