"""How a case climbs: who is told when, what stops it, and why a level is passed over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.desk.export import export_case
from bot.links import Links
from bot.settings import read_settings
from dialogs.cases import CaseStatus, EscalationState, SkipReason
from dialogs.events import Place
from storage.database import Database
from tests.desk.conftest import ACME, ANA, CARMEN, DESK, ESCALATIONS, MARTA
from tests.desk.escalation.conftest import LIST, Ladders, opened


async def escalated(ladders: Ladders, reason: str = "sigue sin línea") -> Place:
    """File a case and let it climb; return the customer's thread."""
    thread = await ladders.files(ANA, ACME, "No hay línea")
    at = ladders.now
    await ladders.types(MARTA, f"LD-1 {reason}", command="escalar")
    ladders.now = at
    return thread


async def test_each_side_hears_of_it(ladders: Ladders) -> None:
    thread = await ladders.files(ANA, ACME, "No hay línea")
    told = await ladders.types(MARTA, "LD-1 sigue sin línea", command="escalar")
    assert told == "LD-1 escalado: con Supervisión, sin acuse de recibo; tiene hasta: hoy 10:16 (Miami)."
    alert = ladders.screen(ESCALATIONS)[-1]
    assert alert.text.startswith("🔺 LD-1 · escalado a Supervisión\n@Carmen Ortiz\n«sigue sin línea»")
    assert "Motivo: lo pidió Marta Rivas, del equipo" in alert.text
    assert alert.buttons == ("case.acknowledge", "case.takeover", "case.further", "case.snooze")
    assert ladders.last(thread) == (
        "Su caso LD-1 está ahora con Supervisión (Carmen Ortiz). Le responden antes de: hoy 10:16 (Lima)."
    )
    assert "Subió a Supervisión" in ladders.last(ladders.under_card())
    [mail] = await ladders.mails()
    assert (mail.to, mail.subject, mail.about) == ("carmen@ld.example", "[LD-1] Escalado a Supervisión", "LD-1")
    assert await ladders.history_of() == ["escalated", "level_alerted Supervisión"]


async def test_what_nobody_acknowledges_goes_to_the_next_level_and_then_to_everybody(ladders: Ladders) -> None:
    thread = await escalated(ladders)
    await ladders.waits(14)
    assert len(await ladders.letters()) == 1
    await ladders.waits(1)
    assert await ladders.letters() == [
        ("carmen", "[LD-1] Escalado a Supervisión"),
        ("elena", "[LD-1] Escalado a Gerencia"),
    ]
    assert "Nadie acusó recibo a tiempo" in ladders.alerts()[0]
    assert ladders.last(thread).startswith("Su caso LD-1 está ahora con Gerencia (Elena Ruiz).")
    await ladders.waits(30)
    assert [who for who, subject in await ladders.letters() if "nadie" in subject] == ["carmen", "elena"]
    assert ladders.alerts()[-1].startswith("🚨 LD-1 · nadie ha contestado\n@Carmen Ortiz, Elena Ruiz")
    assert ladders.screen(DESK)[-1].text.startswith("🚨 LD-1 · nadie ha contestado")
    assert ladders.last(thread).startswith("Todavía nadie ha confirmado su caso LD-1.")
    [climb] = await ladders.climbs()
    assert (climb.state, climb.due_at) == (EscalationState.UNANSWERED, None)
    await ladders.waits(600)
    assert len(await ladders.steps()) == 2


async def test_the_list_is_begun_anew_as_often_as_set_and_the_customer_hears_of_each_level_once(
    sqlite_database: Database, links: Links
) -> None:
    ladders = await opened(sqlite_database, links, LIST.replace("repeats = 0", "repeats = 2"))
    thread = await escalated(ladders)
    await ladders.waits(3 * 45 - 1)
    assert [(step.round, step.level) for step in await ladders.steps()] == [
        (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1),
    ]  # fmt: skip
    told = [shown.text for shown in ladders.screen(thread)]
    assert sum("está ahora con Supervisión" in text for text in told) == 1
    assert not any("Todavía nadie" in text for text in told)
    await ladders.waits(1)
    assert ladders.last(thread).startswith("Todavía nadie")


