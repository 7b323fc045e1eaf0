"""What a tab needs to know before it shows anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.web.acts import EMOJI
from adapters.web.chrome import chrome
from adapters.web.people import Completions, WebChannel, WebPerson
from dialogs.events import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything around the posts. `advance` moves the desk's clock, where it can be moved."""

    people: Mapping[str, WebPerson]
    channels: Mapping[str, WebChannel]
    completions: Completions
    assistant: str
    zone: str
    max_megabytes: int
    now: Callable[[], datetime]
    advance: Callable[[timedelta], Awaitable[None]] | None


def people_json(surroundings: Surroundings) -> list[dict[str, Any]]:
    """Return who can be chosen."""
    return [
        {"id": person.id, "name": person.name, "company": person.company, "language": person.language}
        for person in surroundings.people.values()
    ]


def view_json(surroundings: Surroundings, person: WebPerson) -> dict[str, Any]:
    """Return what one person's tab shows around the posts, in the language they chose."""
    channels = [surroundings.channels[channel] for channel in person.channels]
    names = {
        other.id: {"name": other.name, "company": other.company, "staff": other.staff}
        for other in surroundings.people.values()
        if set(other.channels) & set(person.channels)
    }
    return {
        "person": {"id": person.id, "name": person.name, "company": person.company, "zone": person.zone},
        "names": names,
        "assistant": surroundings.assistant,
        "channels": [asdict(channel) for channel in channels],
        "completions": [asdict(line) for line in surroundings.completions(person, person.language)],
        "emoji": EMOJI,
        "phrases": chrome(person.language),
        "languages": list(Language),
        "language": person.language,
        "clock": {"zone": surroundings.zone, "movable": surroundings.advance is not None},
        "max_megabytes": surroundings.max_megabytes,
    }
