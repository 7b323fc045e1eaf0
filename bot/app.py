"""Puts the parts together and runs them: the only place that knows them all."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog
from aiohttp import web

from adapters.web import WebAdapter
from bot.acknowledging import AcknowledgePage
from bot.auditor import Auditor
from bot.clock import Clock
from bot.completions import completions
from bot.delivery import REVISE_EVERY, DeliveryWorker
from bot.digests import DigestWorker
from bot.directory import introduce_channels, introduce_people, introduce_tenants, page_channel
from bot.environment import Environment
from bot.files import Files
from bot.http import Probe, health_routes
from bot.links import open_links
from bot.mail import inbox, mail_adapter
from bot.membership import MembershipWorker
from bot.mistakes import Mistake, SettingsError
from bot.recompute import keep_recomputed
from bot.reporter import Reporter
from bot.samples import CHANNELS, people, with_managers
from bot.settings import Settings
from bot.timers import TimerWorker
from bot.turns import Turns
from bot.workers import Workers, pause
from dialogs.events import Platform
from dialogs.ports import Adapter
from storage.database import Database
from storage.delivery_queue import DeliveryQueue
from storage.errors import StoreError, StoreOutdatedError
from storage.housekeeping import tidy
from storage.leases import release_leases
from storage.timer_queue import TimerQueue
from storage.workspace import StoredWorkspace

TIDY_EVERY = timedelta(hours=6)
FINISH_WITHIN = 20.0
"""How long what was begun may take to end, once the assistant is told to stop, in seconds."""
AHEAD = "clock.ahead_seconds"
"""Under this name the store keeps how far the desk's clock was moved."""

