"""What leaves the house for other programs."""

from __future__ import annotations

import json

from bot.desk.export import export_case
from bot.export import export_lines
from tests.desk.conftest import ACME, ANA, BRUNO, DIEGO, LOG, MARTA, Office


async def test_a_case_as_json(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", files=(LOG,))
    await office.types(MARTA, "gravedad 1 S1 todo caído")
    await office.says(ANA, thread, "sigue igual")
    (line,) = [line async for line in export_lines(office.database, "LD")]
    case = json.loads(line)
    history = case.pop("history")
    assert {level["kind"]: level["due_at"] for level in case.pop("service_levels")} == {
        "first_response": "2026-03-03T15:15:00Z",
        "resolution": "2026-03-03T19:00:00Z",
    }
    assert case == {
        "number": "LD-1",
        "status": "new",
        "organisation": "ACME",
        "requester": {"key": ANA.key, "name": "Ana Quispe"},
        "assignee": None,
        "participants": [],
        "links": [],
        "closings": [],
        "surveys": [],
        "escalations": [],
        "language": "es",
        "description": "Sin tono",
        "expected_behaviour": "Llamadas sin cortes",
        "service": None,
        "impact": "many_users",
        "severity": {"proposed": "S2", "confirmed": "S1"},
        "started": {"text": "a las 9", "instant": "2026-03-03T14:00:00Z", "zone": "America/Lima", "assumed": False},
        "zone": {"name": "America/Lima", "assumed": False},
        "files": [
            {
                "id": "f1",
                "name": "router.log",
                "media_type": "text/plain",
                "size": 12,
                "sha256": "ab",
                "problem": None,
            }
        ],
        "third_parties": [],
        "created_at": "2026-03-03T15:00:00Z",
    }
    assert [(entry["kind"], entry["actor"]) for entry in history] == [
        ("filed", ANA.key),
        ("file_added", ANA.key),
        ("severity_confirmed", MARTA.key),
        ("customer_wrote", ANA.key),
    ]
    assert history[2]["reason"] == "todo caído"
    assert history[3] | {"at": ""} == {
        "at": "",
        "kind": "customer_wrote",
        "actor": ANA.key,
        "platform": "web",
        "text": "sigue igual",
        "files": [],
        "message": history[3]["message"],
    }


async def test_a_case_that_has_seen_much_is_told_whole(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.files(ANA, ACME, "Tampoco hay tono")
    await office.says(BRUNO, thread, "a mí también")
    await office.waits(60)
    await office.types(MARTA, "asignar 1 @diego está de guardia")
    await office.types(MARTA, 'derivar 1 "Carrier X" TT-991')
    await office.types(MARTA, "contestó 1 Cambiaron la tarjeta.")
    await office.types(DIEGO, "wait 1 Is it back?", command="case")
    await office.waits(30)
    await office.says(ANA, thread, "sí, ya volvió")
    await office.types(MARTA, "gravedad 1 s3 ya solo son dos")
    await office.types(MARTA, "vincular 1 LD-2")
    await office.types(MARTA, "mover 1 cerrado por error de doble registro")
    async with office.database.unit() as unit:
        row = await unit.cases.get(1)
        assert row is not None
        case = await export_case(unit, row, "LD")
    assert (case["status"], case["assignee"]) == ("closed", {"key": DIEGO.key, "name": "Diego Salas"})
    assert case["participants"] == [{"key": BRUNO.key, "name": "Bruno Paz"}]
    assert case["links"] == [{"number": "LD-2", "kind": "related", "incoming": False}]
    (party,) = case["third_parties"]
    assert (party["name"], party["reference"], party["status"]) == ("Carrier X", "TT-991", "answered")
    levels = {level["kind"]: level for level in case["service_levels"]}
    first, resolution = levels["first_response"], levels["resolution"]
    assert first["breached_at"] == first["due_at"]
    assert first["due_at"] < (first["met_at"] or "")
    assert [bool(since and until) for since, until in resolution["paused"]] == [True]
    for entry in case["history"]:
        assert {"at", "kind", "actor", "platform"} <= entry.keys()
    reasons = [
        entry["reason"] for entry in case["history"] if entry["kind"] in {"status_changed", "severity_confirmed"}
    ]
    assert all(reasons)
    assert "ya solo son dos" in reasons
    assert "por error de doble registro" in reasons
    (given,) = [entry for entry in case["history"] if entry["kind"] == "assigned"]
    assert (given["actor"], given["to"], given["text"]) == (MARTA.key, DIEGO.key, "está de guardia")
