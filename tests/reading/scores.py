"""How well the readers read a corpus, by the measures of docs/reading.md: ``python -m tests.reading.scores``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogs.reading.closings import read_closing
from dialogs.reading.impacts import read_impact
from dialogs.reading.language import read_language
from dialogs.reading.logs import StampStatus, read_logs
from dialogs.reading.moments import Grain, Moment, read_moments
from dialogs.reading.phones import read_phone
from dialogs.reading.zones import ZoneOutcome, ZoneReading, read_zone
from dialogs.reading.zones.rules import same_rules
from tests.reading.corpus import rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of one by their names, and what was misread."""

    shares: dict[str, float]
    misread: list[str]

    def __getitem__(self, name: str) -> float:
        return self.shares[name]


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 1.0


def closings(corpus: list[Row]) -> Score:
    """Score labels (with whether they reopen), real problems that reopen, and thanks that stay closed."""
    read = [(row, read_closing(row["text"], language=row["language"])) for row in corpus]
    right = [(told.label, told.reopen) == (row["label"], row["reopen"]) for row, told in read]
    return Score(
        {
            "right": _share(right),
            "reopened": _share([told.reopen for row, told in read if row["reopen"]]),
            "left closed": _share([not told.reopen for row, told in read if row["label"] == "thanks"]),
        },
        [
            f"{row['label']} read as {told.label} ({told.reason}): {row['text']}"
            for (row, told), ok in zip(read, right, strict=True)
            if not ok
        ],
    )


def impacts(corpus: list[Row]) -> Score:
    """Score the impacts read as told."""
    read = [(row, read_impact(row["text"], language=row["language"])) for row in corpus]
    right = [told.impact in {row["impact"], *row.get("impact_accept", [])} for row, told in read]
    wrong = [pair for pair, ok in zip(read, right, strict=True) if not ok]
    return Score(
        {"right": _share(right)},
        [f"{row['impact']} read as {told.impact} ({told.reason}): {row['text']}" for row, told in wrong],
    )


_PART_HOURS = 3  # a part of the day may be told by any time inside it


def _is_same(told: Moment, wanted: Row) -> bool:
    grain = Grain(wanted["grain"])
    roles = {wanted["role"], *wanted.get("role_accept", [])}
    zones = {wanted["zone"], *wanted.get("zone_accept", [])}
    if told.grain is not grain or told.role not in roles or told.zone not in zones or told.flag != wanted["flag"]:
        return False
    if grain is Grain.PART:
        hours = abs(int(told.t[11:13]) - int(wanted["t"][11:13]))
        return told.t[:10] == wanted["t"][:10] and hours <= _PART_HOURS
    return told.t in {wanted["t"], *wanted.get("t_accept", [])}


def _are_same(told: list[Moment], wanted: list[Row]) -> bool:
    if not wanted or not told:
        return not told and all(one.get("optional") for one in wanted)
    if _is_same(told[0], wanted[0]) and _are_same(told[1:], wanted[1:]):
        return True
    return bool(wanted[0].get("optional")) and _are_same(told, wanted[1:])


def moments(corpus: list[Row]) -> Score:
    """Score the sentences read exactly, and those without moments in which none is found."""
    exact, clean, misread = [], [], []
    for row in corpus:
        at = datetime.fromisoformat(row["reference"])
        told = list(read_moments(row["text"], language=row["language"], reference=at, zone=row["zone"]))
        ok = _are_same(told, row["moments"])
        (exact if row["moments"] else clean).append(ok)
        if not ok:
            misread.append(f"{row['text']!r}: {[(one.t, one.grain, one.role, one.zone, one.flag) for one in told]}")
    return Score({"exact": _share(exact), "clean": _share(clean)}, misread)


def is_accepted(reading: ZoneReading, row: Row) -> bool:
    """Tell whether a reading is one of those that a row accepts, by the rules of its zone."""
    at = datetime.fromisoformat(row["at"])
    for wanted in row["accepted"]:
        if wanted["outcome"] != reading.outcome:
            continue
        if "zone" in wanted and not same_rules(wanted["zone"], reading.zone or "UTC", at):
            continue
        if "offset_min" in wanted and wanted["offset_min"] != reading.offset_min:
            continue
        if all(any(same_rules(zone, c, at) for c in reading.candidates) for zone in wanted.get("candidates", ())):
            return True
    return False


