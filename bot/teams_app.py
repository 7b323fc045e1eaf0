"""The Teams app as the operator asks for it: who offers it from the settings, its menu from the table of commands."""

from __future__ import annotations

from datetime import datetime

from adapters.teams.manifest import App, MenuEntry, is_app_id, is_host, package
from bot.desk.commands import COMMANDS
from bot.mistakes import Mistake, SettingsError
from bot.settings import Settings
from dialogs.events import Language
from dialogs.phrases import voice

NOUNS = {Language.SPANISH: "caso", Language.ENGLISH: "case"}


def menu(language: Language, prefix: str) -> tuple[MenuEntry, ...]:
    """Return the commands that Teams offers, with what each does and, where it takes more words, how it is used."""
    speak = voice(language)
    entries = []
    for command in COMMANDS:
        if command.offered:
            word = command.spanish if language is Language.SPANISH else command.name
            title, what = f"{NOUNS[language]} {word}", speak(f"desk.help.{command.name}")
            example = speak(f"desk.example.{command.name}", prefix=prefix).removeprefix("/")
            told = what[0].upper() + what[1:]
            entries.append(MenuEntry(title, told if example == title else f"{told} ({example})"))
    return tuple(entries)


def teams_package(app_id: str, host: str, settings: Settings, now: datetime, *, hears_all: bool) -> bytes:
    """Return the package of the app.

    Raises:
        SettingsError: the id or the host cannot be one.
    """
    checked = ((is_app_id(app_id), "teams_app.wrong_app_id", app_id), (is_host(host), "teams_app.wrong_host", host))
    mistakes = tuple(Mistake(0, phrase, {"value": value}) for right, phrase, value in checked if not right)
    if mistakes:
        raise SettingsError("ldsupport manifest teams", mistakes)
    organisation = settings.organisation
    website = organisation.website or address(host)
    app = App(
        app_id=app_id.lower(),
        host=host.lower(),
        organisation=organisation.name,
        website=website,
        privacy=organisation.privacy or website,
        terms=organisation.terms or website,
        menus={language: menu(language, settings.cases.prefix) for language in Language},
        hears_all=hears_all,
        made=now,
    )
    return package(app)


def address(host: str) -> str:
    """Return where the website of an organisation that told none is taken to be."""
    return f"https://{host}"
