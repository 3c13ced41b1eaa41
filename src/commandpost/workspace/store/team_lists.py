"""Queries for lists of teams, as somebody may see them."""

from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.kernel.text import like_escaped
from commandpost.workspace.model.team import Team
from commandpost.workspace.store.teams import COLUMNS, team_of

_OF_USER = Sql(
    f"SELECT {COLUMNS}, m.roles AS member_roles FROM teams t JOIN team_members m ON m.team_id = t.id"
    " WHERE m.user_id = :user_id AND m.delete_at = 0 AND t.delete_at = 0 ORDER BY t.name"
)
_MATCHING = (
    " FROM teams t LEFT JOIN team_members m ON m.team_id = t.id AND m.user_id = :user_id AND m.delete_at = 0"
    " WHERE (t.delete_at = 0 OR :with_archived)"
    " AND (:may_list_all OR (:may_list_open AND t.allow_open_invite) OR m.user_id IS NOT NULL)"
    " AND (t.name LIKE :pattern ESCAPE '\\' OR LOWER(t.display_name) LIKE :pattern ESCAPE '\\')"
)
_PAGE = Sql(
    f"SELECT {COLUMNS}, COALESCE(m.roles, '') AS member_roles {_MATCHING} ORDER BY t.name"
    " LIMIT :limit OFFSET :offset"
)
_COUNT = Sql(f"SELECT COUNT(*) {_MATCHING}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which teams somebody may list: their own, the open ones, all."""

    user_id: str
    may_list_open: bool
    may_list_all: bool
    with_archived: bool = False


async def of_user(work: Work, user_id: str) -> list[tuple[Team, str]]:
    """The living teams a user is in, by name, with their roles there."""
    return [(team_of(row), row["member_roles"]) for row in await work.all(_OF_USER, user_id=user_id)]


async def matching(work: Work, scope: Scope, term: str, *, limit: int, offset: int) -> list[tuple[Team, str]]:
    """Teams in scope whose name or display name contains a term, by name, with the roles in them."""
    rows = await work.all(_PAGE, **_params(scope, term), limit=limit, offset=offset)
    return [(team_of(row), row["member_roles"]) for row in rows]


async def count_matching(work: Work, scope: Scope, term: str) -> int:
    """How many teams `matching` has in all."""
    return await work.value(_COUNT, **_params(scope, term))


def _params(scope: Scope, term: str) -> dict[str, object]:
    return {
        "user_id": scope.user_id,
        "may_list_open": scope.may_list_open,
        "may_list_all": scope.may_list_all,
        "with_archived": scope.with_archived,
        "pattern": f"%{like_escaped(term.strip().lower())}%",
    }
