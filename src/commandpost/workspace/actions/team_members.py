"""Joining and leaving a team, and what a member may do there."""

from collections.abc import Sequence

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Forbidden, Invalid, NotFound
from commandpost.workspace.actions import channels, leaving
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import TeamJoined, TeamLeft, TeamRolesChanged
from commandpost.workspace.model.team import Team, TeamMember, UnknownTeam
from commandpost.workspace.model.user import UnknownUser, User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit, permit_self_or_admin
from commandpost.workspace.store import team_members, teams, users
from commandpost.workspace.store.team_members import TeamUnread

TEAM_ADMIN = "team_admin"
TEAM_USER = "team_user"
TEAM_GUEST = "team_guest"


class UnknownTeamMember(NotFound):
    """No member found for that user ID and team ID."""

    code = "team_member.unknown"


class TeamFull(Invalid):
    """This team has reached the maximum number of allowed accounts."""

    code = "team.full"


class DomainNotAdmitted(Invalid):
    """The user cannot be added as the domain associated with the account is not permitted."""

    code = "team.domain_not_admitted"


class BadTeamRoles(Invalid):
    """The roles of a team member are team_user or team_guest, and team_admin."""

    code = "team_member.bad_roles"


class DeadTeamInvitation(NotFound):
    """That invitation does not lead to a team."""

    code = "team.dead_invitation"


async def add_member(desk: Desk, who: Who, team_id: str, user_id: str) -> TeamMember:
    """Add somebody to a team, or join it oneself if it is open; who is in it already stays as they are.

    Raises UnknownTeam, UnknownUser, Forbidden, TeamFull, DomainNotAdmitted.
    """
    found = await teams.with_member_roles(desk.work, team_id, who.user_id)
    if found is None or found[0].is_archived:
        raise UnknownTeam
    team, roles = found
    if user_id == who.user_id and roles is None and team.allow_open_invite:
        permit(who, Permission.JOIN_PUBLIC_TEAMS)
    elif user_id != who.user_id or roles is None:
        permit(who, Permission.ADD_USER_TO_TEAM, roles or "")
    return await put(desk, team, await _active(desk, user_id), by=who)


async def join_by_invitation(desk: Desk, who: Who, invite_id: str) -> TeamMember:
    """Join the team that an invitation leads to. Raises DeadTeamInvitation, Forbidden for guests."""
    if who.is_guest:
        raise Forbidden
    team = await teams.by_invite_id(desk.work, invite_id)
    if team is None:
        raise DeadTeamInvitation
    return await put(desk, team, await _active(desk, who.user_id), by=who)


async def put(desk: Desk, team: Team, user: User, *, by: Who, is_admin: bool = False) -> TeamMember:
    """Make a user a member of a team and its default channels, whatever `by` may do.

    Raises TeamFull, DomainNotAdmitted.
    """
    present = await teams.member(desk.work, team.id, user.id)
    if present is not None:
        return present
    if not user.is_bot and not team.admits(user.email):
        raise DomainNotAdmitted
    _total, active = await team_members.counts(desk.work, team.id)
    if active >= desk.config.max_users_per_team:
        raise TeamFull
    member = TeamMember(team_id=team.id, user_id=user.id, roles=_roles(user, is_admin=is_admin))
    if await team_members.put(desk.work, member, now=desk.now):
        after = {"user_id": user.id, "roles": member.roles}
        await desk.record(Deed.TEAM_MEMBER_ADDED, team.id, by=by.user_id, after=after)
        desk.tell(TeamJoined(team_id=team.id, user_id=user.id))
        await channels.join_defaults(desk, team, user, by=by)
    return member


async def of_user(desk: Desk, who: Who, user_id: str) -> list[TeamMember]:
    """The memberships of oneself, or of anybody for an administrator. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await team_members.of_user(desk.work, user_id)


async def unread(desk: Desk, who: Who, user_id: str) -> list[TeamUnread]:
    """What a user has not read, team by team. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await team_members.unread(desk.work, user_id)


