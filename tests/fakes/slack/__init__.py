from tests.fakes.slack.people import MENTION, Someone
from tests.fakes.slack.server import FakeSlack

__all__ = ["MENTION", "FakeSlack", "Someone"]
