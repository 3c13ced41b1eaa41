"""A chat in memory: the core's port once more, as plain as it can be, for tests of the core alone.

It knows no unit of work: what a rolled back action did in it stays done.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from commandpost.db import Database
from commandpost.incidents.ports import (
    Attachment,
    Channel,
    ChannelNameInvalid,
    ChannelNameTaken,
    ChannelType,
    Chat,
    CommandAnswer,
    Commands,
    Desk,
    Desks,
    Dialog,
    Done,
    HistoryPlace,
    NewChannel,
    PastChannel,
    Post,
    Team,
    User,
)
from commandpost.kernel.clock import Clock
from commandpost.kernel.errors import Forbidden, Refusal
from commandpost.kernel.ids import new_id

BOT = User(id="bot".ljust(26, "0"), username="incident", is_bot=True)
SITE_URL = "http://chat.example"


@dataclass
class FakeChat(Chat):
    """People, teams, channels and posts. Tests fill `guests`, `silenced` and `narrow` as they need."""

    clock: Clock
    people: dict[str, User] = field(default_factory=lambda: {BOT.id: BOT})
    teams: dict[str, Team] = field(default_factory=dict[str, Team])
    team_members: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    admins: set[str] = field(default_factory=set[str])
    guests: set[str] = field(default_factory=set[str])
    leads: set[str] = field(default_factory=set[str])
    silenced: set[str] = field(default_factory=set[str])
    """Users who may not post anywhere."""
    narrow: set[tuple[str, ChannelType]] = field(default_factory=set[tuple[str, ChannelType]])
    """Users who may not make channels of a type."""
    every_name_is_taken: bool = False
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    members: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    said: dict[str, Post] = field(default_factory=dict[str, Post])
    attachments: dict[str, Sequence[Attachment]] = field(default_factory=dict[str, Sequence[Attachment]])
    whispers: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    """Ephemeral posts: user, channel, message."""
    mails: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    spoken: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by every post."""
    dialogs: list[tuple[str, str, Dialog]] = field(default_factory=list[tuple[str, str, Dialog]])

    def add_person(
        self, username: str, *, first_name: str = "", last_name: str = "", bot: bool = False
    ) -> User:
        user = User(
            id=new_id(),
            username=username,
            first_name=first_name,
            last_name=last_name,
            timezone="Europe/Vienna",
            working_hours="Mon-Fri 9-17",
        )
        self.people[user.id] = user
        return user

    def add_team(self, name: str, *members: User) -> Team:
        team = Team(id=new_id(), name=name, display_name=name.title())
        self.teams[team.id] = team
        self.team_members[team.id] = {user.id for user in members}
        return team

    def add_channel(
        self, team: Team | None, name: str, type_: ChannelType = ChannelType.PUBLIC, *members: User
    ) -> Channel:
        channel = Channel(
            id=new_id(), team_id=team.id if team else "", type=type_, name=name, display_name=name.title()
        )
        self.channels[channel.id] = channel
        self.members[channel.id] = [user.id for user in members]
        return channel

    def messages(self, channel_id: str) -> list[str]:
        """What was said in a channel and not deleted, oldest first."""
        return [
            post.message
            for post in self.said.values()
            if post.channel_id == channel_id and not post.delete_at
        ]

    @property
    def bot(self) -> User:
        return BOT

    async def user(self, user_id: str) -> User | None:
        return self.people.get(user_id)

    async def users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        return {user_id: self.people[user_id] for user_id in user_ids if user_id in self.people}

    async def usernames(self, user_ids: Collection[str]) -> Mapping[str, str]:
        return {user_id: user.username for user_id, user in (await self.users(user_ids)).items()}

    async def timezone(self, user_id: str) -> str:
        return self.people[user_id].timezone if user_id in self.people else ""

    async def user_named(self, username: str) -> User | None:
        return next((user for user in self.people.values() if user.username == username), None)

    async def is_system_admin(self, user_id: str) -> bool:
        return user_id in self.admins

    async def sees_team(self, user_id: str, team_id: str) -> bool:
        if user_id in self.admins:
            return team_id in self.teams
        return user_id in self.team_members.get(team_id, set()) and user_id not in self.guests

    async def manages_team(self, user_id: str, team_id: str) -> bool:
        return user_id in self.admins | self.leads

    async def reads_channel(self, user_id: str, channel_id: str) -> bool:
        if user_id in self.admins:
            return channel_id in self.channels
        return user_id in self.members.get(channel_id, [])

    async def may_post(self, user_id: str, channel_id: str) -> bool:
        channel = self.channels.get(channel_id)
        if channel is None or channel.delete_at or user_id in self.silenced:
            return False
        return await self.reads_channel(user_id, channel_id)

    async def may_create_channel(self, user_id: str, team_id: str, type: ChannelType) -> bool:
        return await self.sees_team(user_id, team_id) and (user_id, type) not in self.narrow

    async def team(self, team_id: str) -> Team | None:
        return self.teams.get(team_id)

    async def channel(self, channel_id: str) -> Channel | None:
        return self.channels.get(channel_id)

    async def channels_with_ids(self, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        return {one: self.channels[one] for one in channel_ids if one in self.channels}

    async def own_channels(self, user_id: str, team_id: str) -> Sequence[Channel]:
        own = (one for one in self.channels.values() if user_id in self.members.get(one.id, []))
        return [one for one in own if one.team_id == team_id and not one.delete_at]

    async def channel_named(self, team_id: str, name: str) -> Channel | None:
        of_team = (channel for channel in self.channels.values() if channel.team_id == team_id)
        return next((found for found in of_team if found.name == name and not found.delete_at), None)

    async def message_count(self, channel_id: str) -> int:
        return sum(post.channel_id == channel_id for post in self.said.values())

    async def create_channel(self, new: NewChannel) -> Channel:
        if len(new.name) > 64:
            raise ChannelNameInvalid
        taken = any(c.name == new.name and c.team_id == new.team_id for c in self.channels.values())
        if taken or self.every_name_is_taken:
            raise ChannelNameTaken
        channel = Channel(
            id=new_id(), team_id=new.team_id, type=new.type, name=new.name, display_name=new.display_name
        )
        self.channels[channel.id] = channel
        self.headers[channel.id] = new.header
        self.members[channel.id] = []
        return channel

    async def users_known_as(self, usernames: Collection[str], emails: Collection[str]) -> Sequence[User]:
        return [one for one in self.people.values() if one.username in usernames or one.email in emails]

    async def history(
        self, channel_id: str, *, after: HistoryPlace, limit: int
    ) -> Sequence[tuple[HistoryPlace, Post]]:
        said = [post for post in self.said.values() if post.channel_id == channel_id and not post.delete_at]
        placed = [((post.create_at, number), post) for number, post in enumerate(said)]
        return [one for one in placed if one[0] > after][:limit]

    async def those_seeing_team(self, user_ids: Collection[str], team_id: str) -> AbstractSet[str]:
        return {user_id for user_id in user_ids if await self.sees_team(user_id, team_id)}

    async def has_past(self, *, team_id: str, channel_id: str) -> bool:
        return False

    async def are_taken(self, *, channel_id: str, post_ids: Collection[str]) -> bool:
        return channel_id in self.channels or any(post_id in self.said for post_id in post_ids)

    async def people_of_team(self, team_id: str, *, limit: int) -> Sequence[User]:
        members = (self.people[one] for one in self.team_members.get(team_id, set()) - self.guests)
        return sorted((one for one in members if not one.is_bot), key=lambda user: user.username)[:limit]

    async def taken_names(self, team_id: str, names: Collection[str]) -> AbstractSet[str]:
        return {one.name for one in self.channels.values() if one.team_id == team_id} & set(names)

    async def put_past(self, channels: Sequence[PastChannel]) -> None:
        for past in channels:
            self.channels[past.channel.id] = past.channel
            self.members[past.channel.id] = list(past.joined)
            self.said.update({post.id: post for post in past.posts})

    async def add_member(self, channel_id: str, user_id: str) -> None:
        if user_id not in self.members[channel_id]:
            self.members[channel_id].append(user_id)

    async def admit(self, channel_id: str, user_id: str) -> User:
        if user_id not in self.team_members.get(self.channels[channel_id].team_id, set()):
            raise Forbidden
        await self.add_member(channel_id, user_id)
        return self.people[user_id]

    async def dismiss(self, channel_id: str, user_id: str) -> None:
        self.members[channel_id].remove(user_id)

    async def post_as_bot(
        self, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> Post:
        post = await self.post_as(BOT.id, channel_id, message)
        self.attachments[post.id] = attachments
        return post

    async def post_as(self, user_id: str, channel_id: str, message: str) -> Post:
        post = Post(
            id=new_id(),
            channel_id=channel_id,
            author_id=user_id,
            message=message,
            create_at=self.clock.now(),
        )
        self.said[post.id] = post
        self.spoken.set()
        return post

    async def post_ephemeral(
        self, user_id: str, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> None:
        self.whispers.append((user_id, channel_id, message))

    @property
    def sends_mail(self) -> bool:
        return True

    async def mail(self, user_id: str, subject: str, *, text: str, html: str) -> None:
        self.mails.append((user_id, subject))

    async def delete_post(self, post_id: str) -> None:
        if post_id in self.said:
            self.said[post_id] = replace(self.said[post_id], delete_at=self.clock.now())

    async def post(self, post_id: str) -> Post | None:
        return self.said.get(post_id)

    async def texts(self, post_ids: Collection[str]) -> Mapping[str, str]:
        found = {post_id: self.said[post_id] for post_id in post_ids if post_id in self.said}
        return {post_id: post.message for post_id, post in found.items() if not post.delete_at}

    async def open_dialog(self, user_id: str, trigger_id: str, dialog: Dialog) -> None:
        self.dialogs.append((user_id, trigger_id, dialog))


@dataclass
class FakeCommands(Commands):
    """Slash commands that answer as a test wants them to; `ran` are user, channel and command."""

    answer: CommandAnswer | Refusal = field(default_factory=CommandAnswer)
    ran: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    async def execute(self, user_id: str, channel_id: str, team_id: str, command: str) -> CommandAnswer:
        self.ran.append((user_id, channel_id, command))
        if isinstance(self.answer, Refusal):
            raise self.answer
        return self.answer


@dataclass
class FakeDesks(Desks):
    """Desks over a real database and the chat in memory."""

    database: Database
    chat: Chat
    clock: Clock
    offers_short_reminders: bool = False

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Desk]:
        async with self.database.read() as work:
            yield Desk(work=work, chat=self.chat, now=self.clock.now(), site_url=SITE_URL)

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Desk]:
        async with self.database.write() as work:
            yield Desk(
                work=work,
                chat=self.chat,
                now=self.clock.now(),
                site_url=SITE_URL,
                offers_short_reminders=self.offers_short_reminders,
            )

    async def repeated(self, deed: Callable[[], Awaitable[Done]]) -> Done:
        return await deed()
