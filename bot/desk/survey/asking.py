"""When a survey is asked, taken back, asked again and ended; and how it reads at each moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.desk.ahead import Planned, planned_at
from bot.desk.cases import RESOLVED, UNDONE, lock_case, record
from bot.desk.levels.clocks import DONE
from bot.desk.places import CaseThreads, number_of
from bot.turn import Turn
from dialogs.cases import EventKind, SurveyState
from dialogs.events import TimerFired
from dialogs.messages import Block, Button, Code, Mention, Paragraph
from dialogs.phrases import Value, Voice
from dialogs.reading.ratings import SCALE
from storage.tables import Case, Survey
from storage.timer_queue import CLOCK

TIMER = "survey"
"""The kind of the timer of a survey; its subject is the case's number, its fence the step and the survey's id."""
RATE, COMMENT = "survey.rate", "survey.comment"
"""How the names of the buttons begin: `survey.rate.4` gives a mark, `survey.comment` opens the form for more."""

_ASK, _END = "ask", "end"
_OPEN = frozenset({SurveyState.DUE, SurveyState.ASKED})
_LOW = 2


def question_ref(survey: Survey) -> str:
    """Return the name of the message in the customer's thread that a survey is."""
    return f"survey:{survey.id}"


async def latest(turn: Turn, case: Case) -> Survey | None:
    """Return the survey about the latest resolution of a case that had one."""
    surveys = await turn.unit.surveys.of_case(number_of(case))
    return surveys[-1] if surveys else None


async def follow(turn: Turn, case: Case, reason: str) -> None:
    """Let the survey follow its case, which has another status for that reason.

    An agent's resolution brings one; silence and duplicates do not. Reopening takes it back, undoing that restores it.
    """
    survey = await latest(turn, case)
    if case.status not in DONE:
        if survey is not None and survey.state in _OPEN:
            await _withdraw(turn, case, survey)
    elif reason == RESOLVED:
        await _plan(turn, case)
    elif reason == UNDONE and survey is not None and survey.state is SurveyState.WITHDRAWN:
        await _restore(turn, case, survey)


async def _plan(turn: Turn, case: Case) -> None:
    agent = turn.event.actor.key
    if not turn.settings.survey.enabled or agent == case.requester_key:
        return
    survey = Survey(
        case_number=number_of(case),
        organisation_id=case.organisation_id,
        requester_key=case.requester_key,
        agent_key=agent,
        resolved_at=turn.now,
    )
    await turn.unit.surveys.add(survey)
    await _set(turn, case, survey, _ASK, turn.settings.survey.after)


async def _set(turn: Turn, case: Case, survey: Survey, step: str, after: timedelta) -> None:
    place = (await CaseThreads.of(turn, case)).customer
    turn.set_timer(TIMER, str(case.number), fence=f"{step}:{survey.id}", after=max(after, timedelta()), place=place)


async def _withdraw(turn: Turn, case: Case, survey: Survey) -> None:
    survey.state = SurveyState.WITHDRAWN
    turn.cancel_timer(TIMER, str(case.number))
    if survey.asked_at is not None:
        record(turn, case, EventKind.SURVEY_ENDED, by=CLOCK.key, survey=survey.id, reason=survey.state)
        await show(turn, case, survey)


async def _restore(turn: Turn, case: Case, survey: Survey) -> None:
    times = turn.settings.survey
    if survey.asked_at is None:
        survey.state = SurveyState.DUE
        await _set(turn, case, survey, _ASK, survey.resolved_at + times.after - turn.now)
    else:
        survey.state = SurveyState.ASKED
        record(turn, case, EventKind.SURVEY_ASKED, by=CLOCK.key, survey=survey.id)
        await _set(turn, case, survey, _END, survey.asked_at + times.answered_within - turn.now)
        await show(turn, case, survey)


