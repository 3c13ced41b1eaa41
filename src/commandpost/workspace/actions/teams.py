"""Teams: made, looked up, changed, archived. Who is in them: `team_members`."""

from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Invalid, NotFound, SwitchedOff
from commandpost.kernel.ids import new_id
from commandpost.kernel.text import as_name
from commandpost.workspace.actions import channels, team_members
from commandpost.workspace.actions.team_members import add_member as add_member
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import TeamCreated, TeamDeleted, TeamRestored, TeamUpdated
from commandpost.workspace.model.team import Team, UnknownTeam, team_name_of
from commandpost.workspace.model.user import UnknownUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may, permit, permit_self_or_admin
from commandpost.workspace.store import team_lists, teams, users


class TeamNameTaken(Invalid):
    """A team with that name already exists."""

    code = "team.name_taken"


class TeamCreationSwitchedOff(SwitchedOff):
    """Team creation is disabled. Please ask your System Administrator for details."""

    code = "team.creation_off"


class UnknownTeamName(NotFound):
    """Unable to find the existing team."""

    code = "team.unknown_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeam:
    """A team asked for."""

    name: str
    display_name: str
    type: str = "O"
    description: str = ""
    company_name: str = ""
    allowed_domains: str = ""
    allow_open_invite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChange:
    """What of a team is to be changed; None leaves it as it is."""

    display_name: str | None = None
    description: str | None = None
    company_name: str | None = None
    allowed_domains: str | None = None
    allow_open_invite: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTeam:
    """A team as somebody sees it: `roles` are theirs in it, "" for who is no member."""

    team: Team
    roles: str = ""


async def create(desk: Desk, who: Who, new: NewTeam) -> Team:
    """Make a team with its default channels; the creator is its first member and administrator.

    Raises Forbidden, TeamCreationSwitchedOff, TeamNameTaken, and what the rules for its fields say.
    """
    permit(who, Permission.CREATE_TEAM)
    if not desk.config.enable_team_creation and not who.is_system_admin:
        raise TeamCreationSwitchedOff
    creator = await users.by_id(desk.work, who.user_id)
    if creator is None:
        raise UnknownUser
    team = Team(
        id=new_id(),
        create_at=desk.now,
        update_at=desk.now,
        name=team_name_of(new.name),
        display_name=as_name(new.display_name),
        description=new.description,
        email=creator.email,
        type=new.type,
        company_name=new.company_name,
        allowed_domains=new.allowed_domains.strip(),
        invite_id=new_id(),
        allow_open_invite=new.allow_open_invite,
    ).checked()
    if not await teams.insert(desk.work, team):
        raise TeamNameTaken
    await desk.record(Deed.TEAM_CREATED, team.id, by=who.user_id, after=_recorded(team))
    desk.tell(TeamCreated(team=team))
    await channels.create_defaults(desk, team)
    await team_members.put(desk, team, creator, by=who, is_admin=True)
    return team


async def get(desk: Desk, who: Who, team_id: str) -> SeenTeam:
    """A team: one's own, or an open one. Raises UnknownTeam, Forbidden for a closed one."""
    found = await teams.with_member_roles(desk.work, team_id, who.user_id)
    if found is None:
        raise UnknownTeam
    return _seen(who, *found)


async def by_name(desk: Desk, who: Who, name: str) -> SeenTeam:
    """The team of a name. Raises UnknownTeamName, Forbidden for a closed one."""
    team = await teams.by_name(desk.work, name.lower())
    if team is None:
        raise UnknownTeamName
    member = await teams.member(desk.work, team.id, who.user_id)
    return _seen(who, team, member.roles if member else None)


async def exists(desk: Desk, name: str) -> bool:
    """Whether a team's name is taken."""
    return await teams.by_name(desk.work, name.lower()) is not None


async def by_invitation(desk: Desk, invite_id: str) -> Team:
    """The team that an invitation leads to; whoever holds it may ask. Raises DeadTeamInvitation."""
    team = await teams.by_invite_id(desk.work, invite_id)
    if team is None:
        raise team_members.DeadTeamInvitation
    return team


