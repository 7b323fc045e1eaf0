"""Measures everything there is to measure, each in a process of its own: `make bench`, or with the names of some."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path


def main() -> int:
    measures = sys.argv[1:] or sorted(
        path.stem for path in Path(__file__).parent.glob("[a-z]*.py") if "async def main" in path.read_text("utf-8")
    )
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    failed = 0
    for name in measures:
        failed += subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode != 0
        print(flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
