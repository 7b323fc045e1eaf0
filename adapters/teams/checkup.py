"""Looks at a bot from outside: whether its secret works, Microsoft answers, clocks agree, and strangers are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

_SCOPE = "https://api.botframework.com/.default"
_PATIENCE = aiohttp.ClientTimeout(total=10)
# A token is refused when the clock is further away from Microsoft's than this, in seconds.
_TOLERATED, _NOTABLE = 300.0, 30.0
# learn.microsoft.com/entra/identity-platform/reference-error-codes: why a login is refused.
_REFUSALS = {
    7000215: "teams_app.check.secret",
    7000222: "teams_app.check.secret_expired",
    700016: "teams_app.check.app_unknown",
    90002: "teams_app.check.tenant_unknown",
    900023: "teams_app.check.tenant_unknown",
}
# Well-formed and from this machine, so that only its lack of a signature is a reason to refuse it, whatever is let in
# for trying; and of a kind that nobody acts on.
_STRANGER = {
    "type": "typing",
    "id": "doctor",
    "channelId": "msteams",
    "serviceUrl": "http://localhost/",
    "from": {"id": "29:doctor"},
    "recipient": {"id": "28:doctor"},
    "conversation": {"id": "a:doctor", "conversationType": "personal"},
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `sound` False: it does not work; None: it could not be looked at now.

    The phrase says what to do, where something is.
    """

    sound: bool | None
    phrase: str
    values: Mapping[str, str | int] = field(default_factory=dict)


async def check(
    *,
    app_id: str,
    app_password: str,
    tenant_id: str,
    here: str,
    endpoint: str,
    login_url: str,
    keys_url: str,
    now: datetime,
) -> tuple[Finding, ...]:
    """Ask Microsoft about the bot, and the assistant as a stranger would. Nothing is changed anywhere.

    `here` is where the assistant listens; `endpoint` is the address that Azure was told, or empty.
    """
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        findings = [await _credentials(session, f"{login_url}/{tenant_id}/oauth2/v2.0/token", app_id, app_password)]
        findings += await _keys(session, keys_url, now)
        findings.append(await _door(session, here, away="teams_app.check.not_running", sound=None))
        if endpoint:
            findings.append(await _door(session, endpoint, away="teams_app.check.endpoint_away", sound=False))
    return tuple(findings)


async def _credentials(session: aiohttp.ClientSession, url: str, app_id: str, app_password: str) -> Finding:
    asked = {
        "grant_type": "client_credentials",
        "client_id": app_id,
        "client_secret": app_password,
        "scope": _SCOPE,
    }
    try:
        async with session.post(url, data=asked) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return _away("teams_app.check.login_away", error)
    if "access_token" in answer:
        return Finding(sound=True, phrase="teams_app.check.credentials", values={"app": app_id})
    codes = answer.get("error_codes") or [0]
    why = str(answer.get("error_description") or answer.get("error") or response.status).partition("\n")[0]
    return Finding(
        sound=False, phrase=_REFUSALS.get(codes[0], "teams_app.check.login_refused"), values={"why": why[:200]}
    )


async def _keys(session: aiohttp.ClientSession, url: str, now: datetime) -> list[Finding]:
    try:
        async with session.get(url) as response:
            response.raise_for_status()
            told = response.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError) as error:
        return [_away("teams_app.check.keys_away", error)]
    findings = [Finding(sound=True, phrase="teams_app.check.keys")]
    if told:
        away = abs((parsedate_to_datetime(told) - now).total_seconds())
        if away > _NOTABLE:
            clock = {"n": round(away)}
            findings.append(Finding(sound=away < _TOLERATED, phrase="teams_app.check.clock", values=clock))
    return findings


async def _door(session: aiohttp.ClientSession, url: str, *, away: str, sound: bool | None) -> Finding:
    try:
        async with session.post(url, json=_STRANGER, allow_redirects=False) as response:
            status = response.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return _away(away, error, sound=sound, url=url)
    values: dict[str, str | int] = {"url": url, "status": status}
    match status:
        case 401:
            return Finding(sound=True, phrase="teams_app.check.refused", values=values)
        case _ if status < 300:
            return Finding(sound=False, phrase="teams_app.check.open", values=values)
        case _:
            return Finding(sound=False, phrase="teams_app.check.elsewhere", values=values)


def _away(phrase: str, error: Exception, *, sound: bool | None = False, **values: str | int) -> Finding:
    return Finding(sound=sound, phrase=phrase, values=values | {"why": type(error).__name__})
