from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.logs import LogReading, StampStatus, read_logs
from dialogs.timezones import get_zone
from tests.reading.corpus import rows

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def read(text: str, *, zone: str = "America/Bogota", reference: datetime = NOW) -> LogReading:
    return read_logs(text, zone=zone, reference=reference)


def as_row(reading: LogReading) -> list[dict[str, Any]]:
    def told(instant: datetime) -> str:
        return instant.isoformat().replace("+00:00", "Z")

    return [
        {
            "local": stamp.local,
            "utc": told(stamp.utc),
            "status": stamp.status,
            "utc_alts": [told(instant) for instant in stamp.utc_alts],
            "grain": stamp.grain,
        }
        for stamp in reading.stamps
    ]


@pytest.mark.parametrize("row", rows("logs"), ids=lambda row: row["id"])
def test_every_stamp_of_the_corpus_is_read_exactly(row: dict[str, Any]) -> None:
    reference = datetime.fromisoformat(row["reference"])
    assert as_row(read(row["text"], zone=row["zone"], reference=reference)) == row["stamps"]


def test_a_log_with_offsets_needs_no_zone() -> None:
    reading = read("2026-11-22T14:15:03Z up\n2026-11-22T14:16:00Z down")
    assert reading.has_offset
    assert not reading.needs_zone


def test_one_stamp_without_an_offset_needs_a_zone() -> None:
    reading = read("2026-11-22T14:15:03Z up\nNov 22 09:16:00 pbx down")
    assert not reading.has_offset
    assert reading.needs_zone


def test_a_log_tells_its_first_and_last_stamp_in_whatever_order_it_stands() -> None:
    reading = read("2026-11-22 09:40:00 b\n2026-11-22 09:12:00 a")
    assert reading.first is not None
    assert reading.last is not None
    assert (reading.first.local[11:16], reading.last.local[11:16]) == ("09:12", "09:40")


def test_a_text_without_stamps_is_neither_with_nor_without_a_zone() -> None:
    reading = read("SIP/2.0 200 OK from 192.168.1.10:5060, version 2.11.22, took 00:05:12")
    assert reading.stamps == ()
    assert (reading.first, reading.has_offset, reading.needs_zone) == (None, False, False)


def test_the_same_hour_twice_is_settled_only_where_the_log_steps_back() -> None:
    before, after = "2026-11-01 00:50:00 a\n2026-11-01 01:50:00 b\n", "2026-11-01 01:55:00 c\n"
    statuses = [stamp.status for stamp in read(before + after, zone="America/New_York").stamps]
    assert statuses == [StampStatus.OK, StampStatus.AMBIGUOUS, StampStatus.AMBIGUOUS]
    stepping = read(before + "2026-11-01 01:05:00 c", zone="America/New_York").stamps
    assert [stamp.status for stamp in stepping[1:]] == [StampStatus.AMBIGUOUS, StampStatus.AMBIGUOUS]
    longer = read(before + "2026-11-01 01:05:00 c\n2026-11-01 02:05:00 d", zone="America/New_York").stamps
    assert [stamp.utc.hour for stamp in longer] == [4, 5, 6, 7]


@given(
    st.sampled_from(["America/New_York", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "America/Bogota"]),
    st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 20)),  # noqa: DTZ001 - a wall clock
)
def test_the_status_says_what_the_clocks_of_the_zone_did(zone: str, wall: datetime) -> None:
    wall = wall.replace(microsecond=0)
    (stamp,) = read(f"{wall.isoformat(sep=' ')} x", zone=zone).stamps
    rules = get_zone(zone)
    shown = {
        instant
        for minutes in range(-14 * 60, 14 * 60 + 1, 30)
        if (instant := wall.replace(tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(rules).replace(tzinfo=None)
        == wall
    }
    expected = {0: StampStatus.NONEXISTENT, 1: StampStatus.OK, 2: StampStatus.AMBIGUOUS}[len(shown)]
    assert stamp.status is expected
    if shown:
        assert stamp.utc == min(shown)
        assert set(stamp.utc_alts) == (shown if len(shown) == 2 else set())


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789:-/. TZ[]\nNovJan"))))
def test_no_text_is_an_error(text: str) -> None:
    for stamp in read(text).stamps:
        assert text[stamp.start : stamp.end] == stamp.text


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["\n", " ", "[", "1:", "1 2 3 ", "09:15:03 x\n", "nov. ", "\n ["])
def test_a_flood_takes_no_longer_than_a_log(piece: str) -> None:
    read(piece * (128 * 1024 // len(piece)))


def test_a_naive_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        read("x", reference=NOW.replace(tzinfo=None))