async def test_editing_the_list_changes_nothing_under_way(ladders: Ladders) -> None:
    await escalated(ladders)
    ladders.settings = read_settings(
        LIST.replace("30 minutes", "1 minute").replace("Gerencia", "Nadie").replace("elena", "x")
    )
    await ladders.waits(15)
    assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")
    await ladders.waits(29)
    assert len(await ladders.letters()) == 2


class TestPassingOver:
    async def test_who_is_out_of_hours(self, sqlite_database: Database, links: Links) -> None:
        hours = 'calendar = "desk"\nacknowledge_within = "15 minutes"'
        ladders = await opened(sqlite_database, links, LIST.replace('acknowledge_within = "15 minutes"', hours))
        ladders.now = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)  # a Saturday
        thread = await escalated(ladders)
        assert await ladders.letters() == [("elena", "[LD-1] Escalado a Gerencia")]
        assert "level_skipped Supervisión out_of_hours" in await ladders.history_of()
        assert "Gerencia" in ladders.last(thread)

    async def test_who_is_away(self, ladders: Ladders) -> None:
        await ladders.types(CARMEN, "ausente")
        await escalated(ladders)
        assert await ladders.letters() == [("elena", "[LD-1] Escalado a Gerencia")]
        assert "level_skipped Supervisión absent" in await ladders.history_of()

    async def test_who_cannot_be_reached_any_way(self, ladders: Ladders) -> None:
        ladders.broken = ("carmen@ld.example", "escalado a Supervisión")
        thread = await escalated(ladders)
        ladders.broken = ()
        await ladders.waits(0)
        assert await ladders.history_of() == [
            "escalated",
            "level_alerted Supervisión",
            "not_delivered Supervisión",
            "not_delivered Supervisión",
            "level_skipped Supervisión unreachable",
            "level_alerted Gerencia",
        ]
        assert "Gerencia" in ladders.last(thread)
        assert (await ladders.steps())[0].skipped is SkipReason.UNREACHABLE

    async def test_but_not_who_can_be_reached_in_one_of_two_ways(self, ladders: Ladders) -> None:
        ladders.broken = ("carmen@ld.example",)
        await escalated(ladders)
        ladders.broken = ()
        await ladders.waits(1)
        assert "level_skipped Supervisión unreachable" not in await ladders.history_of()
        assert "550 no such mailbox" in ladders.last(ladders.under_card())
        await ladders.waits(14)
        assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")

    async def test_a_message_lost_after_somebody_answered_changes_nothing(self, ladders: Ladders) -> None:
        ladders.broken = ("carmen@ld.example", "escalado a Supervisión")
        await escalated(ladders)
        ladders.broken = ()
        await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
        await ladders.waits(5)
        assert (await ladders.climbs())[0].state is EscalationState.ACKNOWLEDGED

    async def test_where_nobody_is_on_duty_the_first_that_opens_is_waited_for(
        self, sqlite_database: Database, links: Links
    ) -> None:
        told = LIST.replace("acknowledge_within", 'calendar = "desk"\nacknowledge_within')
        ladders = await opened(sqlite_database, links, told)
        ladders.now = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)  # a Saturday; on Sunday the clocks go forward
        thread = await escalated(ladders)
        assert ladders.last(thread) == (
            "Su caso LD-1 ya subió. A esta hora nadie de ese nivel está de turno: "
            "Supervisión lo ve desde lun, 9 de mar 8:00 (Lima)."
        )
        assert not await ladders.letters()
        await ladders.waits(timedelta(hours=45, minutes=58) / timedelta(minutes=1))
        assert not await ladders.letters()
        await ladders.waits(1)
        assert await ladders.letters() == [("carmen", "[LD-1] Escalado a Supervisión")]
        skipped = [line for line in await ladders.history_of() if line.startswith("level_skipped")]
        assert skipped == ["level_skipped Supervisión out_of_hours", "level_skipped Gerencia out_of_hours"]

    async def test_where_everybody_is_away_the_last_alarm_is_given_at_once(
        self, sqlite_database: Database, links: Links
    ) -> None:
        only_carmen = LIST[: LIST.rindex("[[escalation.levels]]")]
        ladders = await opened(sqlite_database, links, only_carmen)
        await ladders.types(CARMEN, "ausente")
        await escalated(ladders)
        assert ladders.alerts()[-1].startswith("🚨 LD-1")


