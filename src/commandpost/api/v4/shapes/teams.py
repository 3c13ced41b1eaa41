"""Teams and their members as v4 sends them."""

import msgspec

from commandpost.workspace.actions.teams import SeenTeam
from commandpost.workspace.model.team import Team, TeamMember
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may
from commandpost.workspace.store.team_members import TeamUnread


class TeamShape(msgspec.Struct, kw_only=True):
    """A team. The e-mail address is for those who manage it, the invitation for those who may invite."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    display_name: str
    name: str
    description: str
    email: str
    type: str
    company_name: str
    allowed_domains: str
    invite_id: str
    allow_open_invite: bool
    scheme_id: str | None = None
    group_constrained: bool | None = None


class TeamMemberShape(msgspec.Struct, kw_only=True):
    """Membership of a team."""

    team_id: str
    user_id: str
    roles: str
    delete_at: int
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    explicit_roles: str = ""


class TeamUnreadShape(msgspec.Struct, kw_only=True):
    """What a member has not read in a team; threads are not counted apart."""

    team_id: str
    msg_count: int
    mention_count: int
    mention_count_root: int
    msg_count_root: int
    thread_count: int = 0
    thread_mention_count: int = 0
    thread_urgent_mention_count: int = 0


class TeamStatsShape(msgspec.Struct, kw_only=True):
    """How many members a team has."""

    team_id: str
    total_member_count: int
    active_member_count: int


def team_shape(team: Team, *, email: str = "", invite_id: str = "") -> TeamShape:
    """A team, with only so much of what is not for everybody."""
    return TeamShape(
        id=team.id,
        create_at=team.create_at,
        update_at=team.update_at,
        delete_at=team.delete_at,
        display_name=team.display_name,
        name=team.name,
        description=team.description,
        email=email,
        type=team.type,
        company_name=team.company_name,
        allowed_domains=team.allowed_domains,
        invite_id=invite_id,
        allow_open_invite=team.allow_open_invite,
    )


def team_for(who: Who, seen: SeenTeam) -> TeamShape:
    """A team as the caller may see it."""
    manages = may(who, Permission.MANAGE_TEAM, seen.roles)
    invites = may(who, Permission.INVITE_USER, seen.roles)
    return team_shape(
        seen.team,
        email=seen.team.email if manages else "",
        invite_id=seen.team.invite_id if invites else "",
    )


def member_shape(member: TeamMember) -> TeamMemberShape:
    """A membership, its roles also as the flags that clients read."""
    roles = member.roles.split()
    return TeamMemberShape(
        team_id=member.team_id,
        user_id=member.user_id,
        roles=member.roles,
        delete_at=member.delete_at,
        scheme_guest="team_guest" in roles,
        scheme_user="team_user" in roles,
        scheme_admin="team_admin" in roles,
    )


def unread_shape(unread: TeamUnread) -> TeamUnreadShape:
    """What is unread in a team."""
    return TeamUnreadShape(
        team_id=unread.team_id,
        msg_count=unread.msg_count,
        mention_count=unread.mention_count,
        mention_count_root=unread.mention_count,
        msg_count_root=unread.msg_count,
    )
