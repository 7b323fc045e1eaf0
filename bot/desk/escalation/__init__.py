"""Escalation: a case that does not advance goes up level by level until somebody takes it up."""

from __future__ import annotations

from bot.desk.escalation.triggers import escalate

__all__ = ["escalate"]
