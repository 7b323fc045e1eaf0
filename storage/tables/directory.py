"""Who and where: companies, their channels, the people in them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from dialogs.cases import ChannelMode, ChannelRole, Contact
from dialogs.events import Language, Platform
from storage.types import BigId, Table, human, instant, new_id, word


class Organisation(Table, table=True):
    """A company: a customer, or the desk's own."""

    __tablename__ = "organisations"

    id: int | None = new_id()
    name: str = Field(unique=True)


class Tenant(Table, table=True):
    """A platform's own id of an organisation."""

    __tablename__ = "tenants"

    platform: Platform = word(Platform, primary_key=True)
    tenant: str = Field(primary_key=True)
    organisation_id: int = Field(sa_type=BigId, foreign_key="organisations.id")


class Channel(Table, table=True):
    """A channel the assistant is in. `key` is `Place.channel_key`.

    `settings_key` is the one that the settings know it by, where its platform has given it another since.
    """

    __tablename__ = "channels"

    key: str = Field(primary_key=True)
    platform: Platform = word(Platform)
    channel: str
    name: str = ""
    role: ChannelRole = word(ChannelRole, default=ChannelRole.CUSTOMER, index=True)
    organisation_id: int | None = Field(default=None, sa_type=BigId, foreign_key="organisations.id")
    language: Language | None = word(Language, default=None)
    mode: ChannelMode = word(ChannelMode, default=ChannelMode.EVERY)
    settings_key: str = ""


class PersonRow(Table, table=True):
    """Somebody, and what they told about themselves. `key` is `Person.key`, `phone` is E.164.

    `language` and `zone` are answers of the person, never a platform's hints. `named` tells that they
    told their name themselves, `company` what they call their company, `confirmed_at` when all of it was last
    confirmed. `absent_since` is set while an agent
    has said that they are away.
    """

    __tablename__ = "people"

    key: str = Field(primary_key=True)
    platform: Platform = word(Platform)
    tenant: str
    id: str
    name: str = human(default="")
    organisation_id: int | None = Field(default=None, sa_type=BigId, foreign_key="organisations.id", index=True)
    phone: str | None = None
    phone_confirmed_at: datetime | None = instant(default=None)
    zone: str | None = None
    language: Language | None = word(Language, default=None)
    named: bool = False
    company: str = human(default="")
    contact: Contact | None = word(Contact, default=None)
    confirmed_at: datetime | None = instant(default=None)
    absent_since: datetime | None = instant(default=None)
    first_seen_at: datetime = instant()


class Outsider(Table, table=True):
    """Somebody who is not of the desk is in its channel."""

    __tablename__ = "outsiders"

    channel_key: str = Field(primary_key=True)
    person_key: str = Field(primary_key=True, index=True)


class Member(Table, table=True):
    """Somebody is in a channel."""

    __tablename__ = "members"

    channel_key: str = Field(primary_key=True)
    person_key: str = Field(primary_key=True, index=True)
