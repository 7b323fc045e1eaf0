"""Who answers a message of Teams by quoting it says only what they wrote themselves."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.quotes import own_words
from dialogs.events import Edited, Said
from tests.fakes.teams import MENTION, FakeTeams, shapes
from tests.slack.desk import Desk

Json = dict[str, Any]

QUOTE = (
    '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1795359608002">\r\n'
    '<strong itemprop="mri" itemid="28:2a0b">Soporte</strong><span itemprop="time" itemid="1795359608002"></span>\r\n'
    '<p itemprop="preview">¿Desde qué hora pasa?&nbsp;Dígame día y hora.</p>\r\n</blockquote>\r\n'
)
NUMBERED = '<attachment id="1795359608002"></attachment>'
BEFORE = "Soporte\r\n¿Desde qué hora pasa?\xa0Dígame día y hora.\r\n\r\n"


def page(own: str, quote: str = QUOTE) -> Json:
    return {"contentType": "text/html", "content": f"<div>\r\n{quote}{own}</div>"}


@pytest.mark.parametrize(
    ("text", "attached", "own"),
    [
        (f"{BEFORE}desde las 9", page("<p>desde las 9</p>"), "desde las 9"),
        ("desde las 9", page("<p>desde las 9</p>"), "desde las 9"),
        ('<quoted messageId="1795359608002"/> desde las 9', page("<p>desde las 9</p>"), "desde las 9"),
        ('<quoted messageId="1"/>\n<quoted messageId="2"/>\nlas dos', {}, "las dos"),
        (f"{BEFORE}a &lt; b\n\n y c", page("<p>a &lt; b</p><p>&nbsp; y <b>c</b></p>"), "a &lt; b\n\n y c"),
        (f"{BEFORE}😀 ya", page('<p><emoji id="smile" alt="😀"></emoji> ya</p>'), "😀 ya"),
        (f"{BEFORE}✨ ya", page("<p><span>chispa</span> ya</p>"), "✨ ya"),
        (BEFORE, page(""), ""),
        ("sí", page("<p>sí</p>", QUOTE.replace("¿Desde qué hora pasa?&nbsp;Dígame día y hora.", "sí")), "sí"),
        ("Ana Quispe 10:31\nno hay tono\n\nconfirmo", page("<p>confirmo</p>"), "confirmo"),
        ("Ana\nno hay tono\nconfirmo", page("<p>confirmo</p>", NUMBERED), "confirmo"),
        ("de Ana: no hay tono", page("<p>no hay tono</p>", QUOTE.replace("Reply", "Forward")), "de Ana: no hay tono"),
        ("dice «Soporte» y nada más", page("<p>otra cosa</p>"), "dice «Soporte» y nada más"),
        ("sin cerrar", page("<p>sin cerrar</p>", QUOTE.replace("</blockquote>", "")), "sin cerrar"),
    ],
)  # fmt: skip
def test_a_quotation_is_left_out_and_nothing_else(text: str, attached: Json, own: str) -> None:
    assert own_words(text, [7, {"contentType": "image/png"}, attached]).strip() == own


async def test_a_quoting_answer_is_heard_without_the_quotation(
    adapter: TeamsAdapter, teams: FakeTeams, desk: Desk
) -> None:
    ana, chat = teams.world.user("ana"), teams.chat("acme")
    base = shapes.activity("message", ana, chat, name="2", at=0.0, thread="1", url=teams.service_url)
    quoting = shapes.message(base, f"{BEFORE}{MENTION}&nbsp;desde las 9")
    quoting["attachments"] = [
        page('<p><span itemtype="http://schema.skype.com/Mention">Soporte</span> desde las 9</p>')
    ]
    assert (await teams.bring(quoting)).status == 200
    changed = {**quoting, "type": "messageUpdate", "text": f"{BEFORE}{MENTION}&nbsp;desde las 8"}
    changed["channelData"] = {**quoting["channelData"], "eventType": "editMessage"}
    changed["attachments"] = [page("<p><span>Soporte</span> desde las 8</p>")]
    assert (await teams.bring(changed)).status == 200
    said, edited = (event.what for event in await desk.until(2))
    assert isinstance(said, Said)
    assert (said.text, said.addressed, said.files) == ("desde las 9", True, ())
    assert isinstance(edited, Edited)
    assert edited.text == "desde las 8"
