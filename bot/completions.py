"""The desk's commands as the page's composer offers them."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.web.people import Completion, Completions, WebPerson
from bot.desk.commands import COMMANDS
from dialogs.events import Language
from dialogs.phrases import voice

_NOUN = {Language.SPANISH: "caso", Language.ENGLISH: "case"}


def completions(case_prefix: str) -> Completions:
    """Return what tells the commands that somebody may use, in a language."""

    def complete(person: WebPerson, language: Language) -> Sequence[Completion]:
        speak = voice(language)
        return [
            Completion(
                command=f"/{_NOUN[language]} {command.spanish if language is Language.SPANISH else command.name}",
                arguments=" ".join([f"{case_prefix}-…"] * command.on_case + ["…"] * command.text),
                summary=speak(f"desk.help.{command.name}"),
            )
            for command in COMMANDS
            if person.staff or command.everyone
        ]

    return complete
