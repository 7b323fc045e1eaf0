"""What happens after a case was resolved: how often words open it again, and who is asked what they thought of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.settings.kinds import Duration, Flag, Section


class ClosingSection(Section):
    """How often in a day what a customer writes may open a resolved case again before an agent has to look."""

    reopenings_a_day: Annotated[int, Field(ge=0, le=50)]


class SurveySection(Section):
    """When a customer is asked for their opinion, how often at most, how long they may answer, and who reads names."""

    enabled: Flag
    after: Duration
    apart: Duration
    answered_within: Duration
    anonymous: Flag
