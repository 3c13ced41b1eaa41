"""What is asked of Mattermost, as values: an answer can be remembered under its question.

Most are put as the bot. What concerns somebody's own place is put as they, where their request brought their
session, for they may always ask that; what only they may see is a question of theirs alone (`for_user`).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from commandpost.chat.mattermost.client import Client, Refused
from commandpost.chat.mattermost.wire import (
    ChannelWire,
    MemberWire,
    PostsWire,
    PostWire,
    RoleWire,
    TeamWire,
    UserWire,
)

Answer = TypeVar("Answer")

_NOT_TO_BE_HAD = frozenset({400, 401, 403, 404})
_MOST_PEOPLE = 200
_POSTS_AT_ONCE = 200
_MOST_POSTS = 200_000
"""So many an archive holds."""


@dataclass(frozen=True, slots=True)
class Question(ABC, Generic[Answer]):
    """Something to ask. `lasts_s`: how long an answer counts as fresh."""

    @property
    def lasts_s(self) -> float:
        return 10.0

    @property
    def is_kept(self) -> bool:
        """Whether the answer may count beyond the conversation that asked."""
        return True

    @property
    def own_of(self) -> str:
        """Whose own affair it is; "" for what anybody sees alike."""
        return ""

    @property
    def is_bots(self) -> bool:
        """Whether it is put as the bot alone, whoever's request it is."""
        return False

    @property
    def about(self) -> tuple[str, ...]:
        """The ids and names that are asked about: what changes one of them changes the answer."""
        return tuple(getattr(self, one.name) for one in fields(self))

    @abstractmethod
    async def put(self, client: Client, token: str) -> Answer:
        """Ask with this token ("": the bot's). Raises Unreachable, Refused."""


async def answered(question: Question[Any], client: Client, *, user_id: str, token: str) -> Any:
    """The answer; None for what is not there, or not for us. Raises Unreachable.

    The token is that of `user_id`, who has made the request; "" if it came without one.
    """
    is_theirs = token and question.own_of == user_id
    tokens = (token, "") if is_theirs else ("", "" if question.is_bots else token)
    for one in dict.fromkeys(tokens):
        try:
            return await question.put(client, one)
        except Refused as refusal:
            if refusal.status not in _NOT_TO_BE_HAD:
                raise
    return None


@dataclass(frozen=True, slots=True)
class UserQuestion(Question[UserWire]):
    user_id: str

    async def put(self, client: Client, token: str) -> UserWire:
        return await client.get(f"/users/{quote(self.user_id, safe='')}", UserWire, token=token)


@dataclass(frozen=True, slots=True)
class UsernameQuestion(Question[UserWire]):
    username: str

    async def put(self, client: Client, token: str) -> UserWire:
        return await client.get(f"/users/username/{quote(self.username, safe='')}", UserWire, token=token)


@dataclass(frozen=True, slots=True)
class UsernamesQuestion(Question[list[UserWire]]):
    usernames: tuple[str, ...]

    @property
    def about(self) -> tuple[str, ...]:
        return self.usernames

    async def put(self, client: Client, token: str) -> list[UserWire]:
        return await client.post("/users/usernames", list(self.usernames), list[UserWire], token=token)


@dataclass(frozen=True, slots=True)
class PeopleQuestion(Question[list[UserWire]]):
    """The first active members of a team."""

    team_id: str

    async def put(self, client: Client, token: str) -> list[UserWire]:
        query = {"in_team": self.team_id, "active": "true", "per_page": _MOST_PEOPLE}
        return await client.get("/users", list[UserWire], token=token, query=query)


@dataclass(frozen=True, slots=True)
class TeamQuestion(Question[TeamWire]):
    team_id: str

    async def put(self, client: Client, token: str) -> TeamWire:
        return await client.get(f"/teams/{quote(self.team_id, safe='')}", TeamWire, token=token)


@dataclass(frozen=True, slots=True)
class TeamMemberQuestion(Question[MemberWire]):
    team_id: str
    user_id: str

    @property
    def own_of(self) -> str:
        return self.user_id

    async def put(self, client: Client, token: str) -> MemberWire:
        path = f"/teams/{quote(self.team_id, safe='')}/members/{quote(self.user_id, safe='')}"
        return await client.get(path, MemberWire, token=token)


