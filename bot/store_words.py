"""What an operator is told when the database cannot be used."""

from __future__ import annotations

from dialogs.phrases import Voice
from storage import errors

_PHRASES: tuple[tuple[type[errors.StoreError], str], ...] = (
    (errors.StoreOutdatedError, "bot.store.outdated"),
    (errors.StoreTooNewError, "bot.store.too_new"),
    (errors.StoreReadOnlyError, "bot.store.read_only"),
    (errors.StoreFullError, "bot.store.full"),
    (errors.StoreBusyError, "bot.store.busy"),
    (errors.StoreDamagedError, "bot.store.damaged"),
    (errors.UnknownUrlError, "bot.store.unknown_url"),
    (errors.StoreUnreachableError, "bot.store.unreachable"),
)


def store_sentence(error: errors.StoreError, speak: Voice) -> str:
    """Return what is wrong with the database and what to do about it."""
    phrase = next((phrase for kind, phrase in _PHRASES if isinstance(error, kind)), "bot.store.failed")
    return speak(phrase, detail=error.detail)
