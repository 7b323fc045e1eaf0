"""The page that the assistant has for each person, as Slack's Home tab shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from bot.desk.home import REFRESH, WATCHED
from bot.routing import route
from bot.turn import Turn
from dialogs.cases import Severity
from dialogs.events import HomeOpened, Joined, Language, Person, Place, Platform, Pressed
from dialogs.messages import Button, Message, ShowHome, message_text
from storage.outbox import DELIVERY
from storage.tables import OutboxRow
from storage.timer_queue import TimerQueue
from tests.desk.conftest import ACME, ANA, BRUNO, DIEGO, GLOBEX, LUIS, MARTA, Office, opened, whispered


def private(person: Person) -> Place:
    return Place(platform=person.platform, channel=f"D-{person.id}", direct=True)


async def homes(office: Office, person: Person) -> list[Message]:
    """Every content that somebody's page ever had."""
    async with office.database.unit() as unit:
        rows = (await unit.session.scalars(select(OutboxRow).order_by(col(OutboxRow.id)))).all()
    decided = [DELIVERY.validate_json(row.payload) for row in rows]
    return [one.message for one in decided if isinstance(one, ShowHome) and one.person == person.id]


async def opens(office: Office, person: Person) -> str:
    await office.does(person, private(person), HomeOpened())
    return message_text((await homes(office, person))[-1])


async def passes(office: Office, time: timedelta) -> None:
    """Let time pass and pages be looked at again."""
    until = office.now + time
    queue = TimerQueue(office.database, "test")
    while due := await queue.claim(until, 1):
        (event,) = due
        office.now = max(office.now, event.at)
        async with office.database.unit() as unit:
            await unit.timers.finish(event.key)
            if event.what.kind == "timer" and event.what.timer == REFRESH:
                await route(Turn(unit, event, office.now, office.settings))
            await unit.commit()
    office.now = until


