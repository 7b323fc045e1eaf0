"""What people are told to type in Teams is what they can type there."""

from __future__ import annotations

import pytest

from adapters.teams.cards import parts
from dialogs.events import Place, Platform
from dialogs.messages import Bullets, Button, Code, Message, Paragraph, Plain

DESK = Place(platform=Platform.TEAMS, channel="19:desk@thread.tacv2", thread="1700000000000")
HINT = (Code("/caso ver LD-12"), Plain(" o /caso, con barra"))
PRESS = Button(name="case.take", label="Tomar", value="LD-12")


@pytest.mark.parametrize("controls", [(), (PRESS,)])
@pytest.mark.parametrize("block", [Paragraph(HINT), Bullets((HINT,))])
def test_a_command_has_no_slash_which_teams_keeps_for_its_own(
    block: Paragraph | Bullets, controls: tuple[Button, ...]
) -> None:
    (part,) = parts(Message(blocks=(block,), controls=controls), DESK, dialogs=False)
    sent = str(part.activity)
    assert "/caso ver" not in sent
    assert "caso ver LD-12" in sent
    assert "o /caso, con barra" in sent, "what people wrote stays as they wrote it"
