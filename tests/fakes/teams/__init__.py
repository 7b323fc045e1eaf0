from tests.fakes.teams.people import Someone
from tests.fakes.teams.server import FakeTeams
from tests.fakes.teams.shapes import MENTION

__all__ = ["MENTION", "FakeTeams", "Someone"]
