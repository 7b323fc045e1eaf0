"""The intake form: what a support case must tell, in the order it is asked."""

from __future__ import annotations

from dialogs.cases import Impact, Severity
from dialogs.engine.form import Context, Form
from dialogs.engine.state import Frame
from dialogs.events import File, Language
from dialogs.forms import evidence
from dialogs.forms.contact import PHONE
from dialogs.forms.hours import OCCURRENCE, STARTED, ZONE
from dialogs.forms.story import DESCRIPTION, EXPECTED, IMPACT, SERVICE, WORKAROUND
from dialogs.messages import Plain, Row
from dialogs.phrases import voice
from dialogs.severity import propose_severity
from dialogs.wording import zone_city


def severity_of(frame: Frame) -> tuple[Severity, str]:
    """Return the severity that the answers propose, and the key of the reason."""
    impact, workaround = frame.answers.get("impact"), frame.answers.get("workaround")
    return propose_severity(
        Impact(impact.value) if impact and impact.value else None,
        workaround=workaround.value == "yes" if workaround and workaround.value else None,
    )


def _propose(frame: Frame, context: Context, language: Language) -> tuple[Row, ...]:
    speak = voice(language)
    severity, reason = severity_of(frame)
    rows = [
        Row(
            speak("intake.severity.label"),
            speak.spans("intake.severity.proposed", severity=severity, because=speak(reason)),
        )
    ]
    if "zone" not in frame.answers and evidence.start_is_assumed(frame):
        city = zone_city(evidence.zone_of(frame, context), language, context.home)
        rows.insert(0, Row(speak("intake.zone.label"), speak.spans("wording.assumed", city=city)))
    if frame.files:
        listed = ", ".join(_file_text(file, frame, context, language) for file in frame.files)
        rows.insert(0, Row(speak("intake.files.label"), (Plain(listed),)))
    rows += [Row(speak("intake.note.label", name=note.name), (Plain(note.text),)) for note in frame.notes]
    return tuple(rows)


def _file_text(file: File, frame: Frame, context: Context, language: Language) -> str:
    """Return the name of a file and, where it has hours, which ones and in which zone."""
    hours = evidence.log_hours(file.excerpt, context.home.zone, context.now)
    if hours is None:
        return file.name
    speak, (first, last, told) = voice(language), hours
    city = zone_city(evidence.zone_of(frame, context), language, context.home)
    zone = speak("wording.assumed", city=city) if evidence.zone_is_assumed(frame) else city
    span = first if first == last else f"{first}–{last}"
    return f"{file.name} ({span}, {speak('intake.files.own_zone') if told else zone})"


INTAKE = Form(
    name="intake",
    fields=(DESCRIPTION, EXPECTED, SERVICE, IMPACT, WORKAROUND, STARTED, ZONE, OCCURRENCE, PHONE),
    conclude=_propose,
)
