"""Three hundred messages that end a case well, or only ask: none of them opens it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dialogs.cases import CaseStatus
from dialogs.reading.closings import ClosingLabel, read_closing
from tests.desk.conftest import ACME, ANA, MARTA, Office

MESSAGES = Path(__file__).parent / "closing_messages.jsonl"


def messages() -> list[dict[str, Any]]:
    return [json.loads(line) for line in MESSAGES.read_text("utf-8").splitlines()]


def test_none_of_them_is_read_as_a_problem() -> None:
    told = messages()
    wrong = [one["text"] for one in told if read_closing(one["text"], language=one["language"]).reopen]
    assert len(told) >= 300
    assert not wrong


def test_thanks_are_told_from_the_rest() -> None:
    read = [(one, read_closing(one["text"], language=one["language"])) for one in messages()]
    wrong = [one["text"] for one, told in read if (told.label is ClosingLabel.THANKS) is not one["thanks"]]
    assert len(wrong) <= 3


async def test_a_case_stays_resolved_through_any_number_of_thanks(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, "resolver 1 Listo.")
    said = len(office.screen(thread))
    for one in [one for one in messages() if one["thanks"]][::8]:
        await office.says(ANA, thread, one["text"])
        assert (await office.case()).status is CaseStatus.RESOLVED, one["text"]
    assert len(office.screen(thread)) == said
