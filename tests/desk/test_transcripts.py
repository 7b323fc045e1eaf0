"""A case from the card to the end, as each side reads it, in both languages."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cases import CaseStatus, EventKind, Severity, Told, ToldZone
from dialogs.events import Language
from tests.desk.conftest import ACME, ANA, BRUNO, DESK, DIEGO, GLOBEX, LOG, LUIS, MARTA, START, Office, opened


async def test_a_case_in_spanish(any_office: Office) -> None:
    office = any_office
    thread = await office.files(ANA, ACME, "No salen las llamadas de la sede Lima")
    assert office.screen(thread)[0].text == (
        "Listo, su caso quedó registrado con el número LD-1.\n"
        "Un analista lo revisa y le responde en este mismo hilo. Si recuerda algo más o tiene archivos, escríbalo"
        " aquí. Para saber cómo va: estado LD-1.\n"
        "Le respondemos antes de: hoy 10:30 (Lima), según la gravedad propuesta (S2 · alta).\n"
        "Si hace falta hablar con usted, ¿cómo prefiere que le contactemos? Puede cambiarlo cuando quiera con perfil."
    )
    card = office.card()
    assert card.text == (
        "LD-1 · ACME\n"
        "«No salen las llamadas de la sede Lima»\n"
        "Estado: Nuevo\n"
        "A cargo de: Sin asignar\n"
        "Próximo: primera respuesta en 30 min · mar, 3 de mar de 2026 10:30 (Miami);"
        " después, solución · mar, 3 de mar de 2026 18:00 (Miami)\n"
        "Lo reporta: Ana Quispe · tiene teléfono\n"
        "Hora del cliente: 10:00 en Lima, como en Miami\n"
        "Gravedad: S2 · alta (propuesta, sin confirmar)\n"
        "Impacto: Varias personas; sin alternativa\n"
        "Comenzó: «a las 9» · mar, 3 de mar de 2026 9:00 (Miami) · 9:00 en Lima\n"
        "Lo esperado: Llamadas sin cortes\n"
        "Ver la conversación · Lo que escriban en este hilo es nota interna; al cliente solo le llega lo que envíen"
        " con Responder."
    )
    assert card.buttons == (
        "case.take",
        "case.reply",
        "case.wait",
        "case.note",
        "case.severity",
        "case.derive",
        "case.resolve",
        "case.phone",
    )

    assert "LD-1 ya es suyo" in await office.types(MARTA, "tomar LD-1")
    assert office.last(thread) == "Marta Rivas ya está con su caso LD-1."
    assert "Estado: En curso\nA cargo de: Marta Rivas" in office.card().text

    await office.says(MARTA, office.under_card(), "Parece la troncal, llamo al proveedor")
    await office.types(MARTA, "gravedad ld1 s1 toda la sede sin servicio")
    assert office.last(thread) == (
        "Un analista revisó la gravedad de su caso LD-1: S1 · crítica.\n"
        "Le respondemos antes de: hoy 10:15 (Lima).\n"
        "Con esta gravedad, la solución está prevista antes de: hoy 14:00 (Lima)."
    )
    assert "Gravedad: S1 · crítica\n" in office.card().text

    answer = await office.types(MARTA, "responder 1 Ya lo estamos revisando.")
    assert answer == "Enviado a Ana Quispe (ACME), en acme, caso LD-1."
    assert office.last(thread) == "Marta Rivas, de LDTelecom:\nYa lo estamos revisando."

    await office.says(ANA, thread, "Gracias, adjunto el registro", LOG)
    assert (
        office.last(office.under_card()) == "Del cliente · Ana Quispe:\n«Gracias, adjunto el registro»\n📎 router.log"
    )
    assert office.card().files == ("router.log",)
    await office.says(BRUNO, thread, "A mí tampoco me sale")
    assert office.last(office.under_card()) == "Del cliente · Bruno Paz:\n«A mí tampoco me sale»"

    await office.types(MARTA, "resolver #1 Se cambió la tarjeta de la troncal.")
    assert office.last(thread) == (
        "Marta Rivas dio por resuelto su caso LD-1.\nSe cambió la tarjeta de la troncal.\n"
        "Si todo quedó bien, no hace falta que haga nada. Si el problema sigue, escríbalo en este hilo."
    )
    case = await office.case()
    assert (case.status, case.severity_confirmed) == (CaseStatus.RESOLVED, Severity.S1)
    assert await office.kinds() == [
        EventKind.FILED,
        EventKind.TAKEN,
        EventKind.STATUS_CHANGED,
        EventKind.NOTED,
        EventKind.SEVERITY_CONFIRMED,
        EventKind.REPLIED,
        EventKind.CUSTOMER_WROTE,
        EventKind.FILE_ADDED,
        EventKind.CUSTOMER_WROTE,
        EventKind.JOINED,
        EventKind.RESOLVED,
        EventKind.STATUS_CHANGED,
    ]


async def test_a_case_in_english(english_office: Office) -> None:
    office = english_office
    thread = await office.files(LUIS, GLOBEX, "Calls to Lima drop", language=Language.ENGLISH)
    assert office.screen(thread)[0].text.startswith("Done: your case is registered as LD-1.")
    assert "Severity: S2 · high (proposed, not confirmed)" in office.card().text

    await office.presses(DIEGO, "case.take", "LD-1")
    assert office.last(thread) == "Diego Salas is now working on your case LD-1."
    form = opened(await office.presses(DIEGO, "case.reply", "LD-1"))
    assert (form.title, form.inputs[-1].hint) == (
        "Reply · LD-1",
        "It goes to Luis Ferrer (Globex), in globex. They write in English.",
    )
    await office.sends(DIEGO, form, text="We are on it.\nMore in an hour.")
    assert office.last(thread) == "Diego Salas from LDTelecom:\nWe are on it.\nMore in an hour."

    form = opened(await office.presses(DIEGO, "case.severity", "LD-1"))
    assert form.inputs[0].value == "S2"
    await office.sends(DIEGO, form, severity="S3", text="there is another line")
    assert office.last(thread).startswith("An analyst has reviewed the severity of your case LD-1: S3 · medium.\n")

    form = opened(await office.presses(DIEGO, "case.note", "LD-1"))
    await office.sends(DIEGO, form, text="carrier ticket 8871")
    assert office.last(office.under_card()) == "Internal note by Diego Salas:\n«carrier ticket 8871»"

    form = opened(await office.presses(DIEGO, "case.resolve", "LD-1"))
    await office.sends(DIEGO, form, text="")
    assert office.last(thread).startswith("Diego Salas has marked your case LD-1 as resolved.\nIf everything works")
    assert office.card().buttons == ("case.reply", "case.note", "case.phone")

    shown = await office.types(DIEGO, "show LD-1", command="case")
    for line in ("Luis Ferrer filed the case", "Diego Salas took the case", "from S2 to S3: «there is"):
        assert line in shown


async def test_each_side_reads_its_own_language(english_office: Office) -> None:
    thread = await english_office.files(ANA, ACME, "Sin tono", language=Language.SPANISH)
    await english_office.types(DIEGO, "take 1", command="case")
    assert english_office.last(thread) == "Diego Salas ya está con su caso LD-1."
    assert "Status: In progress" in english_office.card().text


async def test_typed_in_the_desk_it_is_answered_in_the_thread(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    for text, addressed in (("caso lista", False), ("lista", True), ("/case list", False), ("Caso: lista", True)):
        asked = await office.says(MARTA, DESK, text, addressed=addressed)
        thread = replace(DESK, thread=asked)
        line = "LD-1 Nuevo · S2 · alta (propuesta, sin confirmar) · ACME · Sin asignar · vence hoy 10:30 (Miami)"
        assert f"{line} · «Sin tono»" in office.last(thread), text


async def test_an_unfinished_case_says_so(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Ayuda", complete=False, impact=None, started=None, phone=None)
    assert office.screen(thread)[0].text.startswith("Ya avisé a una persona del equipo.")
    assert "Incompleto: pidió hablar con una persona antes de terminar" in office.card().text


async def test_a_zone_that_was_assumed_is_never_shown_as_told(office: Office) -> None:
    started = Told(text="las 9", instant=START, zone="America/New_York", assumed=True)
    await office.files(ANA, ACME, "Sin tono", started=started, zone=ToldZone("America/New_York", assumed=True))
    marked = [line for line in office.card().text.splitlines() if line.endswith("(zona supuesta)")]
    assert [line.partition(":")[0] for line in marked] == ["Hora del cliente", "Comenzó"]


async def test_a_long_description_is_whole_under_the_card(office: Office) -> None:
    description = "palabra " * 2000
    await office.files(ANA, ACME, description)
    assert len(office.card().text) < 2000
    assert description in office.last(office.under_card())
