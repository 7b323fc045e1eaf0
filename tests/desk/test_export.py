"""What leaves the house for other programs."""

from __future__ import annotations

import json

from bot.export import export_lines
from tests.desk.conftest import ACME, ANA, LOG, MARTA, Office


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
