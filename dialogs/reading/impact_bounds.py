"""The patterns of what works beside a trouble and so bounds it, in Spanish and English, folded."""

from __future__ import annotations

import re

from dialogs.reading.wordlists import any_of

# What somebody else can do, said short: "los demás sí", "the rest of us can", "ni cuenta se dan".
YES = re.compile(
    any_of(
        r"""
        \w_(si (can does do)(?!n'?t) (is are)_(fine ok okay good normal working) (estan esta andan anda)_(bien ok
            normal perfect\w*))\W*$ \bni_(cuenta se_enter\w+ lo_not\w+) \busable\b \bse_puede_\w+r\b \b(los las
            the)_(demas otr[oa]s others? rest)_\w*_?(bien ok normal fine perfect\w*) \b(lo_demas resto)_(bien ok
            normal) \bgets?_through\b \bunaffected\b \bsin_problemas?\W*$
        """
    )
)
OTHERS = re.compile(
    any_of(
        r"""
        \b((los las the)_(demas otr[oa]s others? rest resto) (el_)?resto (everyone everybody anyone)_else others? (mis
            my)_(companer\w+ colegas coworkers colleagues))\b
        """
    )
)
EVERYONE = re.compile(any_of(r"\b(tod[oa]s everyone everybody all_of_us we_all whole_\w+)\b"))
SEVERAL = re.compile(any_of(r"\b(otr[oa]s others algun[oa]s some los las)\b"))
EXCEPTED = re.compile(r"\b(?:except|excepto|menos|salvo|but)\b")
# What works beside it tells that a group is affected, not somebody: "the other sites are fine".
UNITS = re.compile(
    any_of(
        r"""
        \b(sedes? sucursal(es)? oficinas? tiendas? pisos? sites? branch(es)? offices? stores? floors? locations? (los
            las)_de areas? equipos_de teams? departments? departamentos?)\b
        """
    )
)
