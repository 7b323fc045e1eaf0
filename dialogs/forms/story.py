"""What happens, what should happen instead, where, and to whom."""

from __future__ import annotations

import re

from dialogs.cases import Impact
from dialogs.engine.choosing import bare
from dialogs.engine.form import Choice, Context, Field, Heard, Read, Refused
from dialogs.engine.state import Frame
from dialogs.forms import evidence
from dialogs.forms.showing import show_choice, show_text
from dialogs.reading.impacts import read_impact, read_workaround
from dialogs.reading.services import find_service, names_service
from dialogs.reading.text import fold

_WORD = re.compile(r"[^\W\d_]{2,}")

_EXPECTED = re.compile(
    r"\b(?:deberia\w*|se supone que|lo normal (?:es|seria)|esperamos que|se espera|lo esperado|"
    r"tendria\w* que|should|supposed to|expected|we expect|ought to)\b"
)

_CLAUSE = re.compile(r"[^.,;!?\n]+")


def _prose(heard: Heard, refusal: str, words: int) -> Read | Refused:
    text = heard.text.strip()
    return Read(text) if len(_WORD.findall(text)) >= words else Refused(refusal)


def _read_description(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    return _prose(heard, "intake.description.vague", 2)


def _hear_description(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    return heard.text.strip() if len(_WORD.findall(heard.text)) >= 3 else None


def _read_expected(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    if evidence.is_only_a_start(heard.text, heard.at, evidence.zone_of(frame, context), heard.language):
        return Refused("intake.expected.vague")
    if heard.text.rstrip().endswith("?"):
        return Refused("intake.expected.asked")
    return _prose(heard, "intake.expected.vague", 1)


def _hear_expected(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    for match in _CLAUSE.finditer(heard.text):
        cue = _EXPECTED.search(fold(match.group()))
        if cue and len(_WORD.findall(match.group())) >= 3:
            return match.group().strip() or None
    return None


def _read_service(heard: Heard, _frame: Frame, _context: Context) -> Read | Refused:
    text = heard.text.strip()
    told = read_impact(text, language=heard.language)
    named = names_service(text) or find_service(text) is not None
    tells_impact = told.is_told and told.impact is not None and not named
    return Read(text) if re.search(r"\w", text) and not tells_impact else Refused("intake.service.again")


def _hear_service(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    return find_service(heard.text)


def _impact_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.impact.nobody", value=Impact.NONE),
        Choice(name="intake.impact.one", value=Impact.ONE_USER),
        Choice(name="intake.impact.several", value=Impact.MANY_USERS),
        Choice(name="intake.impact.everyone", value=Impact.ALL_DOWN),
    )


def _hear_impact(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    told = read_impact(heard.text, language=heard.language)
    return told.impact if told.is_told else None


def _read_impact(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    impact = _hear_impact(heard, frame, context)
    if (count := bare(heard.text)).isdigit():
        impact = (Impact.NONE, Impact.ONE_USER, Impact.MANY_USERS)[min(int(count), 2)]
    return Read(impact) if impact else Refused("intake.impact.again")


def _workaround_applies(frame: Frame, _context: Context) -> bool:
    impact = frame.answers.get("impact")
    return impact is not None and not impact.skipped and impact.value != Impact.NONE


def _workaround_choices(_frame: Frame, _context: Context) -> tuple[Choice, ...]:
    return (
        Choice(name="intake.workaround.yes", value="yes"),
        Choice(name="intake.workaround.no", value="no"),
    )


def _hear_workaround(heard: Heard, _frame: Frame, _context: Context) -> str | None:
    told = read_workaround(heard.text)
    return None if told is None else ("yes" if told else "no")


_YES = re.compile(r"(?:si+|sip|claro|yes+|yep|yeah|correcto|asi es)(?:$|[ ,.]+(?!(?:y|o|and|or) no\b))")

_NO = re.compile(
    r"(?:no+|nop|nope|ningun[oa]?|nada|para nada|none|negativo)"
    r"(?:$|[,.! ]+(?:(?:no )?(?:hay|tengo|tenemos|podemos|puedo|se puede|existe|otra|there|we|any|gracias)\b.*)?$)"
)


def _read_workaround(heard: Heard, frame: Frame, context: Context) -> Read | Refused:
    if told := _hear_workaround(heard, frame, context):
        return Read(told)
    said = bare(heard.text)
    if _YES.match(said):
        return Read("yes")
    return Read("no") if _NO.match(said) else Refused("intake.workaround.again")


DESCRIPTION = Field(
    name="description",
    read=_read_description,
    hear=_hear_description,
    show=show_text,
    prose=True,
    called=("descripcion", "problema", "lo que pasa", "detalle", "description", "problem", "issue"),
)


EXPECTED = Field(
    name="expected",
    read=_read_expected,
    hear=_hear_expected,
    show=show_text,
    prose=True,
    called=("lo esperado", "esperado", "comportamiento esperado", "expected", "expected behaviour"),
)


SERVICE = Field(
    name="service",
    read=_read_service,
    hear=_hear_service,
    show=show_text,
    skippable=True,
    called=("servicio", "linea", "service", "line"),
)


IMPACT = Field(
    name="impact",
    read=_read_impact,
    hear=_hear_impact,
    choices=_impact_choices,
    show=show_choice(
        "impact",
        {
            Impact.NONE: "nobody",
            Impact.ONE_USER: "one",
            Impact.MANY_USERS: "several",
            Impact.ALL_DOWN: "everyone",
        },
    ),
    closed=True,
    called=("impacto", "afectados", "a quien afecta", "impact", "who is affected", "affected"),
)


WORKAROUND = Field(
    name="workaround",
    read=_read_workaround,
    hear=_hear_workaround,
    applies=_workaround_applies,
    choices=_workaround_choices,
    show=show_choice("workaround", {"yes": "yes", "no": "no"}),
    needs=("impact",),
    skippable=True,
    closed=True,
    called=("alternativa", "otra forma", "workaround", "way around"),
)
