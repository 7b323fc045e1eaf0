from __future__ import annotations

from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.reading.phones import find_phone, read_phone
from dialogs.timezones import country_of_zone
from tests.reading.corpus import rows


def wanted(row: dict[str, Any]) -> str | None:
    if row["phone"] == "invalid":
        return None
    return f"{row['phone']};ext={row['extension']}" if "extension" in row else row["phone"]


def test_the_corpus_is_read_as_people_would() -> None:
    misread = {row["text"] for row in rows("phones") if read_phone(row["text"], country=row["country"]) != wanted(row)}
    assert misread == set()


def test_the_corpus_has_many_countries_and_many_numbers_that_are_none() -> None:
    assert len(rows("phones")) >= 200
    assert len({row["country"] for row in rows("phones")}) >= 25
    assert sum(row["phone"] == "invalid" for row in rows("phones")) >= 40


def test_a_number_is_found_in_an_opening_message_where_it_stands() -> None:
    text = "Hola, se cayó el servicio desde las 9:15, mi cel es 310 456 7890 ext 12, gracias"
    mention = find_phone(text, country="CO")
    assert mention is not None
    assert mention.phone == "+573104567890;ext=12"
    assert text[mention.start : mention.end] == mention.text == "310 456 7890 ext 12"


@pytest.mark.parametrize(
    "text",
    [
        "el ticket 3104567890 sigue abierto",
        "factura No. 3104567890",
        "desde 2026-01-20 15:04:33 en 190.85.12.44",
        "serial 573104567890",
        "tenemos 300 usuarios y 12 sedes",
    ],
)
def test_other_numbers_in_a_message_are_not_called(text: str) -> None:
    assert find_phone(text, country="CO") is None


def test_a_long_number_without_a_plus_needs_a_word_for_a_telephone_in_a_message() -> None:
    assert find_phone("573104567890 no responde", country="US") is None
    found = find_phone("llamar al 573104567890", country="US")
    assert found is not None
    assert found.phone == "+573104567890"


def test_the_country_comes_from_the_zone() -> None:
    assert country_of_zone("America/Bogota") == "CO"
    assert country_of_zone("America/Argentina/Cordoba") == "AR"
    assert country_of_zone("UTC") is None
    assert read_phone("310 456 7890", country=country_of_zone("America/Bogota")) == "+573104567890"


@given(text=st.text(max_size=60), country=st.sampled_from([None, "CO", "US", "MX", "ES"]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_read_can_be_called(text: str, country: str | None) -> None:
    phone = read_phone(text, country=country)
    assert phone is None or phonenumbers.is_valid_number(phonenumbers.parse(phone.partition(";")[0]))
