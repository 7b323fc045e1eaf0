"""What people do with commands, buttons, forms and shortcuts. Slack sends each of these once."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from adapters.slack.happenings import Answer, Happening, Payload, instant, is_direct
from adapters.slack.text import unescape
from dialogs.events import Invoked, Pressed, Submitted


def happening(body: Payload, now: datetime) -> Happening | None:
    """Return what an interaction tells; None where it is nothing to us."""
    if body.get("command"):
        return _command(body, now)
    match body.get("type"):
        case "block_actions":
            return _pressed(body)
        case "view_submission":
            return _submitted(body, now)
        case "message_action":
            return _shortcut(body, now)
        case _:
            return None


def _command(body: Payload, now: datetime) -> Happening:
    direct = is_direct(body["channel_id"])
    return Happening(
        key=f"slack:command:{body['trigger_id']}",
        user=body["user_id"],
        tenant=body.get("enterprise_id") or body.get("team_id") or "",
        channel=body["channel_id"],
        at=now,
        what=Invoked(command=body["command"].removeprefix("/")),
        direct=direct,
        raw=body.get("text") or "",
        answer=Answer.MODAL,
        trigger=body["trigger_id"],
        response_url=body.get("response_url") or "",
    )


def _user_tenant(user: Payload) -> str:
    return user.get("enterprise_id") or user.get("team_id") or ""


def _pressed(body: Payload) -> Happening | None:
    action = (body.get("actions") or [{}])[0]
    container, posted = body.get("container") or {}, body.get("message") or {}
    view = body.get("view") or {}
    carried = read_metadata(view)
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or carried.get("channel") or ""
    ts = container.get("message_ts") or posted.get("ts")
    if not action.get("action_id") or action.get("url"):
        return None
    option = action.get("selected_option") or {}
    value = option.get("value") or action.get("value") or ""
    direct = is_direct(channel) or not channel
    thread = container.get("thread_ts") or posted.get("thread_ts") or carried.get("thread") or (None if direct else ts)
    user, where = body["user"], ts or view.get("id")
    return Happening(
        key=f"slack:press:{where}:{action['action_ts']}:{action['action_id']}:{user['id']}",
        user=user["id"],
        tenant=_user_tenant(user),
        channel=channel or user["id"],
        at=instant(action["action_ts"]),
        what=Pressed(name=action["action_id"].partition("#")[0], value=value, message=ts),
        thread=thread,
        direct=direct,
        answer=Answer.MODAL,
        trigger=body.get("trigger_id") or "",
        response_url=body.get("response_url") or "",
        view=view,
    )


def _submitted(body: Payload, now: datetime) -> Happening:
    view, user = body["view"], body["user"]
    inputs = {
        name: element
        for name, elements in ((view.get("state") or {}).get("values") or {}).items()
        for element in elements.values()
    }
    values = {name: unescape(_input(element)) for name, element in inputs.items()}
    told = json.dumps(values, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    carried = read_metadata(view)
    return Happening(
        key=f"slack:form:{view['id']}:{view.get('hash', '')}:{hashlib.sha256(told).hexdigest()[:16]}",
        user=user["id"],
        tenant=_user_tenant(user) or (body.get("team") or {}).get("id") or "",
        channel=carried.get("channel") or user["id"],
        at=now,
        what=Submitted(form=view["callback_id"], token=carried.get("token", ""), values=values),
        thread=carried.get("thread"),
        direct=is_direct(carried.get("channel") or "D"),
        answer=Answer.VIEW,
        view=view,
    )


def _input(element: Payload) -> str:
    option = element.get("selected_option") or {}
    return option.get("value") or element.get("value") or ""


def read_metadata(view: Payload) -> dict[str, str]:
    """Return what a form view carried: its token and where it was opened. It went through the person's client."""
    try:
        carried = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    if not isinstance(carried, dict):
        return {}
    return {name: value for name, value in carried.items() if isinstance(value, str)}


def _shortcut(body: Payload, now: datetime) -> Happening:
    posted, channel, user = body["message"], body["channel"]["id"], body["user"]
    direct = is_direct(channel)
    return Happening(
        key=f"slack:shortcut:{body['trigger_id']}",
        user=user["id"],
        tenant=_user_tenant(user),
        channel=channel,
        at=now,
        what=Pressed(name=body["callback_id"], message=posted["ts"]),
        thread=posted.get("thread_ts") or (None if direct else posted["ts"]),
        direct=direct,
        answer=Answer.MODAL,
        trigger=body["trigger_id"],
        response_url=body.get("response_url") or "",
    )
