"""Who may do what, and what customers never get to see."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.settings import read_settings
from dialogs.cases import CaseStatus
from dialogs.events import Language, Place, Platform
from storage.tables import Look
from tests.desk.conftest import (
    ACME,
    ANA,
    CARMEN,
    DESK,
    DIEGO,
    ESCALATIONS,
    GLOBEX,
    GUEST,
    LOG,
    LUIS,
    MARTA,
    SALES,
    Office,
    opened,
    whispered,
)

REFUSED = {
    "es": "Eso solo lo puede hacer el equipo de soporte.",
    "en": "Only the support team can do that.",
}


@pytest.mark.parametrize("person", [ANA, LUIS, GUEST, SALES], ids=lambda person: person.id)
@pytest.mark.parametrize("button", ["take", "reply", "note", "severity", "resolve", "show"])
async def test_agents_buttons_are_for_agents(office: Office, person, button: str) -> None:
    await office.files(ANA, ACME, "Sin tono")
    answer = whispered(await office.presses(person, f"case.{button}", "LD-1", ACME))
    assert answer.startswith(REFUSED[person.language or "es"])
    assert await office.refusals() == [(person.id, button, "LD-1")]
    assert (await office.case()).status is CaseStatus.NEW


async def test_a_colleague_outside_the_desk_is_no_agent(office: Office) -> None:
    """The tenant is the agents' own; the membership is what counts."""
    await office.files(ANA, ACME, "Sin tono")
    assert (await office.types(SALES, "lista")).startswith(REFUSED["es"])


