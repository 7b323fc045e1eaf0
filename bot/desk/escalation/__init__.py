"""Escalation: a case that does not advance goes up level by level until somebody takes it up.

`triggers.escalate` is what others call.
"""
