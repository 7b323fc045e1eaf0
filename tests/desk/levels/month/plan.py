"""What happens in the month: which settings hold, who does what when. The same seed plans the same month."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dialogs.cases import Severity

BEGIN = datetime(2026, 10, 26, tzinfo=UTC)
END = BEGIN + timedelta(days=35)
"""The clocks of Miami go back in the first week, and Thanksgiving is in the fifth."""
LAST_FILED = 26
"""On which day of the month the last case is filed, at the latest."""

COMPANIES = {"acme": "ACME", "globex": "Globex", "azteca": "Azteca", "initech": "Initech"}
"""The companies, by the channel of each."""
AGENTS = ("marta", "diego")

_PLACES = """
times.undo = "0 seconds"
survey.enabled = false
channels = [
    { platform = "web", id = "acme", name = "acme", role = "customer", organisation = "ACME" },
    { platform = "web", id = "globex", name = "globex", role = "customer", organisation = "Globex" },
    { platform = "web", id = "azteca", name = "azteca", role = "customer", organisation = "Azteca" },
    { platform = "web", id = "initech", name = "initech", role = "customer", organisation = "Initech" },
    { platform = "web", id = "desk", name = "desk", role = "desk" },
    { platform = "web", id = "escalations", name = "escalations", role = "escalations" },
]
"""
_LIMA = """
[[calendars]]
name = "lima"
zone = "America/Lima"
day = "8 hours"
monday = ["09:00-13:00", "14:00-18:00"]
tuesday = ["09:00-13:00", "14:00-18:00"]
wednesday = ["09:00-13:00", "14:00-18:00"]
thursday = ["09:00-13:00", "14:00-18:00"]
friday = ["09:00-13:00"]
holidays = "PE"
exceptions = [{ date = 2026-11-02, hours = [] }, { date = 2026-11-13, hours = ["10:00-12:00", "15:00-17:30"] }]
"""
_MEXICO = """
[[calendars]]
name = "mexico"
zone = "America/Mexico_City"
day = "9 hours"
monday = ["08:00-17:00"]
tuesday = ["08:00-17:00"]
thursday = ["08:00-17:00"]
friday = ["08:00-17:00"]
saturday = ["09:30-13:45"]
holidays = "MX"
"""
_DESK = """
[[calendars]]
name = "desk"
zone = "America/New_York"
day = "8 hours"
monday = ["09:00-17:00"]
tuesday = ["09:00-17:00"]
wednesday = ["09:00-17:00"]
thursday = ["09:00-17:00"]
friday = ["09:00-17:00"]
"""
_OWN = """
[[service_levels.own]]
organisation = "ACME"
calendar = "lima"
S1 = { first_response = "10 minutes" }
S3 = { first_response = "1 hour", resolution = "2 days" }

[[service_levels.own]]
channel = "web:globex"
S2 = { first_response = "20 minutes", update_every = "4 hours", hours = "working" }

[[service_levels.own]]
organisation = "Azteca"
calendar = "mexico"
third_party_pauses = true
"""
_FLORIDA = 'holidays = "US-FL"\n'
_CHANGED = 'saturday = ["10:00-13:30"]\nexceptions = [{ date = 2026-11-06, hours = [] }]\n'
_STRICTER = '[service_levels]\nwarn_at = [50, 90]\n[service_levels.S2]\nfirst_response = "25 minutes"\n'
_PAUSING = "[service_levels]\nthird_party_pauses = true\n"

SETTINGS = (
    _PLACES + _DESK + _FLORIDA + _LIMA + _MEXICO + _OWN,
    _PLACES + _DESK + _FLORIDA + _CHANGED + _LIMA + _MEXICO + _OWN,  # other hours of the desk
    _PLACES + _STRICTER + _DESK + _CHANGED + _MEXICO,  # nobody has their own any more, nor are there holidays
    _PLACES + _PAUSING + _DESK + _FLORIDA + _LIMA + _MEXICO + _OWN,
)
"""One after another; each brings other promises, calendars, holidays or policies of companies."""

_COMMANDS = (
    ("responder {case} Lo estamos viendo con el operador", 24),
    ("esperar {case} ¿Desde qué número llama?", 10),
    ("mover {case} cliente", 2),
    ("mover {case} en curso", 5),
    ("mover {case} cerrado", 2),
    ('derivar {case} "Carrier X"', 8),
    ('contestó {case} "Carrier X" cambiaron la ruta', 6),
    ('derivar {case} "Carrier X" listo', 2),
    ("novedad {case} Seguimos a la espera del operador", 3),
    ("gravedad {case} S1", 1),
    ("gravedad {case} S2", 3),
    ("gravedad {case} S3", 3),
    ("gravedad {case} S4", 3),
    ("resolver {case} Quedó corregido", 11),
    ("duplicado {case} {other}", 1),
    ("nota {case} lo reviso más tarde", 2),
    ("tomar {case}", 3),
    ("soltar {case}", 2),
    ("asignar {case} @Diego", 2),
    ("deshacer {case}", 2),
    ("recordar {case} off", 1),
    ("ausente", 1),
    ("presente", 2),
)
_WORDS = (
    ("¿Y? ¿Hay alguna novedad?", 14),
    ("Sigue fallando igual que antes", 6),
    ("Gracias, ya funciona", 4),
    ("El router es el del segundo piso", 6),
)
_PACES = {
    Severity.S1: (40, 400, 2_400, 9_000),
    Severity.S2: (40, 1_200, 6_000, 30_000),
    Severity.S3: (40, 4_000, 30_000, 100_000),
    Severity.S4: (40, 9_000, 60_000, 300_000),
}
"""How many seconds there may be between two things in a case."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody does, at an instant: in the channel of a company and about its `case`-th case."""

    at: datetime
    case: int
    company: str
    who: str
    text: str
    severity: Severity | None = None
    """Of a case that is filed by this."""


@lru_cache(maxsize=4)
def plan(seed: int, cases: int) -> tuple[Step, ...]:
    """Return all that people do in the month, in order."""
    chance = random.Random(seed)
    steps = [step for case in range(cases) for step in _case(chance, case, cases)]
    return tuple(sorted((step for step in steps if step.at < END), key=lambda step: (step.at, step.case)))


def _case(chance: random.Random, case: int, cases: int) -> Iterator[Step]:
    at = BEGIN + timedelta(seconds=chance.randrange(LAST_FILED * 86_400))
    company = chance.choice(list(COMPANIES))
    severity = chance.choices(list(Severity), (1, 3, 5, 4))[0]
    yield Step(at, case, company, "ana", "No tenemos tono", severity)
    for _ in range(chance.randint(1, 8)):
        at += timedelta(seconds=chance.choice(_PACES[severity]) * chance.uniform(0.2, 1.5) // 1)
        if chance.random() < 0.3:
            words, weights = zip(*_WORDS, strict=True)
            yield Step(at, case, company, "ana", chance.choices(words, weights)[0])
        else:
            texts, weights = zip(*_COMMANDS, strict=True)
            text = chance.choices(texts, weights)[0].replace("{other}", f"LD-{chance.randint(1, cases)}")
            yield Step(at, case, company, chance.choice(AGENTS), text)
    grave = severity in {Severity.S1, Severity.S2}
    if grave or chance.random() < 0.7:
        ends = ["resolver {case} Listo", "mover {case} cerrado", "esperar {case} ¿Ya?"]
        last = ends[0] if grave else chance.choice(ends)
        yield Step(at + timedelta(hours=chance.choice([1, 3, 30])), case, company, AGENTS[0], last)
