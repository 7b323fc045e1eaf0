"""Moments in sentences: this reader, and `dateparser.search.search_dates` on the same sentences."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from dialogs.reading.moments import read_moments

CORPORA = Path(__file__).parent.parent / "reading" / "corpora"
SENTENCES = 120

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()]


def ours(row: Row, reference: datetime) -> list[str]:
    told = read_moments(row["text"], language=row["language"], reference=reference, zone=row["zone"])
    return [moment.t for moment in told]


def theirs(row: Row, reference: datetime) -> list[str]:
    from dateparser.search import search_dates

    now = reference.replace(tzinfo=None)
    settings: Any = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "past"}
    return [found.isoformat() for _, found in search_dates(row["text"], [row["language"]], settings=settings) or ()]


def measure(name: str, read: Callable[[Row, datetime], list[str]], told: list[Row], silent: list[Row]) -> None:
    times, right, clean = [], 0, 0
    for row in [*told, *silent]:
        reference = datetime.fromisoformat(row["reference"])
        begun = time.perf_counter()
        found = read(row, reference)
        times.append((time.perf_counter() - begun) * 1000)
        expected = [moment["t"] for moment in row["moments"]]
        same = len(found) == len(expected) and all(f.startswith(e) for f, e in zip(found, expected, strict=True))
        right += bool(expected) and same
        clean += not expected and not found
    times.sort()
    print(
        f"{name:<14} median {statistics.median(times):8.3f} ms   p95 {times[len(times) * 95 // 100]:8.3f} ms   "
        f"right {100 * right / len(told):5.1f} %   clean {100 * clean / len(silent):5.1f} %"
    )


async def main() -> None:
    warnings.simplefilter("ignore")
    told, silent = rows("moments_fresh.jsonl"), rows("moments_fresh_negative.jsonl")
    measure("read_moments", ours, told, silent)
    step = len(told) // SENTENCES + 1
    measure("search_dates", theirs, told[::step], silent[::step])


if __name__ == "__main__":
    asyncio.run(main())
