"""The command `ldsupport`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from bot.environment import Environment, operator_language, read_environment
from bot.mistakes import SettingsError
from dialogs.phrases import Voice, voice

OK, FAILED, MISUSED = 0, 1, 2
_USAGE_WIDTH = 32


@dataclass(frozen=True, slots=True)
class Order:
    """A command line that was understood: who asks, what was told with it, and where things are."""

    speak: Voice
    options: argparse.Namespace
    environment: Environment


@dataclass(frozen=True, slots=True)
class Command:
    """One command. The phrase `bot.cli.NAME` says what it does.

    `examines` marks the one that tells mistakes in the environment itself, where they stop every other.
    """

    name: str
    run: Callable[[Order], Coroutine[Any, Any, int]]
    arguments: str = ""
    configure: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
    examines: bool = False

    @property
    def phrase(self) -> str:
        return f"bot.cli.{self.name.replace(' ', '_')}"


class _MisusedError(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _MisusedError(message)


async def _serve(order: Order, *, page: bool) -> int:
    from bot.app import serve
    from bot.logs import configure_logs
    from bot.settings import load_settings

    settings = load_settings(order.environment.settings)
    environment = order.environment
    if order.options.port is not None:
        environment = replace(environment, port=order.options.port)
    configure_logs(console=page)

    def ready() -> None:
        if page:
            print(order.speak("bot.cli.ready", url=environment.url), flush=True)

    try:
        await serve(environment, settings, page=page, ready=ready)
    except OSError as error:
        return _failed(order, "bot.cli.not_listening", url=environment.url, why=error.strerror or str(error))
    return OK


async def _try(order: Order) -> int:
    return await _serve(order, page=True)


async def _run(order: Order) -> int:
    return await _serve(order, page=False)


async def _doctor(order: Order) -> int:
    from bot.doctor import Level, examine

    findings = await examine(order.environment)
    for finding in findings:
        print(finding.sentence(order.speak))
    healthy = all(finding.level is not Level.BROKEN for finding in findings)
    print(order.speak("bot.doctor.healthy" if healthy else "bot.doctor.broken"))
    return OK if healthy else FAILED


async def _db_upgrade(order: Order) -> int:
    from storage.database import Database

    database = await Database.open(order.environment.database_url)
    try:
        await database.migrate()
    finally:
        await database.close()
    print(order.speak("bot.cli.upgraded"))
    return OK


async def _export(order: Order) -> int:
    from bot.export import counter_example_lines, export_lines
    from bot.settings import load_settings
    from storage.database import Database

    settings = load_settings(order.environment.settings)
    database = await Database.open(order.environment.database_url)
    try:
        await database.check()
        prefix, named = settings.cases.prefix, not settings.survey.anonymous
        wrong = order.options.counter_examples
        lines = counter_example_lines(database, prefix) if wrong else export_lines(database, prefix, named=named)
        async with aclosing(lines):
            async for line in lines:
                print(line)
    finally:
        await database.close()
    return OK


def _counter_examples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--counter-examples", action="store_true")


async def _manifest_slack(order: Order) -> int:
    from adapters.slack.manifest import manifest_text

    print(manifest_text(order.options.http), end="")
    return OK


async def _manifest_teams(order: Order) -> int:
    from bot.clock import Clock
    from bot.settings import load_settings
    from bot.teams_app import address, teams_package

    options, settings = order.options, load_settings(order.environment.settings)
    made = teams_package(options.app_id, options.host, settings, Clock().now(), hears_all=options.rsc)
    try:
        await asyncio.to_thread(options.out.write_bytes, made)
    except OSError as error:
        return _failed(order, "teams_app.unwritable", path=str(options.out), why=error.strerror or str(error))
    print(order.speak("teams_app.written", path=str(options.out)))
    told = settings.organisation
    if not (told.website and told.privacy and told.terms):
        print(order.speak("teams_app.no_links", address=told.website or address(options.host)))
    return OK


def _teams(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--app-id", required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--rsc", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("ldsupport-teams.zip"))


def _http(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http")


async def _person_export(order: Order) -> int:
    from bot.person import export_person
    from bot.settings import load_settings
    from storage.database import Database

    settings = load_settings(order.environment.settings)
    database = await Database.open(order.environment.database_url)
    try:
        await database.check()
        told = await export_person(database, order.options.key, settings.cases.prefix)
    finally:
        await database.close()
    if told is None:
        return _failed(order, "bot.cli.nobody", key=order.options.key)
    print(told)
    return OK


async def _person_erase(order: Order) -> int:
    from bot.clock import Clock
    from bot.person import erase_person
    from storage.database import Database

    database = await Database.open(order.environment.database_url)
    try:
        await database.check()
        erased = await erase_person(database, order.options.key, Clock().now())
    finally:
        await database.close()
    if not erased:
        return _failed(order, "bot.cli.nobody", key=order.options.key)
    print(order.speak("bot.cli.erased"))
    return OK


async def _drill(order: Order) -> int:
    from bot.desk.escalation.ladder import ladder_for
    from bot.drill import run_drill
    from bot.settings import load_settings
    from storage.database import Database

    levels = len(ladder_for(load_settings(order.environment.settings), "").levels)
    level: int | None = order.options.level
    if level is not None and not 1 <= level <= levels:
        return _failed(order, "bot.cli.no_level", count=str(levels), level=str(level))
    database = await Database.open(order.environment.database_url)
    try:
        await database.check()
        sound = await run_drill(database, level, order.speak, lambda line: print(line, flush=True))
    finally:
        await database.close()
    return OK if sound else FAILED


def _level(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--level", type=int)


def _key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key")


def _port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, choices=range(65536))


COMMANDS = (
    Command("try", _try, "[--port N]", _port),
    Command("run", _run, "[--port N]", _port),
    Command("doctor", _doctor, examines=True),
    Command("db upgrade", _db_upgrade),
    Command("export", _export, "[--counter-examples]", _counter_examples),
    Command("drill", _drill, "[--level N]", _level),
    Command("person export", _person_export, "KEY", _key),
    Command("person erase", _person_erase, "KEY", _key),
    Command("manifest slack", _manifest_slack, "[--http URL]", _http),
    Command("manifest teams", _manifest_teams, "--app-id ID --host NAME [--rsc] [--out FILE]", _teams),
)


def _help(speak: Voice) -> str:
    lines = [
        line
        for command in COMMANDS
        for line in _entry(f"ldsupport {command.name} {command.arguments}", speak(command.phrase))
    ]
    return "\n".join([speak("bot.cli.about"), "", *lines, "", speak("bot.cli.more")])


def _entry(usage: str, what: str) -> list[str]:
    """Return the lines that tell of a command: a long usage has one to itself."""
    if len(usage) > _USAGE_WIDTH:
        return [f"  {usage}", f"  {'':{_USAGE_WIDTH}} {what}"]
    return [f"  {usage:{_USAGE_WIDTH}} {what}"]


def _failed(order: Order, phrase: str, **values: str) -> int:
    print(order.speak(phrase, **values), file=sys.stderr)
    return FAILED


def _parse(words: list[str], speak: Voice) -> tuple[Command, argparse.Namespace]:
    """Return the command that the words begin with, and its options."""
    typed = " ".join(words)
    command = next((c for c in COMMANDS if f"{typed} ".startswith(f"{c.name} ")), None)
    if command is None:
        nearest = get_close_matches(typed, [c.name for c in COMMANDS], n=1)
        if nearest:
            raise _MisusedError(speak("bot.cli.unknown_near", typed=typed, nearest=nearest[0]))
        raise _MisusedError(speak("bot.cli.unknown", typed=typed))
    parser = _Parser(add_help=False)
    command.configure(parser)
    try:
        return command, parser.parse_args(words[len(command.name.split()) :])
    except _MisusedError:
        usage = f"ldsupport {command.name} {command.arguments}".strip()
        raise _MisusedError(speak("bot.cli.usage", usage=usage)) from None


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code: 0 done, 1 failed, 2 used wrongly."""
    words = sys.argv[1:] if arguments is None else arguments
    speak = voice(operator_language(os.environ))
    if not words or {"-h", "--help"} & set(words):
        print(_help(speak))
        return OK
    try:
        command, options = _parse(words, speak)
    except _MisusedError as misused:
        print(misused, file=sys.stderr)
        return MISUSED
    environment = read_environment(os.environ)
    if environment.mistakes and not command.examines:
        return _unusable(SettingsError("", environment.mistakes), speak)
    return _carry_out(command, Order(speak, options, environment))


def _unusable(error: SettingsError, speak: Voice) -> int:
    print("\n".join(error.sentences(speak)), file=sys.stderr)
    return MISUSED


def _carry_out(command: Command, order: Order) -> int:
    from storage.errors import StoreError

    try:
        return asyncio.run(command.run(order))
    except SettingsError as error:
        return _unusable(error, order.speak)
    except StoreError as error:
        from bot.store_words import store_sentence

        print(store_sentence(error, order.speak), file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # who read the export has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


if __name__ == "__main__":
    sys.exit(main())