async def test_a_customer_sees_the_open_cases_of_their_company_and_of_no_other(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.files(ANA, ACME, "Ya está bien")
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    await office.types(MARTA, "resolver 2 Listo.")
    told = await opens(office, BRUNO)
    assert told == (
        "Casos abiertos de ACME\n"
        "• LD-1 Recibido; un analista lo revisará · «Sin tono»\n"
        "Para abrir un caso también puede escribirme en privado o mencionarme en el canal de su empresa."
    )
    assert "Open cases of Globex\n• LD-3 " in await opens(office, LUIS)


async def test_an_agent_sees_their_own_the_free_ones_and_what_is_due(office: Office) -> None:
    for number in range(12):
        await office.files(ANA, ACME, f"Caso {number + 1}", severity_proposed=Severity.S3)
    await office.files(LUIS, GLOBEX, "All down", severity_proposed=Severity.S1)
    await office.types(MARTA, "tomar 2")
    told = await opens(office, MARTA)
    mine, _, rest = told.partition("Sin asignar")
    free, _, due = rest.partition("Lo próximo que vence")
    assert "LD-2 · S3 · ACME · «Caso 2» · vence " in mine
    assert "LD-1 " in free
    assert "LD-2 " not in free
    assert "… y hay más. Véalos con /caso lista míos" in free
    assert due.strip().startswith("• LD-13 · S1 · Globex")
    assert "Due next\n• LD-13 · S1 · Globex" in await opens(office, DIEGO)


async def test_the_page_follows_what_happens_while_it_may_be_looked_at(office: Office) -> None:
    await opens(office, BRUNO)
    await office.files(ANA, ACME, "Sin tono")
    assert len(await homes(office, BRUNO)) == 1
    await passes(office, timedelta(minutes=1))
    assert "Sin tono" in message_text((await homes(office, BRUNO))[-1])
    shown = len(await homes(office, BRUNO))
    await passes(office, WATCHED * 2)
    assert len(await homes(office, BRUNO)) == shown, "what has not changed is not sent"
    await office.files(ANA, ACME, "Y otra vez")
    await passes(office, timedelta(minutes=5))
    assert len(await homes(office, BRUNO)) == shown, "nobody looks at it any more"


async def test_what_is_done_on_the_page_shows_on_it_at_once(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert "No tiene casos abiertos a su cargo" in await opens(office, MARTA)
    reply = await office.does(MARTA, private(MARTA), Pressed(name="case.take", value="LD-1"))
    assert whispered(reply) == "LD-1 ya es suyo."
    told = message_text((await homes(office, MARTA))[-1])
    assert "No tiene casos abiertos a su cargo" not in told
    assert "Todos los casos tienen a alguien a cargo" in told


async def test_the_page_keeps_the_language_it_was_opened_in(office: Office) -> None:
    bruno = replace(BRUNO, language=Language.ENGLISH)
    assert (await opens(office, bruno)).startswith("Open cases of ACME")
    await office.files(ANA, ACME, "Sin tono")
    await passes(office, timedelta(minutes=2))
    assert message_text((await homes(office, bruno))[-1]).startswith("Open cases of ACME\n• LD-1 ")


async def test_a_new_case_begins_with_the_form_and_goes_on_where_it_was_left(office: Office) -> None:
    await opens(office, BRUNO)
    (button,) = [one for one in (await homes(office, BRUNO))[-1].controls if isinstance(one, Button)]
    press = Pressed(name=button.name, value=button.value)
    form = opened(await office.does(BRUNO, private(BRUNO), press))
    assert "No puedo llamar" not in str(form)
    await office.says(BRUNO, private(BRUNO), "No puedo llamar a celulares desde la sede")
    again = opened(await office.does(BRUNO, private(BRUNO), press))
    assert "No puedo llamar a celulares" in str(again)


async def test_typed_it_is_told_anywhere_and_in_a_channel_without_the_form(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert (await office.types(ANA, "inicio", place=ACME)).startswith("Casos abiertos de ACME\n• LD-1")
    assert (await office.types(MARTA, "home", command="case")).startswith("La cola de casos")


async def test_who_is_met_in_the_channels_of_one_company_is_of_it_in_private_too(office: Office) -> None:
    """Slack tells no company: the channel does. A carrier who writes in two channels sees their own cases only."""
    carrier = Person(platform=Platform.WEB, tenant="carrier", id="carla", name="Carla Red", guest=True)
    await office.files(ANA, ACME, "Sin tono")
    await office.says(carrier, ACME, "¿Qué pasa con la línea de ACME?", addressed=True)
    assert "Casos abiertos de ACME\n• LD-1" in await opens(office, carrier)
    await office.says(carrier, GLOBEX, "And what about Globex?", addressed=True)
    assert (await opens(office, carrier)).startswith("Sus casos abiertos\nNo hay ningún caso abierto.")


async def test_who_left_the_channel_is_of_the_company_no_more(office: Office) -> None:
    carrier = Person(platform=Platform.WEB, tenant="carrier", id="carla", name="Carla Red", guest=True)
    await office.files(ANA, ACME, "Sin tono")
    await office.does(carrier, ACME, Joined())
    assert "LD-1" in await opens(office, carrier)
    await office.does(carrier, ACME, Joined(left=True))
    assert "LD-1" not in await opens(office, carrier)


async def test_the_page_of_an_agent_tells_how_often_facts_and_confirmed_severities_differ(office: Office) -> None:
    assert "confirmad" not in await opens(office, MARTA)
    for number, severity in enumerate(("s2", "s1", "s4"), 1):
        await office.files(ANA, ACME, "Sin tono")
        await office.types(MARTA, f"gravedad {number} {severity}")
    told = await opens(office, MARTA)
    assert "Casos de los últimos 30 días con gravedad confirmada: 3; distinta de la propuesta: 2" in told
    assert "confirmad" not in await opens(office, ANA)
    office.now += timedelta(days=31)
    assert "confirmad" not in await opens(office, MARTA)