async def test_managers_may_do_what_agents_may(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    assert "ya es suyo" in await office.types(CARMEN, "tomar 1", ESCALATIONS)


async def test_the_settings_decide_over_membership(office: Office) -> None:
    office.settings = read_settings(
        """
        [[people]]
        platform = "web"
        id = "marta"
        role = "none"
        [[people]]
        platform = "web"
        id = "sol"
        role = "agent"
        """
    )
    await office.files(ANA, ACME, "Sin tono")
    assert (await office.types(MARTA, "tomar 1")).startswith(REFUSED["es"])
    assert "ya es suyo" in await office.types(SALES, "tomar 1")


async def test_rights_are_looked_at_again_when_a_form_comes_back(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    form = opened(await office.presses(MARTA, "case.reply", "LD-1"))
    before = len(office.screen(thread))
    assert whispered(await office.sends(LUIS, form, text="hola")).startswith(REFUSED["es"])
    assert len(office.screen(thread)) == before
    assert await office.refusals() == [("luis", "reply", form.token)]


async def test_another_companys_case_is_answered_like_none(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    assert await office.types(LUIS, "status LD-1", GLOBEX) == "I cannot find case LD-1."
    assert await office.types(LUIS, "status LD-7", GLOBEX) == "I cannot find case LD-7."
    assert await office.refusals() == [("luis", "status", "LD-1")]
    assert "This is how case LD-2 is going" in await office.types(LUIS, "status LD-2", GLOBEX)


async def test_a_customer_sees_their_companys_cases_only(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    assert await office.types(LUIS, "my cases", GLOBEX, command="case") == (
        "These are your company's cases:\n• LD-2 Received; an analyst will review it · «No dial tone»"
    )


async def test_nothing_of_another_company_is_shown_in_a_companys_channel(office: Office) -> None:
    """Somebody of Globex who is a guest in ACME's channel."""
    await office.files(ANA, ACME, "Sin tono")
    await office.files(LUIS, GLOBEX, "No dial tone", language=Language.ENGLISH)
    assert await office.types(LUIS, "status LD-2", ACME) == "I cannot find case LD-2."
    assert await office.types(LUIS, "status LD-1", ACME) == "I cannot find case LD-1."
    assert await office.types(LUIS, "mine", ACME, command="case") == (
        "There are no open cases for you or your company."
    )


async def test_a_guest_belongs_to_the_channels_company(office: Office) -> None:
    await office.files(GUEST, ACME, "Sin internet")
    assert "LD-1 · ACME" in office.card().text
    assert "«Sin internet»" in await office.types(ANA, "mis casos", ACME)


async def test_a_guest_sees_in_private_what_they_may_see_in_the_only_companys_channel_they_are_in(
    office: Office,
) -> None:
    await office.files(ANA, ACME, "Sin tono")
    private = Place(platform=Platform.WEB, channel="dm-gus", direct=True)
    assert (await office.types(GUEST, "estado LD-1", private)).startswith("Así va el caso LD-1")


async def test_a_guest_whose_company_nobody_knows_sees_their_own(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    private = Place(platform=Platform.WEB, channel="dm-gus", direct=True)
    stranger = replace(GUEST, id="nadia")
    assert await office.types(stranger, "estado LD-1", private) == "No encuentro el caso LD-1."


async def test_phones_are_shown_on_the_desk_only(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono", phone="+51955500111")
    await office.types(MARTA, "tomar 1")
    await office.types(MARTA, "responder 1 hola")
    told = await office.types(ANA, "estado 1", thread) + await office.types(ANA, "mis casos", thread)
    assert "55500111" not in office.customers_see() + told
    assert "55500111" not in office.card().text
    assert "+51955500111" in await office.types(MARTA, "teléfono 1")
    assert (await office.types(ANA, "teléfono 1", thread)).startswith(REFUSED["es"])
    async with office.database.unit() as unit:
        looks = (await unit.session.scalars(select(Look))).all()
    assert [(look.actor_key, look.person_key, look.case_number) for look in looks] == [(MARTA.key, ANA.key, 1)]


async def test_what_an_agent_asks_in_a_customers_channel_is_answered_in_the_desk(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    before = len(office.screen(thread))
    await office.says(MARTA, thread, "caso ver LD-1", addressed=True)
    assert len(office.screen(thread)) == before
    assert "Lo reporta: Ana Quispe · tiene teléfono" in office.last(DESK)


@pytest.mark.parametrize("seed", range(4))
async def test_notes_never_reach_a_customer(office: Office, seed: int) -> None:
    """Notes by every way there is, in the middle of everything else that can happen."""
    dice = random.Random(seed)
    thread = await office.files(ANA, ACME, "Sin tono")
    under = office.under_card()
    secrets = [f"SECRETO{number}" for number in range(24)]

    async def note(secret: str) -> None:
        match dice.randrange(6):
            case 0:
                await office.says(MARTA, under, secret)
            case 1:
                await office.says(MARTA, under, f"caso resolver {secret}")
            case 2:
                await office.types(DIEGO, f"nota LD-1 {secret}")
            case 3:
                await office.says(DIEGO, DESK, f"caso nota 1 {secret}", LOG)
            case 4:
                form = opened(await office.presses(MARTA, "case.note", "LD-1"))
                await office.sends(MARTA, form, text=secret)
            case _:
                said = await office.says(DIEGO, under, "nota")
                await office.edits(DIEGO, under, said, secret)

    async def other(number: int) -> None:
        match dice.randrange(7):
            case 0:
                await office.presses(MARTA, "case.take", "LD-1")
            case 1:
                await office.types(DIEGO, "responder 1 respuesta")
            case 2:
                await office.says(ANA, thread, f"mensaje {number}", LOG)
            case 3:
                await office.types(MARTA, f"gravedad 1 S{dice.randint(1, 4)} SECRETO del motivo")
            case 4:
                await office.types(MARTA, "resolver 1 listo")
            case 5:
                await office.says(MARTA, thread, "caso ver 1", addressed=True)
            case _:
                await office.types(ANA, "estado 1", thread)

    for number, secret in enumerate(secrets):
        await note(secret)
        await other(number)
    assert "SECRETO" not in office.customers_see()
    noted = {str(event.data.get("text")) for event in await office.history()}
    assert all(any(secret in text for text in noted) for secret in secrets)


async def test_an_outsiders_emoji_does_nothing(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    await office.reacts(SALES, DESK, office.card().id, "white_check_mark")
    await office.reacts(ANA, ACME, thread.thread or "", "white_check_mark")
    assert (await office.case()).status is CaseStatus.NEW
    assert await office.refusals() == [("sol", "white_check_mark", "LD-1")]
