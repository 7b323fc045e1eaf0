"""What a customer's emoji in the thread of a resolved case says."""

from __future__ import annotations

from bot.desk.closing import decisions, question
from bot.desk.closing.decisions import Decision
from bot.desk.places import CaseThreads
from bot.desk.roles import speaks_for
from bot.turn import Turn
from dialogs.cases import CaseStatus
from dialogs.events import Reacted
from dialogs.reading.closings import ClosingLabel
from storage.tables import Case

_GLAD = """
    pray folded_hands +1 thumbsup like ok ok_hand 100 white_check_mark heavy_check_mark ballot_box_with_check tada clap
    raised_hands muscle handshake heart heart_eyes red_heart blue_heart green_heart star star2 star-struck sparkles
    smile smiley grin blush relaxed slightly_smiling_face partying_face rocket fire
"""
_SORRY = "-1 thumbsdown x no_entry_sign disappointed cry sob rage angry sad"

GLAD, SORRY = frozenset(_GLAD.split()), frozenset(_SORRY.split())
"""The names of the emojis by which people give thanks or say that all is well, and that something is not."""


async def weigh_reaction(turn: Turn, case: Case, threads: CaseThreads, reacted: Reacted) -> None:
    """Take a customer's emoji for what it says: thanks are written down once, a thumb down is asked about."""
    if case.status is not CaseStatus.RESOLVED or not await speaks_for(turn, case):
        return
    before = await decisions.load(turn, case)
    about = {"message": reacted.message, "emoji": reacted.emoji}
    if reacted.emoji in SORRY and before.question is None:
        decisions.write(turn, case, Decision.ASKED, ClosingLabel.OTHER, "reaction", **about)
        question.ask(threads, "closing.ask")
    elif reacted.emoji in GLAD and turn.event.actor.key not in {one.actor for one in before.current}:
        decisions.write(turn, case, Decision.KEPT, ClosingLabel.THANKS, "reaction", **about)
