"""How people ask that their case goes higher, and what only sounds like it."""

from __future__ import annotations

import pytest

from dialogs.engine.words import Steering, Word, read_word


@pytest.mark.parametrize(
    ("text", "about", "reason"),
    [
        ("quiero escalar mi caso", "", ""),
        ("necesito que escalen mi caso", "", ""),
        ("¿Pueden escalar el caso?", "", ""),
        ("quiero que me lo escalen ya", "", ""),
        ("por favor escalen mi caso a gerencia", "", ""),
        ("quiero escalar esto a un supervisor, nadie contesta", "", "nadie contesta"),
        ("escalar a su jefe", "", ""),
        ("escalar LD-3 de inmediato", "LD3", ""),
        ("escalar ya que nadie contesta", "", "ya que nadie contesta"),
        ("can you escalate my case to the next level?", "", ""),
        ("I need to escalate this issue asap", "", ""),
        ("esto no avanza, quiero escalar", "", "esto no avanza"),
        ("Nobody answers. Please escalate LD-3.", "LD3", "Nobody answers"),
    ],
)
def test_a_wish_that_a_case_goes_higher(text: str, about: str, reason: str) -> None:
    assert read_word(text) == Steering(Word.ESCALATE, about, reason)


@pytest.mark.parametrize(
    "text",
    [
        "no quiero escalar mi caso",
        "ya funciona, no quiero escalar",
        "no lee el sensor, escala 4 a 20 mA",
        "pueden escalar los servidores de correo",
        "escala 4 a 20 mA no lee",
        "escalan las llamadas",
        "que escalen los equipos",
        "escalate privileges error in the log",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert (read_word(text) or Steering(Word.NEW)).word is not Word.ESCALATE
