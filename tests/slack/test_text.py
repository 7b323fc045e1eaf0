from __future__ import annotations

import pytest

from adapters.slack.text import addresses, escape, read_text, unescape
from adapters.text import cut, inert, pieces

NAMES = {"U1": "Ana", "U2": "Luis"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U0BOT> hola", "hola"),
        ("hola <@U1|ana> y <@U9>", "hola @Ana y @U9"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<https://a.pe>", "https://a.pe"),
        ("<https://a.pe|a.pe>", "https://a.pe"),
        ("<mailto:a@b.pe|a@b.pe>", "a@b.pe"),
        ("<tel:+511|+511>", "+511"),
        ("<!subteam^S1|@soporte> <!channel>", "@soporte @channel"),
        (":mega: aviso :pray::skin-tone-3: 10:30:45 :desconocido:", "📣 aviso 🙏 10:30:45 :desconocido:"),
        ("*fuerte*\n&gt; cita", "*fuerte*\n> cita"),
    ],
)
def test_a_message_reads_as_it_was_seen_while_writing(written: str, read: str) -> None:
    assert read_text(written, me="U0BOT", name_of=lambda user: NAMES.get(user, user)) == read


def test_only_a_real_mention_addresses_the_assistant() -> None:
    """What somebody typed to look like a mention is escaped."""
    assert addresses("oye <@U0BOT|soporte>", "U0BOT")
    assert not addresses("oye &lt;@U0BOT&gt; <@U0BOTX>", "U0BOT")


def test_escapes_are_undone_once() -> None:
    """Text comes escaped, and twice undone it could become a mark."""
    assert unescape(escape("&lt; <!here> &")) == "&lt; <!here> &"


def test_text_that_turns_around_does_not_turn_what_follows() -> None:
    assert inert("a\u202eb\nc") == "a\u202eb\u202c\nc"
    assert inert("\u2067a\u2069 \u202ab") == "\u2067a\u2069 \u202ab\u202c"
    assert inert("a\x00\x1b[31mb\r\n\tc\ud800") == "a[31mb\n\tc"


def test_long_text_is_split_where_people_pause() -> None:
    assert pieces("uno dos. tres cuatro", 12) == ["uno dos. ", "tres cuatro"]
    assert pieces("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert "".join(pieces("palabra " * 100, 64)) == "palabra " * 100
    assert cut("palabra larga", 9) == "palabra…"
