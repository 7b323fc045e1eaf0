"""A report as one picture, tall and in large letters: it is read on a phone."""

from __future__ import annotations

import io
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.desk.reports.figures import Figures, Speed
from bot.desk.reports.wording import age_names, day_name
from dialogs.cases import BreachCause, LevelKind
from dialogs.phrases import Voice

BLUE, ORANGE, GREEN, RED, SKY, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#7A7A7A"
"""Colours that the colour-blind tell apart, too (Okabe and Ito, Color Universal Design, 2008)."""

_WIDTH, _PANEL, _DPI = 7.2, 2.9, 150
_INK = "#222222"


def draw(figures: Figures, title: str, speak: Voice) -> bytes:
    """Return the picture as PNG, 1,080 pixels wide. Slow (tenths of a second): to be called in a thread."""
    panels = [_cases, _backlog]
    if figures.speeds:
        panels.append(_in_time)
    if figures.breaches:
        panels.append(_breaches)
    if figures.survey.answers:
        panels.append(_survey)
    figure = Figure(figsize=(_WIDTH, 0.7 + _PANEL * len(panels)), dpi=_DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title, fontsize=17, fontweight="bold", color=_INK, parse_math=False)
    for axis, panel in zip(figure.subplots(len(panels), squeeze=False)[:, 0], panels, strict=True):
        panel(axis, figures, speak)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _plain(axis: Axes, title: str) -> None:
    axis.set_title(title, loc="left", fontsize=14, color=_INK, pad=10)
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=12, colors=_INK, length=0)


def _cases(axis: Axes, figures: Figures, speak: Voice) -> None:
    days = list(figures.opened)
    places = range(len(days))
    bars = ((figures.opened, "opened", BLUE, -0.2, ""), (figures.resolved, "resolved", ORANGE, 0.2, "//"))
    for counts, name, colour, shift, hatch in bars:
        label = f"{speak(f'report.{name}')}: {sum(counts.values())}"
        axis.bar(
            [place + shift for place in places],
            [counts[day] for day in days],
            width=0.4,
            color=colour,
            label=label,
            hatch=hatch,
            edgecolor="white",
        )
    shown = [place for place in places if (len(days) - 1 - place) % max(1, len(days) // 7) == 0]
    axis.set_xticks(shown, [day_name(days[place], speak.language) for place in shown])
    axis.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axis.set_ylim(0, 1.3 * max(1, *figures.opened.values(), *figures.resolved.values()))
    axis.legend(fontsize=12, frameon=False, loc="upper left", ncols=2)
    _plain(axis, speak("report.cases"))


def _bars(axis: Axes, names: Sequence[str], values: Sequence[float], texts: Sequence[str], colours: list[str]) -> None:
    """Draw bars from the left, the first on top, each with its value written at its end."""
    bars = axis.barh(range(len(names)), values, color=colours, height=0.62)
    axis.bar_label(bars, texts, padding=6, fontsize=13, color=_INK)
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    axis.set_xlim(0, max(*values, 1) * 1.25)
    axis.set_xticks([])
    axis.spines["bottom"].set_visible(False)


def _backlog(axis: Axes, figures: Figures, speak: Voice) -> None:
    colours = [SKY, SKY, BLUE, ORANGE, RED]
    _bars(axis, age_names(speak), figures.backlog, [str(number) for number in figures.backlog], colours)
    _plain(axis, speak("report.backlog.title", n=sum(figures.backlog)))


def _in_time(axis: Axes, figures: Figures, speak: Voice) -> None:
    names = [f"{_short(speed, speak)} · {speed.severity}" for speed in figures.speeds]
    shares = [100 * speed.in_time / speed.count for speed in figures.speeds]
    texts = [
        f"{share:.0f} %  ({speed.in_time}/{speed.count})" for share, speed in zip(shares, figures.speeds, strict=True)
    ]
    colours = [BLUE if speed.kind is LevelKind.FIRST_RESPONSE else GREEN for speed in figures.speeds]
    _bars(axis, names, shares, texts, colours)
    axis.set_xlim(0, 140)
    _plain(axis, speak("report.in_time"))


def _short(speed: Speed, speak: Voice) -> str:
    return speak(f"report.kind.{speed.kind}")


def _breaches(axis: Axes, figures: Figures, speak: Voice) -> None:
    kinds = sorted({kind for kind, _ in figures.breaches}, key=list(LevelKind).index)
    looks = {
        BreachCause.AGENT: (BLUE, ""),
        BreachCause.NOBODY: (RED, "//"),
        BreachCause.ABSENT: (ORANGE, ".."),
        BreachCause.THIRD_PARTY: (GREY, "xx"),
    }
    ends = [0] * len(kinds)
    for cause, (colour, hatch) in looks.items():
        counts = [figures.breaches.get((kind, cause), 0) for kind in kinds]
        if any(counts):
            label = f"{speak(f'report.cause.{cause}')}: {sum(counts)}"
            axis.barh(
                range(len(kinds)),
                counts,
                left=ends,
                color=colour,
                label=label,
                height=0.55,
                hatch=hatch,
                edgecolor="white",
            )
            ends = [end + count for end, count in zip(ends, counts, strict=True)]
    axis.set_yticks(range(len(kinds)), [speak(f"report.kind.{kind}") for kind in kinds])
    axis.invert_yaxis()
    axis.set_ylim(len(kinds) - 0.4, -0.6 - 0.4 * len(kinds))
    axis.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axis.legend(fontsize=11, frameon=False, loc="upper left", ncols=2)
    _plain(axis, speak("report.breaches.title", n=sum(figures.breaches.values())))


def _survey(axis: Axes, figures: Figures, speak: Voice) -> None:
    scores = figures.survey.scores
    names = [speak(f"report.score.{score}") for score in scores]
    _bars(
        axis, names, list(scores.values()), [str(count) for count in scores.values()], [GREEN, SKY, GREY, ORANGE, RED]
    )
    _plain(axis, speak("report.survey.title", n=len(figures.survey.answers)))
