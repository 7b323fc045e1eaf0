"""The corpora: one JSON object a line, what was written beside what it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def rows(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "corpora" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