async def of_user(desk: Desk, who: Who, user_id: str) -> list[SeenTeam]:
    """The living teams of oneself, or of anybody for an administrator. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    found = await team_lists.of_user(desk.work, user_id)
    return [SeenTeam(team=team, roles=roles if user_id == who.user_id else "") for team, roles in found]


async def page(
    desk: Desk, who: Who, *, limit: int, offset: int, with_archived: bool = False
) -> tuple[list[SeenTeam], int]:
    """Teams by name, and how many there are: all for administrators, open ones and one's own for others.

    Archived ones are only for administrators who ask for them.
    """
    return await search(desk, who, "", limit=limit, offset=offset, with_archived=with_archived)


async def search(
    desk: Desk, who: Who, term: str, *, limit: int, offset: int = 0, with_archived: bool = False
) -> tuple[list[SeenTeam], int]:
    """Of the teams one may list, those whose name or display name contains a term, and their number."""
    scope = team_lists.Scope(
        user_id=who.user_id,
        may_list_open=may(who, Permission.LIST_PUBLIC_TEAMS),
        may_list_all=who.is_system_admin,
        with_archived=with_archived and who.is_system_admin,
    )
    found = await team_lists.matching(desk.work, scope, term, limit=limit, offset=offset)
    total = await team_lists.count_matching(desk.work, scope, term)
    return [SeenTeam(team=team, roles=roles) for team, roles in found], total


async def change(desk: Desk, who: Who, team_id: str, wanted: TeamChange) -> SeenTeam:
    """Change a team. Raises UnknownTeam, Forbidden, and what the rules for its fields say."""
    team, roles = await _managed(desk, who, team_id)
    changed = replace(
        team,
        update_at=max(desk.now, team.update_at + 1),
        display_name=as_name(_or(wanted.display_name, team.display_name)),
        description=_or(wanted.description, team.description),
        company_name=_or(wanted.company_name, team.company_name),
        allowed_domains=_or(wanted.allowed_domains, team.allowed_domains).strip(),
        allow_open_invite=(
            team.allow_open_invite if wanted.allow_open_invite is None else wanted.allow_open_invite
        ),
    ).checked()
    await teams.update(desk.work, changed)
    await desk.record(
        Deed.TEAM_CHANGED, team_id, by=who.user_id, before=_recorded(team), after=_recorded(changed)
    )
    desk.tell(TeamUpdated(team=changed))
    return SeenTeam(team=changed, roles=roles)


async def renew_invitation(desk: Desk, who: Who, team_id: str) -> SeenTeam:
    """Give a team a new invitation; the old one is dead. Raises UnknownTeam, Forbidden."""
    team, roles = await _managed(desk, who, team_id)
    changed = replace(team, invite_id=new_id(), update_at=max(desk.now, team.update_at + 1))
    await desk.record(Deed.TEAM_CHANGED, team_id, by=who.user_id, after={"invitation": "renewed"})
    await teams.update(desk.work, changed)
    desk.tell(TeamUpdated(team=changed))
    return SeenTeam(team=changed, roles=roles)


async def archive(desk: Desk, who: Who, team_id: str) -> None:
    """Take a team out of use; nothing of it is lost. Raises UnknownTeam, Forbidden."""
    team, _roles = await _managed(desk, who, team_id)
    archived = replace(team, delete_at=desk.now, update_at=desk.now)
    await teams.update(desk.work, archived)
    await desk.record(Deed.TEAM_ARCHIVED, team_id, by=who.user_id)
    desk.tell(TeamDeleted(team=archived))


async def restore(desk: Desk, who: Who, team_id: str) -> SeenTeam:
    """Bring an archived team back. Raises UnknownTeam, Forbidden."""
    team, roles = await _managed(desk, who, team_id)
    restored = replace(team, delete_at=0, update_at=desk.now)
    await teams.update(desk.work, restored)
    await desk.record(Deed.TEAM_RESTORED, team_id, by=who.user_id)
    desk.tell(TeamRestored(team=restored))
    return SeenTeam(team=restored, roles=roles)


async def _managed(desk: Desk, who: Who, team_id: str) -> tuple[Team, str]:
    """A team locked for a change by somebody who manages it, and their roles there."""
    team = await teams.locked(desk.work, team_id)
    if team is None:
        raise UnknownTeam
    member = await teams.member(desk.work, team_id, who.user_id)
    roles = member.roles if member else ""
    permit(who, Permission.MANAGE_TEAM, roles)
    return team, roles


def _seen(who: Who, team: Team, roles: str | None) -> SeenTeam:
    """The team, if the caller may know of it."""
    if team.is_archived and not who.is_system_admin:
        raise UnknownTeam
    if roles is None and not (team.allow_open_invite and may(who, Permission.LIST_PUBLIC_TEAMS)):
        permit(who, Permission.MANAGE_SYSTEM)
    return SeenTeam(team=team, roles=roles or "")


def _recorded(team: Team) -> dict[str, object]:
    """What the audit log keeps of a team."""
    return {
        "name": team.name,
        "display_name": team.display_name,
        "description": team.description,
        "company_name": team.company_name,
        "allowed_domains": team.allowed_domains,
        "allow_open_invite": team.allow_open_invite,
    }


def _or(text: str | None, present: str) -> str:
    return present if text is None else text
