from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

SPANISH = {"language": "es"}
WHEN = {"reference": "2026-11-22T20:00:00-05:00", "zone": "America/Bogota"}
WHERE = {"at": "2026-11-22T20:00:00Z", "company_zone": "America/New_York", "question": True}


def ask(kind: str, *lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dialogs.reading", kind],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def answers(kind: str, *questions: dict[str, Any]) -> list[dict[str, Any]]:
    done = ask(kind, *(json.dumps(question, ensure_ascii=False) for question in questions))
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [
        ("zones", {"text": "estoy en Bogotá"} | SPANISH | WHERE, {"outcome": "zone", "zone": "America/Bogota"}),
        ("zones", {"text": "UTC-5"} | SPANISH | WHERE, {"outcome": "offset", "offset_min": -300}),
        ("phones", {"text": "(305) 777-1234 ext 12", "country": "US"}, {"phone": "+13057771234", "extension": "12"}),
        ("phones", {"text": "no tengo", "country": "US"}, {"phone": "invalid", "extension": None}),
        ("closings", {"text": "gracias, pero sigue igual"} | SPANISH, {"label": "still_broken", "reopen": True}),
        ("impacts", {"text": "un detallito: nadie puede llamar"} | SPANISH, {"impact": "all_down"}),
        ("impacts", {"text": "hola"} | SPANISH, {"impact": "none", "reason": "nothing_told"}),
        ("language", {"text": "¿qué pasó?"}, {"language": "es"}),
    ],
)
def test_each_kind_answers(kind: str, question: dict[str, Any], answer: dict[str, Any]) -> None:
    (told,) = answers(kind, {"id": "x"} | question)
    assert told["id"] == "x"
    assert answer.items() <= told.items()


def test_moments_are_told_with_their_place() -> None:
    (told,) = answers("moments", {"id": 1, "text": "sin tono desde ayer a las 3 de la tarde"} | SPANISH | WHEN)
    (moment,) = told["moments"]
    assert (moment["t"], moment["role"], moment["flag"]) == ("2026-11-21T15:00", "start", "ok")
    assert moment["utc"] == "2026-11-21T20:00:00Z"


def test_stamps_are_told_with_their_instants() -> None:
    (told,) = answers("logs", {"id": 1, "text": "Nov  1 01:30:00 pbx x"} | WHEN | {"zone": "America/New_York"})
    assert told["stamps"] == [
        {
            "text": "Nov  1 01:30:00",
            "local": "2026-11-01T01:30:00",
            "utc": "2026-11-01T05:30:00Z",
            "status": "ambiguous",
            "utc_alts": ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"],
            "grain": "second",
        }
    ]


def test_a_bad_line_is_answered_and_the_next_one_read() -> None:
    done = ask("language", "junk", '{"id": 7}', '{"id": 8, "text": 5}', '["id"]', '{"id": 9, "text": "gracias"}')
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in told] == [None, 7, 8, None, 9]
    assert ["error" in answer for answer in told] == [True, True, True, True, False]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_that_cannot_be_read_is_answered_with_its_id_and_what_is_wrong() -> None:
    done = ask("closings", '{"id": "a1", "text": ', '{"text": "x", "id": 12, }', "[]", "", '{"id": 3, "text": null}')
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in told] == ["a1", 12, None, 3]
    assert told[2]["error"] == "a line must be one JSON object"
    assert told[3]["error"] == "text must be a string"


def test_the_language_may_be_left_out() -> None:
    assert answers("closings", {"id": 1, "text": "gracias"})[0]["label"] == "thanks"


def test_answers_come_in_the_order_of_the_questions() -> None:
    told = answers("language", *({"id": n, "text": "hola"} for n in range(50)))
    assert [answer["id"] for answer in told] == list(range(50))


def test_a_kind_nobody_knows_is_refused() -> None:
    done = ask("weather")
    assert (done.returncode, done.stdout) == (2, "")
    assert "zones" in done.stderr


def test_a_kind_loads_only_what_it_needs() -> None:
    code = "import sys; from dialogs.reading.__main__ import main; sys.stdin = open(sys.argv[1]); main(['language'])"
    code += "; print(sorted({'phonenumbers', 'dateparser', 'babel'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code, "/dev/null"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
