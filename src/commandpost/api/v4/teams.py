"""Routes about teams."""

import msgspec

from commandpost.api.call import Call, PublicCall
from commandpost.api.v4.paging import flag, page_of
from commandpost.api.v4.params import BadBodyParameter, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.teams import TeamShape, team_for, team_shape
from commandpost.kernel.errors import NotFound
from commandpost.workspace.actions import teams
from commandpost.workspace.actions.teams import NewTeam, SeenTeam, TeamChange

_MOST_FOUND = 100


class NewTeamBody(msgspec.Struct, kw_only=True):
    """A team asked for."""

    name: str
    display_name: str
    type: str
    description: str | None = None
    company_name: str | None = None
    allowed_domains: str | None = None
    allow_open_invite: bool | None = None


class TeamChangeBody(msgspec.Struct, kw_only=True):
    """What of a team is to be changed; what is left out stays."""

    id: str | None = None
    display_name: str | None = None
    description: str | None = None
    company_name: str | None = None
    allowed_domains: str | None = None
    allow_open_invite: bool | None = None


class TeamSearchBody(msgspec.Struct, kw_only=True):
    """What to look for in names of teams."""

    term: str
    page: int | None = None
    per_page: int | None = None


class TeamExists(msgspec.Struct, kw_only=True):
    """Whether a name is taken."""

    exists: bool


class TeamsWithCount(msgspec.Struct, kw_only=True):
    """A page of teams, and how many there are in all."""

    teams: list[TeamShape]
    total_count: int


class NoTeamIcon(NotFound):
    """The team has no icon."""

    code = "team.no_icon"


@post("/teams", status_code=201)
async def create_team(call: Call, data: NewTeamBody) -> TeamShape:
    """Make a team; the caller is its administrator."""
    new = NewTeam(
        name=data.name,
        display_name=data.display_name,
        type=data.type,
        description=data.description or "",
        company_name=data.company_name or "",
        allowed_domains=data.allowed_domains or "",
        allow_open_invite=bool(data.allow_open_invite),
    )
    async with call.desks.writing() as desk:
        team = await teams.create(desk, call.who, new)
    return team_for(call.who, SeenTeam(team=team, roles="team_user team_admin"))


@get("/teams")
async def list_teams(call: Call) -> list[TeamShape] | TeamsWithCount:
    """Teams by name: all for administrators, with `include_deleted` also archived ones; open ones and
    one's own for others."""
    page = page_of(call.request)
    with_archived = flag(call.request.query_params, "include_deleted")
    async with call.desks.reading() as desk:
        found, total = await teams.page(
            desk, call.who, limit=page.size, offset=page.offset, with_archived=with_archived
        )
    shapes = [team_for(call.who, seen) for seen in found]
    if flag(call.request.query_params, "include_total_count"):
        return TeamsWithCount(teams=shapes, total_count=total)
    return shapes


@get("/teams/{team_id:str}")
async def get_team(call: Call, team_id: str) -> TeamShape:
    """One team."""
    async with call.desks.reading() as desk:
        return team_for(call.who, await teams.get(desk, call.who, path_id(team_id, "team_id")))


@get("/teams/name/{name:str}")
async def get_team_by_name(call: Call, name: str) -> TeamShape:
    """The team of a name."""
    async with call.desks.reading() as desk:
        return team_for(call.who, await teams.by_name(desk, call.who, name))


@get("/teams/name/{name:str}/exists")
async def team_exists(call: Call, name: str) -> TeamExists:
    """Whether a team's name is taken."""
    async with call.desks.reading() as desk:
        return TeamExists(exists=await teams.exists(desk, name))


@get("/teams/invite/{invite_id:str}")
async def public_team_by_invitation(public: PublicCall, invite_id: str) -> TeamShape:
    """The team that an invitation leads to, for whoever holds it: they may have no account yet."""
    async with public.desks.reading() as desk:
        return team_shape(await teams.by_invitation(desk, path_id(invite_id, "invite_id")))


@get("/users/{user_id:str}/teams")
async def list_teams_of_user(call: Call, user_id: str) -> list[TeamShape]:
    """The teams a user is in."""
    async with call.desks.reading() as desk:
        found = await teams.of_user(desk, call.who, path_id(call.me(user_id), "user_id"))
    return [team_for(call.who, seen) for seen in found]


@post("/teams/search", status_code=200)
async def search_teams(call: Call, data: TeamSearchBody) -> list[TeamShape] | TeamsWithCount:
    """Teams whose name or display name contains a term."""
    is_paged = data.page is not None or data.per_page is not None
    size = min(max(data.per_page or _MOST_FOUND, 1), _MOST_FOUND)
    offset = min(max(data.page or 0, 0), 1_000_000) * size
    async with call.desks.reading() as desk:
        found, total = await teams.search(desk, call.who, data.term, limit=size, offset=offset)
    shapes = [team_for(call.who, seen) for seen in found]
    return TeamsWithCount(teams=shapes, total_count=total) if is_paged else shapes


@put("/teams/{team_id:str}")
async def update_team(call: Call, team_id: str, data: TeamChangeBody) -> TeamShape:
    """Change a team."""
    if data.id not in (None, team_id):
        raise BadBodyParameter("Invalid or missing id in request body.")
    return await _changed(call, team_id, data)


@put("/teams/{team_id:str}/patch")
async def patch_team(call: Call, team_id: str, data: TeamChangeBody) -> TeamShape:
    """Change some fields of a team."""
    return await _changed(call, team_id, data)


@post("/teams/{team_id:str}/regenerate_invite_id", status_code=200)
async def renew_team_invitation(call: Call, team_id: str) -> TeamShape:
    """Give a team a new invitation."""
    async with call.desks.writing() as desk:
        seen = await teams.renew_invitation(desk, call.who, path_id(team_id, "team_id"))
    return team_for(call.who, seen)


@delete("/teams/{team_id:str}")
async def archive_team(call: Call, team_id: str) -> Done:
    """Take a team out of use."""
    async with call.desks.writing() as desk:
        await teams.archive(desk, call.who, path_id(team_id, "team_id"))
    return DONE


@post("/teams/{team_id:str}/restore", status_code=200)
async def restore_team(call: Call, team_id: str) -> TeamShape:
    """Bring an archived team back."""
    async with call.desks.writing() as desk:
        return team_for(call.who, await teams.restore(desk, call.who, path_id(team_id, "team_id")))


@get("/teams/{team_id:str}/image")
async def get_team_icon(call: Call, team_id: str) -> None:
    """Teams have no icons here: always 404."""
    async with call.desks.reading() as desk:
        await teams.get(desk, call.who, path_id(team_id, "team_id"))
    raise NoTeamIcon


async def _changed(call: Call, team_id: str, body: TeamChangeBody) -> TeamShape:
    wanted = TeamChange(
        display_name=body.display_name,
        description=body.description,
        company_name=body.company_name,
        allowed_domains=body.allowed_domains,
        allow_open_invite=body.allow_open_invite,
    )
    async with call.desks.writing() as desk:
        return team_for(call.who, await teams.change(desk, call.who, path_id(team_id, "team_id"), wanted))


ROUTES = (
    create_team,
    list_teams,
    get_team,
    get_team_by_name,
    team_exists,
    public_team_by_invitation,
    list_teams_of_user,
    search_teams,
    update_team,
    patch_team,
    renew_team_invitation,
    archive_team,
    restore_team,
    get_team_icon,
)