async def get(desk: Desk, who: Who, team_id: str, user_id: str) -> TeamMember:
    """One member of a team of one's own. Raises Forbidden, UnknownTeamMember."""
    await _permit_viewing(desk, who, team_id)
    member = await teams.member(desk.work, team_id, user_id)
    if member is None:
        raise UnknownTeamMember
    return member


async def page(desk: Desk, who: Who, team_id: str, *, limit: int, offset: int) -> list[TeamMember]:
    """The members of a team of one's own, by username. Raises Forbidden."""
    await _permit_viewing(desk, who, team_id)
    return await team_members.page(desk.work, team_id, limit=limit, offset=offset)


async def of_ids(desk: Desk, who: Who, team_id: str, user_ids: Sequence[str]) -> list[TeamMember]:
    """The members among some users, in a team of one's own. Raises Forbidden."""
    await _permit_viewing(desk, who, team_id)
    return await team_members.of_ids(desk.work, team_id, user_ids)


async def counts(desk: Desk, who: Who, team_id: str) -> tuple[int, int]:
    """How many members a team of one's own has, and how many are active. Raises Forbidden."""
    await _permit_viewing(desk, who, team_id)
    return await team_members.counts(desk.work, team_id)


async def set_roles(desk: Desk, who: Who, team_id: str, user_id: str, roles: str) -> None:
    """Make a member an administrator of the team, or no longer.

    Raises Forbidden, UnknownTeamMember, BadTeamRoles.
    """
    found = await teams.with_member_roles(desk.work, team_id, who.user_id)
    if found is None:
        raise UnknownTeam
    permit(who, Permission.MANAGE_TEAM_ROLES, found[1] or "")
    user = await users.by_id(desk.work, user_id)
    if user is None:
        raise UnknownTeamMember
    named = set(roles.split())
    base = TEAM_GUEST if user.is_guest else TEAM_USER
    if not named <= {base, TEAM_ADMIN} or base not in named:
        raise BadTeamRoles
    member = TeamMember(team_id=team_id, user_id=user_id, roles=" ".join(sorted(named, reverse=True)))
    if not await team_members.set_roles(desk.work, member):
        raise UnknownTeamMember
    after = {"user_id": user_id, "roles": member.roles}
    await desk.record(Deed.TEAM_MEMBER_ROLES_CHANGED, team_id, by=who.user_id, after=after)
    desk.tell(TeamRolesChanged(team_id=team_id, user_id=user_id, roles=member.roles))


async def remove(desk: Desk, who: Who, team_id: str, user_id: str) -> None:
    """Leave a team, or take somebody out of it; they leave its channels with it.

    Raises Forbidden, UnknownTeamMember.
    """
    found = await teams.with_member_roles(desk.work, team_id, who.user_id)
    if found is None:
        raise UnknownTeam
    if user_id != who.user_id:
        permit(who, Permission.REMOVE_USER_FROM_TEAM, found[1] or "")
    user = await users.by_id(desk.work, user_id)
    if user is None or not await team_members.remove(desk.work, team_id, user_id, now=desk.now):
        raise UnknownTeamMember
    await leaving.leave_team(desk, found[0], user, by=who)
    await desk.record(Deed.TEAM_MEMBER_REMOVED, team_id, by=who.user_id, before={"user_id": user_id})
    desk.tell(TeamLeft(team_id=team_id, user_id=user_id))


async def _permit_viewing(desk: Desk, who: Who, team_id: str) -> None:
    member = await teams.member(desk.work, team_id, who.user_id)
    permit(who, Permission.VIEW_TEAM, member.roles if member else "")


async def _active(desk: Desk, user_id: str) -> User:
    user = await users.by_id(desk.work, user_id)
    if user is None or not user.is_active:
        raise UnknownUser
    return user


def _roles(user: User, *, is_admin: bool) -> str:
    base = TEAM_GUEST if user.is_guest else TEAM_USER
    return f"{base} {TEAM_ADMIN}" if is_admin and not user.is_guest else base
