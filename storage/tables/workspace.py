"""The browser page: what stands on it, and what the desk has not taken from it yet."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field

from storage.types import Table


class PageRecord(Table, table=True):
    """Something on the page: `body` is JSON text of the page's own.

    `change` is the number of the record's last change among all changes of the page, `number` that of its first.
    """

    __tablename__ = "page_records"
    __table_args__ = (Index("ix_page_records_room_change", "room", "change"),)

    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    room: str
    body: str = Field(sa_type=Text)
    number: int = Field(sa_type=BigInteger)
    change: int = Field(sa_type=BigInteger)


class PageEvent(Table, table=True):
    """Something a person did on the page that the desk has not taken yet."""

    __tablename__ = "page_events"

    key: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    payload: str = Field(sa_type=Text)


class PageCounter(Table, table=True):
    """The one row that numbers the changes of the page. Taking a number locks it, so commits come in order."""

    __tablename__ = "page_counter"

    id: int = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger)
