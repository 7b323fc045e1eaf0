"""The clauses of a message, each with what it says of the service: that it works, that it does not, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.reading import closing_phrases as phrases
from dialogs.reading.closing_scanner import kinds_of
from dialogs.reading.closing_valence import is_vague, weigh


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message: its kinds of words (see `closing_words`), what it says, and how."""

    kinds: str
    words: str
    sentence: str
    valence: int
    is_question: bool
    is_contrast: bool


_SENTENCE = re.compile(r"[^.!?\n;…]+[.!?\n;…]*")
_BREAK = re.compile(
    r"""([,:()"—–]|\s-\s|\b(?:pero|but|however|sin\sembargo|aunque|although|though|(?<!\bva\s)y|e(?!-)
    |(?<!on\s)(?<!up\s)(?<!comes\s)(?<!in\s)and|solo\sque|except|excepto|salvo
    |(?<!\bo\s)(?<!\blo\s)(?<!\bal\s)(?<!\bhoras\s)menos(?!\smal\b)|then|luego|so|porque|because|since|entonces)\b)""",
    re.VERBOSE,
)


def clauses_of(words: str) -> Iterator[Clause]:
    """Yield the clauses of plain words (see `plain_words`), in order."""
    for sentence in _SENTENCE.findall(words):
        ends_asking = "?" in sentence
        joint = ""
        for n, piece in enumerate(_BREAK.split(sentence.rstrip(".!?\n;…"))):
            if n % 2:
                joint = piece
            elif piece.strip():
                asks = ends_asking or phrases.ASKING.match(piece) is not None
                kinds = kinds_of(piece if asks else phrases.IF_LATER.sub("", piece))
                valence = 0 if is_vague(kinds, piece) else weigh(kinds)
                yield Clause(kinds, piece, sentence, valence, asks, joint in phrases.CONTRASTS)
