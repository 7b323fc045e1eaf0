"""Looks at an app from outside: whether its tokens work, what it may do, where it is, and whether clocks agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.api import Api
from adapters.slack.manifest import SCOPES
from adapters.slack.pace import Pace
from dialogs.ports import DeliveryError

# docs.slack.dev/authentication/verifying-requests-from-slack: a request is good for five minutes.
_SIGNED_FOR = 300.0
_NOTABLE = 30.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `sound` False: it does not work. The phrase says what to do, where that is so."""

    sound: bool
    phrase: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found, and the channels the bot is in: their names by id."""

    findings: tuple[Finding, ...]
    channels: Mapping[str, str] = field(default_factory=dict)


async def check(*, bot_token: str, app_token: str, signing_secret: str, api_url: str, now: datetime) -> Checkup:
    """Ask Slack about an app. Nothing is changed there."""
    api = Api(bot_token, api_url, Pace())
    try:
        findings, works = await _bot(api, now)
        channels = await _channels(api) if works else {}
        findings += await _doors(api, app_token, signing_secret)
    finally:
        await api.close()
    return Checkup(tuple(findings), channels)


async def _bot(api: Api, now: datetime) -> tuple[list[Finding], bool]:
    try:
        answer = await api.client.auth_test()
    except SlackApiError as error:
        return [Finding(sound=False, phrase="slack.start.bot_token", values={"why": error.response["error"]})], False
    except (aiohttp.ClientError, TimeoutError) as error:
        return [Finding(sound=False, phrase="slack.start.unreachable", values={"why": type(error).__name__})], False
    who = {"workspace": answer["team"], "user": answer["user"]}
    findings = [Finding(sound=True, phrase="slack.check.workspace", values=who)]
    granted = set(answer.headers.get("x-oauth-scopes", "").replace(" ", "").split(","))
    if missing := sorted(SCOPES.keys() - granted):
        findings.append(Finding(sound=False, phrase="slack.check.scopes", values={"scopes": ", ".join(missing)}))
    if told := answer.headers.get("Date"):
        away = abs((parsedate_to_datetime(told) - now).total_seconds())
        if away > _NOTABLE:
            seconds = {"n": round(away)}
            findings.append(Finding(sound=away < _SIGNED_FOR, phrase="slack.check.clock", values=seconds))
    return findings, True


async def _channels(api: Api) -> dict[str, str]:
    found = api.pages(
        "users.conversations", "channels", types="public_channel,private_channel", exclude_archived=True, limit=200
    )
    try:
        return {channel["id"]: channel.get("name") or channel["id"] async for channel in found}
    except DeliveryError:  # the scopes that it takes are missing, which is told already
        return {}


async def _doors(api: Api, app_token: str, signing_secret: str) -> list[Finding]:
    findings = []
    if signing_secret:
        findings.append(Finding(sound=True, phrase="slack.check.http"))
    if app_token:
        try:
            await api.open_socket(app_token)
            findings.append(Finding(sound=True, phrase="slack.check.sockets"))
        except DeliveryError as error:
            findings.append(Finding(sound=False, phrase="slack.start.app_token", values={"why": str(error)}))
    return findings or [Finding(sound=False, phrase="slack.check.no_door")]
