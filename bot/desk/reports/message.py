"""A report as a short table, and as a sheet for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from babel.numbers import format_decimal

from bot.desk.card import shorten
from bot.desk.levels.policy import Policy
from bot.desk.reports.figures import DAY, Alerted, Figures, Opinion, Opinions, Speed
from bot.desk.reports.wording import age_names, time_text
from dialogs.cases import BreachCause, LevelKind
from dialogs.events import File
from dialogs.messages import Attachments, Bullets, Code, Fields, Heading, Message, Plain, Row, Spans
from dialogs.phrases import Voice

SHOWN_OPINIONS = 5
OPINION_LENGTH = 160


def told(
    figures: Figures, policy: Policy, title: str, files: tuple[File, ...], *, prefix: str, speak: Voice
) -> Message:
    """Return the message that goes with the picture and the sheet."""
    rows = tuple(Row(label, (Plain(text),)) for label, text in _rows(figures, policy, speak))
    words = [one for one in figures.survey.answers if one.text][:SHOWN_OPINIONS]
    opinions = (Bullets(tuple(_opinion(one, prefix) for one in words)),) if words else ()
    return Message(blocks=(Heading(title), Fields(rows), *opinions, Attachments(files)), language=speak.language)


def _opinion(opinion: Opinion, prefix: str) -> Spans:
    who = f" — {opinion.name}" if opinion.name else ""
    return (
        Plain(f"{opinion.score}/5 · "),
        Code(f"{prefix}-{opinion.case_number}"),
        Plain(f" · «{shorten(opinion.text, OPINION_LENGTH)}»{who}"),
    )


def _rows(figures: Figures, policy: Policy, speak: Voice) -> Iterator[tuple[str, str]]:
    opened, resolved = sum(figures.opened.values()), sum(figures.resolved.values())
    yield (
        speak("report.cases"),
        speak("report.cases.told", opened=opened, resolved=resolved, reopened=figures.reopened),
    )
    ages = [f"{name}: {number}" for name, number in zip(age_names(speak), figures.backlog, strict=True) if number]
    yield speak("report.backlog"), " · ".join([str(sum(figures.backlog)), *ages])
    for speed in figures.speeds:
        yield f"{speak(f'report.kind.{speed.kind}')} · {speed.severity}", _speed(speed, policy, speak)
    if figures.breaches:
        yield speak("report.breaches"), _breaches(figures, speak)
    for alerted in figures.escalations:
        yield speak("report.escalated", level=alerted.level), _alerted(alerted, speak)
    if (mean := figures.survey.mean) is not None:
        yield speak("report.survey"), _survey(figures.survey, mean, speak)
    if waiting := figures.third_parties:
        half, total = (time_text(time, DAY, speak) for time in (waiting.half, waiting.total))
        yield speak("report.third_parties"), speak("report.third_parties.told", n=waiting.count, half=half, total=total)
    if figures.severities:
        yield (
            speak("report.severities"),
            speak("report.severities.told", n=sum(figures.severities.values()), differing=figures.differing),
        )


def _speed(speed: Speed, policy: Policy, speak: Voice) -> str:
    day = policy.calendar.day if policy.in_working_time(speed.severity) else DAY
    half, most, target = (time_text(time, day, speak) for time in (speed.half, speed.most, speed.target))
    share = round(100 * speed.in_time / speed.count)
    return speak("report.speed", half=half, most=most, target=target, share=share, count=speed.count)


def _alerted(alerted: Alerted, speak: Voice) -> str:
    told = speak("report.alerts", n=alerted.count)
    if alerted.half is None:
        return f"{told} · {speak('report.alerts.none')}"
    half = time_text(alerted.half, DAY, speak)
    return f"{told} · {speak('report.alerts.half', count=alerted.acknowledged, half=half)}"


def _survey(survey: Opinions, mean: float, speak: Voice) -> str:
    scores = " · ".join(f"{score}: {count}" for score, count in survey.scores.items() if count)
    rounded = format_decimal(mean, "0.0", locale=speak.language.value)
    return speak("report.survey.told", mean=rounded, answered=len(survey.answers), asked=survey.asked, scores=scores)


def _breaches(figures: Figures, speak: Voice) -> str:
    by_kind = {kind: sum(figures.breaches.get((kind, cause), 0) for cause in BreachCause) for kind in LevelKind}
    by_cause = {cause: sum(figures.breaches.get((kind, cause), 0) for kind in LevelKind) for cause in BreachCause}
    kinds = [f"{speak(f'report.kind.{kind}')}: {count}" for kind, count in by_kind.items() if count]
    causes = [f"{speak(f'report.cause.{cause}')}: {count}" for cause, count in by_cause.items() if count]
    return f"{' · '.join(kinds)} ({', '.join(causes)})"


def sheet(figures: Figures, prefix: str) -> bytes:
    """Return all figures as CSV in UTF-8: `figure`, what it is `of`, its `value` and the value's `unit`.

    `prefix` is what the number of a case begins with.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("figure", "of", "value", "unit"))
    writer.writerows(_lines(figures, prefix))
    return text.getvalue().encode("utf-8")


def _lines(figures: Figures, prefix: str) -> Iterator[tuple[str, str, int, str]]:
    for name, days in (("opened", figures.opened), ("resolved", figures.resolved)):
        yield from ((name, day.isoformat(), count, "cases") for day, count in days.items())
    yield "reopened", "", figures.reopened, "cases"
    for age, count in zip(("<1d", "1-3d", "3-7d", "7-30d", ">30d"), figures.backlog, strict=True):
        yield "backlog", age, count, "cases"
    for speed in figures.speeds:
        of = f"{speed.kind}/{speed.severity}"
        yield "ended", of, speed.count, "promises"
        yield "in_time", of, speed.in_time, "promises"
        for name, time in (("p50", speed.half), ("p90", speed.most), ("target", speed.target)):
            yield name, of, round(time.total_seconds()), "seconds"
    for (kind, cause), count in figures.breaches.items():
        yield "breached", f"{kind}/{cause}", count, "promises"
    for alerted in figures.escalations:
        yield "alerts", alerted.level, alerted.count, "alerts"
        yield "acknowledged", alerted.level, alerted.acknowledged, "alerts"
        if alerted.half is not None:
            yield "acknowledged_p50", alerted.level, round(alerted.half.total_seconds()), "seconds"
    yield "surveys", "", figures.survey.asked, "surveys"
    for opinion in figures.survey.answers:
        yield "score", f"{prefix}-{opinion.case_number}", opinion.score, "1-5"
    if waiting := figures.third_parties:
        yield "third_parties", "", waiting.count, "third parties"
        yield "third_parties_p50", "", round(waiting.half.total_seconds()), "seconds"
        yield "third_parties_total", "", round(waiting.total.total_seconds()), "seconds"
    for (before, after), count in figures.severities.items():
        yield "severity", f"{before}->{after}", count, "cases"
