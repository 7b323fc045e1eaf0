"""The payloads of Slack, in the shapes that shared channels really give them."""

from __future__ import annotations

import time
from typing import Any

from tests.fakes.slack.world import APP, BOT_USER, TEAM, Channel, User

Json = dict[str, Any]


def callback(event: Json, event_id: str, actor: User | None, channel: Channel | None) -> Json:
    """The outer part of an event. The outer ids of a `message` are the actor's, those of the rest are ours."""
    is_message = event["type"] == "message" and actor is not None
    return {
        "token": "verification",
        "team_id": actor.team if is_message and actor else TEAM,
        "enterprise_id": (actor.enterprise or None) if is_message and actor else None,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared),
        "event_context": "4-context",
    }


def message(user: User, channel: Channel, *, ts: str, text: str, thread: str | None, files: list[Json]) -> Json:
    """A `message` event; in a shared channel its files are stubs."""
    event: Json = {
        "type": "message",
        "user": user.id,
        "ts": ts,
        "text": text,
        "team": user.team,
        "channel": channel.id,
        "event_ts": ts,
        "channel_type": "im" if channel.direct else "group" if channel.private else "channel",
        "client_msg_id": f"client-{ts}",
    }
    if user.external:
        event |= {"user_team": user.team, "source_team": user.team}
    if thread:
        event["thread_ts"] = thread
        root = channel.find(thread)
        event["parent_user_id"] = root["user"] if root else ""
    if files:
        event["subtype"] = "file_share"
        event["files"] = [stub(file) for file in files] if channel.shared else files
    return event


def stub(file: Json) -> Json:
    return {"id": file["id"], "mode": "file_access", "file_access": "check_file_info", "created": 0, "user": ""}


def mention(message_event: Json, user: User) -> Json:
    """The `app_mention` twin: `team` is ours here, and a Grid actor comes as their organisation."""
    actor = user.enterprise or user.team
    kept = {name: value for name, value in message_event.items() if name not in {"channel_type", "subtype"}}
    return {**kept, "type": "app_mention", "team": TEAM, "user_team": actor, "source_team": actor}


def actor(user: User) -> Json:
    return {"id": user.id, "username": user.name.lower(), "name": user.name.lower(), "team_id": user.team}


def press(user: User, channel: Channel, posted: Json, element: Json, value: Json, *, trigger: str, url: str) -> Json:
    """`block_actions`: the outer team is ours, whoever pressed."""
    container = {"type": "message", "message_ts": posted["ts"], "channel_id": channel.id, "is_ephemeral": False}
    if posted.get("thread_ts"):
        container["thread_ts"] = posted["thread_ts"]
    block = next(block["block_id"] for block in posted["blocks"] if element in block.get("elements", ()))
    return {
        "type": "block_actions",
        "user": actor(user),
        "api_app_id": APP,
        "token": "verification",
        "container": container,
        "trigger_id": trigger,
        "team": {"id": TEAM, "domain": "desk"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel.id, "name": channel.name},
        "message": posted,
        "state": {"values": {}},
        "response_url": url,
        "actions": [
            {
                "type": element["type"],
                "action_id": element["action_id"],
                "block_id": block,
                **value,
            }
        ],
    }


def press_home(user: User, view: Json, element: Json, value: Json, *, trigger: str) -> Json:
    """`block_actions` on a Home tab: there is no channel, no message and no `response_url`."""
    return {
        "type": "block_actions",
        "user": actor(user),
        "api_app_id": APP,
        "token": "verification",
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger,
        "team": {"id": TEAM, "domain": "desk"},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": view,
        "actions": [{"type": element["type"], "action_id": element["action_id"], "block_id": "b0", **value}],
    }


def submission(user: User, view: Json, values: dict[str, str], trigger: str) -> Json:
    """`view_submission`: the outer team is the actor's, `app_installed_team_id` ours."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element, told = block["element"], values.get(block["block_id"])
        if element["type"] == "static_select":
            told = told or (element.get("initial_option") or {}).get("value")
            option = next((option for option in element["options"] if option["value"] == told), None)
            answer: Json = {"type": element["type"], "selected_option": option}
        else:
            answer = {"type": element["type"], "value": told if told is not None else element.get("initial_value")}
        state[block["block_id"]] = {element["action_id"]: answer}
    return {
        "type": "view_submission",
        "team": {"id": user.team, "domain": user.team.lower()},
        "user": actor(user),
        "api_app_id": APP,
        "token": "verification",
        "trigger_id": trigger,
        "view": {**view, "state": {"values": state}},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def command(user: User, channel: Channel, name: str, text: str, *, trigger: str, url: str) -> Json:
    return {
        "token": "verification",
        "team_id": user.team,
        "team_domain": "desk",
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.direct else channel.name,
        "user_id": user.id,
        "user_name": user.name.lower(),
        "command": f"/{name}",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def shortcut(user: User, channel: Channel, posted: Json, callback_id: str, *, trigger: str, url: str) -> Json:
    return {
        "type": "message_action",
        "token": "verification",
        "team": {"id": TEAM, "domain": "desk"},
        "user": actor(user),
        "channel": {"id": channel.id, "name": channel.name},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "trigger_id": trigger,
        "response_url": url,
        "message_ts": posted["ts"],
        "message": posted,
    }
