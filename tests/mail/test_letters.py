"""What a letter looks like, and that nothing in it does anything."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.letters import one_line, write_letter
from dialogs.events import Language
from dialogs.messages import (
    Bullets,
    Code,
    Fields,
    Heading,
    Link,
    Mail,
    Mention,
    Message,
    Paragraph,
    Plain,
    Quote,
    Row,
    SmallPrint,
    Strong,
    When,
)

NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
NASTY = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<a href='http://evil.example'>x</a>", "&lt;b&gt;",
    "<!--", "]]>", "javascript:alert(1)", "\r\nBcc: x@y.example", "=?utf-8?q?a?=", "\u202egnp.exe", "\x00\x07",
    "\ud800",
)  # fmt: skip


def sent(mail: Mail, key: str = "k1") -> EmailMessage:
    """Return a letter as who receives it reads it."""
    written = write_letter(mail, (), key=key, sender="Soporte <soporte@ld.example>", now=NOW)
    read = message_from_bytes(written.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def of(*spans: Plain | Link | Code | Strong | Mention | When, subject: str = "LD-1", about: str = "") -> Mail:
    return Mail(to="a@b.example", subject=subject, message=Message(blocks=(Paragraph(spans),)), about=about)


class _Reader(HTMLParser):
    """Notes what a page would do and say."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(letter: EmailMessage) -> _Reader:
    reader = _Reader()
    reader.feed(part(letter, "html"))
    return reader


def test_every_block_reads_in_both_forms() -> None:
    message = Message(
        blocks=(
            Heading("LD-12 · ACME"),
            Quote((Plain("No entran\nllamadas"),)),
            Fields((Row("Vence", (When(NOW, "America/Lima", "hoy 10:00 (Lima)"),)),)),
            Bullets(((Strong("uno"),), (Code("acuse LD-12"),))),
            Paragraph(
                (Mention("web:x:c", "Carmen"), Plain(", por favor: "), Link("la página", "https://ld.example/a"))
            ),
            Paragraph((Link("Acusar recibo", "https://ld.example/e/1"),)),
            SmallPrint((Plain("Lo escribió el asistente."),)),
        ),
        language=Language.SPANISH,
    )
    letter = sent(Mail(to="a@b.example", subject="LD-12", message=message))
    text, html = part(letter, "plain"), page(letter)
    for said in ("LD-12 · ACME", "llamadas", "hoy 10:00 (Lima)", "uno", "acuse LD-12", "@Carmen", "asistente"):
        assert said in text
        assert said in html.words
    assert html.links == ["https://ld.example/a", "https://ld.example/e/1"]
    assert "https://ld.example/e/1" in text
    assert letter["Content-Language"] == "es"


@pytest.mark.parametrize("nasty", NASTY)
def test_text_of_people_does_nothing(nasty: str) -> None:
    letter = sent(of(Plain(nasty), Mention("web:x:y", nasty), Code(nasty), Link("x", nasty), subject=nasty))
    html = page(letter)
    assert html.tags <= {"html", "head", "meta", "body", "div", "p", "br", "code"}
    assert not html.links
    assert not html.handlers
    assert set(letter.keys()) == set(sent(of(Plain("x"))).keys())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\r\n\t,;:<>@\"'()[]=?"), max_size=300))
def test_a_subject_arrives_as_it_was_and_adds_no_header(subject: str) -> None:
    letter = sent(of(Plain("x"), subject=subject))
    assert set(letter.keys()) == set(sent(of(Plain("x"))).keys())
    assert not re.search(r"[\r\n\x00]", letter["Subject"])
    squeezed = re.sub(r"\s+", "", one_line(subject)[:200])
    assert re.sub(r"\s+", "", letter["Subject"]) == squeezed


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=2000))
def test_a_body_arrives_as_it_was(text: str) -> None:
    told = part(sent(of(Plain(text))), "plain")
    expected = text.encode("utf-8", "replace").decode()
    assert "".join(told.split()) == "".join(expected.split())


def test_mails_about_one_case_are_one_conversation() -> None:
    first, second = (sent(of(Plain("x"), about="LD-12"), key) for key in ("k1", "k2"))
    assert first["References"] == second["References"] == first["In-Reply-To"] == "<LD-12@ld.example>"
    assert first["Message-ID"] != second["Message-ID"]
    assert sent(of(Plain("x")))["References"] is None
