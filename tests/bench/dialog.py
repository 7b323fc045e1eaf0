"""The same eight-question dialog for everything that is measured: a beginning, the answers, and off it goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dialogs.events import Event, Language, Person, Place, Platform, Said

SAID = (
    "new case",
    "calls to mobiles keep dropping",
    "they should last as long as we talk",
    "trunk 4471",
    "several people",
    "no",
    "today at 9:15",
    "Bogotá",
    "+57 301 555 0142",
    "send it",
)
START = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def event(conversation: int, step: int, *, channel: str = "acme") -> Event:
    """Return one message of one customer's dialog."""
    return Event(
        key=f"bench:{conversation}:{step}",
        actor=Person(
            platform=Platform.WEB,
            tenant="acme",
            id=f"customer{conversation}",
            name="Ana Quispe",
            language=Language.ENGLISH,
        ),
        place=Place(platform=Platform.WEB, channel=channel, thread=f"thread{conversation}"),
        at=START + timedelta(seconds=5 * step),
        what=Said(message=f"thread{conversation}" + (f".{step}" if step else ""), text=SAID[step]),
    )
