"""Every transcript, in Spanish and in English, on the bare assistant, on its page, on Slack and on Teams.

A platform plays each story in one of the languages here, and in the other one with `make soak`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.slack_stage import slack_stage
from tests.stage import BareStage
from tests.teams_stage import teams_stage
from tests.transcripts.script import Player, settings_of
from tests.web_stage import web_stage

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("??/*.txt"))
CUSTOMERS = {"es": "ana", "en": "luis"}


NAMES = sorted({path.name for path in SCRIPTS})

every_script = pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")


def each_story(first: str) -> pytest.MarkDecorator:
    """Play the stories in turns in one language and the other; what is left out is for the soak."""

    def is_played(path: Path) -> bool:
        return (path.parent.name == first) is (NAMES.index(path.name) % 2 == 0)

    scripts = [pytest.param(path, marks=() if is_played(path) else pytest.mark.soak) for path in SCRIPTS]
    return pytest.mark.parametrize("path", scripts, ids=lambda path: f"{path.parent.name}/{path.stem}")


@every_script
async def test_transcript(path: Path, sqlite_database: Database) -> None:
    stage = await BareStage(sqlite_database, settings_of(path)).open()
    await Player(stage, CUSTOMERS[path.parent.name]).play(path)


@each_story("es")
async def test_transcript_on_the_page(path: Path, sqlite_database: Database, tmp_path: Path) -> None:
    async with web_stage(sqlite_database, tmp_path, settings_of(path)) as stage:
        await Player(stage, CUSTOMERS[path.parent.name]).play(path)


@each_story("en")
async def test_transcript_on_slack(path: Path, sqlite_database: Database, tmp_path: Path) -> None:
    async with slack_stage(sqlite_database, tmp_path, settings_of(path)) as stage:
        await Player(stage, CUSTOMERS[path.parent.name]).play(path)


@each_story("es")
async def test_transcript_on_teams(path: Path, sqlite_database: Database, tmp_path: Path) -> None:
    async with teams_stage(sqlite_database, tmp_path, settings_of(path)) as stage:
        await Player(stage, CUSTOMERS[path.parent.name]).play(path)


def test_every_transcript_exists_in_both_languages() -> None:
    spanish, english = ({path.name for path in HERE.glob(f"{language}/*.txt")} for language in ("es", "en"))
    assert spanish == english
