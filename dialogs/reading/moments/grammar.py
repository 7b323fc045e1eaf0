"""The grammar: how tokens make the atoms of a moment, as one regular expression over the string of their kinds.

A rule is the name of its reader in `atoms` and a pattern written with the names of kinds; names in braces are
shared pieces. The first rule that matches at a place wins, so the longer and the idiomatic stand before the shorter.
"""

from __future__ import annotations

import re
from typing import Final

from dialogs.reading.moments.tokens import CODE


def _entries(text: str) -> list[tuple[str, str]]:
    """Return the entries of a table: a name and a pattern, which goes on over the indented lines that follow."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    joined = "\n".join(lines).replace("\n ", " ")
    return [(name, pattern) for name, pattern in (line.split(maxsplit=1) for line in joined.split("\n"))]


_PIECES: Final = dict(
    _entries("""
N              (?:NUM|WNUM|ONE)
QTY            (?:{N} (?:APPROX|DASH) {N}|NUM|BIG|WNUM WNUM|WNUM Y WNUM|WNUM|ONE|DEC|A)
UNIT           (?:SEC|MIN|HOURS|HOUR|DIA|DAYS|WEEK|MONTHS|YEARS|NIGHTS)
HR             (?:HOUR|HOURS)
MORE           (?:NOW|MENOS|APPROX|TIPO|SOBRE|MAS|THAN|DE|OVER)
DUR            (?:(?:ONE|A)? MEDIA (?:A|ONE)? {HR} | (?:ONE|A|WNUM)? CUARTO DE (?:ONE|A)? {HR}
               | (?:ONE|A)? PAIR DE? {UNIT}
               | {QTY}? (?:{HR}|DIA) Y (?:A|ONE)? (?:MEDIA|CUARTO)
               | {QTY} {UNIT} Y (?:A|ONE)? MEDIA | {QTY} Y A? MEDIA {UNIT}
               | {QTY} {UNIT} (?:(?:Y|COMMA)? {QTY} {UNIT})? (?:Y {QTY}(?= [END COMMA]|$))? | HCLOCK)
GAP            [^END COMMA BUT SINCE UNTIL HOLD HACE CLOCK AMPM REL NIGHTOF WD THIS AT LAS]
WDX            (?:WD|WDA)
MONTHX         (?:MONTH|MONTHA)
DAYN           (?:NUM|ORD|WNUM|ONE)
PARTX          (?:PART|MANANA)
LASX           (?:A? (?:LAS|LA)|ALAS|A THE)
SUFFIX         (?:AMPM|HOURS)
INTIME         (?:AMPM|HOURS|OCLOCK|ISH|PUNTO|EN PUNTO|MENOS|{UNIT}|DE LA {PARTX}|Y (?:MEDIA|CUARTO|NUM|WNUM)|COLON)
LASTWEEK       (?:LA|THE)? (?:WEEK LAST|LAST WEEK)
""")
)

_RULES: Final = _entries("""
# What is never a moment: greetings, shifts, idioms, what happens again and again.
skip           GREETING (?:PART|MANANA|DIA|DAYS|NIGHTS|PLURAL|WD|WEEKEND|WEEK|ENDED DE WEEK|NOON)
skip           (?:SHIFT DE? LA?|SHIFT) {PARTX} | PART SHIFT | DE LA PART A LA MANANA | EL MANANA | UNTIL
               MANANA(?=[END COMMA]|$)
skip           GREETING (?:NEW YEARS|YEARS NEW|XMAS) | GREETING ONE (?:NIGHTOF|REL)?
skip           PART APPROX EARLY | EARLY APPROX (?:PART|LAST)
skip           REL EN (?:DIA|REL) | {DUR} EN HOLD | EACH {MORE}{0,4} {QTY} (?:THING|LAST)
never          EACH {MORE}{0,4} {DUR} | (?:EACH|TODOS) (?:LOS|LAS|THE)?
               (?:{WDX}|{PARTX}|REL|DIA|DAYS|NOON|NIGHTS|PLURAL|{UNIT}|WEEKEND)
