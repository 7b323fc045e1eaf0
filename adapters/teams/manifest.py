"""The Teams app as the package that is uploaded: its manifest, its words in the other language, and its icons.

The shape is version 1.25 of the schema at github.com/microsoft/json-schemas (teams/v1.25), the oldest that knows shared
and private channels.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dialogs.events import Language
from dialogs.phrases import voice

Json = dict[str, Any]

SCHEMA = "1.25"
DEFAULT, OTHER = Language.SPANISH, Language.ENGLISH
PERMISSIONS = {
    "ChannelMessage.Read.Group": "to hear what is written in the channels of a team without being mentioned",
    "ChatMessage.Read.Chat": "the same in group chats",
}
"""What resource-specific consent would grant, with the reason, which the guide repeats for who has to consent."""

_HOME = "https://developer.microsoft.com/json-schemas/teams"
_SCOPES = ["personal", "team", "groupChat"]
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
_SHORT_NAME, _DEVELOPER = 30, 32
_DRAWN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command that Teams offers: `title` is what it types for the person."""

    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What a package is made for.

    `app_id` is the bot's id in Entra, `host` where it is reached, `organisation` who offers it. The three addresses
    are shown with the app. `menus` are the commands by language, the same in each. `hears_all` asks for what is
    written without a mention, too. `made` numbers the package: Teams takes a later one as an update.
    """

    app_id: str
    host: str
    organisation: str
    website: str
    privacy: str
    terms: str
    menus: Mapping[Language, tuple[MenuEntry, ...]]
    hears_all: bool
    made: datetime


def is_app_id(text: str) -> bool:
    """Tell whether this has the form of an id of Entra."""
    return _GUID.fullmatch(text) is not None


def is_host(text: str) -> bool:
    """Tell whether this is the bare name of a host that Teams can reach: no address, no port, no scheme."""
    return _HOST.fullmatch(text) is not None


def manifest(app: App) -> Json:
    """Return the manifest, in Spanish."""
    words = _words(app, DEFAULT)
    consent: Json = {
        "webApplicationInfo": {"id": app.app_id, "resource": f"https://{app.host}"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": name, "type": "Application"} for name in PERMISSIONS]}
        },
    }
    return {
        "$schema": f"{_HOME}/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": _version(app.made),
        "id": app.app_id,
        "localizationInfo": {
            "defaultLanguageTag": DEFAULT.value,
            "additionalLanguages": [{"languageTag": OTHER.value, "file": f"{OTHER.value}.json"}],
        },
        "developer": {
            "name": _cut(app.organisation, _DEVELOPER),
            "websiteUrl": app.website,
            "privacyUrl": app.privacy,
            "termsOfUseUrl": app.terms,
        },
        "name": {"short": words["name.short"], "full": words["name.full"]},
        "description": {"short": words["description.short"], "full": words["description.full"]},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#0f6a66",
        "bots": [
            {
                "botId": app.app_id,
                "scopes": _SCOPES,
                "supportsFiles": True,
                "isNotificationOnly": False,
                "commandLists": [
                    {
                        "scopes": _SCOPES,
                        "commands": [
                            {"title": entry.title, "description": entry.description} for entry in app.menus[DEFAULT]
                        ],
                    }
                ],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [app.host],
        "supportsChannelFeatures": "tier1",
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        **(consent if app.hears_all else {}),
    }


def translation(app: App) -> Json:
    """Return the file with the words of the manifest in English, each under its place in the manifest."""
    places = {
        f"bots[0].commandLists[0].commands[{number}].{part}": text
        for number, entry in enumerate(app.menus[OTHER])
        for part, text in (("title", entry.title), ("description", entry.description))
    }
    schema = {"$schema": f"{_HOME}/v{SCHEMA}/MicrosoftTeams.Localization.schema.json"}
    return schema | _words(app, OTHER) | places


def package(app: App) -> bytes:
    """Return the package, a zip."""
    icons = resources.files(__package__).joinpath("icons")
    contents = {
        "manifest.json": _text(manifest(app)),
        f"{OTHER.value}.json": _text(translation(app)),
        "color.png": icons.joinpath("color.png").read_bytes(),
        "outline.png": icons.joinpath("outline.png").read_bytes(),
    }
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(ZipInfo(name, _DRAWN), content)
    return made.getvalue()


def _words(app: App, language: Language) -> dict[str, str]:
    speak = voice(language)
    full = speak("teams_app.name", organisation=app.organisation)
    story = [speak("teams_app.full", organisation=app.organisation)]
    story.append(speak("teams_app.hears_all" if app.hears_all else "teams_app.hears_mentions"))
    return {
        "name.short": full if len(full) <= _SHORT_NAME else speak("teams_app.short_name"),
        "name.full": _cut(full, 100),
        "description.short": speak("teams_app.short"),
        "description.full": "\n\n".join(story),
    }


def _version(made: datetime) -> str:
    """Return a number that grows with time, as the three that the schema wants."""
    return f"1.{made:%Y%m%d}.{made.hour * 60 + made.minute}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _text(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
