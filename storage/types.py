"""Column types, the base of all tables, and the naming of constraints."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from storage.errors import NaiveInstantError

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

BigId = BigInteger().with_variant(Integer, "sqlite")
"""An identity that cannot run out; SQLite's own integer keys are that large by themselves."""


class Table(SQLModel):
    """The base of every table of the store. A class says `table=True` to become one."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING_CONVENTION)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept in UTC. A value without a zone is refused; what is read always carries UTC.

    Raises:
        NaiveInstantError: a naive value was given.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstantError(f"an instant needs a zone: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class HumanText(TypeDecorator[str]):
    """Text as people write it, of any length. What no database can hold is kept as U+FFFD.

    PostgreSQL refuses U+0000, and half of a surrogate pair cannot be written in UTF-8.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class Word(TypeDecorator[StrEnum]):
    """A word of an enumeration, kept as its text, so that a new word needs no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


def instant(**options: Any) -> Any:
    """Declare a column that holds an instant."""
    return Field(sa_type=UtcDateTime, **options)


def word(words: type[StrEnum], **options: Any) -> Any:
    """Declare a column that holds a word of an enumeration."""
    return Field(sa_type=Word(words), **options)


def human(**options: Any) -> Any:
    """Declare a column that holds text as people write it."""
    return Field(sa_type=HumanText, **options)


def new_id(**options: Any) -> Any:
    """Declare a key that the database counts up."""
    return Field(default=None, primary_key=True, sa_type=BigId, **options)