never          (?:EN|AT){0,3} (?:LOS|LAS)? (?:PLURAL|LOS {WDX}|NIGHTS)|LOS {WDX}|EACH
days_of_week   (?:DE|DEL|FROM)? {WDX} (?:A|AL|TO|DASH|UNTIL) {WDX} (?:DE? {LASTWEEK})?
never          {WDX} (?:A|TO|DASH) {WDX}
# Distances from now.
ago            (?:SINCE|DE)? HACE {MORE}{0,4} {DUR} AGO?
ago            {MORE}{0,4} {DUR} AGO
lasting        (?:EN|FOR|OVER|A){0,3} (?:LAS|LOS|THE|LA|EL|THIS) (?:LAST|PAST) {MORE}{0,4} {DUR}
lasting        (?:EN|FOR|OVER|A){1,3} (?:LA|EL|THE) (?:(?:LAST|PAST) (?:HOUR|DIA|WEEK|MONTHS)|WEEK LAST(?=.SIN))
lasting        (?:EN|FOR|OVER|A){0,3} (?:LAS|LOS|THE) {QTY} LAST (?:HOURS|MIN|DAYS)
lasting        (?:LLEVA|VAN) {GAP}{0,6}? {MORE}{0,4} {DUR}
lasting        BEEN {GAP}{0,7}? FOR? {MORE}{0,4} {DUR}
lasting        {MORE}{0,4} {DUR} (?:NOW|QUE? NOW? SIN|LLEVA)
lasting        DOWN FOR? {MORE}{0,4} {DUR} | [SIN DOWN] {GAP}{1,4}? (?:FOR|EN) {MORE}{0,4} {DUR}
lasting        SIN WORD {GAP}{0,2}? {MORE}{0,4} {DUR}(?=END|$)
lasting        HAVE {MORE}{0,4} {DUR}(?= WORD)
lasting        SINCE {MORE}{0,4} {DUR}(?! PARA)
ahead          DENTRO DE {DUR} | EN {DUR}
all_day        (?:ALL (?:EL|THE)?|THE ALL) DIA
# Days and parts of the day.
iso            ISO
slash          (?:EL|THE)? (?:DIA)? SLASH YEAR?
stage          STAGE (?:DE|DEL) (?:EL|THE|THIS)? (?:{MONTHX} (?:(?:DE|DEL)? YEAR)?|MONTHS(?! LAST))
stage          (?:EARLY|STAGE) DASH? {MONTHX} YEAR?
day_range      (?:DEL|EL|FROM|BETWEEN)? NUM (?:AL|TO|DASH|A|Y EL) NUM DE {MONTHX} (?:(?:DE|DEL) YEAR)?
day_range      {MONTHX} (?:NUM|ORD) (?:TO|DASH|UNTIL) (?:NUM|ORD)(?! {INTIME})
of_month       EL? NUM(?=(?: COMMA NUM){0,4} Y EL? NUM DE {MONTHX})
day_month      (?:(?:EL|THE|LAST|THIS)? {WDX} COMMA?)? (?:EL|THE|DEL|AL)? DIA? {DAYN} (?:DE|DEL|DASH)? {MONTHX}
               (?:(?:DE|DEL|COMMA|DASH)? YEAR)?
month_day      (?:{WDX} COMMA?)? {MONTHX} THE? (?:NUM|ORD)(?! (?:AMPM|HOURS|OCLOCK|ISH|COLON)) (?:COMMA? YEAR)?
weekday_number (?:EL|THE|LAST|THIS)? {WDX} COMMA? (?:EL|THE)? (?:NUM|ORD)(?! {INTIME})(?! (?:A|TO|DASH|Y) {N})
weekday        {LASTWEEK} COMMA? (?:EL|THE)? {WDX}
weekday        (?:EL|THE|THIS)? (?:LAST|NEXT|THIS|PAST)? {WDX} (?:(?:COMMA|DE)? {LASTWEEK}|LAST|NEXT|QUE COMING
               |ANTEPASADO|BEFORE LAST)?
