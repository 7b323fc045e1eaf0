"""What is sent to Slack: it says everything, fits into the limits, and words of people stay words."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.blocks import Part, home_blocks, parts, whole
from adapters.slack.controls import home, modal
from adapters.slack.identity import Workspace
from dialogs.events import File, Language, Place, Platform
from dialogs.messages import (
    Attachments,
    Block,
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
from tests.fakes.slack.blocks_check import findings
from tests.slack_stage import texts

HERE = Workspace(
    team="T0DESK", enterprise="", name="LDTelecom", url="https://ldtelecom.slack.com", bot_user="U0BOT", bot="B0BOT"
)
THREAD = Place(platform=Platform.SLACK, channel="C0ACME", thread="1700000000.000100")
NINE = When(datetime(2026, 11, 22, 14, 0, tzinfo=UTC), "America/New_York", "hoy a las 9:00 (Miami)")

HOSTILE = (
    "<!channel>", "<!here>", "<!everyone>", "<@U0MARTA>", "<!subteam^S1>", "<#C0DESK>", "<https://evil.example|banco>",
    "<mailto:a@b.c|x>", "<!date^1^{date}|x>", "@channel", "@here", "*strong* _it_ ~no~ `code`", "> quoted", "```b```",
    ":rotating_light:", "&lt;!channel&gt;", "&amp;lt;", "https://evil.example", "\u202eevil\u202c", "\u202etxt.exe",
    "\u2067abc", "a\x00b\x07c", "\ud800", "]( http://x)", "•", "", " ", "\n\n", "x" * 9000, "مرحبا",
    "👩‍👩‍👧‍👦" * 400, "&" * 5000,
)  # fmt: skip


def checked(found: list[Part]) -> list[Part]:
    for part in found:
        assert findings(list(part.blocks)) == []
        assert 1 <= len(part.text) <= 40_000
        assert "<" not in part.text
        json.dumps(part.blocks).encode("utf-8")
        part.text.encode("utf-8")
    return found


def one(*blocks: Block) -> Part:
    (part,) = checked(parts(Message(blocks=blocks), HERE))
    return part


def everywhere(words: str) -> Message:
    """A message with these words in every place that words of a person can reach."""
    said = Plain(words)
    return Message(
        blocks=(
            Heading(words),
            Paragraph((Strong("Cliente: "), said, Mention("web::ana", words), Link(words, "https://ldtelecom.com"))),
            Quote((said,)),
            SmallPrint((said,)),
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


def test_every_kind_of_block_has_its_form() -> None:
    message = Message(
        blocks=(
            Heading("LD-12"),
            Paragraph((Plain("Hola "), Strong("Ana"), Code("/caso ver"), NINE)),
            Quote((Plain("no hay tono"),)),
            SmallPrint((Plain("Un analista lo confirmará"),)),
            Fields((Row("Servicio", (Plain("Línea 4"),)),)),
            Bullets(((Plain("uno"),), (Plain("dos"),))),
            Attachments((File(id="f", name="foto.png"),)),
        ),
        controls=(Button(name="case.take", label="Tomar", value="LD-12", style=Style.PRIMARY),),
    )
    (part,) = checked(parts(message, HERE))
    kinds = ["header", "rich_text", "rich_text", "context", "rich_text", "rich_text", "context", "actions"]
    assert [block["type"] for block in part.blocks] == kinds
    assert part.text.splitlines() == [
        "LD-12", "Hola Ana/caso verhoy a las 9:00 (Miami)", "«no hay tono»", "Un analista lo confirmará",
        "Servicio: Línea 4", "• uno", "• dos", "📎 foto.png",
    ]  # fmt: skip
    assert part.blocks[-1]["elements"][0] == {
        "type": "button",
        "text": {"type": "plain_text", "text": "Tomar", "emoji": False},
        "value": "LD-12",
        "style": "primary",
        "action_id": "case.take",
    }


def test_an_instant_is_shown_as_told_and_in_each_readers_own_zone() -> None:
    """The zone of people of other companies may be unknown to us; their device knows it."""
    part = one(Paragraph((NINE,)))
    assert part.blocks[0]["elements"][0]["elements"] == [
        {"type": "text", "text": "hoy a las 9:00 (Miami)"},
        {"type": "text", "text": " · "},
        {
            "type": "date",
            "timestamp": 1795356000,
            "format": "{date_short_pretty} {time}",
            "fallback": "hoy a las 9:00 (Miami)",
        },
    ]


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.PART])
def test_a_day_is_the_day_that_was_told_wherever_one_reads(grain: Grain) -> None:
    day = When(datetime(2026, 11, 22, 5, tzinfo=UTC), "America/New_York", "el domingo 22", grain)
    assert one(Paragraph((day,))).blocks[0]["elements"][0]["elements"] == [{"type": "text", "text": "el domingo 22"}]


def test_links_lead_to_pages_and_to_conversations() -> None:
    reply = Link("la respuesta", place=THREAD, message="1700000000.000200")
    spans = (Link("guía", "https://ld.pe"), Link("hilo", place=THREAD), reply, Link("x", "javascript:alert(1)"))
    elements = one(Paragraph(spans)).blocks[0]["elements"][0]["elements"]
    archive = "https://ldtelecom.slack.com/archives/C0ACME"
    assert [element.get("url") for element in elements] == [
        "https://ld.pe",
        f"{archive}/p1700000000000100",
        f"{archive}/p1700000000000200?thread_ts=1700000000.000100&cid=C0ACME",
        None,
    ]


def test_a_person_of_slack_is_notified_and_one_of_the_page_is_named() -> None:
    spans = (Mention("slack:T0DESK:U0MARTA", "Marta"), Mention("web::ana", "Ana"))
    elements = one(Paragraph(spans)).blocks[0]["elements"][0]["elements"]
    assert elements == [{"type": "user", "user_id": "U0MARTA"}, {"type": "text", "text": "@Ana"}]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_people_are_only_words(words: str) -> None:
    for part in checked(parts(everywhere(words), HERE)):
        kinds = set(json.dumps(part.blocks).split('"type": "')[1:])
        assert not [kind for kind in kinds if kind.startswith(("mrkdwn", "broadcast", "usergroup", "channel", "emoji"))]
        assert not [kind for kind in kinds if kind.startswith("user")]
    checked([whole(everywhere(words), HERE)])


_WORDS = st.text(max_size=300) | st.sampled_from(HOSTILE) | st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(_WORDS)
def test_whatever_people_write_is_inert(words: str) -> None:
    checked(parts(everywhere(words), HERE))
    page = home(home_blocks(everywhere(words), HERE), "D0ANA")
    assert findings(page["blocks"], view=page) == []
    form = FormView(
        form="f",
        token="t",
        title=words,
        submit=words,
        inputs=(
            Input(name="a", label=words, hint=words, value=words),
            Input(
                name="b", label="B", type=InputKind.CHOICE, options=(Option("1", words), Option("2", "x")), value="2"
            ),
        ),
    )
    view = modal(form, THREAD)
    assert findings(view["blocks"], view=view) == []


def test_a_long_text_is_told_whole_in_several_messages() -> None:
    words = "\n".join(f"línea {number}: no hay tono." for number in range(1500))
    message = Message(blocks=(Paragraph((Plain(words),)),), controls=(Button(name="a", label="A"),))
    found = checked(parts(message, HERE))
    assert len(found) > 8
    assert "".join(texts(part.blocks) for part in found).replace("A", "") == words
    assert all(part.blocks[0]["elements"][0]["elements"][0]["text"].startswith("línea") for part in found)
    assert [any(block["type"] == "actions" for block in part.blocks) for part in found] == [False] * (
        len(found) - 1
    ) + [True]


def test_many_blocks_become_several_messages_and_one_when_there_is_room_for_one_only() -> None:
    blocks = tuple(SmallPrint((Plain(str(number)),)) for number in range(120))
    message = Message(blocks=blocks, controls=(Button(name="a", label="A"),))
    found = checked(parts(message, HERE))
    assert "".join(texts(part.blocks) for part in found) == "".join(map(str, range(120))) + "A"
    (only,) = checked([whole(message, HERE)])
    assert texts(only.blocks).startswith("0123")
    assert texts(only.blocks).endswith("…A")


def test_more_options_than_a_list_holds_become_two_lists() -> None:
    """A list holds a hundred. People are picked from lists of ours: Slack's own show strangers in shared channels."""
    options = tuple(Option(f"v{number}", f"Agente {number}") for number in range(130))
    message = Message(
        blocks=(Paragraph((Plain("¿Quién?"),)),), controls=(Select(name="who", placeholder="A", options=options),)
    )
    (part,) = checked(parts(message, HERE))
    lists = part.blocks[-1]["elements"]
    assert [(one["action_id"], len(one["options"])) for one in lists] == [("who", 100), ("who#2", 30)]


