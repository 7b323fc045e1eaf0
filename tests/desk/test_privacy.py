"""What is kept of a person can be handed to them, and forgotten; the history of a case stays."""

from __future__ import annotations

import json

from bot.person import erase_person, export_person
from tests.desk.conftest import ACME, ANA, BRUNO, DIEGO, MARTA, Office


async def test_all_that_is_kept_of_a_person_is_handed_over(any_office: Office) -> None:
    office = any_office
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.files(BRUNO, ACME, "Otra cosa")
    await office.says(BRUNO, thread, "a mí también")
    await office.types(MARTA, "teléfono 1")
    told = json.loads(await export_person(office.database, ANA.key, "LD") or "")
    assert told["profile"]["name"] == "Ana Quispe"
    assert [case["number"] for case in told["cases"]] == ["LD-1"]
    assert [event["kind"] for event in told["events"]] == ["filed"]
    assert [look["actor_key"] for look in told["looks"]] == [MARTA.key]
    others = json.loads(await export_person(office.database, BRUNO.key, "LD") or "")
    assert [case["number"] for case in others["cases"]] == ["LD-1", "LD-2"]
    assert await export_person(office.database, "web:acme:nobody", "LD") is None


async def test_a_person_is_forgotten_and_the_history_stays(any_office: Office) -> None:
    office = any_office
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.says(ANA, thread, "sigue igual")
    await office.types(MARTA, "teléfono 1")
    kinds = await office.kinds()
    assert await erase_person(office.database, ANA.key, office.now)
    assert await office.kinds() == kinds
    case, history = await office.case(), await office.history()
    assert ANA.key not in {case.requester_key, *(event.actor_key for event in history)}
    assert case.phone is None
    shown = await office.types(MARTA, "ver 1")
    assert "Ana" not in shown
    assert "Lo reporta: —" in shown
    assert await office.types(MARTA, "teléfono 1") == "— no ha dado un teléfono."
    assert not await erase_person(office.database, ANA.key, office.now)

    await office.says(ANA, thread, "hola de nuevo")
    assert json.loads(await export_person(office.database, ANA.key, "LD") or "")["profile"]["phone"] is None


async def test_an_agent_who_is_forgotten_stands_in_no_entry_of_a_history(any_office: Office) -> None:
    office = any_office
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "asignar 1 @diego de guardia")
    await office.types(MARTA, "soltar 1")
    assert await erase_person(office.database, DIEGO.key, office.now)
    kept = json.dumps([event.data for event in await office.history()])
    assert DIEGO.key not in kept
    assert DIEGO.name not in kept
    assert "de guardia" in kept
    assert "Marta Rivas asignó el caso —: «de guardia»" in await office.types(MARTA, "ver 1")
