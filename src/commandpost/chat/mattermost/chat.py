"""The core's chat within one unit of work, given by a Mattermost server.

What is asked comes from the conversation, which puts the work off when it does not know; what is to be done
is written down in the work, as errands.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from commandpost.chat.mattermost import values
from commandpost.chat.mattermost.conversation import Conversation
from commandpost.chat.mattermost.kept import KeptChannels
from commandpost.chat.mattermost.questions import (
    BotsChannelQuestion,
    ChannelNamedQuestion,
    ChannelQuestion,
    HistoryQuestion,
    OwnChannelsQuestion,
    PeopleQuestion,
    PostQuestion,
    TeamMemberQuestion,
    TeamQuestion,
    UsernameQuestion,
    UsernamesQuestion,
    UserQuestion,
)
from commandpost.chat.mattermost.rights import Rights
from commandpost.chat.mattermost.store import errands, heard, kept, starts
from commandpost.chat.mattermost.store.errands import Errand, Kind
from commandpost.chat.mattermost.wire import ChannelWire, PostWire, TeamWire, UserWire
from commandpost.db import Work
from commandpost.incidents.model.ids import is_pending, pending_id
from commandpost.incidents.ports import (
    BEGINNING,
    Attachment,
    Channel,
    ChannelType,
    Dialog,
    HistoryPlace,
    NewChannel,
    PastChannel,
    Post,
    Team,
    User,
)
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Conflict, Forbidden, Invalid
from commandpost.kernel.ids import new_id
from commandpost.live.message import JoinedChannel, LeftChannel

_CREATING = {
    ChannelType.PUBLIC: "create_public_channel",
    ChannelType.PRIVATE: "create_private_channel",
}
_LONGEST_POST = 16_383


class MemberOutsideTeam(Forbidden):
    """Only members of the team can be in the incident channel."""

    code = "chat.member_outside_team"


class StartOvertaken(Conflict):
    """This took so long that the incident's channel was put away again; start it once more."""

    code = "mattermost.start_overtaken"


class ErrandWaiting(msgspec.Struct, frozen=True):
    """Something is to be done over there."""


class Whisper(msgspec.Struct, frozen=True, kw_only=True):
    """A post for one user's eyes, to be sent at once and kept nowhere."""

    user_id: str
    channel_id: str
    message: str
    attachments: tuple[Attachment, ...] = ()


