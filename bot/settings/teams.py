"""Whom the assistant talks to in Microsoft Teams."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.settings.kinds import Section, Text

Host = Annotated[str, Field(pattern=r"^[a-z0-9.-]{1,200}$")]


class TenantSection(Section):
    """A customer's organisation in Microsoft 365: its directory id, and the company that it is."""

    id: Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
    organisation: Text


class TeamsSection(Section):
    """The organisations served, beside our own, and the hosts that answers to Teams may be sent to."""

    tenants: tuple[TenantSection, ...]
    hosts: frozenset[Host]
