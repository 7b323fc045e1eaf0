"""Answers that name no place: the desk's own zone, a local one, not knowing, a question, yes and no. Folded text."""

from __future__ import annotations

import re


def _one_of(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


_ZONE = _one_of(r"zona(?:\s+horaria)?", r"huso(?:\s+horario)?", "horario", "hora")
_TIME = _one_of(r"time\s?zone", "time", "zone", "tz", "one")
_YOU = _one_of(
    *("ustedes", "uds?", "usted", "vosotros", "vos", "vds?", "tuya?", "suya?", r"vuestr[ao]", "soporte"),
    *("la oficina", "la empresa", "la compania", "su oficina", "su empresa", "su compania"),
    *("you guys", "you", "yours?", r"your\s+\w+", "ur office", "y'?all"),
)
DESK = re.compile(rf"\b{_YOU}\b")
SAME_AS_DESK = re.compile(
    r"\b"
    + _one_of(
        rf"(?:mism[ao]s?|igual)(?:\s+{_ZONE})?\s+(?:que|de|con|al?)\s+(?:l[ao]\s+|el\s+)?(?:de\s+|tienen\s+)?{_YOU}",
        rf"{_ZONE}\s+(?:que\s+(?:usan|tienen|manejan)\s+)?(?:de\s+(?:la oficina de\s+)?)?{_YOU}",
        rf"(?:la|el)\s+(?:de\s+{_YOU}|que\s+(?:usan|tienen|manejan)\s+{_YOU}|tuy[ao]|suy[ao]|vuestr[ao])",
        rf"(?:la|el)\s+(?:misma?o?\s+)?que\s+{_YOU}\s+(?:manejan|usan|tienen|trabajan)",
        rf"(?:su|vuestr[ao])\s+(?:mism[ao]\s+)?{_ZONE}",
        rf"same(?:\s+{_TIME})?\s+(?:as|like|with)\s+(?:the\s+)?(?:you|yours|ya|ur?|support|office)",
        rf"(?:same|the)\s+(?:one|{_TIME})\s+(?:that\s+)?you(?:\s+guys|\s+all)?(?:\s+(?:use|have|are|work)|'re)",
        rf"your(?:s|\s+(?:own\s+|local\s+)?{_TIME})",
    )
    + r"\b"
)
_LEADING = _one_of(
    *("es", "si", "manejamos", "tenemos", "usamos", "compartimos", "manejo", "tengo", "uso", "en", "esta", "la", "el"),
    *("yes", "use", "using", "we have", "we use", "we are", "we're", "it'?s", "in", "on", "the", "su"),
)
SAME_ALONE = re.compile(rf"(?:{_LEADING}\s+)*(?:(?:mism[ao]|same)(?:\s+(?:{_ZONE}|{_TIME}|here))?|igual\s+{_ZONE})")

# "No se" alone, or before what follows not knowing; "no se ve", "no se conecta" are about something else.
_NO_SE = (
    r"no (?:lo )?se(?=\W*$|[,.;!)]|\s+(?:que|cual|la|si|bien|exactamente|pero|muy|a ciencia|con|sinceramente|jaja|"
    r"amig|senor|disculp|perdon|creo|de|en|eso|lo))"
)
UNKNOWN = re.compile(
    r"\b"
    + _one_of(
        *("ni idea", "npi", "nose", "quien sabe", "desconozco", "ni se", r"(?:menor|minima|remota) idea", _NO_SE),
        *(
            r"no (?:lo )?(?:se|sabria|recuerdo|sabemos|conozco)(?<!se)",
            "no lo se",
            "no me acuerdo",
            r"no manejo (?:ese|el) dato",
            "no se sabe",
        ),
        *(r"no tengo (?:ni )?(?:idea|certeza|claro|conocimiento|ese dato)", r"no estoy segur[oa]"),
        *("idk", "dunno", "(?:no|a) clue", "not sure", "unsure", "unknown", "no idea", "who knows", "beats me"),
        *(r"(?:do ?n.?t|do not|not) (?:really )?(?:know|remember)", r"(?:can|couldn).?t (?:tell|say|remember|recall)"),
    )
)

_MACHINE = _one_of(
    *("aqui", "aca", "mi", "servidor", "sistema", "equipo", "computador", "computadora", "pc", "router", "telefono"),
    *(
        "celular",
        "cliente",
        "sitio",
        "lugar",
        "pais",
        "nosotros",
        "la maquina",
        "la computadora",
        "la compu",
        "el equipo",
        "la sede",
        "la central",
        "la casa",
    ),
)
LOCAL = re.compile(
    _one_of(
        rf"\b(?:{_ZONE}|tiempo)\s+(?:local|normal|mia|nuestra|actual|del?\s+{_MACHINE})",
        r"\b(?:local|server|system|our|my|device|site|router|pc|computer|normal|regular)\s+(?:own\s+|local\s+)?"
        rf"(?:clock|{_TIME})\b",
        r"\b(?:computer|server|phone|laptop|system).?s (?:time|clock)",
        r"\btime (?:on|of|in) (?:the|my|our) (?:server|system|computer|phone|pc)",
        rf"\bla (?:de (?:siempre|casa)|del? {_MACHINE}|mia|nuestra|local|normal)",
        r"^(?:mine|ours|local|localtime|the local one)$",
        r"\b(?:la|el|lo) (?:que|q) (?:sale|tiene|aparece|marca|usa|dice|viene)\b",
        r"\bthe one (?:on|in|from) (?:my|the|our)\b",
        r"^whatever\b",
    )
)
ASKS_BACK = re.compile(
    r"^\W*(?:(?:y|and|pero|but)\s+)?"
    + _one_of(
        *("que", "cual", "cuales", "como", "para que", "por ?que", "a que", "donde", "cuando", "quien"),
        *("what", "which", "why", "how", "who", "where", "when", "is it", "do i", "should i", "does it"),
    )
    + r"\b"
)
QUESTION = re.compile(rf"[?¿]|{ASKS_BACK.pattern}")
ASKS_THE_HOUR = re.compile(r"que hora|what time is|what hour|what.?s the time")
YES = re.compile(
    r"(?:\W|\b"
    + _one_of(
        *("sii*p?", "claro", "correcto", "exacto", "exactamente", "asi es", "afirmativo", "eso es", r"es[aeo]", "dale"),
        *("ok", "okay", "perfecto", "listo", "senora?", "por favor", "es correcto"),
        *("yes", "yep", "yeah", "yup", "correct", "right", r"that'?s right", "that is right", "that one", "exactly"),
        *("sure", "affirmative", "please", "it is", "they are"),
    )
    + r"\b)+"
)
NO = re.compile(
    r"(?:\W|\b"
    + _one_of("no+p?e?", "negativo", "para nada", "incorrecto", "no es", "wrong", "not really", "thanks", "gracias")
    + r"\b)+"
)
DENIED = re.compile(r"\b(?:no (?:es|son|esta|estamos|tenemos|la|el)|not|isn.?t|aren.?t)\b")
DIFFERENCE = re.compile(r"\b(?:horas?|hrs?|hours?) (?:de diferencia|difference|of difference|apart|off)\b")
NUMBER_ALONE = re.compile(r"\W*\d{1,2}\W*")
