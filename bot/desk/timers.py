"""The one table of timers: what comes back when one is due, and what it tells of a case before that."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import home, losing, openers, statuses
from bot.desk.ahead import Planned, TimerKind, of_no_case
from bot.desk.cases import FOLLOW_UP
from bot.desk.escalation import climbing, drill, plan, triggers
from bot.desk.levels import keeping
from bot.desk.replies import held
from bot.desk.survey import asking
from bot.desk.third_parties import letters, news
from bot.turn import Turn
from dialogs.phrases import Voice
from storage.delivery_queue import GIVEN_UP, STANDS
from storage.tables import Case

TIMERS = {
    held.TIMER: TimerKind(held.due, held.held_ahead),
    keeping.TIMER: TimerKind(keeping.level_due, keeping.levels_ahead),
    climbing.TIMER: TimerKind(triggers.due, plan.steps_ahead),
    news.TIMER: TimerKind(news.news_due, news.news_ahead),
    letters.TIMER: TimerKind(letters.chase, letters.chasers_ahead),
    FOLLOW_UP: TimerKind(statuses.follow_up, statuses.follow_up_ahead),
    asking.TIMER: TimerKind(asking.survey_due, asking.survey_ahead),
    drill.TIMER: TimerKind(drill.begin, of_no_case),
    GIVEN_UP: TimerKind(losing.given_up, of_no_case),
    STANDS: TimerKind(openers.opener_stands, of_no_case),
    home.REFRESH: TimerKind(home.refresh, of_no_case),
}
"""Every kind of timer of the desk."""


async def everything_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Return what will happen to a case by itself, in its order."""
    planned = [one for kind in TIMERS.values() for one in await kind.ahead(turn, case, speak)]
    return sorted(planned, key=lambda one: one.at)
