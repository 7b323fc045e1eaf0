"""Letters as mail programs and servers write them, and what the desk gets of each."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.arriving import read_mail
from adapters.mail.plain import text_of
from adapters.mail.quoting import fresh_text
from bot.files import Files
from dialogs.events import Event, FileProblem, Mailed, MailNature

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
OURS = "[LD-12 · x7k2mmmmmmmm] troncal 4471"

GMAIL = """Cambiamos la tarjeta, ya debería funcionar.

Saludos,
NOC Carrier X

El lun, 23 nov 2026 a las 9:15, LDTelecom (<soporte@ld.example>)
escribió:

> Buenos días:
>
> ¿Pueden revisarlo?
"""
OUTLOOK = """Estimados:

El puerto estaba bloqueado. Ya quedó.

________________________________
De: LDTelecom <soporte@ld.example>
Enviado: lunes, 23 de noviembre de 2026 9:15
Para: NOC <noc@carrierx.example>
Asunto: [LD-12 · x7k2mmmmmmmm] troncal 4471

Buenos días: ¿pueden revisarlo?
"""
OUTLOOK_ENGLISH = """Port was down, fixed.

-----Original Message-----
From: LDTelecom <soporte@ld.example>
Sent: Monday, November 23, 2026 9:15 AM
To: NOC <noc@carrierx.example>
Subject: [LD-12 · x7k2mmmmmmmm] troncal 4471

Hello: can you look at it?
"""
APPLE = """Fixed, please test.

Sent from my iPhone

> On Nov 23, 2026, at 9:15 AM, LDTelecom <soporte@ld.example> wrote:
>
> Hello: can you look at it?
"""
BELOW = """On Mon, Nov 23, 2026 at 9:15 AM LDTelecom <soporte@ld.example> wrote:
> Can you look at it?

Yes, a card was changed.

--
NOC Carrier X
+1 305 555 0100
"""
BETWEEN = """Respondo abajo:

> ¿Qué encontraron?

Una tarjeta dañada.

> ¿Para cuándo queda?

Hoy a las 16.
"""
SIGNED = """Ya quedó.

--\x20
Ana Ruiz
Carrier X

Este mensaje y sus anexos son confidenciales y para uso exclusivo de su destinatario.
"""
NOTICE = """Ya quedó.

CONFIDENTIALITY NOTICE: this e-mail is only for who it was sent to.
More of that.
"""
PLAIN = """De: la troncal no tenemos alarmas.
El equipo la revisó y escribió: todo bien.