@dataclass(frozen=True, slots=True)
class ChannelQuestion(Question[ChannelWire]):
    channel_id: str

    async def put(self, client: Client, token: str) -> ChannelWire:
        return await client.get(f"/channels/{quote(self.channel_id, safe='')}", ChannelWire, token=token)


@dataclass(frozen=True, slots=True)
class BotsChannelQuestion(Question[ChannelWire]):
    """A channel as the bot sees it."""

    channel_id: str

    @property
    def is_bots(self) -> bool:
        return True

    async def put(self, client: Client, token: str) -> ChannelWire:
        return await ChannelQuestion(self.channel_id).put(client, token)


@dataclass(frozen=True, slots=True)
class ChannelMemberQuestion(Question[MemberWire]):
    channel_id: str
    user_id: str

    @property
    def own_of(self) -> str:
        return self.user_id

    async def put(self, client: Client, token: str) -> MemberWire:
        path = f"/channels/{quote(self.channel_id, safe='')}/members/{quote(self.user_id, safe='')}"
        return await client.get(path, MemberWire, token=token)


@dataclass(frozen=True, slots=True)
class ChannelNamedQuestion(Question[ChannelWire]):
    """A channel by its name, as one user sees it, or the bot."""

    team_id: str
    name: str
    for_user: str

    @property
    def own_of(self) -> str:
        return self.for_user

    async def put(self, client: Client, token: str) -> ChannelWire:
        path = f"/teams/{quote(self.team_id, safe='')}/channels/name/{quote(self.name, safe='')}"
        return await client.get(path, ChannelWire, token=token)


@dataclass(frozen=True, slots=True)
class OwnChannelsQuestion(Question[list[ChannelWire]]):
    """The channels of a team in which a user is."""

    team_id: str
    user_id: str

    @property
    def own_of(self) -> str:
        return self.user_id

    async def put(self, client: Client, token: str) -> list[ChannelWire]:
        path = f"/users/{quote(self.user_id, safe='')}/teams/{quote(self.team_id, safe='')}/channels"
        return await client.get(path, list[ChannelWire], token=token)


@dataclass(frozen=True, slots=True)
class PostQuestion(Question[PostWire]):
    """A post, as one user sees it, or the bot."""

    post_id: str
    for_user: str

    @property
    def own_of(self) -> str:
        return self.for_user

    async def put(self, client: Client, token: str) -> PostWire:
        return await client.get(f"/posts/{quote(self.post_id, safe='')}", PostWire, token=token)


@dataclass(frozen=True, slots=True)
class HistoryQuestion(Question[list[PostWire]]):
    """All posts of a channel, as one user sees them, or the bot; the oldest first. Too many to be kept."""

    channel_id: str
    for_user: str

    @property
    def is_kept(self) -> bool:
        return False

    @property
    def own_of(self) -> str:
        return self.for_user

    async def put(self, client: Client, token: str) -> list[PostWire]:
        path = f"/channels/{quote(self.channel_id, safe='')}/posts"
        found: dict[str, PostWire] = {}
        for page in range(_MOST_POSTS // _POSTS_AT_ONCE):
            query = {"page": page, "per_page": _POSTS_AT_ONCE}
            listed = await client.get(path, PostsWire, token=token, query=query)
            found |= listed.posts or {}
            if len(listed.newest) < _POSTS_AT_ONCE:
                break
        return sorted(found.values(), key=lambda post: (post.create_at, post.id))


@dataclass(frozen=True, slots=True)
class RoleQuestion(Question[RoleWire | None]):
    """What a role permits; schemes change rarely."""

    name: str

    @property
    def lasts_s(self) -> float:
        return 60.0

    async def put(self, client: Client, token: str) -> RoleWire | None:
        found = await client.post("/roles/names", [self.name], list[RoleWire], token=token)
        return found[0] if found else None


AnyQuestions = Sequence[Question[Any]]
