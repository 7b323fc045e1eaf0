"""What can go wrong with the store. The errors carry facts; who tells people finds the words."""

from __future__ import annotations


class StoreError(Exception):
    """The store could not do what was asked. `detail` is what the database itself said."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class StoreUnreachableError(StoreError):
    """The database cannot be reached, or its file or folder not be opened, read or written."""


class StoreReadOnlyError(StoreError):
    """The database can be read but not written."""


class StoreFullError(StoreError):
    """There is no room left where the database keeps its data."""


class StoreBusyError(StoreError):
    """Somebody else holds what was needed for too long, or two turns held each other up. Worth a new try."""


class StoreDamagedError(StoreError):
    """The file is damaged, or no database at all."""


class StoreOutdatedError(StoreError):
    """The database lacks migrations that this code needs. `revision` is where it stands; None is empty."""

    def __init__(self, revision: str | None, expected: str) -> None:
        super().__init__(f"database at {revision}, expected {expected}")
        self.revision = revision
        self.expected = expected


class StoreTooNewError(StoreError):
    """The database was migrated by newer code than this. `revision` is unknown here."""

    def __init__(self, revision: str, expected: str) -> None:
        super().__init__(f"database at {revision}, newest known here is {expected}")
        self.revision = revision
        self.expected = expected


class UnknownUrlError(StoreError):
    """The database address names a kind of database that is not supported."""


class NaiveInstantError(TypeError):
    """An instant without a zone was about to be stored or compared."""
