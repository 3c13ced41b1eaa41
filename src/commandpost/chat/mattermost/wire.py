"""What Mattermost sends, as far as it matters here. Fields that are not named are passed over.

A list or a map with nothing in it may be null.
"""

from typing import Any

import msgspec


class UserWire(msgspec.Struct, kw_only=True):
    """A user. `delete_at` is 0 unless the account is deactivated; `roles` are the system's."""

    id: str
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    locale: str = ""
    roles: str = ""
    delete_at: int = 0
    is_bot: bool = False
    timezone: dict[str, str] | None = None
    props: dict[str, Any] | None = None


class TeamWire(msgspec.Struct, kw_only=True):
    id: str
    name: str
    display_name: str = ""
    delete_at: int = 0


class MemberWire(msgspec.Struct, kw_only=True):
    """A membership of a team or a channel. `roles` are all that the member has there."""

    user_id: str
    team_id: str = ""
    channel_id: str = ""
    roles: str = ""
    delete_at: int = 0


class ChannelWire(msgspec.Struct, kw_only=True):
    id: str
    type: str
    name: str
    team_id: str = ""
    display_name: str = ""
    creator_id: str = ""
    create_at: int = 0
    delete_at: int = 0
    total_msg_count: int = 0


class PostWire(msgspec.Struct, kw_only=True):
    id: str
    channel_id: str
    create_at: int
    user_id: str = ""
    message: str = ""
    edit_at: int = 0
    delete_at: int = 0
    root_id: str = ""
    type: str = ""
    props: dict[str, Any] | None = None


class PostsWire(msgspec.Struct, kw_only=True):
    """A page of posts: `newest` names them, the newest first."""

    order: list[str] | None = None
    posts: dict[str, PostWire] | None = None

    @property
    def newest(self) -> list[str]:
        return self.order or []


class BroadcastWire(msgspec.Struct, kw_only=True):
    """To whom an event went: all of a channel, or one user."""

    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""


class EventWire(msgspec.Struct, kw_only=True):
    """A frame of the WebSocket. Events of a connection are numbered from 0 without gaps; replies are not."""

    event: str = ""
    data: dict[str, Any] | None = None
    broadcast: BroadcastWire | None = None
    seq: int = -1


class RoleWire(msgspec.Struct, kw_only=True):
    name: str
    permissions: list[str] | None = None

    def permits(self, permission: str) -> bool:
        return permission in (self.permissions or ())


class ErrorWire(msgspec.Struct, kw_only=True):
    """A refusal: `id` names its rule."""

    id: str = ""
    message: str = ""