Para: mañana enviamos el informe."""


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        (GMAIL, "Cambiamos la tarjeta, ya debería funcionar.\n\nSaludos,\nNOC Carrier X"),
        (OUTLOOK, "Estimados:\n\nEl puerto estaba bloqueado. Ya quedó."),
        (OUTLOOK_ENGLISH, "Port was down, fixed."),
        (APPLE, "Fixed, please test."),
        (BELOW, "Yes, a card was changed."),
        (BETWEEN, BETWEEN.strip()),
        (SIGNED, "Ya quedó."),
        (NOTICE, "Ya quedó."),
        (PLAIN, PLAIN),
        ("> solo cita\n> nada más", "> solo cita\n> nada más"),
        ("-- \nNOC", "-- \nNOC".replace(" \n", "\n")),
        ("", ""),
    ],
    ids=[
        *("gmail", "outlook", "outlook in English", "apple", "below", "between", "signed", "notice", "plain"),
        *("only a quotation", "only a signature", "empty"),
    ],
)
def test_what_is_new_in_a_letter(text: str, fresh: str) -> None:
    assert fresh_text(text.replace("\n", "\r\n")) == (
        fresh,
        fresh != "\n".join(map(str.rstrip, text.split("\n"))).strip(),
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*"ab >:-\n\r\t_<@", "El lun, 9:15, X escribió:", "De: x\nPara: y\n"])).map("".join))
def test_no_text_is_too_strange_and_none_vanishes(text: str) -> None:
    fresh, _ = fresh_text(text)
    assert bool(fresh) == bool(text.replace("\r\n", "\n").strip())


HTML = """<html><head><style>p {color: red}</style><title>x</title></head><body>
<div>Cambiamos la <b>tarjeta</b>&nbsp;&amp; el puerto.<br>Ya debería funcionar.</div>
<table><tr><td>Puerto</td><td>4471</td></tr></table><ul><li>uno<li>dos</ul>
<script>alert(1)</script>
<div class="gmail_quote"><div>El lun, 23 nov 2026 a las 9:15, LDTelecom escribió:<br></div>
<blockquote class="gmail_quote"><p>Buenos días</p><p>¿Pueden?</p></blockquote></div></body></html>"""


def test_a_page_reads_as_its_words_and_quotes_by_sign() -> None:
    text = text_of(HTML)
    assert text.startswith("Cambiamos la tarjeta & el puerto.\nYa debería funcionar.\nPuerto 4471\n• uno\n• dos")
    assert "> Buenos días" in text
    assert "alert" not in text
    assert fresh_text(text)[0].endswith("• dos")


def letter(text: str = "Listo.", **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    told = {"From": "NOC <NOC@CarrierX.example>", "To": "soporte@ld.example", "Subject": f"RE: {OURS}"}
    for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    message["Message-ID"] = "<1@carrierx.example>"
    message.set_content(text)
    return message


async def read(message: EmailMessage | bytes, folder: Path) -> tuple[Event, Mailed]:
    files = Files(folder, max_bytes=100_000, forbidden=frozenset({"exe"}))
    raw = message if isinstance(message, bytes) else message.as_bytes()
    event = await read_mail(raw, files, inbox="soporte@ld.example", now=NOW)
    assert isinstance(event.what, Mailed)
    return event, event.what


async def test_a_letter_becomes_an_event_by_its_own_id(tmp_path: Path) -> None:
    answer = letter(GMAIL, References="<LD-12.x7k2mmmmmmmm@ld.example> <a@b>", In_Reply_To="<a@b>", Cc="otro@x.example")
    event, mailed = await read(answer, tmp_path)
    assert event.key == "mail:<1@carrierx.example>"
    assert (event.actor.id, event.actor.tenant, event.actor.name) == ("noc@carrierx.example", "carrierx.example", "NOC")
    assert (mailed.subject, mailed.nature) == (f"RE: {OURS}", MailNature.LETTER)
    assert mailed.text == "Cambiamos la tarjeta, ya debería funcionar.\n\nSaludos,\nNOC Carrier X"
    assert "LD-12.x7k2mmmmmmmm" in " ".join(mailed.answers)
    (whole,) = mailed.files
    assert (whole.name, whole.media_type) == (f"RE: {OURS}.txt", "text/plain")
    assert "¿Pueden revisarlo?" in whole.excerpt


async def test_files_are_kept_and_the_pictures_of_signatures_are_not(tmp_path: Path) -> None:
    message = letter("Adjunto el informe.")
    message.add_attachment(b"informe", maintype="application", subtype="pdf", filename="informe.pdf")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="virus.exe")
    message.add_attachment(b"logo", maintype="image", subtype="png", cid="<logo@x>", disposition="inline")
    message.add_attachment(b"foto" * 4000, maintype="image", subtype="png", cid="<foto@x>", disposition="inline")
    forwarded = letter("Lo de adentro.", Date="Mon, 23 Nov 2026 09:15:00 -0500")
    message.add_attachment(forwarded)
    _, mailed = await read(message, tmp_path)
    assert [(file.name, file.problem) for file in mailed.files] == [
        ("informe.pdf", None),
        ("virus.exe", FileProblem.FORBIDDEN_TYPE),
        ("image.png", None),
        (f"RE: {OURS}.txt", None),
    ]
    assert mailed.text == "Adjunto el informe."
    assert mailed.files[-1].excerpt.strip() == "Lo de adentro."


async def test_a_letter_that_is_a_page_only(tmp_path: Path) -> None:
    message = letter()
    message.set_content(HTML, subtype="html")
    _, mailed = await read(message, tmp_path)
    assert mailed.text.startswith("Cambiamos la tarjeta & el puerto.")
    assert "Buenos días" not in mailed.text


@pytest.mark.parametrize(
    ("charset", "said"), [("iso-8859-1", "iso-8859-1"), ("cp1252", "utf-8"), ("utf-8", "x-unknown"), ("utf-8", "utf-8")]
)
async def test_letters_are_read_whatever_they_say_of_their_alphabet(tmp_path: Path, charset: str, said: str) -> None:
    head = f"From: a@x.example\r\nContent-Type: text/plain; charset={said}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    _, mailed = await read(head.encode() + "Ya quedó la señal.".encode(charset), tmp_path)
    assert mailed.text == "Ya quedó la señal."


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<noticias.x.example>"},
        {"Subject": "Respuesta automática: [LD-12 · x7k2mmmmmmmm] troncal"},
        {"Subject": "Automatic reply: troncal"},
        {"Subject": "Out of office Re: troncal"},
    ],
)
async def test_what_a_machine_wrote_is_known(tmp_path: Path, headers: dict[str, str]) -> None:
    _, mailed = await read(letter("Estoy de vacaciones.", **headers), tmp_path)
    assert mailed.nature is MailNature.AUTOMATIC
    assert mailed.text == "Estoy de vacaciones."


async def test_a_letter_that_says_it_is_of_no_machine_is_of_none(tmp_path: Path) -> None:
    _, mailed = await read(letter(Auto_Submitted="no", Precedence="normal"), tmp_path)
    assert mailed.nature is MailNature.LETTER


REPORT = """From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: soporte@ld.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; noc@carrierx.example
Original-Recipient: rfc822;noc@carrierx.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <noc@carrierx.example>: User unknown

