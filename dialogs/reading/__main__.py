"""The readers on the command line: ``python -m dialogs.reading KIND``, one JSON object a line in, one a line out.

Answers come in the order of the questions, each with the ``id`` of its question; nothing else is printed. A line
that cannot be read is answered with ``{"id": …, "error": …}``, with the id wherever one can be made out; a blank
line is none. ``language`` may be left out. What each KIND takes and gives: docs/reading.md.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

_Json = dict[str, Any]
_Reader = Callable[[_Json], _Json]


def _instant(told: str) -> datetime:
    instant = datetime.fromisoformat(told)
    if instant.tzinfo is None:
        raise ValueError(f"{told} tells no offset")
    return instant


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _zones() -> _Reader:
    from dialogs.reading.zones import read_zone

    def read(asked: _Json) -> _Json:
        told = read_zone(
            asked["text"],
            language=asked.get("language") or "es",
            at=_instant(asked["at"]),
            company_zone=asked["company_zone"],
            question=asked.get("question", True),
        )
        return {
            "outcome": told.outcome,
            "zone": told.zone,
            "offset_min": told.offset_min,
            "candidates": told.candidates,
            "reason": told.reason,
        }

    return read


def _moments() -> _Reader:
    from dialogs.reading.moments import read_moments

    def read(asked: _Json) -> _Json:
        told = read_moments(
            asked["text"],
            language=asked.get("language") or "es",
            reference=_instant(asked["reference"]),
            zone=asked["zone"],
        )
        names = ("text", "start", "end", "t", "grain", "role", "zone", "flag")
        return {
            "moments": [{name: getattr(moment, name) for name in names} | {"utc": _utc(moment.utc)} for moment in told]
        }

    return read


def _logs() -> _Reader:
    from dialogs.reading.logs import read_logs

    def read(asked: _Json) -> _Json:
        told = read_logs(asked["text"], zone=asked["zone"], reference=_instant(asked["reference"]))
        return {
            "stamps": [
                {
                    "text": stamp.text,
                    "local": stamp.local,
                    "utc": _utc(stamp.utc),
                    "status": stamp.status,
                    "utc_alts": [_utc(instant) for instant in stamp.utc_alts],
                    "grain": stamp.grain,
                }
                for stamp in told.stamps
            ]
        }

    return read


def _phones() -> _Reader:
    from dialogs.reading.phones import read_phone

    def read(asked: _Json) -> _Json:
        phone, _, extension = (read_phone(asked["text"], country=asked.get("country")) or "invalid").partition(";ext=")
        return {"phone": phone, "extension": extension or None}

    return read


def _closings() -> _Reader:
    from dialogs.reading.closings import read_closing

    def read(asked: _Json) -> _Json:
        told = read_closing(asked["text"], language=asked.get("language") or "es")
        return {"label": told.label, "reopen": told.reopen, "reason": told.reason}

    return read


def _impacts() -> _Reader:
    from dialogs.cases import Impact
    from dialogs.reading.impacts import read_impact

    def read(asked: _Json) -> _Json:
        told = read_impact(asked["text"], language=asked.get("language") or "es")
        return {"impact": told.impact or Impact.NONE, "reason": told.reason}

    return read


def _language() -> _Reader:
    from dialogs.reading.language import read_language

    return lambda asked: {"language": read_language(asked["text"])}


_KINDS: dict[str, Callable[[], _Reader]] = {
    "zones": _zones,
    "moments": _moments,
    "logs": _logs,
    "phones": _phones,
    "closings": _closings,
    "impacts": _impacts,
    "language": _language,
}


_ID = re.compile(r'"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)')


def _question(line: str) -> _Json:
    asked = json.loads(line)
    if not isinstance(asked, dict):
        raise TypeError("a line must be one JSON object")
    if not isinstance(asked["text"], str):
        raise TypeError("text must be a string")
    return asked


def _answer(read: _Reader, line: str) -> _Json:
    told = _ID.search(line)
    identity = json.loads(told[1], strict=False) if told else None
    try:
        asked = _question(line)
        identity = asked["id"]
        return {"id": identity, **read(asked)}
    except KeyError as error:
        return {"id": identity, "error": f"{error.args[0]} is missing or unknown"}
    except (TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        return {"id": identity, "error": str(error)}


def main(arguments: list[str]) -> int:
    """Answer every line of standard input; return the exit status."""
    if len(arguments) != 1 or arguments[0] not in _KINDS:
        print(f"usage: python -m dialogs.reading {{{','.join(_KINDS)}}} < questions.jsonl", file=sys.stderr)  # noqa: T201 - a command line
        return 2
    read = _KINDS[arguments[0]]()
    for line in sys.stdin.buffer:
        if line.strip():
            text = line.decode("utf-8", errors="replace")
            answer = json.dumps(_answer(read, text), ensure_ascii=False)
            sys.stdout.buffer.write(answer.encode("utf-8", errors="replace") + b"\n")
            sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
