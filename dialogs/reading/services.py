"""The service or line that a message speaks of, as a customer of a telecom names it."""

from __future__ import annotations

import re

from dialogs.reading.text import fold

_KIND = (
    r"(?:troncal(?:es)?(?: sip)?|sip trunks?|trunks?|enlaces?(?: dedicado)?|circuitos?|circuits?|lineas?|lines?|"
    r"dids?|extension(?:es)?|extensions?|ext\.|numeros? (?:gratuito|toll ?free|0?800)|toll ?free|"
    r"centralita|conmutador|pbx|ip ?pbx|call ?center|ivr|vpn|mpls|sd-?wan|internet dedicado|fibra|"
    r"portal(?: web)?|plataforma|api|sms|numeracion|portabilidad|fax|routers?|gateways?)"
)
_IDENTIFIER = r"(?:\s+(?:de\s+)?(?:n[.ºo°]*\s*|no\.\s*|#\s*)?[A-Za-z]{0,6}[-_]?\d[\w./-]*)"
_NAMED = re.compile(rf"\b{_KIND}{_IDENTIFIER}", re.IGNORECASE)
_ALONE = (
    r"(?:troncal(?:es)? sip|sip trunks?|enlace dedicado|toll ?free|centralita|conmutador|pbx|ip ?pbx|call ?center|ivr|"
    r"vpn|mpls|sd-?wan|internet dedicado|portal(?: web)?|plataforma|api|sms|portabilidad|fax)"
)
_KNOWN = re.compile(rf"\b{_ALONE}\b", re.IGNORECASE)


_MOST_WORDS = 5
_BEGINS = re.compile(rf"(?:(?:el|la|los|las|un|una|mi|the|a|an|my|our) )?{_KIND}\b")


def names_service(text: str) -> bool:
    """Tell whether a short answer to which service it is names one, however vaguely: "enlace sede sur"."""
    return len(text.split()) <= _MOST_WORDS and _BEGINS.match(fold(text)) is not None


def find_service(text: str) -> str | None:
    """Return the service that a text names, in its own words: "troncal SIP 4471", or a bare "portal".

    A bare "línea" or "router" says too little: which one is still worth a question.
    """
    folded = fold(text)
    match = _NAMED.search(folded) or _KNOWN.search(folded)
    return text[match.start() : match.end()].strip(" .") if match else None
