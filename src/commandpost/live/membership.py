"""The channels, teams and system roles of the users connected to this node."""

from collections.abc import Collection, Iterable

from commandpost.live.event import Audience
from commandpost.live.message import (
    JoinedChannel,
    JoinedTeam,
    LeftChannel,
    LeftTeam,
    MembershipChange,
    SystemRole,
)


class _Groups:
    """Who is in which group, and the other way round; groups are channels, or teams."""

    __slots__ = ("_by_user", "members")

    def __init__(self) -> None:
        self._by_user: dict[str, set[str]] = {}
        self.members: dict[str, set[str]] = {}

    def place(self, user_id: str, groups: Collection[str]) -> None:
        for group in self._by_user.pop(user_id, set()):
            self._remove(user_id, group)
        self._by_user[user_id] = set(groups)
        for group in groups:
            self.members.setdefault(group, set()).add(user_id)

    def add(self, user_id: str, group: str) -> None:
        self._by_user[user_id].add(group)
        self.members.setdefault(group, set()).add(user_id)

    def discard(self, user_id: str, group: str) -> None:
        self._by_user[user_id].discard(group)
        self._remove(user_id, group)

    def forget(self, user_id: str) -> None:
        for group in self._by_user.pop(user_id):
            self._remove(user_id, group)

    def _remove(self, user_id: str, group: str) -> None:
        members = self.members.get(group)
        if members is not None:
            members.discard(user_id)
            if not members:
                del self.members[group]


class Membership:
    """Which of the users known here are in which channels and teams, and administrators, at this moment."""

    __slots__ = ("_admins", "_channels", "_teams", "_users")

    def __init__(self) -> None:
        self._users: set[str] = set()
        self._admins: set[str] = set()
        self._channels = _Groups()
        self._teams = _Groups()

    def place(
        self, user_id: str, channels: Collection[str], teams: Collection[str], *, is_admin: bool
    ) -> None:
        """Make this user known, with exactly these channels and teams."""
        self._users.add(user_id)
        self._set_admin(user_id, is_admin=is_admin)
        self._channels.place(user_id, channels)
        self._teams.place(user_id, teams)

    def forget(self, user_id: str) -> None:
        """Make this user unknown."""
        self._users.remove(user_id)
        self._admins.discard(user_id)
        self._channels.forget(user_id)
        self._teams.forget(user_id)

    def change(self, change: MembershipChange) -> None:
        """Apply a change to a known user; others are of no interest here."""
        if change.user_id not in self._users:
            return
        match change:
            case JoinedChannel():
                self._channels.add(change.user_id, change.channel_id)
            case LeftChannel():
                self._channels.discard(change.user_id, change.channel_id)
            case JoinedTeam():
                self._teams.add(change.user_id, change.team_id)
            case LeftTeam():
                self._teams.discard(change.user_id, change.team_id)
            case SystemRole():
                self._set_admin(change.user_id, is_admin=change.is_admin)

    def is_in_channel(self, user_id: str, channel_id: str) -> bool:
        """Whether a known user is a member of a channel."""
        return user_id in self._channels.members.get(channel_id, ())

    def is_onlooker(self, user_id: str, audience: Audience) -> bool:
        """Whether a known user who watches the team of an audience is one of its onlookers."""
        if self.is_in_channel(user_id, audience.outside_channel_id):
            return False
        if user_id in self._admins:
            return audience.system_admins is not False
        return not audience.system_admins and user_id in self._teams.members.get(audience.team_id, ())

    def readers(self, audience: Audience) -> Iterable[str]:
        """The known users whom an audience names, those to be omitted among them."""
        named = self._named(audience)
        if audience.system_admins is None:
            return named
        return [user_id for user_id in named if (user_id in self._admins) == audience.system_admins]

    def _set_admin(self, user_id: str, *, is_admin: bool) -> None:
        if is_admin:
            self._admins.add(user_id)
        else:
            self._admins.discard(user_id)

    def _named(self, audience: Audience) -> Iterable[str]:
        if audience.user_id:
            return (audience.user_id,) if audience.user_id in self._users else ()
        if audience.channel_id:
            return self._channels.members.get(audience.channel_id, ())
        if audience.team_id:
            return self._teams.members.get(audience.team_id, ())
        return self._users
