"""Answers that name no place: the desk's own zone, a local one, not knowing, a question, yes and no. Folded text."""

from __future__ import annotations

import re

_YOU = r"(?:ustedes|uds?|usted|vosotros|vos|vds?|tuya?|suya?|vuestr[ao]|soporte|la oficina|la empresa|la compania|you|yours?|you guys|your \w+|y'?all)"
DESK = re.compile(rf"\b{_YOU}\b")
SAME_AS_DESK = re.compile(
    rf"\b(?:mism[ao]s?|igual)(?:\s+(?:hora|horario|zona(?:\s+horaria)?|huso(?: horario)?))?\s+(?:que|de|a|con|al?)\s+(?:la\s+|el\s+)?(?:de\s+|tienen\s+)?{_YOU}\b|"
    rf"\b(?:hora|horario|la|el|zona horaria)\s+(?:que\s+(?:usan|tienen|manejan)\s+)?(?:de\s+(?:la oficina de\s+)?)?{_YOU}\b|"
    r"\b(?:su|vuestr[ao])\s+(?:misma?o?\s+)?(?:hora|horario|zona)\b|"
    r"\bsame(?:\s+(?:time|zone|time ?zone|tz|one))?\s+(?:as|like|with)\s+(?:you|yours|ya|u)\b|"
    r"\byour(?:s|\s+(?:own\s+)?(?:time(?:\s?zone)?|zone|tz|local time))\b|\bsame as (?:the )?(?:support|office)\b"
)
SAME_ALONE = re.compile(
    r"(?:es |si |yes |we are in |we're in |it's |its |in |on |en |esta en )*(?:la |el |the |your |su )*(?:misma?o?|same|igual)(?: (?:hora|horario|zona|zona horaria|time|time ?zone|zone|one|here))?"
)
UNKNOWN = re.compile(
    r"\b(?:ni idea|npi|nose|idk|dunno|no clue|not sure|unsure|unknown|no idea|quien sabe|desconozco|ni se|no sabria|no recuerdo|"
    r"no (?:lo )?se(?=$|\W*$|[,.;!)]|\s+(?:que|cual|la|si|bien|exactamente|pero|muy|a ciencia|con|sinceramente|jaja|amig|senor|disculp|perdon|creo|de|en|eso|lo))|"
    r"no lo se|no tengo (?:ni )?(?:idea|certeza|claro)|no estoy segur[oa]|no me acuerdo|no sabemos|no conozco|no (?:lo )?sabria|"
    r"(?:do ?n.?t|do not|not) (?:really )?(?:know|remember)|can.?t (?:tell|say)|no se sabe|who knows|beats me|couldn.?t tell)"
)
LOCAL = re.compile(
    r"\b(?:(?:hora|horario|tiempo|zona)\s+(?:horaria\s+)?(?:local|normal|mia|nuestra|actual|(?:de|del)\s+(?:aqui|aca|mi|servidor|sistema|equipo|computador|computadora|pc|router|telefono|celular|cliente|sitio|lugar|pais|nosotros|la maquina|la sede|la central|la casa))|"
    r"(?:local|server|system|our|my|device|site|router|pc|computer|normal|regular)\s+(?:own\s+|local\s+)?(?:time|clock|tz|time ?zone)|"
    r"la (?:de (?:aqui|aca|siempre|mi pais|mi ciudad|mi casa|mi pc|casa|nosotros|mi)|mia|nuestra|local|normal|del (?:servidor|sistema|equipo|pais))|"
    r"^(?:mine|ours|local|localtime|the local one|la que (?:tiene|sale).*)$)"
)
QUESTION = re.compile(
    r"[?¿]|^\W*(?:y\s+|and\s+|pero\s+|but\s+)?(?:que|cual|cuales|como|para que|por ?que|a que|donde|cuando|quien|what|which|why|how|who|where|when|is it|do i|should i|does it|como asi)\b"
)
ASKS_THE_HOUR = re.compile(r"que hora|what time|what hour|what.?s the time")
YES = re.compile(
    r"\W*(?:si|sip|sii+|claro|correcto|exacto|exactamente|asi es|afirmativo|eso es|esa|ese|eso|dale|ok|okay|yes|yep|yeah|yup|correct|right|"
    r"that's right|that is right|that one|exactly|sure|affirmative|perfecto|listo|senor|senora|por favor|please|es correcto|si senor|it is|they are|[\s,.!])+\W*"
)
NO = re.compile(
    r"\W*(?:no+|nop|nope|negativo|para nada|incorrecto|wrong|not really|no es|no senor|thanks|gracias|[\s,.!])+\W*"
)
DENIED = re.compile(r"\b(?:no (?:es|son|esta|estamos|tenemos|la|el)|not|isn.?t|aren.?t)\b")
NUMBER_ALONE = re.compile(r"\W*\d{1,2}\W*")
