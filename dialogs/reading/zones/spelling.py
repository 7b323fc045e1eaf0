"""How a name sounds: what a hurried writer of Spanish confuses is written one way."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz.distance import OSA

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z0-9 ]", ""),
        (r"ph", "f"),
        (r"sh", "s"),
        (r"ch", "X"),
        (r"qu(?=[ei])|q|k", "c"),
        (r"c(?=[eiy])|z|x|ss", "s"),
        (r"gu(?=[ei])", "G"),
        (r"g(?=[ei])", "j"),
        (r"G", "g"),
        (r"v|w(?=[aeio])", "b"),
        (r"ll|y(?!\b)", "i"),
        (r"y\b", "i"),
        (r"h", ""),
        (r"([a-z])\1+", r"\1"),
        (r"n(?=[bp])", "m"),
    )
)


def sound_of(name: str) -> str:
    """Return a folded name as it sounds, so that `varranquilla` and `barranquilla` agree."""
    for pattern, sound in _SOUNDS:
        name = pattern.sub(sound, name)
    return name


_LONG = 11
_SHORTEST = 5
_SHORTEST_WITH_A_SLIP = 6


@cache
def _known() -> tuple[dict[str, str], dict[tuple[str, int], list[tuple[str, str]]]]:
    """Return the names by their sound, and the sounds by first letter and length, from the lines sound, tab, name."""
    text = resources.files("dialogs.reading").joinpath("data", "spellings.txt").read_text(encoding="utf-8")
    by_sound: dict[str, str] = {}
    by_letter: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for line in text.splitlines():
        sound, name = line.split("\t")
        by_sound.setdefault(sound, name)
        by_letter.setdefault((sound[0], len(sound)), []).append((sound, name))
    return by_sound, by_letter


@lru_cache(maxsize=1024)
def twin_of(key: str) -> str | None:
    """Return the name of a notable place that sounds the same as another name."""
    known = _known()[0].get(sound_of(key)) if len(key) >= _SHORTEST else None
    return known if known != key else None


@lru_cache(maxsize=1024)
def meant(key: str) -> tuple[str, ...]:
    """Return the names of notable places that a misspelt one may mean, none when it is too far from all.

    A name of five letters must sound the same; from six on one slip is allowed, from eleven on two.
    """
    if len(key) < _SHORTEST:
        return ()
    by_sound, by_letter = _known()
    sound = sound_of(key)
    if sound in by_sound:
        return (by_sound[sound],)
    if len(key) < _SHORTEST_WITH_A_SLIP or not sound:
        return ()
    slips = 2 if len(key) >= _LONG else 1
    best: dict[str, int] = {}
    lengths = range(len(sound) - slips, len(sound) + slips + 1)
    for known, name in (pair for length in lengths for pair in by_letter.get((sound[0], length), ())):
        if len(name) >= _SHORTEST_WITH_A_SLIP:
            distance = OSA.distance(sound, known, score_cutoff=slips)
            if distance <= slips:
                best[name] = distance
    nearest = min(best.values(), default=0)
    return tuple(name for name, distance in best.items() if distance == nearest)