Advance = Callable[[timedelta], Awaitable[None]]
"""Moves the desk's clock forward."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """The running parts that the rest is made of."""

    environment: Environment
    settings: Settings
    clock: Clock
    database: Database
    files: Files
    workers: Workers


async def serve(environment: Environment, settings: Settings, *, page: bool, ready: Callable[[], None]) -> None:
    """Run until told to stop, then finish what was begun. `page` is the try page with its sample companies.

    Raises:
        SettingsError: the page would be open to other machines without a token.
        StoreError: the database cannot be used.
        OSError: the address cannot be listened on.
    """
    if page and not environment.loopback and not environment.page_token:
        mistake = Mistake(0, "bot.settings.open_page", {"value": environment.host})
        raise SettingsError("HOST", (mistake,))
    if page:
        settings = with_managers(settings)
        local = f"http://{'localhost' if environment.loopback else environment.host}:{environment.port}"
        environment = replace(environment, public_url=environment.public_url or local)
    async with AsyncExitStack() as stack:
        database = await Database.open(environment.database_url)
        stack.push_async_callback(database.close)
        if page:
            await database.migrate()
        else:
            await _prepare(database)
        assistant = Assistant(
            environment=environment,
            settings=settings,
            clock=await _clock(database),
            database=database,
            files=Files(
                settings.files.folder,
                max_bytes=settings.files.max_megabytes * 1_000_000,
                forbidden=settings.files.forbidden,
            ),
            workers=Workers(),
        )
        await _run(assistant, stack, page=page, ready=ready)


async def _run(assistant: Assistant, stack: AsyncExitStack, *, page: bool, ready: Callable[[], None]) -> None:
    database, clock, workers = assistant.database, assistant.clock, assistant.workers
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    adapters: dict[Platform, Adapter] = {}
    delivery = DeliveryWorker(DeliveryQueue(database, worker, revise_every=REVISE_EVERY), adapters, clock)
    links = await open_links(assistant.environment.public_url, assistant.environment.link_secret, database)
    turns = Turns(database, assistant.settings, clock, delivery.news.set, links)
    timers = TimerWorker(TimerQueue(database, worker), turns.handle, clock)
    application = web.Application()
    probe = Probe(database, workers, clock)
    application.add_routes(health_routes(probe.readiness))
    if links is not None:
        application.add_routes(AcknowledgePage(links, database, assistant.settings, clock, turns.handle).routes())

    await release_leases(database)
    await asyncio.to_thread(assistant.files.sweep)
    async with database.unit() as unit:
        await introduce_channels(unit, assistant.settings.channels)
        await introduce_tenants(unit, assistant.settings.teams.tenants)
        await unit.commit()
    if page:
        await _introduce_samples(assistant)
    adapters |= _platforms(assistant, application, probe, _mover(assistant, timers) if page else None)

    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=FINISH_WITHIN)
    application.on_shutdown.append(partial(_close, set(adapters.values())))
    await runner.setup()
    # At the end the last one comes first: no new requests, then the adapters finish theirs, then the rest.
    stack.push_async_callback(workers.stop, within=FINISH_WITHIN)
    stack.push_async_callback(turns.close)
    stack.push_async_callback(runner.cleanup)

    auditor = Auditor(database, assistant.settings, clock)
    await auditor.begin()
    probe.parts["escalations"] = auditor.state
    workers.start("auditor", auditor.run(workers.stopping))
    workers.start("delivery", delivery.run(workers.stopping))
    workers.start("timers", timers.run(workers.stopping))
    workers.start("housekeeping", _keep_house(assistant))
    recomputing = keep_recomputed(database, assistant.settings, clock, workers.stopping)
    workers.start("service levels", recomputing)
    workers.start("reports", Reporter(database, assistant.settings, assistant.files, clock).run(workers.stopping))
    workers.start("digests", DigestWorker(database, assistant.settings, clock).run(workers.stopping))
    if mailbox := inbox(assistant.environment, assistant.settings, database, assistant.files, clock.now):
        probe.ears[Platform.MAIL] = lambda: mailbox.deaf_since
        workers.start("mailbox", mailbox.run(turns.handle, workers.stopping))
    workers.start("membership", MembershipWorker(database, adapters, turns.handle, clock).run(workers.stopping))
    for adapter in set(adapters.values()):
        await adapter.start(turns.handle)
    await web.TCPSite(runner, assistant.environment.host, assistant.environment.port).start()
    _log.info("ready", host=assistant.environment.host, port=assistant.environment.port)
    told = _told_to_stop()
    gc.freeze()  # what was loaded stays: looking through it again would stop everybody for a moment each time
    ready()
    await told.wait()
    _log.info("stopping")


def _platforms(
    assistant: Assistant, application: web.Application, probe: Probe, advance: Advance | None
) -> dict[Platform, Adapter]:
    """Return the adapters of what is configured, their routes mounted. The page is there where its clock can `advance`.

    Raises:
        SettingsError: nothing is configured.
    """
    environment, settings = assistant.environment, assistant.settings
    database, files, now = assistant.database, assistant.files, assistant.clock.now
    adapters: dict[Platform, Adapter] = {}
    if advance is not None:
        adapters[Platform.WEB] = page = _page(assistant, advance)
        application.add_routes(page.routes())

    if environment.slack_bot_token:
        from bot.slack import slack_adapter  # only who talks to Slack pays for its libraries

        adapters[Platform.SLACK] = slack = slack_adapter(environment, database, files, now)
        application.add_routes(slack.routes())
        probe.ears[Platform.SLACK] = lambda: slack.deaf_since

    if environment.teams:
        from bot.teams import teams_adapter

        adapters[Platform.TEAMS] = teams = teams_adapter(environment, settings, database, files, now)
        application.add_routes(teams.routes())

    if not adapters:
        raise SettingsError("support.toml", (Mistake(0, "bot.settings.nothing_configured"),))
    adapters[Platform.MAIL] = mail_adapter(environment, settings, files, now, tray=adapters.get(Platform.WEB))
    return adapters


async def _prepare(database: Database) -> None:
    """Give an empty database its tables; one that holds something is upgraded only when its operator says so."""
    try:
        await database.check()
    except StoreOutdatedError as error:
        if error.revision is not None:
            raise
        await database.migrate()


async def _close(adapters: Iterable[Adapter], _application: web.Application) -> None:
    for adapter in adapters:
        await adapter.close()


def _told_to_stop() -> asyncio.Event:
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told


async def _clock(database: Database) -> Clock:
    async with database.unit() as unit:
        return Clock(timedelta(seconds=float(await unit.values.get(AHEAD) or 0)))


async def _introduce_samples(assistant: Assistant) -> None:
    async with assistant.database.unit() as unit:
        await introduce_channels(unit, map(page_channel, CHANNELS))
        await introduce_people(unit, people(assistant.settings.organisation.name), assistant.clock.now())
        await unit.commit()


def _page(assistant: Assistant, advance: Advance) -> WebAdapter:
    return WebAdapter(
        StoredWorkspace(assistant.database),
        assistant.files,
        people=people(assistant.settings.organisation.name),
        channels=CHANNELS,
        now=assistant.clock.now,
        advance=advance,
        zone=assistant.settings.zone.default,
        completions=completions(assistant.settings.cases.prefix),
        assistant=assistant.settings.organisation.name,
        max_megabytes=assistant.settings.files.max_megabytes,
        token=assistant.environment.page_token or None,
    )


def _mover(assistant: Assistant, timers: TimerWorker) -> Advance:
    """Return what moves the desk's clock: kept first, so that a restart does not turn it back."""

    async def advance(by: timedelta) -> None:
        async with assistant.database.unit() as unit:
            await unit.values.set(AHEAD, str((assistant.clock.ahead + by).total_seconds()))
            await unit.commit()
        await timers.pass_time(by)

    return advance


async def _keep_house(assistant: Assistant) -> None:
    stopping = assistant.workers.stopping
    while not stopping.is_set():
        try:
            await tidy(assistant.database, assistant.clock.now())
        except StoreError as error:
            _log.warning("housekeeping.store_failed", error=type(error).__name__, detail=error.detail)
        await pause(TIDY_EVERY.total_seconds(), stopping)
