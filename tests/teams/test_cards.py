"""What is sent to Teams: it says everything, fits into the limits, and words of people stay words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.cards import card_of, form_card, parts, sent_card, whole
from adapters.teams.text import in_markdown
from dialogs.events import File, Language, Place, Platform
from dialogs.messages import (
    Attachments,
    Bullets,
    Button,
    Code,
    Fields,
    FormView,
    Grain,
    Heading,
    Input,
    InputKind,
    Link,
    Mention,
    Message,
    Option,
    Paragraph,
    Plain,
    Quote,
    Row,
    Select,
    SmallPrint,
    Strong,
    Style,
    When,
)
from tests.fakes.teams.cards_check import findings
from tests.fakes.teams.people import walk

Json = dict[str, Any]
CHANNEL = Place(platform=Platform.TEAMS, channel="19:acme@thread.tacv2", thread="1795359608002")
PRIVATE = Place(platform=Platform.TEAMS, channel="a:ana", direct=True)
NINE = When(datetime(2026, 11, 22, 14, 0, tzinfo=UTC), "America/New_York", "hoy a las 9:00 (Miami)")

HOSTILE = (
    "<at>Marta</at>", '<at id="0">Todos</at>', "{{DATE(2026-11-22T18:30:00Z,SHORT)}}", "{{TIME(2026-11-22T18:30:00Z)}}",
    "{{{DATE(x)}}}", "[banco](https://evil.example)", "![x](https://evil.example/p.png)", "**b** _i_ ~~s~~ `c`", "# h",
    "- l", "> q", "<b>b</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="//evil">x</a>',
    "&lt;at&gt;", "&amp;", "</blockquote>", "]]>", "\\\\*", "\u202eevil", "a\x00b\x07c", "\ud800", "", " ", "\n\n", "•",
    "x" * 9000, "línea\n" * 3000, "مرحبا", "👩‍👩‍👧‍👦" * 400, "{{" * 2000, "*" * 5000,
)  # fmt: skip


def everywhere(words: str) -> Message:
    """A message with these words in every place that words of a person can reach."""
    said = Plain(words)
    return Message(
        blocks=(
            Heading(words),
            Paragraph((Strong("Cliente: "), said, Mention("web::ana", words), Link(words, "https://ldtelecom.com"))),
            Paragraph((said, Mention(f"teams:t:{'0' * 8}", words), Strong(words))),
            Quote((said,)),
            SmallPrint((said, NINE)),
            Fields((Row(words, (said,)), Row("Zona", (NINE, said)))),
            Bullets(((said,), (Code(words),))),
            Attachments((File(id="f", name=words),)),
        ),
        controls=(
            Button(name="case.take", label=words, value="LD-12"),
            Select(name="case.assign", placeholder=words, options=(Option("a", words), Option("b", "B"))),
        ),
    )


def view(words: str) -> FormView:
    options = (Option("1", words), Option("2", "x"))
    return FormView(
        form="f",
        token="t",
        title=words,
        submit=words,
        inputs=(
            Input(name="a", label=words, hint=words, value=words),
            Input(name="b", label="B", type=InputKind.CHOICE, options=options, value="2"),
        ),
    )


def cards(activity: Json) -> Iterator[Json]:
    for attachment in activity.get("attachments", ()):
        yield attachment["content"]


def inert(activity: Json) -> None:
    """Nothing in a message notifies, links or formats but what the assistant itself meant to."""
    json.dumps(activity, ensure_ascii=False).encode("utf-8")
    text = str(activity.get("text", ""))
    tags = set(re.findall(r"</?(\w+)", text))
    assert tags <= {"strong", "code", "br", "blockquote", "a", "at"}
    assert len(re.findall(r"<at>", text)) == len(activity.get("entities", ()))
    assert set(re.findall(r'href="([^"]*)"', text)) <= {"https://ldtelecom.com"}
    for card in cards(activity):
        assert findings(card) == []
        for block in walk(card, "TextBlock"):
            bare = re.sub(r"\\.", "", block["text"])
            assert not re.search(r"[\[\]`]|^\s*[#+=|-]", bare, re.MULTILINE)
            mentions = card.get("msteams", {}).get("entities", ())
            assert len(re.findall(r"<at>", bare)) == len(mentions)
        urls = {run["selectAction"]["url"] for run in walk(card, "TextRun") if "selectAction" in run}
        assert urls <= {"https://ldtelecom.com"}


def check(words: str) -> None:
    message = everywhere(words)
    for place in (CHANNEL, PRIVATE):
        for part in parts(message, place, dialogs=True):
            inert(part.activity)
        for part in parts(Message(blocks=message.blocks), place, dialogs=True):
            inert(part.activity)
        inert(whole(message, place, dialogs=True).activity)
    assert findings(card_of(message, dialogs=False)) == []
    for dialog in (True, False):
        assert (
            findings(form_card(view(words), errors={"a": words, "": words}, values={"a": words}, dialog=dialog)) == []
        )
    assert findings(sent_card(view(words), {"a": words, "b": "1"})) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_people_are_only_words(words: str) -> None:
    check(words)


_SHORT = [words for words in HOSTILE if len(words) < 100]
_WORDS = st.text(max_size=300) | st.lists(st.sampled_from(_SHORT), max_size=6).map("".join)


@settings(max_examples=100, deadline=None)
@given(_WORDS)
def test_whatever_people_write_is_inert(words: str) -> None:
    check(words)


def test_only_marks_that_would_be_read_as_such_are_marked() -> None:
    assert in_markdown("LD-1 (muy mal) al 5. ¡Ya! #2 + 3") == "LD-1 (muy mal) al 5. ¡Ya! #2 + 3"
    assert in_markdown("- a\n# b\n1. c\n2) d") == "\\- a\n\\# b\n1\\. c\n2\\) d"
    assert in_markdown("[x](y) *b* & <c>") == "\\[x\\](y) \\*b\\* \\& \\<c\\>"


def test_every_kind_of_block_has_its_form_as_text() -> None:
    message = Message(
        blocks=(
            Heading("LD-12"),
            Paragraph((Plain("Hola "), Strong("Ana"), Code("/caso ver"), NINE)),
            Quote((Plain("no hay tono"),)),
            Fields((Row("Servicio", (Plain("Línea 4"),)),)),
            Bullets(((Plain("uno"),), (Plain("dos"),))),
            Attachments((File(id="f", name="foto.png"),)),
        ),
    )
    (part,) = parts(message, CHANNEL, dialogs=True)
    assert part.activity["text"] == (
        "<strong>LD-12</strong><br/>Hola <strong>Ana</strong><code>caso ver</code>hoy a las 9:00 (Miami, UTC−5)"
        "<blockquote>no hay tono</blockquote><strong>Servicio: </strong>Línea 4<br/>• uno<br/>• dos<br/>📎 foto.png"
    )


def test_in_private_answers_are_suggested_and_an_hour_is_the_readers_own() -> None:
    buttons = tuple(Button(name=f"b{number}", label=f"Sí {number}", answers=True) for number in range(3))
    message = Message(blocks=(Paragraph((NINE,)),), controls=buttons)
    (part,) = parts(message, PRIVATE, dialogs=True)
    assert part.activity["text"] == "hoy a las 9:00 (Miami)"
    assert part.activity["suggestedActions"]["actions"][0] == {"type": "imBack", "title": "Sí 0", "value": "Sí 0"}
    (part,) = parts(message, CHANNEL, dialogs=True)
    assert "suggestedActions" not in part.activity
    assert [one["title"] for card in cards(part.activity) for one in card["actions"]] == ["Sí 0", "Sí 1", "Sí 2"]
    about_one_case = (Button(name="case.undo", label="Deshacer", value="LD-1"),)
    for controls in (buttons * 3, about_one_case):
        assert "suggestedActions" not in parts(replace(message, controls=controls), PRIVATE, dialogs=True)[0].activity


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.PART])
def test_a_day_is_the_day_that_was_told_wherever_one_reads(grain: Grain) -> None:
    day = When(datetime(2026, 11, 22, 5, tzinfo=UTC), "America/New_York", "el domingo 22", grain)
    (part,) = parts(Message(blocks=(Paragraph((day,)),)), CHANNEL, dialogs=True)
    assert part.activity["text"] == "el domingo 22"


def test_links_lead_to_pages_and_to_threads() -> None:
    spans = (
        Link("guía", "https://ld.pe?a=1&b=2"),
        Link("hilo", place=CHANNEL),
        Link("x", "javascript:alert(1)"),
        Link("Slack", place=Place(platform=Platform.SLACK, channel="C0ACME", thread="1.2")),
    )
    (part,) = parts(Message(blocks=(Paragraph(spans),)), CHANNEL, dialogs=True)
    thread = "https://teams.microsoft.com/l/message/19:acme@thread.tacv2/1795359608002"
    assert re.findall(r'href="([^"]*)"', part.activity["text"]) == ["https://ld.pe?a=1&amp;b=2", thread]
    assert part.activity["text"].endswith("xSlack")


def test_a_person_of_teams_is_notified_in_text_and_in_a_card() -> None:
    blocks = (Paragraph((Mention("teams:t:0a1b", "Marta [R]"), Plain(" · "), Mention("slack:T:U", "Ana"))),)
    (part,) = parts(Message(blocks=blocks), CHANNEL, dialogs=True)
    entity = {"type": "mention", "text": "<at>Marta R</at>", "mentioned": {"id": "0a1b", "name": "Marta R"}}
    assert (part.activity["text"], part.activity["entities"]) == ("<at>Marta R</at> · @Ana", [entity])
    pressed = Message(blocks=blocks, controls=(Button(name="a", label="A"),))
    (part,) = parts(pressed, CHANNEL, dialogs=True)
    (card,) = cards(part.activity)
    assert card["msteams"]["entities"] == [entity]
    assert card["body"][0]["text"] == "<at>Marta R</at> · @Ana"


def test_a_long_text_is_told_whole_in_several_messages_and_in_one_where_there_is_room_for_one_only() -> None:
    words = "\n".join(f"línea {number}: no hay tono." for number in range(3000))
    message = Message(blocks=(Paragraph((Plain(words),)),), controls=(Button(name="a", label="A"),))
    found = parts(message, CHANNEL, dialogs=True)
    assert len(found) > 3
    told = "\n".join(html.unescape(part.activity.get("text", "")).replace("<br/>", "\n") for part in found[:-1])
    runs = "\n".join(run["text"] for card in cards(found[-1].activity) for run in walk(card["body"], "TextRun"))
    assert f"{told}\n{runs}" == words
    assert findings(next(cards(found[-1].activity))) == []
    (card,) = cards(whole(message, CHANNEL, dialogs=True).activity)
    assert card["actions"][0]["title"] == "A"
    assert findings(card) == []


def test_many_buttons_stand_in_rows() -> None:
    buttons = tuple(Button(name=f"b{number}", label="B", style=Style.PRIMARY) for number in range(8))
    (part,) = parts(Message(blocks=(Paragraph((Plain("x"),)),), controls=buttons), CHANNEL, dialogs=True)
    (card,) = cards(part.activity)
    rows = [row["actions"] for row in walk(card, "ActionSet")]
    assert [len(row) for row in rows] == [5, 3]
    assert all(one["fallback"]["type"] == "Action.Submit" for row in rows for one in row)
    assert findings(card) == []


def test_a_form_speaks_its_language() -> None:
    form = FormView(form="f", token="t", title="T", submit="S", inputs=(), language=Language.ENGLISH)
    card = form_card(form, errors={}, values=None, dialog=False)
    assert [one["title"] for one in card["actions"]] == ["S", "Cancel"]
