"""The process is killed at random while customers talk: every conversation ends as if nothing had happened."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from pathlib import Path

import aiohttp
import pytest

from dialogs.events import Language
from dialogs.phrases import voice
from tests.conftest import NewDatabase
from tests.dialogs.talk import ANSWERS
from tests.page import Assistant, Post, Visitor, text_of

CUSTOMERS = {"ana": "acme", "rosa": "acme", "luis": "globex", "kim": "globex"}
SPEAKS = voice(Language.SPANISH)
ANSWER = ANSWERS[Language.SPANISH] | {"started": "ayer a las 9:15"}  # an hour that has passed whenever this runs
QUESTIONS = {name: SPEAKS(f"intake.{name}.ask") for name in ANSWER}


def answer_to(text: str) -> str | None:
    """Return what a customer answers to a post of the assistant; nothing where it asks nothing."""
    if SPEAKS("intake.summary.title") in text:
        return "enviar"
    return next((ANSWER[name] for name, question in QUESTIONS.items() if question in text), None)


async def file_a_case(url: str, person: str, session: aiohttp.ClientSession, opening: str) -> list[str]:
    """Talk until a case is filed; return all that the assistant said in the thread."""
    channel = CUSTOMERS[person]
    visitor = Visitor(url, person, session)
    try:
        root = (await visitor.says(opening, channel=channel))["id"]
        heard: list[Post] = []

        def unheard(post: Post) -> bool:
            known = {one["id"] for one in heard}
            return post["thread"] == root and post["message"] is not None and post["id"] not in known

        while True:
            post = await visitor.sees(unheard)
            heard.append(post)
            text = text_of(post)
            if "quedó registrado" in text:
                await asyncio.sleep(0.5)
                return [
                    text_of(one)
                    for one in sorted(visitor.posts.values(), key=lambda one: one["number"])
                    if one["thread"] == root and one["message"] is not None
                ]
            answer = answer_to(text)
            if answer is not None:
                await visitor.says(answer, channel=channel, thread=root)
    finally:
        await visitor.close()


async def cases_of(folder: Path, database_url: str) -> list[dict[str, object]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "export"),
        cwd=folder,
        env=os.environ | {"DATABASE_URL": database_url, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=asyncio.subprocess.PIPE,
    )
    written, _ = await process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in written.splitlines()]


async def talk_through_kills(folder: Path, database_url: str, *, rounds: int, kills: int, seed: int) -> int:
    """Let every customer file cases while the process is killed; return how often it was."""
    chance = random.Random(seed)
    assistant = Assistant(folder, database_url)
    await assistant.start()
    await assistant.ready()
    done = asyncio.Event()

    async def killer() -> int:
        for count in range(kills):
            try:
                await asyncio.wait_for(done.wait(), chance.uniform(0.2, 1.2))
            except TimeoutError:
                await assistant.kill()
                await assistant.start()
                await assistant.ready()
            else:
                return count
        return kills

    async with aiohttp.ClientSession() as session:
        killing = asyncio.create_task(killer())
        for number in range(rounds):
            # A phone that was just told is not asked again.
            questions = [question for name, question in QUESTIONS.items() if name != "phone" or not number]
            stories = await asyncio.gather(
                *(file_a_case(assistant.url, person, session, "nuevo caso") for person in CUSTOMERS)
            )
            for story in stories:
                asked = [question for question in QUESTIONS.values() for text in story if question in text]
                assert asked == questions, story
                assert sum("quedó registrado" in text for text in story) == 1
        done.set()
        killed = await killing
    await assistant.stop()
    assert "turn_failed" not in assistant.log
    return killed


async def check_cases(folder: Path, database_url: str, *, expected: int) -> None:
    cases = await cases_of(folder, database_url)
    assert len(cases) == expected
    for case in cases:
        assert case["description"] == ANSWER["description"]
        assert case["expected_behaviour"] == ANSWER["expected"]
        assert case["zone"] == {"name": "America/Bogota", "assumed": False}


@pytest.mark.timeout(180)
async def test_no_kill_loses_or_doubles_anything(tmp_path: Path, new_database: NewDatabase) -> None:
    database_url = new_database(False)
    killed = await talk_through_kills(tmp_path, database_url, rounds=2, kills=5, seed=7)
    assert killed >= 2
    await check_cases(tmp_path, database_url, expected=2 * len(CUSTOMERS))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(5))
async def test_no_kill_loses_or_doubles_anything_for_long(tmp_path: Path, new_database: NewDatabase, seed: int) -> None:
    database_url = new_database(False)
    await talk_through_kills(tmp_path, database_url, rounds=12, kills=60, seed=seed)
    await check_cases(tmp_path, database_url, expected=12 * len(CUSTOMERS))
