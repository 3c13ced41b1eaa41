"""Queries about teams."""

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.team import Team, TeamMember

COLUMNS = (
    "t.id, t.create_at, t.update_at, t.delete_at, t.display_name, t.name, t.description, t.email, t.type,"
    " t.company_name, t.allowed_domains, t.invite_id, t.allow_open_invite"
)

_BY_ID = Sql(f"SELECT {COLUMNS} FROM teams t WHERE t.id = :id")
_LOCKED = Sql(
    f"SELECT {COLUMNS} FROM teams t WHERE t.id = :id",
    postgresql=f"SELECT {COLUMNS} FROM teams t WHERE t.id = :id FOR UPDATE",
)
_BY_NAME = Sql(f"SELECT {COLUMNS} FROM teams t WHERE t.name = :name")
_BY_INVITE = Sql(f"SELECT {COLUMNS} FROM teams t WHERE t.invite_id = :invite_id AND t.delete_at = 0")
_OF_USER = Sql(
    f"SELECT {COLUMNS} FROM teams t JOIN team_members m ON m.team_id = t.id"
    " WHERE m.user_id = :user_id AND m.delete_at = 0 AND t.delete_at = 0 ORDER BY t.name"
)
_MEMBER = Sql(
    "SELECT team_id, user_id, roles, delete_at FROM team_members"
    " WHERE team_id = :team_id AND user_id = :user_id AND delete_at = 0"
)
_WITH_MEMBER = Sql(
    f"SELECT {COLUMNS}, m.roles AS member_roles FROM teams t"
    " LEFT JOIN team_members m ON m.team_id = t.id AND m.user_id = :user_id AND m.delete_at = 0"
    " WHERE t.id = :id"
)
_INSERT = Sql(
    "INSERT INTO teams (id, create_at, update_at, delete_at, display_name, name, description, email, type,"
    " company_name, allowed_domains, invite_id, allow_open_invite)"
    " VALUES (:id, :create_at, :update_at, :delete_at, :display_name, :name, :description, :email, :type,"
    " :company_name, :allowed_domains, :invite_id, :allow_open_invite) ON CONFLICT DO NOTHING"
)
_UPDATE = Sql(
    "UPDATE teams SET update_at = :update_at, delete_at = :delete_at, display_name = :display_name,"
    " name = :name, description = :description, email = :email, type = :type, company_name = :company_name,"
    " allowed_domains = :allowed_domains, invite_id = :invite_id, allow_open_invite = :allow_open_invite"
    " WHERE id = :id"
)


def team_of(row: Row) -> Team:
    """A row of `COLUMNS` as a value."""
    return Team(
        id=row["id"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        delete_at=row["delete_at"],
        display_name=row["display_name"],
        name=row["name"],
        description=row["description"],
        email=row["email"],
        type=row["type"],
        company_name=row["company_name"],
        allowed_domains=row["allowed_domains"],
        invite_id=row["invite_id"],
        allow_open_invite=bool(row["allow_open_invite"]),
    )


def member_of(row: Row) -> TeamMember:
    """A row of team_members as a value."""
    return TeamMember(
        team_id=row["team_id"], user_id=row["user_id"], roles=row["roles"], delete_at=row["delete_at"]
    )


async def by_id(work: Work, team_id: str) -> Team | None:
    """A team, also when it is archived."""
    row = await work.one(_BY_ID, id=team_id)
    return team_of(row) if row else None


async def locked(work: Work, team_id: str) -> Team | None:
    """A team to be changed by this work: nobody else changes it meanwhile."""
    row = await work.one(_LOCKED, id=team_id)
    return team_of(row) if row else None


async def by_name(work: Work, name: str) -> Team | None:
    """The team of a name, also when it is archived."""
    row = await work.one(_BY_NAME, name=name)
    return team_of(row) if row else None


async def by_invite_id(work: Work, invite_id: str) -> Team | None:
    """The living team that an invitation leads to."""
    row = await work.one(_BY_INVITE, invite_id=invite_id)
    return team_of(row) if row else None


async def with_member_roles(work: Work, team_id: str, user_id: str) -> tuple[Team, str | None] | None:
    """A team, and the roles a user has in it: None for somebody who is no member."""
    row = await work.one(_WITH_MEMBER, id=team_id, user_id=user_id)
    return (team_of(row), row["member_roles"]) if row else None


async def member(work: Work, team_id: str, user_id: str) -> TeamMember | None:
    """A living membership."""
    row = await work.one(_MEMBER, team_id=team_id, user_id=user_id)
    return member_of(row) if row else None


async def of_user(work: Work, user_id: str) -> list[Team]:
    """The living teams a user is in, by name."""
    return [team_of(row) for row in await work.all(_OF_USER, user_id=user_id)]


async def insert(work: Work, team: Team) -> bool:
    """Store a new team; False if its name is taken."""
    return await work.run(_INSERT, **_stored(team)) > 0


async def update(work: Work, team: Team) -> None:
    await work.run(_UPDATE, **_stored(team))


def _stored(team: Team) -> dict[str, object]:
    return {
        "id": team.id,
        "create_at": team.create_at,
        "update_at": team.update_at,
        "delete_at": team.delete_at,
        "display_name": team.display_name,
        "name": team.name,
        "description": team.description,
        "email": team.email,
        "type": team.type,
        "company_name": team.company_name,
        "allowed_domains": team.allowed_domains,
        "invite_id": team.invite_id,
        "allow_open_invite": team.allow_open_invite,
    }