--b
Content-Type: text/rfc822-headers

Subject: [LD-12 x7k2mmmmmmmm] troncal
Message-ID: <0123456789abcdef0123456789abcdef@ld.example>

--b--
"""


async def test_a_report_tells_whom_a_mail_did_not_reach_why_and_which_it_was(tmp_path: Path) -> None:
    raw = REPORT.format(action="failed").replace("\n", "\r\n").encode()
    _, mailed = await read(raw, tmp_path)
    assert (mailed.nature, mailed.failed) == (MailNature.BOUNCE, ("noc@carrierx.example",))
    assert mailed.text == "smtp; 550 5.1.1 <noc@carrierx.example>: User unknown"
    assert "0123456789abcdef0123456789abcdef" in " ".join(mailed.answers)
    assert mailed.files == ()


async def test_a_report_of_a_delay_is_no_failure(tmp_path: Path) -> None:
    raw = REPORT.format(action="delayed").replace("\n", "\r\n").encode()
    _, mailed = await read(raw, tmp_path)
    assert mailed.nature is MailNature.AUTOMATIC


async def test_a_bounce_in_no_form_is_still_one(tmp_path: Path) -> None:
    message = letter("No such user here.\n\n<0123456789abcdef0123456789abcdef@ld.example>")
    message.replace_header("From", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>")
    message["X-Failed-Recipients"] = "noc@carrierx.example"
    _, mailed = await read(message, tmp_path)
    assert (mailed.nature, mailed.failed) == (MailNature.BOUNCE, ("noc@carrierx.example",))
    assert "0123456789abcdef0123456789abcdef" in " ".join(mailed.answers)


async def test_a_letter_without_a_sound_id_is_known_by_its_content(tmp_path: Path) -> None:
    keys = set()
    for name, text in (("<a b@x>", "uno"), ("<a c@x>", "dos"), ("", "tres"), ("", "tres")):
        head = f"From: a@x.example\r\nMessage-ID: {name}\r\n\r\n"
        keys.add((await read(head.encode() + text.encode(), tmp_path))[0].key)
    assert len(keys) == 3


@settings(max_examples=150, deadline=None)
@given(raw=st.binary(max_size=400))
async def test_no_bytes_are_too_strange(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    await read(raw, tmp_path_factory.getbasetemp())
