"""From a letter as it lies in a mailbox (RFC 5322) to an event. Whatever is wrong with it, nothing is raised."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr

from adapters.mail.letters import one_line
from adapters.mail.plain import text_of
from adapters.mail.quoting import fresh_text
from dialogs.events import Event, File, FileProblem, Mailed, MailNature, Person, Place, Platform
from dialogs.ports import FileStore
from dialogs.reading.addresses import domain_of

FILES_AT_MOST = 20
ANSWERS_AT_MOST = 20_000
"""How much is kept of what tells which mail is answered, in characters each."""

_ICON = 10_000
"""A picture within the text that is smaller than this belongs to a signature, in bytes."""
_ADDRESSED = ("In-Reply-To", "References", "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_MACHINE = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "List-Unsubscribe")
_MESSAGE_ID = re.compile(r"<[^\s<>]{3,}>")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_AWAY = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office"
    r"|respuesta autom[aá]tica|fuera de (?:la )?oficina)\b",
    re.IGNORECASE,
)
_DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon"})
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})


async def read_mail(raw: bytes, files: FileStore, *, inbox: str, now: datetime, whole: bool = True) -> Event:
    """Return the event that a letter is. Its key is its `Message-ID`, or its content where it has none.

    Of a letter that is not `whole` no files are kept, only that there is more.
    """
    letter = message_from_bytes(raw, policy=default)
    name, address = parseaddr(_header(letter, "From"))
    named = _header(letter, "Message-ID")
    key = named if _MESSAGE_ID.fullmatch(named) else _content_key(raw)
    nature, failed, why = _nature(letter)
    body = _body(letter)
    text, cut = fresh_text(body)
    subject = one_line(_header(letter, "Subject"))
    kept = []
    if not whole:
        kept.append(File(id=_content_key(raw), name=f"{subject or 'mail'}.eml", problem=FileProblem.TOO_LARGE))
    elif nature is not MailNature.BOUNCE:
        kept += [await _keep(files, part) for part in _attached(letter)]
    if cut and nature is not MailNature.BOUNCE:
        kept.append(await files.save(f"{subject or 'mail'}.txt", "text/plain", _once(body.encode("utf-8", "replace"))))
    answers = [_header(letter, one)[:ANSWERS_AT_MOST] for one in _ADDRESSED]
    if nature is MailNature.BOUNCE:
        answers += [*_original(letter), body[:ANSWERS_AT_MOST]]
    return Event(
        key=f"mail:{key}",
        actor=Person(platform=Platform.MAIL, tenant=domain_of(address), id=address.lower(), name=one_line(name)),
        place=Place(platform=Platform.MAIL, channel=inbox, thread=key),
        at=now,
        what=Mailed(
            message=key,
            subject=subject,
            text=why or text,
            files=tuple(kept),
            answers=tuple(filter(None, answers)),
            nature=nature,
            failed=failed,
        ),
    )


def unreadable(raw: bytes, *, inbox: str, now: datetime) -> Event:
    """Return the event of a letter that cannot be read: it came, and somebody should look into the mailbox."""
    key = _content_key(raw)
    nobody = Person(platform=Platform.MAIL, tenant="", id="?")
    place = Place(platform=Platform.MAIL, channel=inbox, thread=key)
    return Event(key=f"mail:{key}", actor=nobody, place=place, at=now, what=Mailed(message=key))


def _content_key(raw: bytes) -> str:
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def is_own(raw: bytes, sender: str) -> bool:
    """Tell whether a letter is one of ours that came back, as a copy to ourselves does."""
    letter = message_from_bytes(raw, policy=default)
    return parseaddr(_header(letter, "From"))[1].lower() == sender.lower()


def _header(letter: Message, name: str) -> str:
    """Return a header, or nothing where it cannot be read."""
    try:
        return " ".join(str(letter.get(name) or "").split())
    except Exception:  # noqa: BLE001 - what strangers write into headers has no end
        return ""


def _nature(letter: EmailMessage) -> tuple[MailNature, tuple[str, ...], str]:
    """Return what a mail is; of a bounce (RFC 3464) also whom it did not reach, and why."""
    sender = parseaddr(_header(letter, "From"))[1].lower()
    report = [part for part in letter.walk() if part.get_content_type() == "message/delivery-status"]
    if report:
        return _reported(report[0])
    lost = tuple(one.strip() for one in _header(letter, "X-Failed-Recipients").split(",") if one.strip())
    if lost or (sender.partition("@")[0] in _DAEMONS and _header(letter, "Return-Path") in {"<>", ""}):
        return MailNature.BOUNCE, lost, ""
    submitted = _header(letter, "Auto-Submitted").lower().partition(";")[0].strip()
    automatic = (
        submitted not in {"", "no"}
        or _header(letter, "Precedence").lower() in _BULK
        or any(_header(letter, one) for one in _MACHINE)
        or _AWAY.match(_header(letter, "Subject"))
    )
    return MailNature.AUTOMATIC if automatic else MailNature.LETTER, (), ""


def _reported(report: Message) -> tuple[MailNature, tuple[str, ...], str]:
    failed = [one for one in _inside(report) if _header(one, "Action").lower() == "failed"]
    if not failed:
        return MailNature.AUTOMATIC, (), ""
    named = (_header(one, "Original-Recipient") or _header(one, "Final-Recipient") for one in failed)
    addresses = tuple(dict.fromkeys(one.rpartition(";")[2].strip() for one in named))
    reasons = (_header(one, "Diagnostic-Code") or _header(one, "Status") for one in failed)
    return MailNature.BOUNCE, addresses, "\n".join(dict.fromkeys(filter(None, reasons)))


def _original(letter: EmailMessage) -> Iterator[str]:
    """Yield what a bounce gives back of the mail that it is about: its ids and subject."""
    for part in letter.walk():
        if part.get_content_type() == "text/rfc822-headers":
            yield _decoded(part)[:ANSWERS_AT_MOST]
        elif part.get_content_type() == "message/rfc822":
            for inner in _inside(part):
                yield from (_header(inner, name) for name in ("Subject", "Message-ID", "References", "In-Reply-To"))


def _inside(part: Message) -> list[Message]:
    """Return the letters that a part encloses."""
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _body(letter: Message) -> str:
    """Return the text of a letter: what it has as plain text, else what its page says."""
    plain = [part for part in _texts(letter) if part.get_content_type() == "text/plain"]
    if text := "\n".join(map(_decoded, plain)).strip():
        return text
    return text_of("\n".join(_decoded(part) for part in _texts(letter) if part.get_content_type() == "text/html"))


def _texts(letter: Message) -> Iterator[Message]:
    """Yield the parts that make up what somebody wrote, not what they attached or what came back."""
    if letter.get_content_type() == "message/rfc822":
        return
    if letter.is_multipart():
        for part in letter.iter_parts() if isinstance(letter, EmailMessage) else ():
            yield from _texts(part)
    elif letter.get_content_maintype() == "text" and not _is_attachment(letter):
        yield letter


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attached(letter: Message) -> list[Message]:
    return list(_leaves(letter))[:FILES_AT_MOST]


def _leaves(letter: Message) -> Iterator[Message]:
    for part in letter.walk():
        if part.get_content_type() == "message/rfc822" and part is not letter:
            yield part
        if part.is_multipart() or part.get_content_type() in _SIGNATURES:
            continue
        text = part.get_content_type() in {"text/plain", "text/html"}
        inline = part.get_content_maintype() == "image" and part.get("Content-ID") and len(_bytes(part)) < _ICON
        if (_is_attachment(part) or not text) and not inline:
            yield part


async def _keep(files: FileStore, part: Message) -> File:
    """Keep what is attached. Of a letter that is attached its words are kept; its own files are attached, too."""
    if inside := _inside(part):
        name = f"{one_line(_header(inside[0], 'Subject')) or 'mail'}.txt"
        return await files.save(name, "text/plain", _once(_body(inside[0]).encode("utf-8", "replace")))
    kind = part.get_content_type()
    name = one_line(part.get_filename() or "") or f"{part.get_content_maintype()}.{part.get_content_subtype()}"
    return await files.save(name, kind, _once(_bytes(part)))


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded(part: Message) -> str:
    """Return the text of a part, whatever it says of its letters."""
    content = _bytes(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")