class AttachedChat:
    """`incidents.ports.Chat` for a Mattermost server."""

    def __init__(self, work: Work, now: Millis, conversation: Conversation) -> None:
        self._work = work
        self._now = now
        self._conversation = conversation
        self._server = conversation.server
        self._rights = Rights(conversation)
        self._kept = KeptChannels(work, self._rights)
        self._touched: list[str] = []
        self.errands: list[str] = []

    @property
    def bot(self) -> User:
        return values.user_seen(self._server.bot)

    async def user(self, user_id: str) -> User | None:
        user = self._rights.user(user_id)
        return values.user_seen(user) if user else None

    async def users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        self._conversation.want(*(UserQuestion(one) for one in user_ids if one))
        found = {user_id: self._rights.user(user_id) for user_id in user_ids}
        return {user_id: values.user_seen(user) for user_id, user in found.items() if user}

    async def usernames(self, user_ids: Collection[str]) -> Mapping[str, str]:
        return {user_id: user.username for user_id, user in (await self.users(user_ids)).items()}

    async def timezone(self, user_id: str) -> str:
        user = self._rights.user(user_id)
        return values.timezone_of(user) if user else ""

    async def user_named(self, username: str) -> User | None:
        user: UserWire | None = self._conversation.answer(UsernameQuestion(username.lower()))
        return values.user_seen(user) if user else None

    async def users_known_as(self, usernames: Collection[str], emails: Collection[str]) -> Sequence[User]:
        found: list[UserWire] = self._conversation.answer(UsernamesQuestion(tuple(sorted(usernames)))) or []
        return [values.user_seen(user) for user in found if not user.delete_at]

    async def is_system_admin(self, user_id: str) -> bool:
        return self._rights.is_system_admin(user_id)

    async def sees_team(self, user_id: str, team_id: str) -> bool:
        if await self.team(team_id) is None:
            return False
        if self._rights.is_system_admin(user_id):
            return True
        return self._rights.permitted_in_team(user_id, team_id, "list_team_channels") and bool(
            self._rights.in_team(user_id, team_id)
        )

    async def manages_team(self, user_id: str, team_id: str) -> bool:
        return self._rights.permitted_in_team(user_id, team_id, "manage_team")

    async def reads_channel(self, user_id: str, channel_id: str) -> bool:
        if self._rights.is_system_admin(user_id):
            return await self.channel(channel_id) is not None
        if channel := await self._kept.channel(channel_id):
            return await self._kept.has_member(channel, user_id)
        return self._rights.permitted_in_channel(user_id, channel_id, "read_channel")

    async def may_post(self, user_id: str, channel_id: str) -> bool:
        channel = await self.channel(channel_id)
        if channel is None or channel.delete_at:
            return False
        if channel.is_kept:
            return self._rights.is_system_admin(user_id) or await self._kept.has_member(channel, user_id)
        return self._rights.permitted_in_channel(user_id, channel_id, "create_post")

    async def may_create_channel(self, user_id: str, team_id: str, type: ChannelType) -> bool:
        return self._rights.permitted_in_team(user_id, team_id, _CREATING[type])

    async def team(self, team_id: str) -> Team | None:
        team: TeamWire | None = self._conversation.answer(TeamQuestion(team_id)) if team_id else None
        return values.team_seen(team) if team and not team.delete_at else None

    async def channel(self, channel_id: str) -> Channel | None:
        if channel := await self._kept.channel(channel_id):
            return channel
        there = self._channel(channel_id)
        return values.channel_seen(there) if there else None

    async def channels_with_ids(self, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        here = await self._kept.channels(channel_ids)
        asked = [one for one in channel_ids if one and one not in here]
        self._conversation.want(*(ChannelQuestion(one) for one in asked))
        found = {channel_id: self._channel(channel_id) for channel_id in asked}
        there = {channel_id: values.channel_seen(one) for channel_id, one in found.items() if one}
        return {**here, **there}

    async def own_channels(self, user_id: str, team_id: str) -> Sequence[Channel]:
        own: list[ChannelWire] = self._conversation.answer(OwnChannelsQuestion(team_id, user_id)) or []
        known = [one for one in own if values.is_known(one)]
        shown = [one for one in known if one.team_id == team_id and not one.delete_at]
        return [values.channel_seen(one) for one in sorted(shown, key=lambda one: one.display_name.lower())]

    async def channel_named(self, team_id: str, name: str) -> Channel | None:
        question = ChannelNamedQuestion(team_id, name, self._conversation.user_id)
        channel: ChannelWire | None = self._conversation.answer(question)
        is_there = channel is not None and not channel.delete_at and values.is_known(channel)
        return values.channel_seen(channel) if channel and is_there else None

    async def message_count(self, channel_id: str) -> int:
        if await self._kept.channel(channel_id):
            return await kept.count(self._work, channel_id)
        channel = self._channel(channel_id)
        return channel.total_msg_count if channel else 0

    async def create_channel(self, new: NewChannel) -> Channel:
        made = self._conversation.channel_made(new)
        if not await starts.forget(self._work, made.start_id):
            raise StartOvertaken
        await heard.put_state(self._work, values.state_seen(made.channel, has_bot=True))
        return values.channel_seen(made.channel)

    async def people_of_team(self, team_id: str, *, limit: int) -> Sequence[User]:
        found: list[UserWire] = self._conversation.answer(PeopleQuestion(team_id)) or []
        active = [one for one in found if not one.delete_at]
        people = [one for one in active if not one.is_bot and "system_guest" not in one.roles.split()]
        return [values.user_seen(one) for one in sorted(people, key=lambda one: one.username)[:limit]]

    async def taken_names(self, team_id: str, names: Collection[str]) -> AbstractSet[str]:
        asked = {name: ChannelNamedQuestion(team_id, name, "") for name in names}
        self._conversation.want(*asked.values())
        return {name for name, question in asked.items() if self._conversation.answer(question)}

    async def those_seeing_team(self, user_ids: Collection[str], team_id: str) -> AbstractSet[str]:
        """Everybody's membership is asked for together."""
        asked = [one for one in user_ids if one]
        self._conversation.want(
            *(UserQuestion(one) for one in asked), *(TeamMemberQuestion(team_id, one) for one in asked)
        )
        return {user_id for user_id in asked if await self.sees_team(user_id, team_id)}

    async def has_past(self, *, team_id: str, channel_id: str) -> bool:
        """As the bot alone sees it, whoever asks: the command line has no other eyes."""
        if await self._kept.channel(channel_id):
            return False
        channel: ChannelWire | None = self._conversation.answer(BotsChannelQuestion(channel_id))
        return channel is not None and values.is_known(channel) and channel.team_id == team_id

    async def are_taken(self, *, channel_id: str, post_ids: Collection[str]) -> bool:
        """Channels as the bot sees them; of posts over there, only those that incidents speak of."""
        if await self._kept.channel(channel_id) or self._conversation.answer(BotsChannelQuestion(channel_id)):
            return True
        return await kept.are_said(self._work, post_ids)

    async def put_past(self, channels: Sequence[PastChannel]) -> None:
        for past in channels:
            await kept.add_channel(self._work, past, bot_id=self._server.bot.id)
        self._kept.forget({past.channel.id for past in channels})

    async def add_member(self, channel_id: str, user_id: str) -> None:
        if await self._kept.channel(channel_id):
            return
        channel = self._channel(channel_id)
        if channel and channel.team_id and self._rights.in_team(user_id, channel.team_id) is None:
            raise MemberOutsideTeam
        await self._add(channel_id, Kind.JOIN, user_id=user_id)
        self._work.tell(JoinedChannel(user_id=user_id, channel_id=channel_id))

    async def admit(self, channel_id: str, user_id: str) -> User:
        channel, user = await self._kept.channel(channel_id), self._rights.user(user_id)
        if channel is None or self._rights.in_team(user_id, channel.team_id) is None:
            raise MemberOutsideTeam
        if user is None or user.delete_at:
            raise MemberOutsideTeam
        await kept.put_person(self._work, channel_id, user_id, is_member=True)
        self._work.tell(JoinedChannel(user_id=user_id, channel_id=channel_id))
        return values.user_seen(user)

    async def dismiss(self, channel_id: str, user_id: str) -> None:
        await kept.put_person(self._work, channel_id, user_id, is_member=False)
        self._work.tell(LeftChannel(user_id=user_id, channel_id=channel_id))

    async def post_as_bot(
        self, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> Post:
        return await self._post("", channel_id, message, attachments)

    async def post_as(self, user_id: str, channel_id: str, message: str) -> Post:
        if not await self.may_post(user_id, channel_id):
            raise Forbidden
        if len(message) > _LONGEST_POST:
            raise Invalid(f"A post has at most {_LONGEST_POST} characters.")
        if self._rights.user(user_id) is None:
            raise Forbidden
        return await self._post(user_id, channel_id, message, ())

    async def post_ephemeral(
        self, user_id: str, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> None:
        whisper = Whisper(
            user_id=user_id, channel_id=channel_id, message=message, attachments=tuple(attachments)
        )
        if self._conversation.is_command and user_id == self._conversation.user_id:
            self._conversation.said.append(whisper)
        else:
            self._work.tell(whisper)

    @property
    def sends_mail(self) -> bool:
        return False

    async def mail(self, user_id: str, subject: str, *, text: str, html: str) -> None:
        """Nothing: a Mattermost server sends mail for nobody, and people's addresses are its own affair."""

    async def delete_post(self, post_id: str) -> None:
        if await kept.posts(self._work, [post_id]):
            await kept.delete_post(self._work, post_id, at=self._now)
            return
        if is_pending(post_id):
            channel_ids = [one.channel_id for one in await errands.by_ids(self._work, [post_id])]
        else:
            post: PostWire | None = self._conversation.answer(PostQuestion(post_id, ""))
            channel_ids = [post.channel_id] if post else []
        for channel_id in channel_ids:
            await self._add(channel_id, Kind.DELETE, post_id=post_id)

    async def post(self, post_id: str) -> Post | None:
        return (await self._posts([post_id])).get(post_id)

    async def texts(self, post_ids: Collection[str]) -> Mapping[str, str]:
        found = await self._posts(post_ids)
        return {post.id: post.message for post in found.values() if not post.delete_at}

    async def _posts(self, post_ids: Collection[str]) -> Mapping[str, Post]:
        waiting = [post_id for post_id in post_ids if is_pending(post_id)]
        found = {one.id: self._unposted(one) for one in await errands.by_ids(self._work, waiting)}
        found |= {one.id: one for one in await kept.posts(self._work, post_ids)}
        asked = {
            post_id: PostQuestion(post_id, self._conversation.user_id)
            for post_id in post_ids
            if post_id and post_id not in found and not is_pending(post_id)
        }
        self._conversation.want(*asked.values())
        for post_id, question in asked.items():
            post: PostWire | None = self._conversation.answer(question)
            if post is not None:
                found[post_id] = values.post_seen(post)
        return found

    async def history(
        self, channel_id: str, *, after: HistoryPlace, limit: int
    ) -> Sequence[tuple[HistoryPlace, Post]]:
        """As who asks sees it there, without files' contents and without reactions; what is kept, whole.

        Everybody who has said something, or reacted, is asked for with the first page: later it may be too
        late to ask.
        """
        if await self._kept.channel(channel_id):
            if after == BEGINNING:
                people = await kept.people(self._work, channel_id)
                self._conversation.want(*(UserQuestion(one) for one in people))
            return await kept.history(self._work, channel_id, after=after, limit=limit)
        asked = HistoryQuestion(channel_id, self._conversation.user_id)
        posts: list[PostWire] = self._conversation.answer(asked) or []
        said = [post for post in posts if not post.delete_at]
        self._conversation.want(*(UserQuestion(one) for one in {post.user_id for post in said} if one))
        begin = after[1] + 1
        return [
            ((post.create_at, at), values.post_seen(post))
            for at, post in enumerate(said[begin : begin + limit], start=begin)
        ]

    async def open_dialog(self, user_id: str, trigger_id: str, dialog: Dialog) -> None:
        shown = values.dialog_wanted(self._server, dialog, user_id=user_id)
        self._conversation.dialog = {"trigger_id": trigger_id, **shown}

    def _channel(self, channel_id: str) -> ChannelWire | None:
        channel = self._conversation.answer(ChannelQuestion(channel_id)) if channel_id else None
        return channel if channel and values.is_known(channel) else None

    async def _post(
        self, user_id: str, channel_id: str, message: str, attachments: Sequence[Attachment]
    ) -> Post:
        if await self._kept.channel(channel_id):
            return await self._kept_too(user_id, channel_id, message)
        content: dict[str, object] = {
            "message": message,
            "attachments": values.attachments_wanted(self._server, attachments),
        }
        if user_id:
            author = self._rights.user(user_id)
            content["author"] = author.username if author else ""
        if self._touched:
            content["channels"] = list(self._touched)
        self._touched.append(channel_id)
        errand = await self._add(channel_id, Kind.POST, user_id=user_id, content=content)
        if user_id and user_id == self._conversation.user_id and self._conversation.token:
            self._server.loans.lend(errand.id, self._conversation.token)
        return self._unposted(errand)

    async def _kept_too(self, user_id: str, channel_id: str, message: str) -> Post:
        post = Post(
            id=new_id(),
            channel_id=channel_id,
            author_id=user_id or self._server.bot.id,
            message=message,
            create_at=self._now,
        )
        await kept.add_post(self._work, post)
        return post

    async def _add(
        self,
        channel_id: str,
        kind: Kind,
        *,
        user_id: str = "",
        post_id: str = "",
        content: dict[str, object] | None = None,
    ) -> Errand:
        errand = Errand(
            id=pending_id(),
            channel_id=channel_id,
            kind=kind,
            user_id=user_id,
            post_id=post_id,
            content=content or {},
            create_at=self._now,
        )
        await errands.add(self._work, errand)
        self.errands.append(errand.id)
        self._work.tell(ErrandWaiting())
        return errand

    def _unposted(self, errand: Errand) -> Post:
        return Post(
            id=errand.id,
            channel_id=errand.channel_id,
            author_id=errand.user_id or self._server.bot.id,
            message=errand.content["message"],
            create_at=errand.create_at,
        )
