"""A whole case in Teams as the Agents Playground shows it. `make playground` runs it; it needs Node."""

from __future__ import annotations

import pytest

from tests.playground.conftest import Sit

pytestmark = [pytest.mark.playground, pytest.mark.timeout(300)]


async def test_filed_in_conversation_answered_and_resolved(sit: Sit) -> None:
    ana, marta = await sit("customer"), await sit("desk")
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
    await marta.fills({"Your answer to the customer": "Ya cambiamos la ruta, ¿puede probar?"})
    await marta.presses("Send")
    await ana.sees("Ya cambiamos la ruta, ¿puede probar?")
    await ana.replies("sí, ya sale")
    await marta.sees("sí, ya sale")
    await marta.replies("caso resolver LD-1 Se corrigió la ruta internacional.")
    await ana.sees("Se corrigió la ruta internacional.")
