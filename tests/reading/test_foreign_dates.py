"""Dates that neighbours write in their own language are read; nothing else is taken for one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.reading.moments import read_foreign_date

SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("desde 12 de março", "2026-03-12"),
        ("12 dezembro", "2025-12-12"),
        ("le 3 juin 2026", "2026-06-03"),
        ("3. Mai", "2026-05-03"),
        ("dal 5 luglio", "2026-07-05"),
    ],
)
def test_a_date_in_another_language_is_its_last_day(text: str, day: str) -> None:
    moment = read_foreign_date(text, reference=SUNDAY, zone="America/Sao_Paulo")
    assert moment is not None
    assert moment.t == day
    assert text[moment.start : moment.end] == moment.text


@pytest.mark.parametrize(
    "text",
    [
        "10 minutos",
        "5 usuarios",
        "hay 20 teléfonos",
        "15 líneas de 2026",
        "troncal 4471",
        "192.168.1.20 mar",
        "3 personas",
        "",
    ],
)
def test_counts_are_no_dates(text: str) -> None:
    assert read_foreign_date(text, reference=SUNDAY, zone="America/Sao_Paulo") is None
