"""Who is who: this workspace, and the people in it and in the workspaces it shares channels with."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from adapters.slack.api import Api, RefusedError
from dialogs.events import Language, Person, Platform
from dialogs.ports import DeliveryError, TransientError
from dialogs.timezones import is_zone

_FRESH = 3600.0
_KEPT = 20_000
_LOOKUP = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The workspace that installed the app, and the app's own bot in it."""

    team: str
    enterprise: str
    name: str
    url: str
    bot_user: str
    bot: str

    @property
    def tenant(self) -> str:
        """The organisation of our own people: the Grid organisation where there is one."""
        return self.enterprise or self.team


async def read_workspace(api: Api) -> Workspace:
    """Ask Slack whom the token belongs to."""
    answer = await api.read("auth.test")
    return Workspace(
        team=answer["team_id"],
        enterprise=answer.get("enterprise_id") or "",
        name=answer.get("team") or "",
        url=(answer.get("url") or "").rstrip("/"),
        bot_user=answer["user_id"],
        bot=answer.get("bot_id") or "",
    )


class Directory:
    """The people Slack knows, looked up when first met and remembered for an hour."""

    def __init__(self, api: Api, workspace: Workspace, clock: Callable[[], float] = monotonic) -> None:
        self._api = api
        self._workspace = workspace
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Person]] = OrderedDict()
        self._lookups: dict[str, asyncio.Task[Person]] = {}

    async def person(self, user: str, tenant: str = "") -> Person:
        """Return a person. `tenant` is their organisation where the payload tells it.

        Slack's own profile decides; the payload's word is taken only where the profile cannot be had.

        Raises:
            TransientError: neither can be had now.
        """
        known = self._known.get(user)
        if known and self._clock() - known[0] < _FRESH:
            return known[1]
        if user not in self._lookups:
            task = self._lookups[user] = asyncio.create_task(self._look_up(user))
            task.add_done_callback(lambda done: self._settle(user, done))
        try:
            return await asyncio.wait_for(asyncio.shield(self._lookups[user]), _LOOKUP)
        except (DeliveryError, TimeoutError) as error:
            if known:
                return known[1]
            if tenant:
                return Person(platform=Platform.SLACK, tenant=tenant, id=user)
            raise TransientError(f"nothing is known about {user}") from error

    def name(self, user: str) -> str:
        """Return the name of somebody already met; their id where they were not."""
        known = self._known.get(user)
        return known[1].name if known else user

    def language(self, user: str) -> Language | None:
        """Return the language somebody already met has chosen in Slack."""
        known = self._known.get(user)
        return known[1].language if known else None

    async def _look_up(self, user: str) -> Person:
        try:
            answer = await self._api.read("users.info", user=user, include_locale=True)
        except RefusedError as error:
            if error.code not in {"user_not_found", "user_not_visible"}:
                raise
            raise TransientError(f"{user} is not visible") from error
        person = read_person(answer["user"], self._workspace)
        self._known[user] = (self._clock(), person)
        self._known.move_to_end(user)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return person

    def _settle(self, user: str, done: asyncio.Task[Person]) -> None:
        self._lookups.pop(user, None)
        if not done.cancelled():
            done.exception()


def read_person(user: Mapping[str, Any], workspace: Workspace) -> Person:
    """Return the person of a `users.info` object. People of one Grid organisation share its id as tenant."""
    profile = user.get("profile") or {}
    grid = user.get("enterprise_user") or {}
    tenant = grid.get("enterprise_id") or user.get("team_id") or profile.get("team") or ""
    home = workspace.tenant if tenant == workspace.team else tenant
    restricted = user.get("is_restricted") or user.get("is_ultra_restricted")
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name") or ""
    zone = user.get("tz") or ""
    return Person(
        platform=Platform.SLACK,
        tenant=home,
        id=user["id"],
        name=name,
        language=read_locale(user.get("locale")),
        zone=zone if is_zone(zone) else None,
        automatic=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        guest=bool(restricted) or home != workspace.tenant,
    )


def read_locale(locale: str | None) -> Language | None:
    """Return the language of a locale such as `es-LA`, where the assistant speaks it."""
    try:
        return Language((locale or "")[:2].lower())
    except ValueError:
        return None