async def survey_due(turn: Turn, what: TimerFired) -> None:
    """Ask what it is time to ask, or end what nobody has answered in time."""
    step, _, survey_id = what.fence.partition(":")
    case = await lock_case(turn, int(what.subject))
    survey = await turn.unit.surveys.lock(int(survey_id))
    if case is None or survey is None:
        return
    if step == _ASK and survey.state is SurveyState.DUE and case.status in DONE:
        since = turn.now - turn.settings.survey.apart
        if await turn.unit.surveys.asked_since(survey.requester_key, since):
            _end(turn, case, survey, SurveyState.SKIPPED)
        else:
            await ask(turn, case, survey)
    elif step == _END and survey.state is SurveyState.ASKED:
        _end(turn, case, survey, SurveyState.EXPIRED)
        await show(turn, case, survey)
    elif step == _END and survey.state is SurveyState.ANSWERED:
        await show(turn, case, survey)


async def survey_ahead(turn: Turn, case: Case, speak: Voice) -> Sequence[Planned]:
    """Tell when the customer is asked what they think of a resolution, or that ends."""
    timer = await planned_at(turn, TIMER, str(case.number))
    if timer is None:
        return ()
    step, _, _ = timer[1].partition(":")
    return (Planned(timer[0], speak.spans(f"ahead.survey.{step}")),)


def _end(turn: Turn, case: Case, survey: Survey, state: SurveyState) -> None:
    survey.state = state
    record(turn, case, EventKind.SURVEY_ENDED, by=CLOCK.key, survey=survey.id, reason=state)


async def ask(turn: Turn, case: Case, survey: Survey) -> None:
    """Ask the requester for a mark."""
    survey.state, survey.asked_at = SurveyState.ASKED, turn.now
    record(turn, case, EventKind.SURVEY_ASKED, by=CLOCK.key, survey=survey.id)
    await _set(turn, case, survey, _END, turn.settings.survey.answered_within)
    await repeat(turn, case, survey)


async def repeat(turn: Turn, case: Case, survey: Survey) -> None:
    """Show a survey in a new message, which takes the place of the earlier one."""
    threads = await CaseThreads.of(turn, case)
    block, controls = await _drawn(turn, survey, threads)
    threads.tell_customer(block, controls=controls, ref=question_ref(survey))


async def show(turn: Turn, case: Case, survey: Survey) -> None:
    """Bring the message of a survey up to date."""
    threads = await CaseThreads.of(turn, case)
    block, controls = await _drawn(turn, survey, threads)
    threads.retell_customer(question_ref(survey), block, controls=controls)


def is_open(turn: Turn, survey: Survey) -> bool:
    """Tell whether a survey that was asked may still be answered, or its answer added to."""
    asked = survey.asked_at
    return asked is not None and turn.now < asked + turn.settings.survey.answered_within


async def _drawn(turn: Turn, survey: Survey, threads: CaseThreads) -> tuple[Block, tuple[Button, ...]]:
    speak, name, value = threads.to_customer, Code(threads.name), str(survey.id)
    match survey.state:
        case SurveyState.ASKED:
            person = await turn.unit.people.get(survey.requester_key)
            who = Mention(survey.requester_key, person.name if person else "")
            marks = tuple(Button(name=f"{RATE}.{score}", label=str(score), value=value) for score in SCALE)
            return Paragraph(speak.spans("survey.ask", who=who, case=name)), marks
        case SurveyState.ANSWERED:
            assert survey.score is not None, "an answer is a mark"
            tone = "low" if survey.score <= _LOW else "high"
            told: dict[str, Value] = {"name": await _answerer(turn, survey), "case": name, "score": survey.score}
            if not is_open(turn, survey) or (survey.comment and survey.improvement):
                return Paragraph(speak.spans(f"survey.complete.{tone}", **told)), ()
            more = Button(name=COMMENT, label=speak("survey.button.comment"), value=value, opens=True)
            step = "commented" if survey.comment else "rated"
            return Paragraph(speak.spans(f"survey.{step}.{tone}", **told)), (more,)
        case _:
            return Paragraph(speak.spans(f"survey.{survey.state}", case=name)), ()


async def _answerer(turn: Turn, survey: Survey) -> str:
    person = await turn.unit.people.get(survey.answered_by or "")
    return person.name.partition(" ")[0] if person else ""
