"""Cuts a clause into the kinds of its words (see `closing_words`), mending what hurried fingers wrote."""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.reading.closing_words import KINDS
from dialogs.reading.slips import is_right, mended_words
from dialogs.reading.text import fold
from dialogs.reading.wordlists import any_of

_WORDS = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{any_of(words)})(?![\w']))" for kind, words in KINDS.items()) + r"|(?P<o>\w[\w']*)"
)
_THUMBS_UP = any_of(
    """
    👍 🙏 👌 ❤ 💙 💚 💛 🧡 💜 🖤 ✅ ✔ 🙌 🎉 🥳 💯 😊 😀 😃 😄 😁 🙂 😍 🥰 😘 😎 🤗 👏 💪 🫡 🤝 🤩 🤙 ✨ 🌟 ⭐ 🫶 😇 ☺
    :(\\+1 pray thumbsup clap 100 tada heart muscle blush smile):
    """
)
_SIGN = re.compile(
    rf"(?P<thumbsup>{_THUMBS_UP})|(?P<thumbsdown>{any_of('👎 ❌ 😡 🤬 😠 😤 ⛔ 🚫 :(-1 thumbsdown rage x):')})"
)
# Names that hold a `_`, which `any_of` would take for a space.
_NAMED_SIGN = re.compile(r":(?:ok_hand|white_check_mark|heavy_check_mark|raised_hands|slightly_smiling_face):")

_ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\w+")
_SMALL = re.compile(r"(\w{3,})it([oa]s?)")


def _is_known(word: str) -> bool:
    known = _WORDS.fullmatch(word)
    return known is not None and known.lastgroup != "o"


@lru_cache(maxsize=1024)
def _mend(word: str) -> str:
    if len(word) < 4 or "'" in word or _is_known(word):
        return word
    if small := _SMALL.fullmatch(word):
        return next((base for base in (small[1], small[1] + small[2]) if _is_known(base)), word)
    return word if is_right(word) else mended_words().by(word) or word


def plain_words(text: str) -> str:
    """Return a text folded, its signs as words, long letters short (`graciasss`) and common typos mended."""
    text = _SIGN.sub(lambda match: f" {match.lastgroup} ", text)
    text = _ADDRESS.sub(" ", text)
    text = _NAMED_SIGN.sub(" thumbsup ", text)
    text = re.sub(r"([a-z])\1{2,}", r"\1", fold(text).replace("’", "'"))
    return re.sub(r"[a-z']+", lambda match: _mend(match[0]), text)


def kinds_of(clause: str) -> str:
    """Return the kinds of the words of a clause, one letter each, in order."""
    return "".join(match.lastgroup or "" for match in _WORDS.finditer(clause))
