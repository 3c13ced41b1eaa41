"""The core's chat within one unit of work of the workspace.

What was asked once is remembered until the work is over: the answers cannot change in between, but by what
the core itself does here.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from commandpost.chat.embedded import values
from commandpost.incidents.ports import (
    Attachment,
    Channel,
    ChannelNameInvalid,
    ChannelNameTaken,
    ChannelType,
    Dialog,
    HistoryPlace,
    NewChannel,
    PastChannel,
    Post,
    Team,
    User,
)
from commandpost.kernel.errors import Forbidden
from commandpost.kernel.ids import new_id
from commandpost.workspace.actions import channels, dialogs, mails, past, posts
from commandpost.workspace.actions.channels import NotInTeam
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel as WorkspaceChannel
from commandpost.workspace.model.channel import NameTaken, UnknownChannel
from commandpost.workspace.model.mail import Mail
from commandpost.workspace.model.naming import BadChannelName, BadDisplayName
from commandpost.workspace.model.post import ATTACHMENT_TYPE, NewPost
from commandpost.workspace.model.team import Team as WorkspaceTeam
from commandpost.workspace.model.user import User as WorkspaceUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import channel_lists, exports, files, reactions, rights, teams, users
from commandpost.workspace.store import channels as channel_store
from commandpost.workspace.store import posts as post_store
from commandpost.workspace.store.rights import ChannelRights, TeamRights
from commandpost.workspace.triggers import DeadTrigger

_CREATING = {
    ChannelType.PUBLIC: Permission.CREATE_PUBLIC_CHANNEL,
    ChannelType.PRIVATE: Permission.CREATE_PRIVATE_CHANNEL,
}


class MemberOutsideTeam(Forbidden):
    """Only members of the team can be in the incident channel."""

    code = "chat.member_outside_team"


class EmbeddedChat:
    """`incidents.ports.Chat` at a desk of the workspace. `who` is the caller; None for work by itself.

    `names` are usernames that are known already, by id.
    """

    def __init__(
        self, desk: Desk, bot: WorkspaceUser, who: Who | None, names: Mapping[str, str] | None = None
    ) -> None:
        self._desk = desk
        self._work = desk.work
        self._bot = bot
        self._who = who
        self._users: dict[str, WorkspaceUser] = {bot.id: bot}
        self._names = {**(names or {}), **({who.user_id: who.username} if who else {})}
        self._teams: dict[str, WorkspaceTeam] = {}
        self._channels: dict[str, WorkspaceChannel] = {}
        self._in_team: dict[tuple[str, str], TeamRights | None] = {}
        self._in_channel: dict[tuple[str, str], ChannelRights | None] = {}

    @property
    def bot(self) -> User:
        return values.user_seen(self._bot)

    async def user(self, user_id: str) -> User | None:
        return (await self.users([user_id])).get(user_id)

    async def users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        unknown = [user_id for user_id in user_ids if user_id not in self._users]
        if unknown:
            self._users.update({user.id: user for user in await users.by_ids(self._work, unknown)})
        return {
            user_id: values.user_seen(self._users[user_id]) for user_id in user_ids if user_id in self._users
        }

    async def usernames(self, user_ids: Collection[str]) -> Mapping[str, str]:
        others = await self.users([user_id for user_id in user_ids if user_id not in self._names])
        return self._names | {user_id: user.username for user_id, user in others.items()}

    async def timezone(self, user_id: str) -> str:
        if self._who is not None and self._who.user_id == user_id:
            return self._who.timezone
        user = await self.user(user_id)
        return user.timezone if user else ""

    async def user_named(self, username: str) -> User | None:
        user = await users.by_username(self._work, username)
        return values.user_seen(user) if user else None

    async def users_known_as(self, usernames: Collection[str], emails: Collection[str]) -> Sequence[User]:
        found = await users.known_as(self._work, list(usernames), list(emails))
        return [values.user_seen(user) for user in found if not user.delete_at]

    async def is_system_admin(self, user_id: str) -> bool:
        if self._who is not None and self._who.user_id == user_id:
            return self._who.is_system_admin
        await self.users([user_id])
        return user_id in self._users and self._users[user_id].is_system_admin

    async def sees_team(self, user_id: str, team_id: str) -> bool:
        if self._is_operator(user_id):
            return await self.team(team_id) is not None
        there = await self._rights_in_team(user_id, team_id)
        return there is not None and there.include(Permission.LIST_TEAM_CHANNELS)

    async def manages_team(self, user_id: str, team_id: str) -> bool:
        there = await self._rights_in_team(user_id, team_id)
        return there is not None and there.include(Permission.MANAGE_TEAM)

    async def reads_channel(self, user_id: str, channel_id: str) -> bool:
        if self._is_operator(user_id):
            return await self.channel(channel_id) is not None
        there = await self._rights_in_channel(user_id, channel_id)
        return there is not None and there.include(Permission.READ_CHANNEL)

    async def may_post(self, user_id: str, channel_id: str) -> bool:
        there = await self._rights_in_channel(user_id, channel_id)
        return there is not None and not there.channel.is_archived and there.include(Permission.CREATE_POST)

    async def may_create_channel(self, user_id: str, team_id: str, type: ChannelType) -> bool:
        there = await self._rights_in_team(user_id, team_id)
        return there is not None and there.include(_CREATING[type])

    async def team(self, team_id: str) -> Team | None:
        if team_id not in self._teams:
            team = await teams.by_id(self._work, team_id)
            if team is None:
                return None
            self._teams[team_id] = team
        return values.team_seen(self._teams[team_id])

    async def channel(self, channel_id: str) -> Channel | None:
        channel = await self._channel(channel_id)
        return values.channel_seen(channel) if channel else None

    async def channels_with_ids(self, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        unknown = [channel_id for channel_id in channel_ids if channel_id not in self._channels]
        if unknown:
            found = await channel_store.by_ids(self._work, unknown)
            self._channels.update({channel.id: channel for channel in found})
        return {
            channel_id: values.channel_seen(self._channels[channel_id])
            for channel_id in channel_ids
            if channel_id in self._channels
        }

    async def own_channels(self, user_id: str, team_id: str) -> Sequence[Channel]:
        own = await channel_lists.of_user_in_team(self._work, user_id, team_id)
        return [values.channel_seen(channel) for channel in own if channel.team_id == team_id]

    async def channel_named(self, team_id: str, name: str) -> Channel | None:
        channel = await channel_store.by_name(self._work, team_id, name)
        return values.channel_seen(channel) if channel and not channel.is_archived else None

    async def message_count(self, channel_id: str) -> int:
        channel = await channel_store.by_id(self._work, channel_id)
        return channel.total_msg_count if channel else 0

    async def create_channel(self, new: NewChannel) -> Channel:
        try:
            for_user = self._who.user_id if self._who else self._bot.id
            wanted = values.channel_wanted(new)
            channel = await channels.create_for(self._unobserved, wanted, for_user=for_user)
        except NameTaken as cause:
            raise ChannelNameTaken from cause
        except (BadChannelName, BadDisplayName) as cause:
            raise ChannelNameInvalid from cause
        self._channels[channel.id] = channel
        return values.channel_seen(channel)

    async def people_of_team(self, team_id: str, *, limit: int) -> Sequence[User]:
        found = await users.people_of_team(self._work, team_id, limit=limit)
        return [values.user_seen(user) for user in found]

    async def taken_names(self, team_id: str, names: Collection[str]) -> AbstractSet[str]:
        return {one.name for one in await channel_store.by_names(self._work, team_id, list(names))}

    async def those_seeing_team(self, user_ids: Collection[str], team_id: str) -> AbstractSet[str]:
        return {user_id for user_id in user_ids if await self.sees_team(user_id, team_id)}

    async def has_past(self, *, team_id: str, channel_id: str) -> bool:
        return False

    async def are_taken(self, *, channel_id: str, post_ids: Collection[str]) -> bool:
        return await past.are_taken(self._desk, channel_id=channel_id, post_ids=post_ids)

    async def put_past(self, channels: Sequence[PastChannel]) -> None:
        await past.put(self._unobserved, [values.past_wanted(one, self._bot.id) for one in channels])

    async def add_member(self, channel_id: str, user_id: str) -> None:
        try:
            await channels.add_member(self._unobserved, self._bot, await self._known(channel_id), user_id)
        except NotInTeam as cause:
            raise MemberOutsideTeam from cause

    async def admit(self, channel_id: str, user_id: str) -> User:
        raise AssertionError("no channel of this chat is kept")

    async def dismiss(self, channel_id: str, user_id: str) -> None:
        raise AssertionError("no channel of this chat is kept")

    async def post_as_bot(
        self, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> Post:
        new = NewPost(
            channel_id=channel_id,
            message=message,
            type=ATTACHMENT_TYPE if attachments else "",
            props=values.attachment_props(attachments),
        )
        return values.post_seen(await posts.put_in(self._unobserved, self._bot, channel_id, new))

    async def post_as(self, user_id: str, channel_id: str, message: str) -> Post:
        there = await self._rights_in_channel(user_id, channel_id)
        if there is None:
            raise Forbidden
        new = NewPost(channel_id=channel_id, message=message)
        return values.post_seen(await posts.create(self._unobserved, there.user, new))

    async def post_ephemeral(
        self, user_id: str, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> None:
        await posts.ephemeral(
            self._desk,
            user_id=user_id,
            channel_id=channel_id,
            message=message,
            author_id=self._bot.id,
            props=values.attachment_props(attachments),
        )

    @property
    def sends_mail(self) -> bool:
        return True

    async def mail(self, user_id: str, subject: str, *, text: str, html: str) -> None:
        if await self.user(user_id) is None or not mails.is_set_up(self._desk.config):
            return
        user = self._users[user_id]
        if user.is_active and not user.is_bot:
            mail = Mail(id=new_id(), to=user.email, subject=subject, text=text, html=html)
            await mails.queue(self._desk, mail)

    async def delete_post(self, post_id: str) -> None:
        post = await post_store.locked(self._work, post_id)
        if post is not None:
            await posts.remove(self._unobserved, post, by=self._bot.id)

    async def post(self, post_id: str) -> Post | None:
        post = await post_store.by_id(self._work, post_id)
        return values.post_seen(post) if post else None

    async def texts(self, post_ids: Collection[str]) -> Mapping[str, str]:
        return await post_store.texts(self._work, list(post_ids))

    async def history(
        self, channel_id: str, *, after: HistoryPlace, limit: int
    ) -> Sequence[tuple[HistoryPlace, Post]]:
        stored = await exports.history(self._work, after, channel_id=channel_id, limit=limit)
        with_files = [one.said.id for one in stored if one.said.has_files]
        attached = await files.of_posts(self._work, with_files) if with_files else {}
        reacted_to = [one.said.id for one in stored if one.has_reactions]
        given = await reactions.of_posts(self._work, reacted_to) if reacted_to else {}
        return [
            (
                one.said.place,
                values.said_seen(channel_id, one, attached.get(one.said.id, ()), given.get(one.said.id, ())),
            )
            for one in stored
        ]

    async def open_dialog(self, user_id: str, trigger_id: str, dialog: Dialog) -> None:
        if self._desk.triggers.redeem(trigger_id, now=self._desk.now).user_id != user_id:
            raise DeadTrigger
        dialogs.show(self._desk, trigger_id, dialog.url, values.dialog_wanted(dialog))

    def _is_operator(self, user_id: str) -> bool:
        """Whether that is whoever works at the command line: an administrator who has no account."""
        who = self._who
        return who is not None and who.user_id == user_id == "" and who.is_system_admin

    @property
    def _unobserved(self) -> Desk:
        """The desk for what the core does in the chat, which is not reported back to it."""
        return replace(self._desk, observers=())

    async def _rights_in_team(self, user_id: str, team_id: str) -> TeamRights | None:
        key = (user_id, team_id)
        if key not in self._in_team:
            self._in_team[key] = await rights.in_team(self._work, user_id, team_id)
        return self._in_team[key]

    async def _rights_in_channel(self, user_id: str, channel_id: str) -> ChannelRights | None:
        key = (user_id, channel_id)
        if key not in self._in_channel:
            self._in_channel[key] = await rights.in_channel(self._work, user_id, channel_id)
        return self._in_channel[key]

    async def _channel(self, channel_id: str) -> WorkspaceChannel | None:
        if channel_id not in self._channels:
            channel = await channel_store.by_id(self._work, channel_id)
            if channel is None:
                return None
            self._channels[channel_id] = channel
        return self._channels[channel_id]

    async def _known(self, channel_id: str) -> WorkspaceChannel:
        channel = await self._channel(channel_id)
        if channel is None:
            raise UnknownChannel
        return channel
