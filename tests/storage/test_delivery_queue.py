"""A message decided is a message delivered: in order within its lane, by one sender at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite
from sqlmodel import col

from dialogs.events import Platform, TimerFired
from dialogs.messages import Mail, Post, ShowHome, message_text
from storage.backlog import Backlog, read_backlog
from storage.database import Database
from storage.delivery_queue import _CLAIM, LOST_TRIES, STANDS, Claimed, DeliveryQueue
from storage.housekeeping import KEPT, KEPT_DEAD, tidy
from storage.leases import release_leases
from storage.outbox import DELIVERY
from storage.tables import InboxRow, OutboxRow, OutboxState
from storage.timer_queue import TimerQueue
from tests.conftest import NewDatabase
from tests.storage.samples import NOW, after, message, place, post, revise, send
from tests.storage.test_together import commits

LEASE = timedelta(seconds=60)


def said(claimed: list[Claimed]) -> list[str]:
    return [each.delivery.message.blocks[0].spans[0].text for each in claimed]


async def rows(database: Database) -> list[OutboxRow]:
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxRow).order_by(col(OutboxRow.id))))


async def test_a_lane_gives_one_message_at_a_time_in_order(database: Database) -> None:
    await send(database, post("1"), post("2"), lane="a")
    await send(database, post("x"), lane="b")
    queue = DeliveryQueue(database, "me")

    first = await queue.claim(NOW)
    assert said(first) == ["1", "x"]
    assert await queue.claim(NOW) == []

    assert await queue.finish(first[0], None, NOW)
    assert said(await queue.claim(NOW)) == ["2"]


async def test_two_senders_keep_the_order_of_every_lane(new_database: NewDatabase) -> None:
    address = new_database(True)
    replicas = [await Database.open(address) for _ in range(2)]
    for n in range(8):
        for lane in "abc":
            await send(replicas[0], post(f"{lane}{n}"), lane=lane)
    sent: list[str] = []

    async def sender(name: str, database: Database) -> None:
        queue = DeliveryQueue(database, name)
        while len(sent) < 24:
            for claimed in await queue.claim(NOW, limit=2):
                sent.append(said([claimed])[0])
                await asyncio.sleep(0)
                assert await queue.finish(claimed, None, NOW)

    await asyncio.gather(*(sender(f"w{n}", replica) for n, replica in enumerate(replicas)))

    assert len(sent) == 24
    for lane in "abc":
        assert [each for each in sent if each.startswith(lane)] == [f"{lane}{n}" for n in range(8)]
    for replica in replicas:
        await replica.close()


async def test_a_sender_does_not_wait_for_what_another_is_taking(new_postgres: NewDatabase) -> None:
    address = new_postgres(True)
    one, two = await Database.open(address), await Database.open(address)
    await send(one, post("1"), post("2"), lane="a")
    await send(one, post("x"), lane="b")

    async with one.unit() as unit:
        await unit.session.execute(select(OutboxRow).where(col(OutboxRow.id) == 1).with_for_update())
        async with asyncio.timeout(2):
            assert said(await DeliveryQueue(two, "two").claim(NOW)) == ["x"]

    await one.close()
    await two.close()


async def test_a_message_is_sent_under_and_over_the_ones_named_before(database: Database) -> None:
    await send(database, post("card", ref="card:LD-1"), post("note", under="card:LD-1"), revise("card:LD-1", "new"))
    queue = DeliveryQueue(database, "me")

    [card] = await queue.claim(NOW)
    assert card.target is None
    await queue.finish(card, "m-17", NOW)
    [note] = await queue.claim(NOW)
    assert note.target == "m-17"
    await queue.finish(note, "m-18", NOW)
    [change] = await queue.claim(NOW)
    assert (change.target, change.delivery) == ("m-17", revise("card:LD-1", "new"))

    async with database.unit() as unit:
        posting = await unit.postings.find("card:LD-1")
        assert posting is not None
        assert (posting.channel, posting.message) == ("acme", "m-17")
        assert await unit.postings.ref_of(Platform.WEB, "acme", "m-17") == "card:LD-1"
        assert await unit.postings.ref_of(Platform.WEB, "acme", "m-18") is None


async def test_what_is_due_later_waits_and_holds_back_its_lane(database: Database) -> None:
    async with database.unit() as unit:
        unit.outbox.add(post("later"), "a", NOW, due_at=after(10))
        unit.outbox.add(post("next"), "a", NOW)
        await unit.commit()
    queue = DeliveryQueue(database, "me")

    assert await queue.claim(after(9)) == []
    assert said(await queue.claim(after(10))) == ["later"]


async def test_a_retry_holds_back_its_lane_and_no_other(database: Database) -> None:
    await send(database, post("1"), post("2"), lane="a")
    await send(database, post("x"), lane="b")
    queue = DeliveryQueue(database, "me")
    first, other = await queue.claim(NOW)

    assert await queue.retry(first, due_at=after(30), error="429", refused=True)
    assert await queue.finish(other, None, NOW)
    assert await queue.claim(after(29)) == []

    [again] = await queue.claim(after(30))
    assert (said([again]), again.attempts, again.unsure) == (["1"], 2, False)
    assert again.key == first.key


async def test_a_try_without_an_answer_makes_the_next_one_ask_first(database: Database) -> None:
    await send(database, post("1"))
    queue = DeliveryQueue(database, "me")

    [first] = await queue.claim(NOW)
    assert not first.unsure
    await queue.retry(first, due_at=NOW, error="timeout", refused=False)
    [second] = await queue.claim(NOW)
    assert second.unsure
    await queue.retry(second, due_at=NOW, error="429", refused=True)
    [third] = await queue.claim(NOW)
    assert third.unsure


async def test_a_lease_that_ended_passes_to_another_who_alone_may_settle(database: Database) -> None:
    await send(database, post("1", ref="r"), post("2"))
    slow, other = DeliveryQueue(database, "slow", LEASE), DeliveryQueue(database, "other", LEASE)

    [mine] = await slow.claim(NOW)
    assert await other.claim(after(59)) == []
    [theirs] = await other.claim(after(60))
    assert (theirs.id, theirs.attempts, theirs.unsure) == (mine.id, 2, True)

    assert not await slow.finish(mine, "late", after(61))
    assert not await slow.retry(mine, due_at=after(61), error="", refused=True)
    assert not await slow.bury(mine, error="", now=after(61))
    async with database.unit() as unit:
        assert await unit.postings.find("r") is None
    assert await other.finish(theirs, "m", after(62))
    assert said(await slow.claim(after(63))) == ["2"]


async def test_a_process_that_starts_anew_goes_on_at_once_with_its_own_file(sqlite_database: Database) -> None:
    await send(sqlite_database, post("1"))
    await DeliveryQueue(sqlite_database, "before the crash", LEASE).claim(NOW)

    await release_leases(sqlite_database)

    [claimed] = await DeliveryQueue(sqlite_database, "after it", LEASE).claim(NOW)
    assert claimed.unsure


async def test_a_process_that_starts_beside_others_leaves_them_their_messages(new_postgres: NewDatabase) -> None:
    database = await Database.open(new_postgres(True))
    await send(database, post("1"))
    await DeliveryQueue(database, "living", LEASE).claim(NOW)

    await release_leases(database)

    assert await DeliveryQueue(database, "new", LEASE).claim(NOW) == []
    await database.close()


async def test_the_backlog_tells_what_waits_and_since_when_and_what_was_given_up(database: Database) -> None:
    assert await read_backlog(database, NOW) == Backlog(waiting=0, overdue=timedelta(), dead=0)
    await send(database, post("dead"), post("late"), lane="a")
    queue = DeliveryQueue(database, "me")
    await queue.bury((await queue.claim(NOW))[0], error="no", now=NOW)
    async with database.unit() as unit:
        unit.outbox.add(post("not yet due"), "b", NOW, due_at=after(3600))
        await unit.commit()

    backlog = await read_backlog(database, after(90))

    assert backlog == Backlog(waiting=2, overdue=timedelta(seconds=90), dead=1)


async def test_a_message_that_is_given_up_frees_its_lane_and_stays_to_be_seen(database: Database) -> None:
    await send(database, post("bad"), post("good"))
    queue = DeliveryQueue(database, "me")

    [bad] = await queue.claim(NOW)
    assert await queue.bury(bad, error="too long", now=NOW)

    assert said(await queue.claim(NOW)) == ["good"]
    dead = (await rows(database))[0]
    assert (dead.state, dead.last_error) == (OutboxState.DEAD, "too long")


async def test_a_message_that_kills_its_sender_is_given_up_at_last(database: Database) -> None:
    await send(database, post("poison"), post("good"))
    queue = DeliveryQueue(database, "me", LEASE)

    for n in range(LOST_TRIES):
        assert said(await queue.claim(NOW + n * LEASE)) == ["poison"]
    assert await queue.claim(NOW + LOST_TRIES * LEASE) == []

    assert said(await queue.claim(NOW + LOST_TRIES * LEASE)) == ["good"]
    assert (await rows(database))[0].state is OutboxState.DEAD


async def test_a_platform_that_is_down_for_long_costs_no_message(database: Database) -> None:
    await send(database, post("patient"))
    queue = DeliveryQueue(database, "me")

    for _ in range(4 * LOST_TRIES):
        [claimed] = await queue.claim(NOW)
        assert await queue.retry(claimed, due_at=NOW, error="timeout", refused=False)

    assert said(await queue.claim(NOW)) == ["patient"]


async def test_mail_and_names_survive_the_way_through_the_store(database: Database) -> None:
    mail = Mail(to="ana@acme.example", subject="LD-1 \N{BELL}", message=message("\x00 ñ 你好 🎫"))
    async with database.unit() as unit:
        unit.outbox.add(mail, "mail", NOW)
        await unit.commit()

    [claimed] = await DeliveryQueue(database, "me").claim(NOW)

    assert claimed.delivery == mail


async def test_looking_for_work_uses_the_indexes_of_pending_rows(sqlite_database: Database) -> None:
    query = _CLAIM.compile(dialect=sqlite.dialect(paramstyle="named"))
    async with sqlite_database.reading() as session:
        values = {**query.params, "now": "2026-03-02", "limit": 9}
        found = await session.execute(text(f"EXPLAIN QUERY PLAN {query}"), values)
        plan = "\n".join(row[3] for row in found)
    assert "ix_outbox_next" in plan
    assert "ix_outbox_lane" in plan


async def test_housekeeping_forgets_what_is_done_and_nothing_else(database: Database) -> None:
    await send(database, post("done"), post("dead"), post("pending"))
    queue = DeliveryQueue(database, "me")
    await queue.finish((await queue.claim(NOW))[0], "m", NOW)
    await queue.bury((await queue.claim(NOW))[0], error="no", now=NOW)
    async with database.unit() as unit:
        await unit.inbox.accept("old", Platform.WEB, NOW)
        await unit.inbox.accept("new", Platform.WEB, NOW + KEPT)
        await unit.conversations.lock(place(), NOW)
        await unit.commit()

    await tidy(database, NOW + KEPT + timedelta(seconds=1))

    assert [row.state for row in await rows(database)] == [OutboxState.DEAD, OutboxState.PENDING]
    async with database.reading() as session:
        assert list(await session.scalars(select(col(InboxRow.key)))) == ["new"]

    await tidy(database, NOW + KEPT_DEAD + timedelta(seconds=1))
    assert [row.state for row in await rows(database)] == [OutboxState.PENDING]


async def test_of_several_new_contents_that_wait_only_the_newest_is_sent(database: Database) -> None:
    await send(database, post("card", ref="c"), revise("c", "1"), post("note", under="c"), revise("c", "2"))
    await send(database, revise("c", "3"), revise("d", "other"))
    await send(database, revise("c", "elsewhere"), lane="b")

    kept = [message_text(DELIVERY.validate_json(row.payload).message) for row in await rows(database)]
    assert kept == ["card", "note", "3", "other", "elsewhere"]


async def test_of_a_page_that_is_shown_anew_only_the_newest_content_of_each_reader_is_sent(database: Database) -> None:
    def page(person: str, text: str) -> ShowHome:
        return ShowHome(place=place(), person=person, message=message(text))

    await send(database, page("ana", "1"), page("luis", "1"), page("ana", "2"))

    kept = [DELIVERY.validate_json(row.payload) for row in await rows(database)]
    assert kept == [page("luis", "1"), page("ana", "2")]


async def test_a_new_content_that_is_being_sent_is_followed_by_the_newest_and_not_tried_again(
    database: Database,
) -> None:
    await send(database, revise("c", "1"))
    queue = DeliveryQueue(database, "me")
    [first] = await queue.claim(NOW)
    await send(database, revise("c", "2"))
    await send(database, revise("c", "3"))
    assert await queue.claim(NOW) == []

    assert await queue.retry(first, due_at=after(60), error="rate limit", refused=True)
    assert said(await queue.claim(NOW)) == ["3"]


async def test_a_new_content_is_tried_again_where_there_is_no_newer(database: Database) -> None:
    await send(database, revise("c", "1"))
    queue = DeliveryQueue(database, "me")
    [first] = await queue.claim(NOW)
    assert await queue.retry(first, due_at=after(60), error="rate limit", refused=True)
    assert said(await queue.claim(after(60))) == ["1"]


async def test_a_message_is_given_new_content_no_sooner_than_it_may_be(database: Database) -> None:
    await send(database, post("card", ref="c"), revise("c", "1"))
    queue = DeliveryQueue(database, "me", revise_every=timedelta(seconds=2))
    for _ in range(2):  # right after it was posted, its first new content may go
        [claimed] = await queue.claim(NOW)
        assert await queue.finish(claimed, "m1", NOW)
    await send(database, revise("c", "2"), post("note", under="c"))
    await send(database, post("x"), lane="b")

    assert said(await queue.claim(after(1))) == ["x"]
    [claimed] = await queue.claim(after(2))
    assert (said([claimed]), claimed.target) == (["2"], "m1")
    assert await queue.finish(claimed, "m1", after(2))
    assert said(await queue.claim(after(2))) == ["note"], "what is added to a message does not wait"


async def test_the_desk_hears_of_an_awaited_message_once_it_stands(database: Database) -> None:
    awaited = Post(place=place(), message=message("hola"), ref="opener:1", awaited=True)
    await send(database, awaited, post("later"), lane="a")
    queue = DeliveryQueue(database, "me")
    await queue.finish((await queue.claim(NOW))[0], "ts1", NOW)
    async with database.unit() as unit:
        await unit.outbox.rename_lane("a", "b")
        await unit.commit()
    (event,) = await TimerQueue(database, "me").claim(NOW)
    assert isinstance(event.what, TimerFired)
    assert (event.what.timer, event.what.subject) == (STANDS, "opener:1")
    assert [one.lane for one in await queue.claim(NOW)] == ["b"]


async def test_what_is_sent_at_the_same_time_is_noted_in_one_transaction(database: Database) -> None:
    for number in range(20):
        await send(database, post(str(number)), lane=str(number))
    queue, made = DeliveryQueue(database, "me"), commits(database)
    claimed = await queue.claim(NOW)
    await asyncio.gather(*(queue.finish(one, None, NOW) for one in claimed))
    assert len(made) <= 3
    assert {row.state for row in await rows(database)} == {OutboxState.DONE}
