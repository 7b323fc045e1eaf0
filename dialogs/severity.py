"""The severity that the facts propose. Neutral: it hears how many and whether there is a way around, no tone."""

from __future__ import annotations

from dialogs.cases import Impact, Severity

_PROPOSALS = {
    (Impact.ALL_DOWN, False): Severity.S1,
    (Impact.ALL_DOWN, True): Severity.S2,
    (Impact.MANY_USERS, False): Severity.S2,
    (Impact.MANY_USERS, True): Severity.S3,
    (Impact.ONE_USER, False): Severity.S3,
    (Impact.ONE_USER, True): Severity.S4,
}


def propose_severity(impact: Impact | None, *, workaround: bool | None) -> tuple[Severity, str]:
    """Return the severity that the facts propose, and the key of the phrase that says why.

    Who has not said whether there is a way around is taken to have none. Nobody affected yet is S4; where nobody
    told who is affected it is S3, neither first nor last. An analyst confirms every proposal.
    """
    if impact is None:
        return Severity.S3, "severity.because.untold"
    if impact is Impact.NONE:
        return Severity.S4, "severity.because.none"
    known = {True: "workaround", False: "no_workaround", None: "untold"}[workaround]
    return _PROPOSALS[impact, bool(workaround)], f"severity.because.{impact}.{known}"
