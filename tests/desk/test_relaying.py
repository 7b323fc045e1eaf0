"""An agent files for a customer: for whom, where they read it, and how their thread becomes the case's."""

from __future__ import annotations

import pytest

from dialogs.cases import CaseStatus, EventKind, Severity
from dialogs.events import WHOLE_CHAT, File, Invoked, Language, Person, Place, Platform, Said
from storage.delivery_queue import DeliveryQueue
from storage.tables import Channel
from tests.desk.conftest import (
    ACME,
    ANA,
    BRUNO,
    CARMEN,
    DESK,
    DIEGO,
    GLOBEX,
    LOG,
    MARTA,
    SALES,
    Office,
    opened,
    whispered,
)

EVA = Person(platform=Platform.WEB, tenant="acme", id="eva", name="Eva Luna", language=Language.ENGLISH)


def opener(office: Office, channel: Place = ACME) -> Place:
    """Return the thread under the last post at the top of a channel."""
    return Place(platform=channel.platform, channel=channel.channel, thread=office.screen(channel)[-1].id)


async def test_a_case_for_a_customer_is_theirs_and_tells_who_filed_it(office: Office) -> None:
    told = await office.types(MARTA, "nuevo @ana Toda la sede está sin tono desde las 9")
    assert told == "Caso LD-1 abierto para Ana Quispe (ACME), en acme."
    case = await office.case()
    assert (case.requester_key, case.status, case.assignee_key) == (ANA.key, CaseStatus.NEW, None)
    assert (case.severity_proposed, case.started_text) == (Severity.S1, "las 9")
    (filed,) = await office.history()
    assert (filed.actor_key, filed.data["by_agent"]) == (MARTA.key, True)
    assert office.screen(ACME)[-1].text.startswith(
        "@Ana Quispe: Marta Rivas, de LDTelecom, registró a su nombre el caso LD-1:\n"
        "«Toda la sede está sin tono desde las 9»\n"
    )
    assert "Ana Quispe" in office.card().text
    assert "Marta Rivas registró el caso a nombre del cliente" in await office.types(MARTA, "ver 1")


async def test_what_follows_meets_in_the_thread_that_the_post_opened(office: Office) -> None:
    await office.types(MARTA, "nuevo @ana Sin tono")
    await office.types(DIEGO, "reply 1 Which router?", command="case")
    thread = opener(office)
    assert office.last(thread).endswith("Which router?")
    await office.says(BRUNO, thread, "el de la sala 2")
    assert "el de la sala 2" in office.screen(office.under_card())[-1].text
    await office.says(DIEGO, thread, "Gracias, lo cambiamos.")
    assert await office.kinds() == [
        EventKind.FILED,
        EventKind.TAKEN,
        EventKind.STATUS_CHANGED,
        EventKind.REPLIED,
        EventKind.CUSTOMER_WROTE,
        EventKind.JOINED,
        EventKind.REPLIED,
    ]
    assert (await office.case()).conversation_key == thread.key
    await office.types(DIEGO, "resolve 1 Replaced.", command="case")
    assert "Replaced." in office.last(thread)


async def test_several_cases_in_one_channel_keep_their_threads(office: Office) -> None:
    await office.types(MARTA, "nuevo @ana Sin tono")
    first = opener(office)
    await office.types(MARTA, "nuevo @bruno Sin correo")
    second = opener(office)
    await office.says(BRUNO, second, "desde ayer")
    await office.says(ANA, first, "desde hoy")
    assert [(await office.case(number)).conversation_key for number in (1, 2)] == [first.key, second.key]


async def test_a_channel_where_the_agent_writes_goes_before_others(office: Office) -> None:
    async with office.database.unit() as unit:
        acme = await unit.organisations.get_or_add("ACME")
        await unit.channels.put(
            Channel(key="web:aacme", platform=Platform.WEB, channel="aacme", organisation_id=acme.id)
        )
        await unit.members.add("web:aacme", ANA.key)
        await unit.commit()
    await office.types(MARTA, "nuevo @ana Sin tono", place=ACME)
    assert len(office.screen(ACME)) == 1
    await office.types(MARTA, "nuevo @ana Sin tono")
    assert len(office.screen(ACME)) == 1


async def test_who_is_mentioned_by_the_platform_is_meant_even_where_nobody_met_them(office: Office) -> None:
    await office.does(MARTA, DESK, Invoked(command="caso", text="nuevo @Eva Luna no line since 9", mentioned=(EVA,)))
    assert (await office.case()).requester_key == EVA.key
    assert "@Eva Luna: Marta Rivas, from LDTelecom, opened case LD-1 on your behalf:" in office.screen(ACME)[-1].text
    namesake = Person(platform=Platform.WEB, tenant="globex", id="eva2", name="Eva Luna")
    said = Said(message="m1", text="caso nuevo @Eva Luna sin correo", mentioned=(namesake,), files=(LOG,))
    await office.does(MARTA, DESK, said)
    assert (await office.case(2)).requester_key == namesake.key
    assert office.screen(GLOBEX)[-1].files == ("router.log",)


