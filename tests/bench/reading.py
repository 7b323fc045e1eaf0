"""Moments in a sentence, beside dateparser.search; what the zone tables cost; the other readers."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from dialogs.reading.closings import read_closing
from dialogs.reading.impacts import read_impact
from dialogs.reading.logs import read_logs
from dialogs.reading.moments import read_moments

CORPORA = Path(__file__).parent.parent / "reading" / "corpora"
SENTENCES = 120  # dateparser takes tens of milliseconds for each

TABLES = """
import os, time
from datetime import datetime, UTC
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2
begun = time.perf_counter()
import dialogs.reading.zones as zones
imported, before = time.perf_counter(), memory()
zones.read_zone("Bogota", language="es", at=datetime.now(UTC), company_zone="America/New_York")
print((imported - begun) * 1000, (time.perf_counter() - imported) * 1000, memory() - before)
"""


def rows(name: str) -> list[dict[str, Any]]:
    """Return items of a corpus at even steps, so that all its parts are there."""
    items = [json.loads(line) for line in (CORPORA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return items[:: max(1, len(items) // SENTENCES)]


def show(what: str, read: Callable[[dict[str, Any]], object], items: list[dict[str, Any]]) -> None:
    """Print a line of the table: the median and the 95th percentile in milliseconds, each item read once before."""
    read(items[0])
    taken = []
    for item in items:
        begun = time.perf_counter()
        read(item)
        taken.append((time.perf_counter() - begun) * 1000)
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"  {what:44} median {statistics.median(taken):8.3f} ms   p95 {p95:8.3f} ms")


def ours(item: dict[str, Any]) -> object:
    """Read the moments of a sentence."""
    reference = datetime.fromisoformat(item["reference"])
    return read_moments(item["text"], language=item["language"], reference=reference, zone=item["zone"])


def dateparser(item: dict[str, Any]) -> object:
    """Search the same sentence for dates with the library, told its language and its reference."""
    from dateparser.search import search_dates

    base = datetime.fromisoformat(item["reference"]).replace(tzinfo=None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return search_dates(item["text"], languages=[item["language"]], settings={"RELATIVE_BASE": base})


async def main() -> None:
    """Print the table."""
    sentences = rows("moments")
    print(f"Reading: {len(sentences)} sentences of customers, each once")
    show("moments, ldsupport", ours, sentences)
    show("moments, dateparser.search.search_dates", dateparser, sentences)
    show("closings", lambda item: read_closing(item["text"], language=item["language"]), rows("closings"))
    show("impact", lambda item: read_impact(item["text"], language=item["language"]), rows("impacts"))
    show(
        "logs, an excerpt",
        lambda item: read_logs(item["text"], zone=item["zone"], reference=datetime.fromisoformat(item["reference"])),
        rows("logs"),
    )
    done = subprocess.run([sys.executable, "-c", TABLES], check=True, capture_output=True, text=True)
    imported, first, memory = map(float, done.stdout.split())
    print(f"  zones: code imported in {imported:.0f} ms, tables and first answer in {first:.1f} ms and {memory:.1f} MB")


if __name__ == "__main__":
    asyncio.run(main())