def read_zone_of(row: Row) -> ZoneReading:
    """Read the answer in a row."""
    return read_zone(
        row["text"],
        language=row["language"],
        at=datetime.fromisoformat(row["at"]),
        company_zone=row["company_zone"],
        question=row.get("question", True),
    )


def zones(corpus: list[Row]) -> Score:
    """Score the answers accepted, and those silently wrong: a zone or an offset that is not."""
    read = [(row, read_zone_of(row)) for row in corpus]
    wrong = [(row, told) for row, told in read if not is_accepted(told, row)]
    silent = [told.outcome in {ZoneOutcome.ZONE, ZoneOutcome.OFFSET} for _, told in wrong]
    return Score(
        {"accepted": 1 - len(wrong) / len(read), "silently wrong": sum(silent) / len(read)},
        [
            f"{row['text']!r} read as {told.outcome} {told.zone} {told.offset_min} ({told.reason})"
            for row, told in wrong
        ],
    )


def phones(corpus: list[Row]) -> Score:
    """Score the numbers read, or found to be none."""
    read = [(row, read_phone(row["text"], country=row["country"]) or "invalid") for row in corpus]
    wrong = [f"{row['text']!r} read as {told}" for row, told in read if told.partition(";ext=")[0] != row["phone"]]
    return Score({"exact": 1 - len(wrong) / len(read)}, wrong)


def _seconds(local: str | None, utc: str | None, status: str) -> tuple[str, str, str]:
    """Return what a stamp tells, to the second; of one that is flagged, its clock, or nothing if that is unsure."""
    clock = "" if status == StampStatus.ORDER or local is None else f"{local}:00"[:19]
    return clock, (utc or "")[:19] if status == StampStatus.OK else "", status


def logs(corpus: list[Row]) -> Score:
    """Score the logs of which every stamp is read, or flagged, as wanted."""
    misread = []
    for row in corpus:
        told = read_logs(row["text"], zone=row["zone"], reference=datetime.fromisoformat(row["reference"])).stamps
        got = [_seconds(one.local, one.utc.isoformat(), one.status) for one in told]
        if got != [_seconds(one["local"], one["utc"], one["status"]) for one in row["stamps"]]:
            misread.append(f"{row['text']!r}: {got}")
    return Score({"exact": 1 - len(misread) / len(corpus)}, misread)


def languages(corpus: list[Row]) -> Score:
    """Score the languages read as told."""
    wrong = [row["text"] for row in corpus if read_language(row["text"]) != row["language"]]
    return Score({"right": 1 - len(wrong) / len(corpus)}, wrong)


_MEASURES: dict[str, Callable[[list[Row]], Score]] = {
    "closings": closings,
    "impacts": impacts,
    "moments": moments,
    "zones": zones,
    "phones": phones,
    "logs": logs,
    "language": languages,
}


def main() -> None:
    """Print what every corpus scores; with ``-v``, what is misread too."""
    own = {"moments": ["moments", "moments_negative", "moments_fresh", "moments_fresh_negative"]}
    for kind, measure in _MEASURES.items():
        names = own.get(kind, [kind]) + ([] if kind == "language" else [f"strangers/{kind}", f"held_out/{kind}"])
        names += [f"voices/{kind}"] if kind in {"closings", "impacts"} else []
        for name in names:
            corpus = rows(name)
            score = measure(corpus)
            told = ", ".join(f"{share} {100 * value:.1f} %" for share, value in score.shares.items())
            sys.stdout.write(f"{name} ({len(corpus)}): {told}\n")
            if "-v" in sys.argv and not name.startswith("held_out"):  # whoever sees them may not tune to them
                sys.stdout.writelines(f"    {line}\n" for line in score.misread)


if __name__ == "__main__":
    main()
