"""The Slack app as a manifest: what it is called, may do and wants to hear. Slack makes the app from it.

The shape is version 2 of the schema at github.com/slackapi/manifest-schema.
"""

from __future__ import annotations

from typing import Any

import yaml

from adapters.slack.adapter import PATH
from adapters.slack.happenings import SHORTCUT

Json = dict[str, Any]

# Each scope with the reason for it, which the guide repeats for who has to approve the app.
SCOPES = {
    "app_mentions:read": "to answer who mentions the assistant",
    "channels:history": "to read what customers write in public channels it was invited to, and what it missed",
    "channels:read": "to know its channels, who is in them, and what becomes of them: shared, archived, a new id",
    "chat:write": "to answer",
    "commands": "for /case, /caso, /escalate, /escalar and the shortcut on a message",
    "files:read": "to keep the files that customers attach to a case",
    "files:write": "to hand on files between a customer and the agents",
    "groups:history": "the same as channels:history in private channels",
    "groups:read": "the same as channels:read in private channels",
    "im:history": "to read who writes to it in private",
    "im:read": "to know its private chats",
    "im:write": "to write to somebody in private",
    "reactions:read": "a reaction opens, takes or resolves a case",
    "reactions:write": "to show with a reaction that a message was taken in",
    "users:read": "to tell people by name, company, language and zone",
}
EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_id_changed",
    "channel_shared",
    "channel_unshared",
    "group_archive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
)
_COMMANDS = (
    ("/case", "Work on a support case", "list | show | take | reply | note | severity | resolve LD-12 | help"),
    (
        "/caso",
        "Trabajar un caso de soporte",
        "lista | ver | tomar | responder | nota | gravedad | resolver LD-12 | ayuda",
    ),
    ("/escalate", "Send a case up the escalation list", "LD-12 why"),
    ("/escalar", "Subir un caso a la lista de escalación", "LD-12 motivo"),
)


def manifest(http_url: str | None = None) -> Json:
    """Return the manifest: for Socket Mode or, with the address of the assistant, for HTTP."""
    address = f"{http_url.rstrip('/')}{PATH}" if http_url else None
    request_url = {"request_url": address} if address else {}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Soporte",
            "description": "Guía a los clientes hasta un caso completo. Guides customers to a complete case.",
            "background_color": "#1f4b57",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Soporte", "always_online": True},
            "shortcuts": [
                {
                    "name": "Crear caso · Create case",
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Abre un caso con este mensaje y su hilo. Opens a case from this message.",
                }
            ],
            "slash_commands": [
                {
                    "command": command,
                    **({"url": address} if address else {}),
                    "description": description,
                    "usage_hint": hint,
                    "should_escape": True,
                }
                for command, description, hint in _COMMANDS
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(http_url: str | None = None) -> str:
    """Return the manifest as the YAML that Slack's form takes."""
    text: str = yaml.safe_dump(manifest(http_url), allow_unicode=True, sort_keys=False, width=1000)
    return text