def test_many_buttons_stand_in_rows() -> None:
    controls = tuple(Button(name=f"b{number}", label="B") for number in range(40))
    (part,) = checked(parts(Message(blocks=(Paragraph((Plain("x"),)),), controls=controls), HERE))
    assert [len(block["elements"]) for block in part.blocks[1:]] == [25, 15]


def test_a_form_speaks_its_language() -> None:
    form = FormView(form="f", token="t", title="T", submit="S", inputs=(), language=Language.ENGLISH)
    assert modal(form, THREAD)["close"]["text"] == "Cancel"


def test_a_form_carries_ids_only_and_people_are_picked_from_lists_of_ours() -> None:
    """What a form carries goes through a client; Slack's own lists of people show strangers in shared channels."""
    choice = Input(name="who", label="¿Quién?", type=InputKind.CHOICE, options=(Option("a", "Ana"),), value="a")
    secret = Input(name="phone", label="Teléfono", value="+51999555014")
    view = modal(FormView(form="f", token="LD-1:9", title="T", submit="S", inputs=(choice, secret)), THREAD)
    assert json.loads(view["private_metadata"]) == {
        "channel": "C0ACME",
        "thread": "1700000000.000100",
        "token": "LD-1:9",
    }
    assert [block["element"]["type"] for block in view["blocks"]] == ["static_select", "plain_text_input"]
    (part,) = parts(everywhere("hola"), HERE)
    assert {one["type"] for one in part.blocks[-1]["elements"]} == {"button", "static_select"}
