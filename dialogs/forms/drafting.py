"""From a filled intake form to the draft of a case."""

from __future__ import annotations

from dialogs.cases import Draft, Impact, Told, ToldZone
from dialogs.engine.form import Context
from dialogs.engine.state import Frame
from dialogs.events import Language
from dialogs.forms import evidence
from dialogs.forms.evidence import UNKNOWN
from dialogs.forms.intake import severity_of


def draft_of(frame: Frame, context: Context, language: Language, *, handed_over: bool) -> Draft:
    """Return what the desk files. `handed_over` forms may lack anything, the description included."""

    def told(name: str) -> str | None:
        answer = frame.answers.get(name)
        return answer.value if answer and answer.value and not answer.skipped else None

    severity, reason = severity_of(frame)
    impact, workaround = told("impact"), told("workaround")
    return Draft(
        description=told("description") or "",
        expected_behaviour=told("expected") or "",
        language=language,
        service=told("service"),
        impact=Impact(impact) if impact else None,
        workaround=None if workaround is None else workaround == "yes",
        started=_started(frame, context),
        zone=ToldZone(evidence.zone_of(frame, context), evidence.zone_is_assumed(frame)),
        files=frame.files,
        phone=told("phone"),
        notes=frame.notes,
        severity_proposed=severity,
        severity_reason=reason,
        complete=not handed_over,
    )


def _started(frame: Frame, context: Context) -> Told | None:
    answer = frame.answers.get("started")
    if answer is None or answer.skipped:
        return None
    moment = evidence.told_moment(frame, context)
    if moment is None:
        return Told(text="" if answer.value == UNKNOWN else answer.text, assumed=True)
    return Told(
        text=moment.words,
        instant=moment.instant,
        zone=moment.zone,
        assumed=evidence.start_is_assumed(frame),
        grain=moment.grain,
    )
