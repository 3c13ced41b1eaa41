"""What the core needs of a chat, in the chat's words, and the desk an action works at.

The chat is given by the embedded workspace, or by a Mattermost server that is there already. What an action
does through `Chat` joins its unit of work: the workspace does it there and then, for a Mattermost it is
written down and done after the commit. An adapter does not report back (see `actions.witness` and
`actions.membership`) what an action asked it to do: the action has recorded that itself.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Protocol, TypeAlias, TypeVar

import msgspec

from commandpost.audit.entry import Deed
from commandpost.audit.record import record
from commandpost.db import Work
from commandpost.incidents.model.actor import Actor
from commandpost.incidents.model.follow_up import Ticket
from commandpost.incidents.model.playbook import PlaybookCreators
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, Unavailable, Upstream

__all__ = [
    "BEGINNING",
    "BOT",
    "Actor",
    "Attachment",
    "AttachmentField",
    "Button",
    "Channel",
    "ChannelNameInvalid",
    "ChannelNameTaken",
    "ChannelType",
    "Chat",
    "CommandAnswer",
    "CommandFailed",
    "CommandNotFound",
    "Commands",
    "Contents",
    "Desk",
    "Desks",
    "Dialog",
    "DialogElement",
    "DialogOption",
    "HistoryPlace",
    "NewChannel",
    "PastChannel",
    "Post",
    "PostFile",
    "Team",
    "Unanswered",
    "User",
]


Done = TypeVar("Done")


class ChannelType(StrEnum):
    """As Mattermost writes it."""

    PUBLIC = "O"
    PRIVATE = "P"
    DIRECT = "D"
    GROUP = "G"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or a bot. `timezone` is an IANA name, `working_hours` what the profile says; "" if unset."""

    id: str
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    is_bot: bool = False
    timezone: str = ""
    working_hours: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    id: str
    name: str
    display_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel; `delete_at` is 0 unless it is archived, `team_id` is "" for direct and group channels.

    One that `is_kept` is of the past and nowhere to be entered: who belongs to it is said here.
    """

    id: str
    team_id: str
    type: ChannelType
    name: str
    display_name: str
    delete_at: Millis = NEVER
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """A channel to be made. It gets no creator and no members."""

    team_id: str
    type: ChannelType
    name: str
    display_name: str
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    """A file of a post. `size` in bytes; width and height are 0 for what is no picture."""

    id: str
    name: str
    mime_type: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    has_preview_image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReaction:
    """Somebody's emoji under a post."""

    user_id: str
    emoji_name: str
    create_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post; `edit_at` is 0 unless it was edited, `delete_at` 0 unless it was deleted.

    `root_id` is the post it answers, `type` "" for what people write. A past post of `BOT` with an
    `author_name` is shown as somebody's by that name. Only histories have files and reactions, and what is
    deleted says nothing in them.
    """

    id: str
    channel_id: str
    author_id: str
    message: str
    create_at: Millis
    edit_at: Millis = NEVER
    delete_at: Millis = NEVER
    root_id: str = ""
    type: str = ""
    author_name: str = ""
    files: tuple[PostFile, ...] = ()
    reactions: tuple[PostReaction, ...] = ()


class AttachmentField(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    value: str
    short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a post; pressing it is posted to `url`, a path of this server."""

    name: str
    url: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A message attachment."""

    pretext: str = ""
    fields: tuple[AttachmentField, ...] = ()
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogOption:
    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogElement:
    """A field of a dialog; `type` is text, textarea or select; lengths of 0 mean the chat's own limits."""

    display_name: str
    name: str
    type: str
    default: str = ""
    optional: bool = False
    min_length: int = 0
    max_length: int = 0
    options: tuple[DialogOption, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """An interactive dialog; submitting it is posted to `url`, a path of this server."""

    url: str
    title: str
    introduction_text: str
    submit_label: str
    elements: tuple[DialogElement, ...] | None = None
    state: str = ""


BOT = ""
"""The author of a past post that is the bot's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChannel:
    """A channel with its history: since when its members are in it, and their posts, oldest first.

    `present` are those who were in it at its end, whether they can be members now or not.
    """

    channel: Channel
    header: str
    create_at: Millis
    joined: Mapping[str, Millis]
    posts: tuple[Post, ...]
    present: AbstractSet[str] = frozenset()


HistoryPlace: TypeAlias = tuple[int, int]
"""Where a post stands in its channel's history."""

BEGINNING: HistoryPlace = (-1, -1)
"""Before every post."""


class Contents(Protocol):
    """Where the contents of posts' files are, outside any unit of work."""

    async def chunks(self, file_id: str) -> AsyncGenerator[bytes] | None:
        """The bytes of a file; None if they are not there."""
        ...

    async def put(self, file: PostFile, content: BinaryIO) -> PostFile:
        """Keep a content, durably; gives what was found out about it. Raises Unavailable."""
        ...

    async def remove(self, file_id: str) -> None:
        """Throw a content away."""
        ...


class ChannelNameTaken(Conflict):
    """A channel with that name exists in the team, archived perhaps."""

    code = "chat.channel_name_taken"


class ChannelNameInvalid(Invalid):
    """The chat does not take that name for a channel."""

    code = "chat.channel_name_invalid"


class CommandNotFound(Invalid):
    """There is no such slash command."""

    code = "chat.command_not_found"


class CommandFailed(Conflict):
    """The slash command failed."""

    code = "chat.command_failed"


class Unanswered(Unavailable):
    """The chat has to be asked first.

    A chat outside raises it for what it cannot say at once: the work is undone, and done again with the
    answer. It passes through everything.
    """

    code = "chat.unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAnswer:
    """What a slash command gave: the id of the dialog it opened or "", and what it said or ""."""

    trigger_id: str = ""
    text: str = ""


class Chat(Protocol):
    """A chat, within one unit of work. What is not there and what is gone for good is None."""

    @property
    def bot(self) -> User:
        """Who posts what nobody in particular says."""
        ...

    async def user(self, user_id: str) -> User | None: ...

    async def users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        """The users of these ids, by id; unknown ones are missing."""
        ...

    async def usernames(self, user_ids: Collection[str]) -> Mapping[str, str]:
        """What these users are called, by id; unknown ones are missing."""
        ...

    async def timezone(self, user_id: str) -> str:
        """The IANA name of a user's time zone; "" if their profile has none, and of unknown users."""
        ...

    async def user_named(self, username: str) -> User | None: ...

    async def users_known_as(self, usernames: Collection[str], emails: Collection[str]) -> Sequence[User]:
        """Everybody with one of these usernames or addresses."""
        ...

    async def is_system_admin(self, user_id: str) -> bool: ...

    async def sees_team(self, user_id: str, team_id: str) -> bool:
        """list_team_channels: members who are not guests; system admins always, of teams that exist."""
        ...

    async def manages_team(self, user_id: str, team_id: str) -> bool:
        """manage_team: the team's admins; system admins always."""
        ...

    async def reads_channel(self, user_id: str, channel_id: str) -> bool:
        """read_channel: members, guests included; system admins always, of channels that exist."""
        ...

    async def may_post(self, user_id: str, channel_id: str) -> bool:
        """create_post; False in an archived channel."""
        ...

    async def may_create_channel(self, user_id: str, team_id: str, type: ChannelType) -> bool:
        """create_public_channel or create_private_channel."""
        ...

    async def team(self, team_id: str) -> Team | None: ...

    async def channel(self, channel_id: str) -> Channel | None: ...

    async def channels_with_ids(self, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        """The channels of these ids, by id, archived ones included."""
        ...

    async def own_channels(self, user_id: str, team_id: str) -> Sequence[Channel]:
        """The channels of a team in which a user is, by display name, archived ones excluded."""
        ...

    async def channel_named(self, team_id: str, name: str) -> Channel | None:
        """The channel of that name, archived ones excluded."""
        ...

    async def message_count(self, channel_id: str) -> int:
        """The channel's running message counter."""
        ...

    async def create_channel(self, new: NewChannel) -> Channel:
        """Raises ChannelNameTaken (the unit of work stays usable), ChannelNameInvalid, Conflict, Invalid."""
        ...

    async def people_of_team(self, team_id: str, *, limit: int) -> Sequence[User]:
        """The first members of a team by username: active ones, neither guests nor bots."""
        ...

    async def taken_names(self, team_id: str, names: Collection[str]) -> AbstractSet[str]:
        """Those of the names that channels of the team have, archived ones included."""
        ...

    async def those_seeing_team(self, user_ids: Collection[str], team_id: str) -> AbstractSet[str]:
        """Those of the users of whom `sees_team` holds."""
        ...

    async def has_past(self, *, team_id: str, channel_id: str) -> bool:
        """Whether a chat outside has this channel in this team, with all that was said in it.

        Then nothing of that is put; the incident is the channel's. A chat within has no past but its own.
        """
        ...

    async def are_taken(self, *, channel_id: str, post_ids: Collection[str]) -> bool:
        """Whether there is a channel or any post with one of these ids, in whatever team."""
        ...

    async def put_past(self, channels: Sequence[PastChannel]) -> None:
        """Make channels with their histories. Nobody is told, and nothing in them is unread."""
        ...

    async def add_member(self, channel_id: str, user_id: str) -> None:
        """Added by the bot, with the usual system message; nothing happens to a member."""
        ...

    async def admit(self, channel_id: str, user_id: str) -> User:
        """Let somebody belong to a channel that is kept. Raises Forbidden for who is not in its team."""
        ...

    async def dismiss(self, channel_id: str, user_id: str) -> None:
        """Let somebody belong to a channel that is kept no longer."""
        ...

    async def post_as_bot(
        self, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> Post:
        """A post of the bot, which needs no membership anywhere."""
        ...

    async def post_as(self, user_id: str, channel_id: str, message: str) -> Post:
        """A post of a user, by the chat's rules for posts. Raises Forbidden, Invalid."""
        ...

    async def post_ephemeral(
        self, user_id: str, channel_id: str, message: str, *, attachments: Sequence[Attachment] = ()
    ) -> None:
        """A post of the bot that only this user sees; sent after the commit, kept nowhere."""
        ...

    @property
    def sends_mail(self) -> bool:
        """Whether people can be mailed through this chat at all."""
        ...

    async def mail(self, user_id: str, subject: str, *, text: str, html: str) -> None:
        """Mail somebody, after the commit; nothing happens without a mail server, or to the deactivated."""
        ...

    async def delete_post(self, post_id: str) -> None:
        """Delete a post of the bot; nothing happens if it is gone already."""
        ...

    async def post(self, post_id: str) -> Post | None:
        """A post, deleted ones included."""
        ...

    async def texts(self, post_ids: Collection[str]) -> Mapping[str, str]:
        """What the posts of these ids say, by id; deleted ones are left out."""
        ...

    async def history(
        self, channel_id: str, *, after: HistoryPlace, limit: int
    ) -> Sequence[tuple[HistoryPlace, Post]]:
        """A channel's posts after a place, oldest first, deleted ones left out, with their files."""
        ...

    async def open_dialog(self, user_id: str, trigger_id: str, dialog: Dialog) -> None:
        """Show a dialog to the user who holds the trigger id. Raises Invalid if it is not theirs."""
        ...


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What an action works with: one unit of work, the chat within it, the moment it happens at.

    `site_url` is "" if none is set. `allows_testing` holds with testing on, `offers_short_reminders` with
    developer mode on too. `playbook_creators` says who may make playbooks.
    """

    work: Work
    chat: Chat
    now: Millis
    site_url: str = ""
    allows_testing: bool = False
    offers_short_reminders: bool = False
    playbook_creators: PlaybookCreators = PlaybookCreators.MEMBERS

    def tell(self, fact: object) -> None:
        """Announce a fact (see `events`) once the work is committed."""
        self.work.tell(fact)

    async def record(
        self,
        deed: Deed,
        subject_id: str,
        *,
        by: Actor,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Write into the audit log what somebody has done; see `audit.record`."""
        await record(self.work, deed, subject_id, by=by.user_id, at=self.now, before=before, after=after)


class Desks(Protocol):
    """Where desks come from, for deeds that need more than one unit of work."""

    def reading(self) -> AbstractAsyncContextManager[Desk]: ...

    def writing(self) -> AbstractAsyncContextManager[Desk]: ...

    async def repeated(self, deed: Callable[[], Awaitable[Done]]) -> Done:
        """Do what happens by itself, and again whenever the chat had to be asked first.

        A deed is one unit of work: what was begun before it could not go on is undone. Requests are repeated
        by their door.
        """
        ...


class Commands(Protocol):
    """The chat's slash commands, run outside any unit of work of ours: they may take long."""

    async def execute(self, user_id: str, channel_id: str, team_id: str, command: str) -> CommandAnswer:
        """Run a command as a user in a channel. Raises CommandNotFound, CommandFailed, other refusals."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWish:
    """A follow-up that is to be a ticket. `mark` is a word that no other has; `due_on` is a day, or ""."""

    title: str
    mark: str
    due_on: str
    by: User
    assignee: User | None
    incident_name: str
    incident_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTicket:
    """A ticket, and what is to be known of how it came about; mostly ""."""

    ticket: Ticket
    remark: str = ""


class TicketRefused(Upstream):
    """No ticket was made."""

    code = "tickets.refused"


class TicketUnsure(Upstream):
    """Whether a ticket was made is not known; try again, and it is looked for first."""

    code = "tickets.unsure"


class Tickets(Protocol):
    """Where follow-ups become tickets, outside any unit of work of ours: it may take long."""

    @property
    def tool(self) -> str:
        """What the tool is called for people; "" if none is set up."""
        ...

    async def make(self, wish: TicketWish, *, may_be_there: bool) -> MadeTicket:
        """Make a ticket; with `may_be_there`, only if there is none of that mark.

        Raises TicketRefused, TicketUnsure.
        """
        ...
