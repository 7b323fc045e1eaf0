"""The beginning and the end of a text file, which is all of a long log that is read for its stamps."""

from __future__ import annotations

_SIDE = 64 * 1024


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data[1:64:2].count(0) > 16:
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def excerpt(data: bytes) -> str:
    """Return a text file's first and last 64 KiB as text, cut where lines end; a shorter file whole.

    It is read as UTF-8 or UTF-16 (with or without its mark), else as Latin-1, so that nothing is refused.
    """
    text = _decode(data)
    if len(text) <= 2 * _SIDE:
        return text
    head, tail = text[:_SIDE], text[-_SIDE:]
    return head[: head.rfind("\n") + 1 or _SIDE] + tail[tail.find("\n") + 1 :]
