"""Telephone numbers as people write them, in full international form (E.164)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from dialogs.reading.text import fold

_DIGIT_WORDS = {
    word: str(index % 10)
    for index, word in enumerate(
        (
            *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        )
    )
} | {"oh": "0", "un": "1"}
_SPOKEN_DIGIT = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_SPOKEN = re.compile(rf"\b(?:{_SPOKEN_DIGIT})(?:[\s,.-]+(?:{_SPOKEN_DIGIT})){{6,}}\b")
_LETTER_O = re.compile(r"(?<=\d)o(?=[o\d])|(?<=\do)o(?=[\s\d])|\bo(?=\d\d)")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TOLL_FREE_WORD = re.compile(r"(?:\+?1[\s.-]*)?\(?8(?:00|33|44|55|66|77|88)\)?[\s.-]*[a-z]{7,}\b")
_LONG_NUMBER = re.compile(r"(?<![\w.,$#+-])(?:00\s?)?[1-9](?:[\s.()-]{0,2}\d){9,14}(?![\w-]|[.,]\d)")
_EXTENSION = re.compile(r"\W{0,3}\b(?:ext(?:ension)?|extn|anexo|interno|int|x|opcion)\W{0,3}(?P<extension>\d{1,6})\b")
_OTHER_NUMBER = re.compile(
    r"\b(?:factura|invoice|ticket|caso|case|pedido|orden|order|ref|referencia|reference|serial|serie|imei|nit|rut|rfc|dni|"
    r"cedula|cuenta|account|contrato|contract|id|sn|mac|tarjeta|card|guia|tracking|po|ip|pin|codigo|code)\b\W*(?:n[o°º]\W*|num\w*\W*|#\W*|is\W*|es\W*)?$"
)
_PHONE_WORD = re.compile(
    r"\b(?:tel\w*|cel\w*|movil|mobile|phone|cell|whats\w*|wsp|wpp|numero|number|llam\w*|call|contact\w*|marc\w*|reach)\b"
)

# Mexico dropped the 1 after its country code and the 044, 045 and 01 before its numbers on 3 August 2019 (IFT, Plan
# Técnico Fundamental de Numeración); people still write them.
_OLD_MEXICAN = re.compile(r"(?:(?:\+|00)\s?52\s?1|\b52\s?1|\b04[45]|\b01)[\s.-]?(?=(?:[\s().-]*\d){10}(?!\d))")


@dataclass(frozen=True, slots=True)
class PhoneMention:
    """A number in a text: ``text`` stands from character ``start`` to ``end``, ``phone`` is as from `read_phone`."""

    start: int
    end: int
    text: str
    phone: str


def read_phone(text: str, *, country: str | None) -> str | None:
    """Return the number in an answer as E.164, with `;ext=123` after it when it has an extension (RFC 3966).

    ``country`` is the ISO 3166 code of where the writer is, for a number without its country code. None when there
    is no number that can be called.
    """
    mention = find_phone(text, country=country)
    if mention:
        return mention.phone
    plain = _plain(text)
    spoken = _SPOKEN.search(plain)
    if spoken:
        digits = "".join(_DIGIT_WORDS[word] for word in re.findall(r"[a-z]+", spoken[0]))
        return _in_full(digits, country)
    worded = _TOLL_FREE_WORD.search(plain)
    if worded:
        return _in_full(phonenumbers.convert_alpha_characters_in_number(worded[0]), country)
    return next((m.phone for m in _without_plus(text, plain)), None)


def find_phone(text: str, *, country: str | None) -> PhoneMention | None:
    """Return the first number to call in a message, past dates, addresses, invoices and tickets; none if none."""
    plain = _plain(text)
    if country == "MX" or "52" in plain:
        plain = _OLD_MEXICAN.sub(lambda match: ("+52" if "52" in match[0] else "").rjust(len(match[0])), plain)
    for match in PhoneNumberMatcher(plain, country, leniency=Leniency.VALID):
        if not _OTHER_NUMBER.search(plain, 0, match.start) and not _is_repeated(match.number):
            return _mention(text, plain, match.start, match.end, match.number)
    if _PHONE_WORD.search(plain):
        return next(_without_plus(text, plain), None)
    return None


def _plain(text: str) -> str:
    """Return the text folded, with digits for the letter O and spaces for what is not seen; as long as it was."""
    return _LETTER_O.sub("0", fold(_INVISIBLE.sub(" ", text)))


def _without_plus(text: str, plain: str) -> Iterator[PhoneMention]:
    """Return the long numbers that start with the code of a country, though no plus says so."""
    for match in _LONG_NUMBER.finditer(plain):
        digits = re.sub(r"\D", "", match[0]).removeprefix("00")
        try:
            number = phonenumbers.parse("+" + digits)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and not _OTHER_NUMBER.search(plain, 0, match.start()):
            yield _mention(text, plain, *match.span(), number)


def _mention(text: str, plain: str, start: int, end: int, number: PhoneNumber) -> PhoneMention:
    extension = number.extension
    told = _EXTENSION.match(plain, end)
    if told and not extension:
        extension, end = told["extension"], told.end()
    phone = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return PhoneMention(start, end, text[start:end], f"{phone};ext={extension}" if extension else phone)


def _in_full(digits: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_repeated(number: PhoneNumber) -> bool:
    """Tell whether a number is one digit over and over, as people write who will not give theirs."""
    return len(set(str(number.national_number))) == 1
