"""Routes about who is in a team."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import flag, page_of
from commandpost.api.v4.params import BadBodyParameter, body_id, body_ids, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.roles import SchemeRolesBody
from commandpost.api.v4.shapes.teams import (
    TeamMemberShape,
    TeamStatsShape,
    TeamUnreadShape,
    member_shape,
    unread_shape,
)
from commandpost.kernel.errors import Refusal
from commandpost.workspace.actions import team_members
from commandpost.workspace.store.team_members import TeamUnread

_MOST_AT_ONCE = 256


class NewMemberBody(msgspec.Struct, kw_only=True):
    """Who is to become a member."""

    user_id: str
    team_id: str | None = None


class RolesBody(msgspec.Struct, kw_only=True):
    """Space separated names of roles."""

    roles: str


class AddedOrNot(msgspec.Struct, kw_only=True):
    """How adding one of several went."""

    user_id: str
    member: TeamMemberShape | None
    error: str | None


@post("/teams/{team_id:str}/members", status_code=201)
async def add_team_member(call: Call, team_id: str, data: NewMemberBody) -> TeamMemberShape:
    """Add a user to a team, or join it."""
    team_id = path_id(team_id, "team_id")
    if data.team_id not in (None, team_id):
        raise BadBodyParameter("Invalid or missing team_id in request body.")
    async with call.desks.writing() as desk:
        user_id = body_id(data.user_id, "user_id")
        return member_shape(await team_members.add_member(desk, call.who, team_id, user_id))


@post("/teams/{team_id:str}/members/batch", status_code=201)
async def add_team_members(
    call: Call, team_id: str, data: list[NewMemberBody]
) -> list[TeamMemberShape] | list[AddedOrNot]:
    """Add several users to a team: all of them or, with `graceful`, as many as can be."""
    team_id = path_id(team_id, "team_id")
    user_ids = body_ids([body.user_id for body in data], "user_id", most=_MOST_AT_ONCE)
    if any(body.team_id not in (None, team_id) for body in data):
        raise BadBodyParameter("Invalid or missing team_id in request body.")
    is_graceful = flag(call.request.query_params, "graceful")
    added: list[TeamMemberShape] = []
    answers: list[AddedOrNot] = []
    async with call.desks.writing() as desk:
        for user_id in user_ids:
            try:
                member = member_shape(await team_members.add_member(desk, call.who, team_id, user_id))
            except Refusal as refusal:
                if not is_graceful:
                    raise
                answers.append(AddedOrNot(user_id=user_id, member=None, error=refusal.message))
            else:
                added.append(member)
                answers.append(AddedOrNot(user_id=user_id, member=member, error=None))
    return answers if is_graceful else added


@post("/teams/members/invite", status_code=201)
async def join_by_invitation(call: Call) -> TeamMemberShape:
    """Join the team that an invitation (`invite_id`) leads to."""
    invite_id = path_id(call.request.query_params.get("invite_id", ""), "invite_id")
    async with call.desks.writing() as desk:
        return member_shape(await team_members.join_by_invitation(desk, call.who, invite_id))


@get("/teams/{team_id:str}/members")
async def list_team_members(call: Call, team_id: str) -> list[TeamMemberShape]:
    """The active members of a team, by username."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await team_members.page(
            desk, call.who, path_id(team_id, "team_id"), limit=page.size, offset=page.offset
        )
    return [member_shape(member) for member in found]


@post("/teams/{team_id:str}/members/ids", status_code=200)
async def get_team_members_by_ids(call: Call, team_id: str, data: list[str]) -> list[TeamMemberShape]:
    """The members among some users."""
    async with call.desks.reading() as desk:
        found = await team_members.of_ids(
            desk, call.who, path_id(team_id, "team_id"), body_ids(data, "user_ids")
        )
    return [member_shape(member) for member in found]


@get("/teams/{team_id:str}/members/{user_id:str}")
async def get_team_member(call: Call, team_id: str, user_id: str) -> TeamMemberShape:
    """One member of a team."""
    async with call.desks.reading() as desk:
        member = await team_members.get(
            desk, call.who, path_id(team_id, "team_id"), path_id(call.me(user_id), "user_id")
        )
    return member_shape(member)


@delete("/teams/{team_id:str}/members/{user_id:str}")
async def remove_team_member(call: Call, team_id: str, user_id: str) -> Done:
    """Leave a team, or take somebody out of it."""
    async with call.desks.writing() as desk:
        await team_members.remove(
            desk, call.who, path_id(team_id, "team_id"), path_id(call.me(user_id), "user_id")
        )
    return DONE


@put("/teams/{team_id:str}/members/{user_id:str}/roles")
async def set_team_member_roles(call: Call, team_id: str, user_id: str, data: RolesBody) -> Done:
    """Change what a member is in a team."""
    return await _set_roles(call, team_id, user_id, data.roles)


@put("/teams/{team_id:str}/members/{user_id:str}/schemeRoles")
async def set_team_member_scheme_roles(call: Call, team_id: str, user_id: str, data: SchemeRolesBody) -> Done:
    """Change what a member is in a team, as flags."""
    return await _set_roles(call, team_id, user_id, data.names("team"))


@get("/teams/{team_id:str}/stats")
async def get_team_stats(call: Call, team_id: str) -> TeamStatsShape:
    """How many members a team has."""
    async with call.desks.reading() as desk:
        total, active = await team_members.counts(desk, call.who, path_id(team_id, "team_id"))
    return TeamStatsShape(team_id=team_id, total_member_count=total, active_member_count=active)


@get("/users/{user_id:str}/teams/members")
async def list_memberships_of_user(call: Call, user_id: str) -> list[TeamMemberShape]:
    """A user's memberships of teams."""
    async with call.desks.reading() as desk:
        found = await team_members.of_user(desk, call.who, path_id(call.me(user_id), "user_id"))
    return [member_shape(member) for member in found]


@get("/users/{user_id:str}/teams/unread")
async def list_team_unreads(call: Call, user_id: str) -> list[TeamUnreadShape]:
    """What a user has not read, team by team."""
    excluded = call.request.query_params.get("exclude_team", "")
    async with call.desks.reading() as desk:
        found = await team_members.unread(desk, call.who, path_id(call.me(user_id), "user_id"))
    return [unread_shape(unread) for unread in found if unread.team_id != excluded]


@get("/users/{user_id:str}/teams/{team_id:str}/unread")
async def get_team_unread(call: Call, user_id: str, team_id: str) -> TeamUnreadShape:
    """What a user has not read in a team."""
    team_id = path_id(team_id, "team_id")
    async with call.desks.reading() as desk:
        found = await team_members.unread(desk, call.who, path_id(call.me(user_id), "user_id"))
    nothing = TeamUnread(team_id=team_id, msg_count=0, mention_count=0)
    return unread_shape(next((unread for unread in found if unread.team_id == team_id), nothing))


async def _set_roles(call: Call, team_id: str, user_id: str, roles: str) -> Done:
    async with call.desks.writing() as desk:
        await team_members.set_roles(
            desk, call.who, path_id(team_id, "team_id"), path_id(call.me(user_id), "user_id"), roles
        )
    return DONE


ROUTES = (
    add_team_member,
    add_team_members,
    join_by_invitation,
    list_team_members,
    get_team_members_by_ids,
    get_team_member,
    remove_team_member,
    set_team_member_roles,
    set_team_member_scheme_roles,
    get_team_stats,
    list_memberships_of_user,
    list_team_unreads,
    get_team_unread,
)
