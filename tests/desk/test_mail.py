"""E-mail that comes in: what finds its case, what moves it, and what is only told."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from dialogs.cases import CaseStatus, EventKind
from dialogs.events import File, Mailed, MailNature, Person, Place, Platform
from dialogs.messages import Mail
from storage.delivery_queue import GIVEN_UP
from storage.outbox import DELIVERY
from storage.tables import OutboxRow, OutboxState
from tests.desk.conftest import ACME, ANA, DESK, LOG, MARTA, Office

INBOX = Place(platform=Platform.MAIL, channel="soporte@ld.example")
NOC = "noc@carrierx.example"


async def asked(office: Office, address: str = NOC) -> str:
    """File a case, write to a third party about it, and return the subject of that mail."""
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, f'derivar LD-1 "Carrier X" TT-991 {address} ¿Pueden revisarlo?')
    return (await mails(office))[-1].subject


async def posted(office: Office) -> list[tuple[str, Mail]]:
    """Return the mails that were decided, each with its key."""
    async with office.database.unit() as unit:
        rows = (await unit.session.scalars(select(OutboxRow).order_by(col(OutboxRow.id)))).all()
        found = [(row.key, DELIVERY.validate_json(row.payload)) for row in rows]
    return [(key, one) for key, one in found if isinstance(one, Mail)]


async def mails(office: Office) -> list[Mail]:
    return [mail for _, mail in await posted(office)]


async def comes(office: Office, sender: str, subject: str, text: str = "Cambiamos la tarjeta.", **more: object) -> None:
    domain = sender.rpartition("@")[2]
    person = Person(platform=Platform.MAIL, tenant=domain, id=sender, name="NOC")
    mailed = Mailed(message=f"<{len(subject)}@x>", subject=f"Re: {subject}", text=text, **more)  # type: ignore[arg-type]
    await office.does(person, INBOX, mailed)


async def status(office: Office) -> CaseStatus:
    return (await office.case()).status


def desk_reads(office: Office) -> str:
    return "\n".join(
        shown.text for key, screen in office.screens.items() if key.startswith("desk:") for shown in screen
    )


async def test_an_answer_finds_its_case_by_the_token_in_its_subject(any_office: Office) -> None:
    office = any_office
    await comes(office, NOC, await asked(office), files=(LOG,))
    assert await status(office) is CaseStatus.CLOSE_THE_LOOP
    answer = next(event for event in await office.history() if event.kind is EventKind.THIRD_PARTY_ANSWERED)
    assert (answer.actor_key, answer.platform) == (f"mail:carrierx.example:{NOC}", Platform.MAIL)
    assert answer.data["text"] == "Cambiamos la tarjeta."
    under = next(shown for shown in office.screen(office.under_card()) if "Falta avisarle" in shown.text)
    assert under.files == (LOG.name,)
    assert under.buttons == ("case.reply", "case.mail")
    assert "tarjeta" not in office.customers_see()
    assert "NOC anotó la respuesta de Carrier X" in await office.types(MARTA, "ver 1")


async def test_or_by_the_ids_and_addresses_where_somebody_changed_the_subject(office: Office) -> None:
    token = (await asked(office)).split()[2].strip("]")
    await comes(office, NOC, "ticket cerrado", answers=(f"<x@y> <LD-1.{token}@ld.example>",))
    assert await status(office) is CaseStatus.CLOSE_THE_LOOP
    await office.types(MARTA, "correo 1 ¿Seguro?")
    await comes(office, NOC, "otra cosa", "Sí.", answers=(f"soporte+{token}@ld.example",))
    assert "Sí." in desk_reads(office)


@pytest.mark.parametrize(
    ("known", "sender", "moves"),
    [
        (NOC, "ana.ruiz@carrierx.example", True),
        (NOC, "TICKETS@noc.carrierx.example", True),
        (NOC, "noc@carrierx.example.evil.example", False),
        (NOC, "noc@evilcarrierx.example", False),
        ("carrierx@gmail.com", "carrierx@gmail.com", True),
        ("carrierx@gmail.com", "otro@gmail.com", False),
        ("noc@carrierx.example", "", False),
    ],
)
async def test_only_who_was_asked_moves_a_case(office: Office, known: str, sender: str, *, moves: bool) -> None:
    subject = await asked(office, known)
    await comes(office, sender, subject)
    assert (await status(office) is CaseStatus.CLOSE_THE_LOOP) is moves
    assert ("no es una dirección conocida de Carrier X" in desk_reads(office)) is not moves


async def test_a_machine_moves_nothing_and_an_agent_may_say_it_is_the_answer(office: Office) -> None:
    await comes(office, NOC, await asked(office), "Ticket 55 resuelto.", nature=MailNature.AUTOMATIC)
    assert await status(office) is CaseStatus.WAITING_THIRD_PARTY
    told = next(shown for shown in office.screen(office.under_card()) if "Respuesta automática" in shown.text)
    assert told.buttons == ("case.answered",)
    reply = await office.presses(MARTA, "case.answered", 'LD-1 "Carrier X"')
    view = reply.view  # type: ignore[union-attr]
    assert view.inputs[0].value == "Ticket 55 resuelto."
    await office.sends(MARTA, view, text=view.inputs[0].value)
    assert await status(office) is CaseStatus.CLOSE_THE_LOOP


@pytest.mark.parametrize("refused", [False, True])
async def test_a_mail_that_did_not_arrive_is_told_and_chased_no_more(office: Office, *, refused: bool) -> None:
    subject = await asked(office)
    why, ((key, _),) = "550 5.1.1 no such mailbox", await posted(office)
    if refused:  # by the server that it was handed to
        async with office.database.unit() as unit:
            lost = {"state": OutboxState.DEAD, "last_error": why}
            await unit.session.execute(update(OutboxRow).where(col(OutboxRow.key) == key).values(lost))
            unit.timers.set(GIVEN_UP, key, fence="", due_at=office.now, place=INBOX, now=office.now)
            await unit.commit()
        await office.waits(1)
    else:  # by the one that it was passed on to
        given_back = (f"<{key}@ld.example>",)
        bounce = {"nature": MailNature.BOUNCE, "failed": (NOC,), "answers": given_back}
        await comes(office, "mailer-daemon@mx.example", subject, why, **bounce)
    assert await status(office) is CaseStatus.WAITING_THIRD_PARTY
    told = next(shown for shown in office.screen(office.under_card()) if "no llegó" in shown.text)
    assert told.text == (
        f"@Marta Rivas: el correo sobre LD-1 a {NOC} (Carrier X · TT-991) no llegó. Esto dijo el servidor:\n«{why}»"
    )
    assert told.buttons == ("case.mail",)
    await office.waits(60 * 24 * 6)
    assert len(await mails(office)) == 1


async def test_what_belongs_to_no_case_is_told_to_the_desk_and_does_nothing(office: Office) -> None:
    await asked(office)
    before = len(await office.history())
    note = File(id="f9", name="foto.png", media_type="image/png", size=3, sha256="cd")
    await comes(office, "alguien@otro.example", "[LD-1 · aaaaaaaaaaaa] <!channel> *hola*", files=(note,))
    await comes(office, "noticias@otro.example", "Ofertas", "Compre ya", nature=MailNature.AUTOMATIC)
    await comes(office, "postmaster@otro.example", "x", "550 no", nature=MailNature.BOUNCE, failed=("a@b.example",))
    assert len(await office.history()) == before
    top = "\n".join(shown.text for shown in office.screen(DESK))
    assert "alguien@otro.example, «Re: [LD-1 · aaaaaaaaaaaa] <!channel> *hola*»" in top
    assert "noticias@otro.example, «Re: Ofertas»" in top
    assert "Compre ya" not in top
    assert "Un correo no llegó a a@b.example" in top
    assert office.screen(DESK)[-3].files == ("foto.png",)


async def test_whoever_is_written_to_without_an_address_is_asked_for_one(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.types(MARTA, 'derivar LD-1 "Carrier X"')
    assert "No tengo el correo de Carrier X" in await office.types(MARTA, "correo 1 hola")
    answer = await office.types(MARTA, f"correo 1 {NOC} hola")
    assert answer == f"El correo para Carrier X ({NOC}) ya salió. Su respuesta llegará al hilo de la ficha."
    (mail,) = await mails(office)
    assert (mail.to, mail.automatic) == (NOC, False)


async def test_typed_in_a_thread_the_letter_is_shown_first(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.says(MARTA, office.under_card(), f'/caso derivar "Carrier X" {NOC}')
    assert await mails(office) == []
    await office.says(MARTA, office.under_card(), "/caso correo")
    shown = office.last(office.under_card())
    assert "Qué ocurre: Sin tono" in shown
    assert "Lo esperado: Llamadas sin cortes" in shown
    assert "Comenzó: mar, 3 de mar de 2026 9:00 (Lima) · 14:00 UTC" in shown
    assert "+51" not in shown
    await office.says(MARTA, office.under_card(), "/caso correo enviar")
    assert len(await mails(office)) == 1
