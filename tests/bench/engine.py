"""Turns of the bare engine, and of botbuilder-dialogs with its state in memory."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

from dialogs.engine.form import Context, Profile
from dialogs.engine.outcome import Complete
from dialogs.engine.state import DialogState, dump_state, load_state
from dialogs.engine.turn import turn
from dialogs.events import Language
from dialogs.forms.intake import INTAKE
from dialogs.wording import Home
from tests.bench.dialog import SAID, event

ROUNDS = 5
CONVERSATIONS = 100
HERE = Path(__file__).parent
OTHER = HERE.parent.parent / ".venv-botbuilder"


def one_round() -> float:
    """Return turns a second; between turns a state is text, as the store keeps it."""
    forms = {INTAKE.name: INTAKE}
    begun = time.perf_counter()
    for conversation in range(CONVERSATIONS):
        state = dump_state(DialogState())
        for step in range(len(SAID)):
            happening = event(conversation, step)
            context = Context(
                now=happening.at,
                desk="LDTelecom",
                home=Home(),
                profile=Profile(name="Ana Quispe", language=Language.ENGLISH),
                language=Language.ENGLISH,
            )
            outcome = turn(load_state(state), happening, context, forms)
            state = dump_state(outcome.state)
        assert any(isinstance(effect, Complete) for effect in outcome.effects), outcome
    return CONVERSATIONS * len(SAID) / (time.perf_counter() - begun)


def botbuilder() -> list[float]:
    """Return turns a second of botbuilder-dialogs, installing it where it is not."""
    python = OTHER / "bin" / "python"
    stamp = OTHER / "installed"
    if not stamp.exists():
        venv.create(OTHER, clear=True, with_pip=True)
        requirements = HERE / "botbuilder" / "requirements.txt"
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "-r", requirements], check=True, stderr=subprocess.DEVNULL)
        stamp.touch()
    told = subprocess.run([python, HERE / "botbuilder" / "dialog.py"], check=True, capture_output=True, text=True)
    return [float(line) for line in told.stdout.splitlines()]


def show(what: str, rounds: list[float]) -> None:
    """Print a line of the table."""
    print(f"  {what:44} {statistics.median(rounds):7.0f}/s  (of {min(rounds):.0f} to {max(rounds):.0f})")


async def main() -> None:
    """Print the table."""
    print("The engine: one dialog of eight questions, nothing kept on disk")
    show("ldsupport, reading every answer", [one_round() for _ in range(ROUNDS)])
    try:
        show("botbuilder-dialogs, answers taken as they come", botbuilder())
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"  botbuilder-dialogs could not be measured here: {error}", file=sys.stderr)


if __name__ == "__main__":
    asyncio.run(main())
