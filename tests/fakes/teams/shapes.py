"""Activities as Teams brings them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.fakes.teams.world import BOT, BOT_NAME, Chat, User

Json = dict[str, Any]
MENTION = f"<at>{BOT_NAME}</at>"


def activity(kind: str, user: User, chat: Chat, *, name: str, at: float, thread: str | None, url: str) -> Json:
    """What every activity has. `thread` is the message that the thread of a channel begins with."""
    conversation: Json = {"id": chat.id, "conversationType": chat.kind, "tenantId": chat.tenant}
    if chat.kind != "personal":
        conversation["isGroup"] = True
    data: Json = {"tenant": {"id": chat.tenant}}
    if chat.kind == "channel":
        conversation["id"] = f"{chat.id};messageid={thread}" if thread else chat.id
        data |= {"team": {"id": chat.team}, "channel": {"id": chat.id}}
    told = datetime.fromtimestamp(at, UTC)
    return {
        "type": kind,
        "id": name,
        "timestamp": told.isoformat().replace("+00:00", "Z"),
        "localTimestamp": told.isoformat(),
        "localTimezone": user.zone,
        "channelId": "msteams",
        "serviceUrl": url,
        "from": user.account(),
        "conversation": conversation,
        "recipient": {"id": BOT, "name": BOT_NAME},
        "entities": [
            {"type": "clientInfo", "locale": user.locale, "country": "PE", "platform": "Web", "timezone": user.zone}
        ],
        "channelData": data,
        "locale": user.locale,
    }


def message(base: Json, text: str) -> Json:
    """A message; `<at>Soporte</at>` in it mentions the bot."""
    found = {**base, "textFormat": "plain", "text": text, "attachments": [_html(text)]}
    if MENTION in text:
        mention = {"type": "mention", "mentioned": {"id": BOT, "name": BOT_NAME}, "text": MENTION}
        found["entities"] = [*base["entities"], mention]
    return found


def _html(text: str) -> Json:
    return {"contentType": "text/html", "content": f"<p>{text}</p>"}
