"""Reads a transcript and plays it on a stage.

Ana: text                     somebody writes in their thread (their first message begins it)
Ana new: text                 … at the top of the channel
Ana below: text               … below the last post of the assistant at the top of the channel
Ana: [intake.impact.one]      … presses the button of that name
Ana: (captura.png) text       … sends a file, with or without words
Ana: {zone: Lima}             … sends the form that is open for them
Marta desk: text              an agent writes in the card's thread
Marta acme: text              an agent writes in the customer's thread
Marta: /case take LD-1        … types a command
Ana: :pray:                   … puts an emoji on the latest message of the assistant
Carrier mail: text            whoever the last e-mail was sent to answers it
wait 10 minutes               time passes
> text                        the assistant said this to the customer since somebody acted, exactly once
desk> text                    … in the desk's channel, at least once
Ana> text                     … to this person alone
mail> text                    … in e-mails, with their address and subject
! text                        it did not say this to the customer
desk! text                    … nor in the desk's channel
# text                        a remark
settings: times.undo = "1m"   at the top: other settings than the usual ones
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.durations import read_duration
from bot.settings import Settings, read_settings
from tests.stage import AT_ONCE, Stage

_EXPECTED = re.compile(r"(?P<where>\w*)(?P<sign>[>!]) (?P<text>.+)")
_ACTED = re.compile(r"(?P<who>\w+)(?: (?P<where>\w+))?: ?(?P<what>.*)")
_EMOJI = re.compile(r":([\w+-]+):")
_FILES = re.compile(r"\((?P<files>[^)]+)\) ?(?P<text>.*)")
_STAGED = ("acme", "globex", "desk", "escalations", "mail")
_HOME = {"ana": "acme", "rosa": "acme", "luis": "globex", "kim": "globex"}


_SETTINGS = "settings: "


def settings_of(path: Path) -> Settings:
    """Return the settings that a transcript is played with."""
    lines = path.read_text("utf-8").splitlines()
    told = [line.removeprefix(_SETTINGS) for line in lines if line.startswith(_SETTINGS)]
    return read_settings("\n".join(told or [AT_ONCE]))


class Player:
    """Plays one transcript, line by line."""

    def __init__(self, stage: Stage, customer: str) -> None:
        self._stage = stage
        self._customer = customer
        self._heard: dict[str, str] = {}

    async def play(self, path: Path) -> None:
        """Play a file; a line that does not hold fails with its number."""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith(("#", _SETTINGS)):
                continue
            try:
                await self._line(line.strip())
            except AssertionError as error:
                raise AssertionError(f"{path.name}:{number}: {line}\n{error}") from None

    async def _line(self, line: str) -> None:
        if expected := _EXPECTED.fullmatch(line):
            await self._expect(expected["where"], expected["sign"], expected["text"])
            return
        self._heard = {}
        for channel in _STAGED:
            await self._stage.heard(channel)
        if line.startswith("wait "):
            await self._stage.waits(read_duration(line.removeprefix("wait ")))
        elif acted := _ACTED.fullmatch(line):
            await self._act(acted["who"].lower(), acted["where"] or "", acted["what"])
        else:
            raise AssertionError("not a line of a transcript")

    async def _act(self, who: str, where: str, what: str) -> None:
        channel = _HOME.get(who, "desk") if where in {"", "new", "below"} else where
        if where == "mail":
            await self._stage.answers(what)
        elif what.startswith("/"):
            await self._stage.commands(who, what, channel=channel)
        elif emoji := _EMOJI.fullmatch(what):
            await self._stage.reacts(who, emoji[1], channel=channel)
        elif what.startswith("["):
            await self._stage.presses(who, what.strip("[]"), channel=channel)
        elif what.startswith("{"):
            pairs = (pair.partition(":") for pair in what.strip("{}").split(";"))
            await self._stage.fills(who, {name.strip(): value.strip() for name, _, value in pairs})
        else:
            files = _FILES.fullmatch(what)
            names = tuple(files["files"].split(", ")) if files else ()
            text = files["text"] if files else what
            await self._stage.says(who, text, channel=channel, files=names, new=where == "new", below=where == "below")

    async def _expect(self, where: str, sign: str, text: str) -> None:
        told = await self._told(where)
        count = told.count(text)
        if sign == "!":
            assert count == 0, f"said:\n{told}"
        elif where in {"", "acme", "globex"}:
            assert count == 1, f"{count} times in what was said:\n{told}"
        else:
            assert count, f"said:\n{told}"

    async def _told(self, where: str) -> str:
        channel = where or _HOME[self._customer]
        if channel not in self._heard:
            told = await (self._stage.heard(channel) if channel in _STAGED else self._stage.whispered(channel.lower()))
            self._heard[channel] = told
        return self._heard[channel]
