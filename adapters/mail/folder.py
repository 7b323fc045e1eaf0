"""A folder in place of a mail server: each letter a file that any mail program opens."""

from __future__ import annotations

import asyncio
from pathlib import Path

from dialogs.ports import TransientError


class FolderOutlet:
    """Writes letters as `KEY.eml`, whole or not at all; the same one again replaces itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, letter: bytes, *, sender: str, to: str, key: str) -> None:
        """Write a letter.

        Raises:
            TransientError: there is no room, or no right to write.
        """
        del sender, to
        try:
            await asyncio.to_thread(self._write, letter, key)
        except OSError as error:
            raise TransientError(f"{type(error).__name__}: {error.strerror}") from error

    def _write(self, letter: bytes, key: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f".{key}"
        unfinished.write_bytes(letter)
        unfinished.replace(self._folder / f"{key}.eml")
