"""A team with people in it, and short ways to let them act on incidents."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import pytest

from commandpost.db import Database
from commandpost.incidents.actions import details, membership, playbooks, start
from commandpost.incidents.actions.start import NewIncident
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import Page
from commandpost.incidents.model.playbook import Playbook, PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.incidents.model.timeline import Payload
from commandpost.incidents.ports import Actor, Desk, Team, User
from tests.support.chat import FakeChat, FakeCommands, FakeDesks
from tests.support.clock import TestClock


def stage(title: str, *tasks: str | PlaybookTask) -> PlaybookStage:
    """A stage of tasks, given by title or whole."""
    whole = tuple(task if isinstance(task, PlaybookTask) else PlaybookTask(title=task) for task in tasks)
    return PlaybookStage(title=title, tasks=whole)


def actor(user: User) -> Actor:
    return Actor(user_id=user.id)


@dataclass
class Room:
    """Ana, Ben and Cy are in the team, Gus is its guest, Dan is outside, Sys is the system admin."""

    database: Database
    clock: TestClock
    chat: FakeChat
    desks: FakeDesks
    commands: FakeCommands
    team: Team
    ana: User
    ben: User
    cy: User
    gus: User
    dan: User
    sys: User
    facts: list[object] = field(default_factory=list[object])

    def desk(self) -> AbstractAsyncContextManager[Desk]:
        """A desk for a change."""
        return self.desks.writing()

    async def playbook(self, *stages: PlaybookStage, by: User | None = None, **content: object) -> Playbook:
        """A playbook, of Ana unless said otherwise, for public incidents."""
        wanted = {
            "team_id": self.team.id,
            "title": "Outage",
            "create_public_incident": True,
            "stages": stages,
            **content,
        }
        async with self.desk() as desk:
            return await playbooks.create(
                desk,
                actor(by or self.ana),
                PlaybookContent(**wanted),  # pyright: ignore[reportArgumentType]
            )

    async def ongoing(
        self,
        *stages: PlaybookStage,
        name: str = "Server Down",
        members: Sequence[User] = (),
        private: bool = False,
    ) -> Incident:
        """An ongoing incident of these stages, started and led by Ana."""
        playbook = await self.playbook(*stages, create_public_incident=not private)
        incident = await self.start(name=name, playbook_id=playbook.id)
        for user in members:
            await self.join(user, incident)
        return await self.seen(incident)

    async def start(self, *, by: User | None = None, **wanted: object) -> Incident:
        """An incident started and led by Ana unless said otherwise."""
        who = by or self.ana
        new = {"name": "Server Down", "team_id": self.team.id, "commander_id": who.id, **wanted}
        async with self.desk() as desk:
            return await start.start(
                desk,
                actor(who),
                NewIncident(**new),  # pyright: ignore[reportArgumentType]
            )

    async def join(self, user: User, incident: Incident) -> None:
        """Let somebody into the channel of an incident."""
        await self.chat.add_member(incident.channel_id, user.id)
        async with self.desk() as desk:
            await membership.joined(
                desk.work, channel_id=incident.channel_id, user=user, by=user.id, at=desk.now
            )

    async def leave(self, user: User, incident: Incident) -> None:
        """Let somebody out of the channel of an incident."""
        self.chat.members[incident.channel_id].remove(user.id)
        async with self.desk() as desk:
            await membership.left(
                desk.work, channel_id=incident.channel_id, user_id=user.id, by=user.id, at=desk.now
            )

    async def seen(self, incident: Incident) -> Incident:
        """The incident as it is stored now."""
        async with self.desks.reading() as desk:
            return await details.view(desk, actor(self.sys), incident.id)

    async def log(self, incident: Incident) -> list[Payload]:
        """What the event log of an incident holds."""
        async with self.desks.reading() as desk:
            timeline = await details.timeline(desk, actor(self.sys), incident.id, page=Page())
        return [entry.payload for entry in timeline.items]

    def said(self, incident: Incident) -> list[str]:
        """What was posted in the channel of an incident."""
        return self.chat.messages(incident.channel_id)


@pytest.fixture
async def room(database: Database, clock: TestClock) -> AsyncGenerator[Room]:
    """A room over a fresh database of each kind."""
    chat = FakeChat(clock)
    ana = chat.add_person("ana", first_name="Ana", last_name="Lovelace")
    ben, cy, gus, dan, sys = (chat.add_person(name) for name in ("ben", "cy", "gus", "dan", "sys"))
    chat.guests.add(gus.id)
    chat.admins.add(sys.id)
    team = chat.add_team("ops", ana, ben, cy, gus)
    room = Room(
        database=database,
        clock=clock,
        chat=chat,
        desks=FakeDesks(database, chat, clock),
        commands=FakeCommands(),
        team=team,
        ana=ana,
        ben=ben,
        cy=cy,
        gus=gus,
        dan=dan,
        sys=sys,
    )
    database.teller = room.facts.extend
    yield room
