"""Small helpers that all repositories build their statements with."""

from __future__ import annotations

from typing import cast

import sqlalchemy
from sqlalchemy.dialects.postgresql import Insert, insert

from storage.types import Table


def table_of(model: type[Table]) -> sqlalchemy.Table:
    """Return the bare table behind a model, for statements that need no objects."""
    return cast("sqlalchemy.Table", sqlalchemy.inspect(model).local_table)


def insert_into(model: type[Table]) -> Insert:
    """Return an INSERT that can say what to do on a conflict.

    It is PostgreSQL's construct; SQLite took over the same grammar and SQLAlchemy writes it out for both.
    """
    return insert(table_of(model))