async def test_a_form_asks_for_the_words_and_files_once(office: Office) -> None:
    view = opened(await office.does(MARTA, DESK, Invoked(command="caso", text="nuevo @luis")))
    assert "Luis Ferrer" in view.inputs[0].hint
    assert await office.sends(MARTA, view, text=" ") is not None
    assert "LD-1" in whispered(await office.sends(MARTA, view, text="No dial tone"))
    assert whispered(await office.sends(MARTA, view, text="No dial tone")) == "Eso ya quedó enviado; no lo repetí."
    assert "«No dial tone»" in office.screen(GLOBEX)[-1].text
    refused = whispered(await office.sends(SALES, view, text="x"))
    assert refused.startswith("Eso solo lo puede hacer el equipo de soporte")
    assert len(office.screen(GLOBEX)) == 1


async def test_who_cannot_have_a_case_is_told_with_what_to_do(office: Office) -> None:
    async with office.database.unit() as unit:
        lost = Person(platform=Platform.WEB, tenant="nowhere", id="pia", name="Pía Sol")
        await unit.people.get_or_add(lost, office.now)
        twin = Person(platform=Platform.WEB, tenant="globex", id="ana2", name="Ana Mora")
        await unit.people.get_or_add(twin, office.now)
        far = Person(platform=Platform.TEAMS, tenant="acme", id="leo", name="Leo Paz")
        (await unit.people.get_or_add(far, office.now)).organisation_id = 1
        await unit.commit()
    for words, answer in (
        ("nuevo @diego sin tono", "Diego Salas es de la mesa."),
        ("nuevo Carmen sin tono", "Carmen Ortiz es de la mesa."),
        ("nuevo pía sin tono", "No sé a qué empresa pertenece Pía Sol."),
        ("nuevo ana sin tono", "Hay varias personas con ese nombre: Ana Quispe (ACME, web); Ana Mora (Globex, web)."),
        ("nuevo leo sin tono", "No hay dónde escribirle a Leo Paz"),
        ("nuevo nadie sin tono", "No encuentro a nadie en «nadie sin tono»."),
        ("nuevo", "Se escribe así: /caso nuevo @Ana Quispe"),
    ):
        assert (await office.types(MARTA, words)).startswith(answer), words
    assert (await office.types(ANA, "nuevo sin tono", place=ACME)).startswith("Cuénteme en este canal")
    assert "/caso nuevo" not in await office.types(ANA, "ayuda", place=ACME)
    assert office.screen(DESK) == []


async def test_a_customer_known_in_private_only_is_written_to_there(office: Office) -> None:
    private = Place(platform=Platform.WEB, channel="eva-private", direct=True)
    await office.says(EVA, private, "hi")
    await office.types(MARTA, "nuevo @eva no line")
    assert "LD-1" not in "".join(shown.text for shown in office.screen(private))
    assert "LD-1" in office.screen(ACME)[-1].text
    async with office.database.unit() as unit:
        await unit.channels.remove(ACME.channel_key)
        await unit.commit()
    await office.types(CARMEN, "nuevo @eva no mail")
    assert "LD-2" in office.last(private)
    await office.says(EVA, private, "it is back")
    assert (await office.kinds(2))[-1] is not EventKind.FILED


async def test_the_desk_hears_where_the_first_post_did_not_arrive(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: Office) -> None:
        """Deliver nothing."""

    with monkeypatch.context() as offline:
        offline.setattr(Office, "deliver", nothing)
        await office.types(MARTA, "nuevo @ana Sin tono")
    queue = DeliveryQueue(office.database, "me")
    (lost,) = [one for one in await queue.claim(office.now) if one.lane.startswith("web:acme:")]
    await queue.bury(lost, error="channel_not_found", now=office.now)
    await office.waits(1)
    assert (await office.kinds())[-1] is EventKind.MISSED
    assert "channel_not_found" in office.screen(office.under_card())[-1].text


async def test_files_that_an_agent_adds_reach_the_customer_and_the_case(office: Office) -> None:
    photo = File(id="f9", name="rack.png", media_type="image/png", size=3, sha256="cd")
    await office.says(MARTA, DESK, "caso nuevo @ana Así se ve el equipo", photo)
    assert office.screen(ACME)[-1].files == ("rack.png",)
    assert "rack.png" in office.card().text


async def test_in_a_chat_without_threads_it_is_told_in_the_one_there_is(office: Office) -> None:
    chat = Place(platform=Platform.WEB, channel="acme", thread=WHOLE_CHAT)
    await office.says(ANA, chat, "hola", addressed=True)
    await office.types(MARTA, "nuevo @ana Sin tono")
    assert "LD-1" in office.last(chat)
    assert office.screen(ACME) == []
    await office.says(BRUNO, chat, "yo tampoco")
    assert (await office.history())[-1].actor_key == BRUNO.key
