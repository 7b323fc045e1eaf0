"""The unit of work: everything that one turn reads and writes, in one transaction."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from storage.cases import Cases, Files, Looks, Refusals
from storage.conversations import Conversations
from storage.directory import Channels, Members, Organisations, Outsiders, People
from storage.escalations import Escalations
from storage.held import HeldReplies
from storage.inbox import Inbox
from storage.levels import ServiceLevels
from storage.outbox import Outbox, Postings
from storage.reports import ReportRequests
from storage.surveys import Surveys
from storage.third_parties import ThirdParties
from storage.timers import Timers
from storage.values import Values


class UnitOfWork:
    """One transaction and the repositories that work in it. Nothing stays unless `commit` was awaited.

    `session` is for what the repositories do not cover; rows they return belong to it, and what is changed on
    them is written at the commit. A unit may serve several events after another, to commit them as one.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.inbox = Inbox(session)
        self.conversations = Conversations(session)
        self.outbox = Outbox(session)
        self.postings = Postings(session)
        self.timers = Timers(session)
        self.cases = Cases(session)
        self.service_levels = ServiceLevels(session)
        self.third_parties = ThirdParties(session)
        self.escalations = Escalations(session)
        self.surveys = Surveys(session)
        self.files = Files(session)
        self.held_replies = HeldReplies(session)
        self.refusals = Refusals(session)
        self.looks = Looks(session)
        self.people = People(session)
        self.organisations = Organisations(session)
        self.channels = Channels(session)
        self.members = Members(session)
        self.outsiders = Outsiders(session)
        self.reports = ReportRequests(session)
        self.values = Values(session)

    async def commit(self) -> None:
        """Write what is still gathered, and make it all last."""
        await self.timers.flush()
        await self.outbox.flush()
        await self.session.commit()
