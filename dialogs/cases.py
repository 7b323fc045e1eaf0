"""Cases in words that the engine, the desk and the store share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dialogs.events import File, Language
from dialogs.messages import Grain


class CaseStatus(StrEnum):
    """Whose turn it is. `CLOSE_THE_LOOP`: somebody else has answered and the customer does not know yet."""

    NEW = "new"
    WORKING = "working"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_THIRD_PARTY = "waiting_third_party"
    CLOSE_THE_LOOP = "close_the_loop"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Severity(StrEnum):
    """How grave a case is: `S1` is the gravest."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class LevelKind(StrEnum):
    """What is promised about a case: its first and its next answer, news every so often, and its end."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    UPDATE_EVERY = "update_every"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Promise:
    """Within what time a case of a severity gets its first answer; days and hours count in working time or always."""

    severity: Severity
    days: int
    rest: timedelta
    working: bool


class BreachCause(StrEnum):
    """How a case stood when a promise about it was broken: who was to act."""

    NOBODY = "nobody"
    ABSENT = "absent"
    THIRD_PARTY = "third_party"
    AGENT = "agent"


class Impact(StrEnum):
    """Who is touched by what happened, as the customer says it."""

    NONE = "none"
    ONE_USER = "one_user"
    MANY_USERS = "many_users"
    ALL_DOWN = "all_down"


class LinkKind(StrEnum):
    """How two cases belong together: one has to do with the other, is the same, or goes on after it was closed."""

    RELATED = "related"
    DUPLICATE = "duplicate"
    FOLLOW_UP = "follow_up"


class SurveyState(StrEnum):
    """Where a survey stands: not asked yet, asked, answered, taken back, answered by nobody in time, or never asked."""

    DUE = "due"
    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SKIPPED = "skipped"


class ThirdPartyStatus(StrEnum):
    """Where a third party stands: awaited, has answered, nothing more is expected of it, or it was asked in vain."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Contact(StrEnum):
    """How somebody prefers to be reached: a phone call, or a message where they write."""

    CALL = "call"
    CHAT = "chat"


class ChannelRole(StrEnum):
    """What a channel is for."""

    CUSTOMER = "customer"
    DESK = "desk"
    ESCALATIONS = "escalations"
    DIRECT = "direct"


class ChannelMode(StrEnum):
    """What the assistant takes up in a customer's channel: what mentions it, every message, or it offers to."""

    MENTION = "mention"
    EVERY = "every"
    OFFER = "offer"


class EscalationCause(StrEnum):
    """Why a case climbs: somebody asked for it, or the clock and the settings did. `DRILL` is a test without a case."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BREACH = "breach"
    SURVEY = "survey"
    REOPENED = "reopened"
    DRILL = "drill"


class EscalationState(StrEnum):
    """Where a climb stands.

    `CLIMBING`: a level was alerted and has not acknowledged. `WAITING`: nobody is on duty until later. `SNOOZED`: the
    level put it off. `ACKNOWLEDGED`: somebody took it up, for a while. `UNANSWERED`: the last alarm was given.
    `OVER`: it is not needed any more.
    """

    CLIMBING = "climbing"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    ACKNOWLEDGED = "acknowledged"
    UNANSWERED = "unanswered"
    OVER = "over"


class SkipReason(StrEnum):
    """Why a level was passed over."""

    OUT_OF_HOURS = "out_of_hours"
    ABSENT = "absent"
    UNREACHABLE = "unreachable"


class EventKind(StrEnum):
    """What can stand in the history of a case."""

    FILED = "filed"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    RELEASED = "released"
    REPLIED = "replied"
    NOTED = "noted"
    CUSTOMER_WROTE = "customer_wrote"
    JOINED = "joined"
    STATUS_CHANGED = "status_changed"
    SEVERITY_CONFIRMED = "severity_confirmed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    REMINDED = "reminded"
    NUDGES_SET = "nudges_set"
    CLOSED = "closed"
    FILE_ADDED = "file_added"
    EDITED = "edited"
    DELETED = "deleted"
    REFUSED = "refused"
    LINKED = "linked"
    CORRECTED = "corrected"
    BREACHED = "breached"
    DERIVED = "derived"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    THIRD_PARTY_ENDED = "third_party_ended"
    THIRD_PARTY_MAILED = "third_party_mailed"
    THIRD_PARTY_CHASED = "third_party_chased"
    THIRD_PARTY_AUTOMATIC = "third_party_automatic"
    MAIL_FAILED = "mail_failed"
    UPDATED = "updated"
    CLOSING_WEIGHED = "closing_weighed"
    CLOSING_UNDONE = "closing_undone"
    ESCALATED = "escalated"
    LEVEL_ALERTED = "level_alerted"
    LEVEL_SKIPPED = "level_skipped"
    NOT_DELIVERED = "not_delivered"
    MISSED = "missed"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    ACKNOWLEDGER_REMINDED = "acknowledger_reminded"
    CLIMBED_ON = "climbed_on"
    LAST_ALARM = "last_alarm"
    ESCALATION_OVER = "escalation_over"
    SURVEY_ASKED = "survey_asked"
    SURVEY_ANSWERED = "survey_answered"
    SURVEY_ENDED = "survey_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A moment as the customer told it: their words, and the instant read from them where there is one.

    `zone` is the zone it was read in; `assumed` marks that nobody told that zone.
    """

    text: str
    instant: datetime | None = None
    zone: str = ""
    assumed: bool = False
    grain: Grain = Grain.MINUTE


@dataclass(frozen=True, slots=True)
class ToldZone:
    """The zone of the hours, logs and pictures of a case: an IANA name; `assumed` until somebody tells it."""

    name: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody other than the requester wrote while the case was being told. `person` is their key."""

    person: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a filled intake hands to the desk.

    `severity_reason` is the key of the phrase that says why that severity is proposed. `complete` is false
    where the person asked for somebody before everything was told.
    """

    description: str
    language: Language
    zone: ToldZone
    severity_proposed: Severity
    severity_reason: str
    expected_behaviour: str = ""
    service: str | None = None
    impact: Impact | None = None
    workaround: bool | None = None
    started: Told | None = None
    files: tuple[File, ...] = ()
    phone: str | None = None
    notes: tuple[Remark, ...] = ()
    complete: bool = True
