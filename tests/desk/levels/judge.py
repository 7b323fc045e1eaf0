"""Somebody slow who judges a case by its exported history and the numbers of the settings alone.

What a history means is written down here a second time, and all is worked out anew after each thing that happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.desk.levels.numbers import KINDS, Rules, reach, rules_of

DONE = {"resolved", "closed"}

Entry = Mapping[str, Any]


@dataclass
class Judged:
    """A promise as it stands after part of a history. Instants are seconds since 1970."""

    kind: str
    number: int
    started: int
    severity: str
    met: int | None = None
    dropped: int | None = None
    pauses: list[tuple[int, int | None]] = field(default_factory=list)
    moments: list[tuple[int, int]] = field(default_factory=list)
    due: int | None = None

    @property
    def ended(self) -> int | None:
        return self.dropped if self.met is None else self.met

    @property
    def resting(self) -> bool:
        """Tell whether it stands still: then nobody is warned of it."""
        return self.ended is None and bool(self.pauses) and self.pauses[-1][1] is None

    def stage(self, now: int) -> int:
        if self.ended is not None:
            return 100 if self.due is not None and self.due < self.ended else 0
        return max((stage for stage, at in self.moments if at <= now), default=0)


class Story:
    """A history, and what each entry of it means."""

    def __init__(self, entries: Sequence[Entry], proposed: str) -> None:
        self.entries, self.proposed = entries, proposed
        self.at = [seconds_of(entry["at"]) for entry in entries]
        self.status = ["new"]
        for entry in entries:
            self.status.append(entry["to"] if entry["kind"] == "status_changed" else self.status[-1])
        by_people = [number for number, entry in enumerate(entries) if entry["platform"] != "desk"]
        words = [
            number for number in by_people if entries[number]["kind"] == "resolved" and entries[number].get("text")
        ]
        replies = [number for number in by_people if entries[number]["kind"] == "replied"]
        self.answers = sorted(words + replies)
        self.news = sorted(replies + self._of("derived", "updated"))
        self.wrote = self._of("customer_wrote")
        self.ends = self._entering(DONE)
        self.again = self._leaving(DONE)

    def _of(self, *kinds: str) -> list[int]:
        return [number for number, entry in enumerate(self.entries) if entry["kind"] in kinds]

    def _entering(self, statuses: set[str]) -> list[int]:
        pairs = enumerate(zip(self.status, self.status[1:], strict=False))
        return [number for number, (before, after) in pairs if before not in statuses and after in statuses]

    def _leaving(self, statuses: set[str]) -> list[int]:
        pairs = enumerate(zip(self.status, self.status[1:], strict=False))
        return [number for number, (before, after) in pairs if before in statuses and after not in statuses]

    def _open(self, number: int) -> bool:
        return self.status[number] not in DONE

    def periods(self, kind: str) -> Iterator[tuple[int, int | None]]:
        """Yield the entries by which each promise of a kind begins and ends."""

        def first(after: int, *among: Sequence[int]) -> int | None:
            return min((number for one in among for number in one if number > after), default=None)

        if not self.entries:
            return
        match kind:
            case "first_response":
                yield 0, first(0, self.answers, self.ends)
            case "resolution":
                yield from ((since, first(since, self.ends)) for since in (0, *self.again))
            case "update_every":
                told = [number for number in self.again if any(news < number for news in (*self.news, *self.answers))]
                starts = sorted([number for number in self.news if self._open(number)] + told)
                yield from self._apart(starts, lambda since: first(since, self.news, self.answers, self.ends))
            case "next_response":
                yield from self._next_responses(first)

    def _next_responses(self, first: Any) -> Iterator[tuple[int, int | None]]:
        greeted = first(0, self.answers, self.ends)
        unread = [again for again in self.again if self._unread(again)]
        told = self._entering({"close_the_loop"})
        asked = [number for number in self.wrote if self._open(number)]
        starts = [one for one in sorted({*asked, *unread, *told}) if greeted is not None and one > greeted]

        def end(since: int) -> int | None:
            left = first(since, self._leaving({"close_the_loop"}))
            alone = since in told and since not in unread and not any(since < one < (left or one + 1) for one in asked)
            return first(since, self.answers, self.ends, [left] if alone and left is not None else [])

        yield from self._apart(starts, end)

    def _unread(self, again: int) -> bool:
        """Tell whether the customer wrote after a resolution and nobody answered before the case went on."""
        resolved = max(number for number in self.ends if number < again)
        wrote = [number for number in self.wrote if resolved < number < again]
        return bool(wrote) and not any(wrote[-1] < number < again for number in self.answers)

    @staticmethod
    def _apart(starts: Sequence[int], end: Any) -> Iterator[tuple[int, int | None]]:
        last: int | None = -1
        for since in starts:
            if last is not None and last <= since:
                last = end(since)
                yield since, last

    def pauses(self, kind: str, since: int, until: int | None, rules: Rules) -> list[tuple[int, int | None]]:
        """Return when a promise stood still between its ends."""
        statuses = {"waiting_customer"} if kind in {"update_every", "resolution"} else set[str]()
        if kind == "resolution" and rules.third_party_pauses:
            statuses |= {"waiting_third_party"}
        found, before = [], self.at[since]
        ended = None if until is None else self.at[until]
        for status in sorted(statuses):
            for begun in self._entering({status}):
                left = min((number for number in self._leaving({status}) if number > begun), default=None)
                begins = max(self.at[begun], before)
                ends = None if left is None else self.at[left]
                if ended is not None:
                    ends = ended if ends is None else min(ends, ended)
                if ends is None or begins < ends:
                    found.append((begins, ends))
        return sorted(found)

    def severity(self, until: int | None) -> str:
        """Return the severity in force at an entry, or now."""
        told = [number for number in self._of("severity_confirmed") if until is None or number <= until]
        return self.entries[told[-1]]["severity"] if told else self.proposed


def judge(
    entries: Sequence[Entry], proposed: str, rules: Rules, facts: Container[tuple[str, int]] = ()
) -> list[Judged]:
    """Return the promises of a history that are no `facts` yet, by the rules of now."""
    story, found = Story(entries, proposed), []
    for kind in KINDS:
        for number, (since, until) in enumerate(story.periods(kind), 1):
            if (kind, number) in facts:
                continue
            severity = story.severity(until)
            target = rules.seconds[severity][kind]
            stages = (*sorted(rules.warn_at), 100)
            one = Judged(kind, number, story.at[since], severity, pauses=story.pauses(kind, since, until, rules))
            if until is not None:
                kept = until in story.ends if kind == "resolution" else until in (*story.answers, *story.news)
                one.met, one.dropped = (story.at[until], None) if kept else (None, story.at[until])
            opening = None if severity in rules.around_the_clock else rules.opening
            wanted = tuple(target * stage // 100 for stage in stages)
            moments = reach(one.started, wanted, opening, tuple(one.pauses))
            one.moments = [(stage, at) for stage, at in zip(stages, moments, strict=True) if at is not None]
            one.due = moments[-1]
            found.append(one)
    return found


@dataclass(frozen=True)
class Era:
    """From when on which settings hold, and until when before that nobody was there."""

    since: int
    source: str
    down_since: int


@dataclass
class Verdict:
    """What became of the promises of a case: as each stands, when each was broken, and what was told of it when."""

    levels: dict[tuple[str, int], Judged] = field(default_factory=dict)
    broken: dict[tuple[str, int], bool] = field(default_factory=dict)
    breaches: list[tuple[str, int, int, int]] = field(default_factory=list)
    told: list[tuple[str, int, int]] = field(default_factory=list)


def follow(case: Mapping[str, Any], eras: Sequence[Era], until: int) -> Verdict:
    """Go through the month of a case, thing by thing, and say what should have come of it."""
    entries = [entry for entry in case["history"] if entry["kind"] != "breached"]
    proposed, company = case["severity"]["proposed"], case["organisation"] or ""
    points = _points(entries, eras)
    verdict, highest = Verdict(), Counter[tuple[str, int]]()
    for (point, known), following in zip(points, [*(at for at, _ in points[1:]), until + 1], strict=True):
        rules = rules_of([era for era in eras if era.since <= point][-1].source, company)
        facts = {key for key, one in verdict.levels.items() if one.ended is not None}
        running = judge(entries[:known], proposed, rules, facts)
        for one in running:
            key = (one.kind, one.number)
            verdict.levels[key] = one
            highest[key] = min(highest[key], one.stage(point))
        for now in [point, *_seen(running, eras, point, following)]:
            for one in running:
                key, stage = (one.kind, one.number), one.stage(now)
                broken = stage == 100
                if broken and not verdict.broken.get(key):
                    assert one.due is not None
                    verdict.breaches.append((one.kind, one.number, one.due, now))
                verdict.broken[key] = broken
                if stage > highest[key] and (stage == 100 or not one.resting):
                    highest[key] = stage
                    verdict.told.append((one.kind, stage, now))
    return verdict


def _points(entries: Sequence[Entry], eras: Sequence[Era]) -> list[tuple[int, int]]:
    """Return when a case was looked at, and how many of its entries there were by then.

    What one person did is one turn. News of the assistant are another, be it in the same second.
    """
    at = [seconds_of(entry["at"]) for entry in entries]
    back = {era.since for era in eras}
    ends = [
        number
        for number in range(1, len(at) + 1)
        if number == len(at)
        or at[number] != at[number - 1]
        or (entries[number]["kind"] == "updated" and at[number] not in back)
    ]
    looked = {(since, sum(one <= since for one in at)) for since in back if since > at[0]}
    return sorted({(at[number - 1], number) for number in ends} | looked)


def _seen(running: Sequence[Judged], eras: Sequence[Era], point: int, following: int) -> list[int]:
    """Return when the moments of some promises are noticed, before the next thing happens."""
    moments = {at for one in running if one.ended is None for _, at in one.moments if at > point}
    noticed = set()
    for at in moments:
        back = [era.since for era in eras if era.down_since <= at < era.since]
        noticed.add(max(back, default=at))
    return sorted(at for at in noticed if at < following)


def seconds_of(text: str) -> int:
    """Return an exported instant in seconds since 1970."""
    seconds = datetime.fromisoformat(text).timestamp()
    assert seconds == int(seconds), text
    return int(seconds)