class TestStillNeeded:
    async def test_a_resolved_case_climbs_no_more(self, ladders: Ladders) -> None:
        await escalated(ladders)
        await ladders.types(MARTA, "resolver LD-1 Volvió la línea")
        assert "ya no hace falta: el caso está resuelto" in ladders.alerts()[0]
        assert ladders.screen(ESCALATIONS)[0].buttons == ()
        await ladders.waits(120)
        assert len(await ladders.letters()) == 1
        assert (await ladders.climbs())[0].outcome == "resolved"

    async def test_an_agents_answer_does_not_stop_what_was_asked_for(self, ladders: Ladders) -> None:
        await escalated(ladders)
        await ladders.types(MARTA, "responder LD-1 Ya lo vemos")
        await ladders.waits(15)
        assert (await ladders.letters())[-1] == ("elena", "[LD-1] Escalado a Gerencia")

    async def test_a_managers_answer_acknowledges(self, ladders: Ladders) -> None:
        await escalated(ladders)
        await ladders.types(CARMEN, "responder LD-1 Soy la supervisora, lo veo yo")
        [climb] = await ladders.climbs()
        assert climb.state is EscalationState.ACKNOWLEDGED
        assert (await ladders.steps())[0].acknowledged_by == CARMEN.key

    async def test_a_case_resolved_while_nobody_looked_is_found_so_at_the_step(self, ladders: Ladders) -> None:
        """As by a release before this one, whose turns knew of no escalation."""
        await escalated(ladders)
        async with ladders.database.unit() as unit:
            case = await unit.cases.lock(1)
            assert case is not None
            case.status = CaseStatus.RESOLVED
            await unit.commit()
        await ladders.waits(15)
        assert len(await ladders.letters()) == 1
        assert (await ladders.climbs())[0].outcome == "resolved"


async def test_the_export_tells_how_a_case_climbed(ladders: Ladders) -> None:
    await ladders.types(CARMEN, "ausente")
    await escalated(ladders)
    await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
    async with ladders.database.unit() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        [climb] = (await export_case(unit, case, "LD"))["escalations"]
    assert (climb["cause"], climb["reason"], climb["state"]) == ("agent", "sigue sin línea", "acknowledged")
    skipped, alerted = climb["steps"]
    assert (skipped["level"], skipped["skipped"], skipped["due_at"]) == ("Supervisión", "absent", None)
    assert (alerted["level"], alerted["acknowledged_by"]) == ("Gerencia", CARMEN.key)


async def test_the_same_on_both_databases(database: Database, links: Links) -> None:
    ladders = await opened(database, links, LIST)
    await escalated(ladders)
    await ladders.waits(15)
    await ladders.types(CARMEN, "acuse LD-1", ESCALATIONS)
    await ladders.waits(60)
    assert [(step.level, step.acknowledged_at is not None) for step in await ladders.steps()] == [(0, True), (1, False)]
    assert ladders.alerts()[-1].startswith("🚨 LD-1 · nadie ha contestado")
    async with database.unit() as unit:
        assert not await unit.escalations.overdue(ladders.now)
        assert await unit.escalations.open_of(1) is None