before_rel     (?:BEFORE DE|ANTE) REL | (?:EL|THE)? DIA (?:BEFORE|AFTER) (?:DE)? REL | LAST MANANA
night_of       THE? PART BEFORE LAST | (?:BEFORE DE)? NIGHTOF | LAST (?:PART|NOON)
ago            {QTY} NIGHTS AGO
this_part      THIS (?:MEDIA? {PARTX}|NOON|AMPM)
part           (?<=[REL WD WDA])AMPM
two_parts      (?:(?:EN|A|DE)? LA)? PART DASH? PART
part           A MEDIA {PARTX}
part           (?:ALL|THE ALL) (?:LA|THE)? {PARTX}
part           (?:EN|A|AT|DE|DEL)? (?:LA|THE|EL) EARLY? {PARTX} | DE MANANA | EARLY {PARTX}
rel            (?:EL|DEL) DIA DE REL
daytime        DEL DIA(?! {DAYN})
noon           (?:AL|A|AT|EL|LA|EN){0,3} (?:NOON | MEDIA DIA(?! {UNIT}) | MEDIA PART)
first_hour     (?:A|EN)? (?:LA|LAS)? PRIMERA {HR} (?:DE LA {PARTX}|(?!DE WORD))
early          EARLY
rel            (?:(?:EL|DEL)? DIA DE)? REL
tomorrow       MANANA
week           (?:LA|THE|EL)? (?:WEEK LAST|LAST WEEK)
last_month     (?:EL|THE)? (?:MONTHS LAST|LAST MONTHS)
last_year      (?:EL|THE)? (?:YEARS LAST|LAST YEARS)
weekend        (?:EL|THE)? LAST? (?:WEEKEND|ENDED DE WEEK) LAST?
holiday        (?:XMAS | NEW YEARS) EVE? | YEARS NEW | ENDED DE YEARS
# Clock times.
digits         {LASX}? CLOCK {SUFFIX}?
listed         (?<=[COMMA Y]){N}(?= Y {N}| COMMA {N}|(?<=Y.))
past_hour      (?:AT|A|THE|ONE){0,3} (?:CUARTO|MEDIA|WNUM DASH WNUM|{N}) MIN? (?:PAST|AFTER) {N} {SUFFIX}?
range_begin    {LASX}? {N}(?= (?:A|TO|DASH|Y|UNTIL) {LASX}? (?:CLOCK|DOT|HCLOCK|NOON|{N} (?:MENOS|Y
               (?:MEDIA|CUARTO))))
hours_range    {LASX}? {N} (?:A|TO|DASH|UNTIL|(?<=BETWEEN.)Y) (?:LAS|LA)? {N} (?:{SUFFIX}|(?! {UNIT}))
minus          (?:{LASX}|AT)? {N} MENOS (?:CUARTO|{N})
to_hour        (?:AL|A|ONE|EL){0,3} (?:CUARTO|{N}) MIN? PARA (?:LAS|LA) {N} AMPM?
to_hour        (?:A|THE|ONE){0,3} (?:CUARTO MIN? (?:TO|BEFORE|DE|UNTIL)|{N} MIN (?:TO|BEFORE)) {N} {SUFFIX}?
half_hour      MEDIA WNUM
and_minutes    (?:{LASX})? {N} (?:(?:EN)? HOURS)? Y (?:MEDIA|CUARTO|{N}|PICO) MIN? (?:{SUFFIX}|(?! {UNIT}))
hour_minutes   (?:{LASX}|AT)? (?:NUM NUM AMPM|{N} WNUM WNUM? AMPM?)
four           (?:{LASX}|AT)? (?:BIG|FOUR) AMPM | (?:{LASX} (?:FOUR|YEAR)|AT FOUR|FOUR(?= HOURS)) HOURS?
dotted         (?:{LASX}|AT)? DOT {SUFFIX}?
hclock         (?:{LASX}|AT)? HCLOCK
o_clock        {N} (?:(?:AMPM|OCLOCK|DASH? ISH){1,3} (?:EN PUNTO)? | EN PUNTO | (?=DE LA {PARTX}|EN THE PART))
las            {LASX} {N} (?:(?:EN PUNTO|PUNTO|Y PICO|OCLOCK|ISH)? {SUFFIX}?)
of_month       (?:EL|AL|DEL)? DIA? {DAYN} DE THIS MONTHS | (?:EL|AL|DEL|THE)? DIA NUM | (?:EL|DEL|AL) NUM | THE ORD
hours_mark     NUM HOURS
bare           (?<=[AT SINCE UNTIL FROM BETWEEN BY TIPO AFTER BEFORE BEGAN]){N}
range_end      (?<=[CLOCK AMPM HOURS NOON PUNTO][A TO DASH UNTIL Y]){N}(?! {UNIT})
month          {MONTHX} (?:(?:DE|DEL)? YEAR)?
part           AT? PART | DE PART
""")


def compile_kinds(pattern: str) -> re.Pattern[str]:
    """Compile a pattern written with names of kinds and of shared pieces."""
    expanded = ""
    while expanded != pattern:
        expanded, pattern = pattern, re.sub(r"\{([A-Z]+)\}", lambda match: _PIECES[match[1]], pattern)
    return re.compile(re.sub(r"[A-Z]+", lambda match: CODE[match[0]], pattern).replace(" ", ""))


RULES: Final = tuple((name, compile_kinds(pattern)) for name, pattern in _RULES)
"""Each rule with the name of its reader in `atoms`."""

SCANNER: Final = compile_kinds("|".join(f"({pattern})" for _, pattern in _RULES))
"""All rules at once; ``match.lastindex - 1`` is the number of the one that matched."""
