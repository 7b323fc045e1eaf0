"""What is new in an e-mail: its text without the history it quotes and without a signature.

Rather too much than too little: where answers stand between the lines that they quote, all of it stays.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"\s*>")
_ATTRIBUTION = re.compile(
    r"(?:on|el|em|le)\b.{4,250}?(?:wrote|escribi[oó]|escreveu|a écrit)\s*:\s*$", re.IGNORECASE | re.DOTALL
)
"""`El lun, 23 nov 2026 a las 9:15, NOC (<noc@…>) escribió:`, which programs break over up to three lines."""
_DIVIDER = re.compile(
    r"\s*-{2,}\s*(?:original message|mensaje original|forwarded message|mensaje reenviado)\s*-{2,}\s*$", re.IGNORECASE
)
_RULE = re.compile(r"\s*[_-]{5,}")
_FROM = re.compile(r"\s*\*?(?:from|de|von)\s*:\*?\s+\S", re.IGNORECASE)
_MORE_HEADERS = re.compile(r"\s*\*?(?:sent|date|enviado(?: el)?|fecha|to|para|subject|asunto)\s*:\*?", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s?$")
_DEVICE = re.compile(
    r"\s*(?:sent from my|get outlook for|enviado desde mi|obtener outlook para|enviado con)\b.{0,60}$", re.IGNORECASE
)
_NOTICE = re.compile(
    r"\s*\W?(?:aviso (?:legal|de confidencialidad)|confidentiality notice|disclaimer"
    r"|(?:este|el presente) (?:mensaje|correo)\b.{0,200}confidencial"
    r"|this (?:e-?mail|message|communication)\b.{0,200}confidential)",
    re.IGNORECASE | re.DOTALL,
)
_NOTICE_LOOKS = 400
"""How far into a paragraph a notice is looked for, in characters."""


def fresh_text(text: str) -> tuple[str, bool]:
    """Return what is new in the text of a mail, and whether anything was left out for that."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")]
    whole = "\n".join(lines).strip()
    at = _history(lines)
    new = _unsigned(lines[:at])
    if not new:  # the answer stands below what it quotes
        rest = [line for line in lines[at:] if not _QUOTED.match(line)]
        below = _quotes_by_sign(lines[at:]) and len(rest) < len(lines[at:])
        new = (_unsigned(_without_attribution(rest)) if below else "") or whole
    return new, new != whole


def _history(lines: list[str]) -> int:
    """Return the line where quoted history begins; the number of lines where there is none, or where it is mixed."""
    at = next((number for number in range(len(lines)) if _begins_history(lines, number)), len(lines))
    return len(lines) if _is_mixed(lines, at) else at


def _begins_history(lines: list[str], at: int) -> bool:
    line = lines[at]
    if _DIVIDER.match(line) or _QUOTED.match(line):
        return True
    if _RULE.fullmatch(line):
        return at + 1 < len(lines) and bool(_FROM.match(lines[at + 1]))
    if any(_ATTRIBUTION.match(" ".join(lines[at : at + taken])) for taken in (1, 2, 3)):
        return True
    following = lines[at + 1 : at + 6]
    return bool(_FROM.match(line)) and sum(bool(_MORE_HEADERS.match(one)) for one in following) >= 2


def _is_mixed(lines: list[str], at: int) -> bool:
    """Tell whether somebody answered between the lines they quote, after words of their own above."""
    if not _quotes_by_sign(lines[at:]) or not "".join(lines[:at]).strip():
        return False
    first = next(number for number in range(at, len(lines)) if _QUOTED.match(lines[number]))
    after = lines[first:]
    last = max(number for number, line in enumerate(after) if _QUOTED.match(line))
    return any(line.strip() and not _QUOTED.match(line) for line in after[:last])


def _quotes_by_sign(lines: list[str]) -> bool:
    return any(_QUOTED.match(line) for line in lines)


def _without_attribution(lines: list[str]) -> list[str]:
    for taken in (3, 2, 1):
        kept = [line for line in lines if line.strip()]
        if kept[taken - 1 : taken] and _ATTRIBUTION.match(" ".join(kept[:taken])):
            return lines[lines.index(kept[taken - 1]) + 1 :]
    return lines


def _unsigned(lines: list[str]) -> str:
    """Return lines without what stands under every letter of somebody: signature, device, legal notice."""
    end = next((number for number, line in enumerate(lines) if _SIGNATURE.fullmatch(line)), len(lines))
    kept = [line for line in lines[:end] if not _DEVICE.match(line)]
    paragraphs = re.split(r"\n\s*\n", "\n".join(kept).strip())
    for number, paragraph in enumerate(paragraphs):
        if number and _NOTICE.match(paragraph[:_NOTICE_LOOKS]):
            paragraphs = paragraphs[:number]
            break
    return "\n\n".join(paragraphs).strip()
