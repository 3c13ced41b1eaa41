"""What Mattermost permits somebody: the permissions of their roles in channel, team and system."""

from commandpost.chat.mattermost.conversation import Conversation
from commandpost.chat.mattermost.questions import (
    ChannelMemberQuestion,
    ChannelQuestion,
    RoleQuestion,
    TeamMemberQuestion,
    UserQuestion,
)
from commandpost.chat.mattermost.wire import ChannelWire, MemberWire, RoleWire, UserWire

SYSTEM_ADMIN = "system_admin"


class Rights:
    """The rights of users, as far as the conversation knows. Each question raises Unanswered."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def user(self, user_id: str) -> UserWire | None:
        return self._conversation.answer(UserQuestion(user_id)) if user_id else None

    def is_system_admin(self, user_id: str) -> bool:
        if not user_id and self._conversation.is_operators:
            return True
        user = self.user(user_id)
        return user is not None and not user.delete_at and SYSTEM_ADMIN in user.roles.split()

    def in_team(self, user_id: str, team_id: str) -> MemberWire | None:
        """A user's membership of a team, unless they have left it."""
        if not user_id or not team_id:
            return None
        self._conversation.want(UserQuestion(user_id), TeamMemberQuestion(team_id, user_id))
        member: MemberWire | None = self._conversation.answer(TeamMemberQuestion(team_id, user_id))
        return None if member is None or member.delete_at else member

    def permitted_in_team(self, user_id: str, team_id: str, permission: str) -> bool:
        member = self.in_team(user_id, team_id)
        return self._is_permitted(permission, self.user(user_id), member)

    def permitted_in_channel(self, user_id: str, channel_id: str, permission: str) -> bool:
        """By the roles that a member has in a channel, in its team and in the system."""
        if not user_id or not channel_id:
            return False
        self._conversation.want(
            UserQuestion(user_id),
            ChannelQuestion(channel_id),
            ChannelMemberQuestion(channel_id, user_id),
        )
        channel: ChannelWire | None = self._conversation.answer(ChannelQuestion(channel_id))
        member: MemberWire | None = self._conversation.answer(ChannelMemberQuestion(channel_id, user_id))
        in_team = self.in_team(user_id, channel.team_id) if channel and member else None
        return self._is_permitted(permission, self.user(user_id), in_team, member)

    def _is_permitted(self, permission: str, user: UserWire | None, *memberships: MemberWire | None) -> bool:
        if user is None or user.delete_at:
            return False
        roles = {*user.roles.split(), *(role for one in memberships if one for role in one.roles.split())}
        questions = [RoleQuestion(role) for role in sorted(roles)]
        self._conversation.want(*questions)
        found: list[RoleWire | None] = [self._conversation.answer(one) for one in questions]
        return any(role is not None and role.permits(permission) for role in found)
