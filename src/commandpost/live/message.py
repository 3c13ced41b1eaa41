"""What travels to every node's hub, in one order: frames, and the changes that decide who gets the next ones.

All are msgspec structs with tags: a broker between nodes encodes and decodes `Message` as it stands.
"""

from typing import Literal

import msgspec

from commandpost.live.event import Frame


class JoinedChannel(msgspec.Struct, frozen=True, tag="joined_channel"):
    """The user gets the channel's frames from here on."""

    user_id: str
    channel_id: str


class LeftChannel(msgspec.Struct, frozen=True, tag="left_channel"):
    """The user gets no more of the channel's frames."""

    user_id: str
    channel_id: str


class JoinedTeam(msgspec.Struct, frozen=True, tag="joined_team"):
    """The user gets the team's frames from here on."""

    user_id: str
    team_id: str


class LeftTeam(msgspec.Struct, frozen=True, tag="left_team"):
    """The user gets no more of the team's frames; the team's channels are left by messages of their own."""

    user_id: str
    team_id: str


class SystemRole(msgspec.Struct, frozen=True, tag="system_role"):
    """The user is a system administrator from here on, or is none any more."""

    user_id: str
    is_admin: bool


class SessionEnded(msgspec.Struct, frozen=True, tag="session_ended"):
    """Sockets of this session close at once; with no session named, all sockets of the user."""

    user_id: str
    session_id: str | None = None

    def covers(self, user_id: str, session_id: str) -> bool:
        """Whether this session of this user has ended."""
        return self.user_id == user_id and self.session_id in (None, session_id)


class Stale(msgspec.Struct, frozen=True, tag="stale"):
    """What a node remembers is out of date: of a user's sessions and roles, of the settings, of timers."""

    of: Literal["caller", "settings", "timers"]
    user_id: str = ""


MembershipChange = JoinedChannel | LeftChannel | JoinedTeam | LeftTeam | SystemRole
Message = Frame | MembershipChange | SessionEnded | Stale
