"""A whole case in Teams as the Agents Playground shows it. `make playground` runs it; it needs Node."""

from __future__ import annotations

import pytest

from tests.playground.conftest import Sit

pytestmark = [pytest.mark.playground, pytest.mark.timeout(300)]


async def test_filed_in_conversation_answered_resolved_and_surveyed(sit: Sit) -> None:
    ana, marta = await sit("customer"), await sit("desk")
    await marta.goes_to("Gerencia")
    await marta.goes_to("LDTelecom - Mesa de casos")
    await ana.goes_to("ACME - Soporte")

    await ana.posts("no salen las llamadas internacionales")
    await ana.sees("¿Y qué debería pasar en su lugar?")
    await ana.replies("que timbre del otro lado")
    await ana.sees("¿De qué servicio o línea se trata?")
    await ana.replies("troncal SIP 4471")
    await ana.sees("¿A quién afecta?")
    await ana.presses("Varias personas")
    await ana.sees("¿Hay alguna forma de seguir trabajando")
    await ana.replies("no")
    await ana.sees("¿Desde cuándo pasa?")
    await ana.replies("hoy a las 0:05, hora de Lima")
    await ana.sees("¿A qué número podemos llamarle")
    await ana.replies("+51 987 654 321")
    await ana.sees("Así quedaría su caso")
    await ana.presses("Enviar")
    await ana.sees("registrado con el número LD-1")

    await marta.sees("no salen las llamadas internacionales")
    await marta.presses("Tomar")
    await marta.sees("En curso")
    await marta.presses("Responder")
    await marta.fills({"Su respuesta al cliente": "Ya cambiamos la ruta, ¿puede probar?"})
    await marta.presses("Enviar")
    await ana.sees("Ya cambiamos la ruta, ¿puede probar?")
    await ana.replies("sí, ya sale")
    await marta.sees("sí, ya sale")
    await marta.replies("caso resolver LD-1 Se corrigió la ruta internacional.")
    await ana.sees("Se corrigió la ruta internacional.")

    await ana.sees("¿cómo le fue con LD-1?")
    await ana.presses("2")
    await ana.sees("lo revisa un responsable")
    await marta.goes_to("Gerencia")
    await marta.sees("ACME calificó LD-1 con 2 de 5")
    await marta.goes_to("LDTelecom - Mesa de casos")
    await ana.presses("Agregar un comentario")
    await ana.fills({"Su calificación": "5 · excelente", "Un comentario": "me equivoqué de número"})
    await ana.presses("Enviar")
    await ana.sees("Queda en 5 de 5 para LD-1, con su comentario.")
    await marta.sees("calificó la atención con 5 de 5")


async def test_filed_as_one_form_and_resolved_by_another(sit: Sit) -> None:
    ana, marta = await sit("customer"), await sit("desk")
    await marta.goes_to("LDTelecom - Mesa de casos")
    await ana.goes_to("ACME - Soporte")

    await ana.posts("no salen las llamadas internacionales")
    await ana.presses("Llenar como formulario")
    await ana.fills(
        {
            "Qué debería pasar": "que timbre",
            "Afecta a": "Varias personas",
            "¿Hay alternativa?": "No",
            "Desde": "nunca se sabe",
        }
    )
    await ana.presses("Revisar")
    await ana.sees("Por ejemplo: «hoy a las 9:15»")
    await ana.fills({"Desde": "hoy a las 0:05", "Zona horaria": "Lima", "Teléfono": "+51 987 654 321"})
    await ana.presses("Revisar")
    await ana.sees("Así quedaría su caso")
    assert await ana.page.locator(".ac-adaptiveCard textarea").count() == 0, "the form left its place to its answers"
    await ana.presses("Enviar")
    await ana.sees("registrado con el número LD-1")

    await marta.sees("LD-1 · ACME")
    await marta.presses("Resolver")
    await marta.presses("Cancelar")
    await marta.presses("Resolver")
    await marta.fills({"Qué se hizo": "Se corrigió la ruta internacional."})
    await marta.presses("Resolver")
    await marta.sees("Resuelto")
    await ana.sees("Se corrigió la ruta internacional.")


async def test_filed_in_a_private_chat_with_suggested_answers(sit: Sit) -> None:
    ana, marta = await sit("customer"), await sit("desk")
    await marta.goes_to("LDTelecom - Mesa de casos")

    await ana.goes_to("Personal Chat")
    await ana.sees("support assistant of LDTelecom")  # the Playground's clients are English; her words are not
    await ana.writes("no salen las llamadas internacionales")
    await ana.sees("¿Y qué debería pasar en su lugar?")
    await ana.writes("que timbre del otro lado")
    await ana.sees("¿De qué servicio o línea se trata?")
    await ana.writes("troncal SIP 4471")
    await ana.answers("Varias personas")
    await ana.sees("¿Hay alguna forma de seguir trabajando")
    await ana.writes("quiero hablar con una persona")
    await marta.sees("LD-1 · ACME")
    await marta.sees("troncal SIP 4471")
    await marta.replies("caso responder LD-1 La llamo en un momento.")
    await ana.sees("La llamo en un momento.")
