"""Routes about one account: made, seen, changed."""

from typing import Annotated

import msgspec
from litestar import Response

from commandpost.api.call import Call, PublicCall
from commandpost.api.v4.etags import ANSWERS_WITH_ETAG, tagged
from commandpost.api.v4.paging import whole_number
from commandpost.api.v4.params import BadBodyParameter, body_ids, path_id
from commandpost.api.v4.route import get, post, put
from commandpost.api.v4.shapes.users import UserShape, user_for, users_for, whole_user
from commandpost.workspace.actions import users
from commandpost.workspace.actions.users import Profile
from commandpost.workspace.model.sign_up import NewUser

_MOST_NAMES = 1000


class NewUserBody(msgspec.Struct, kw_only=True):
    """An account asked for."""

    email: str
    username: str
    password: str
    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None
    position: str | None = None
    locale: str | None = None
    timezone: dict[str, str] | None = None
    notify_props: dict[str, str] | None = None
    props: dict[str, str] | None = None


class ProfileBody(msgspec.Struct, kw_only=True):
    """What of an account is to be changed; what is left out stays."""

    id: str | None = None
    username: str | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None
    position: str | None = None
    locale: str | None = None
    timezone: dict[str, str] | None = None
    notify_props: dict[str, str] | None = None
    props: dict[str, str] | None = None


@post("/users", status_code=201)
async def public_create_user(public: PublicCall, data: NewUserBody) -> UserShape:
    """Make an account: by sign-up, by an invitation (`iid`), or by an administrator."""
    query = public.request.query_params
    if query.get("t"):
        raise users.DeadInvitation
    async with public.desks.reading() as desk:
        await users.check_may_create(desk, public.caller, invite_id=query.get("iid", ""))
    new = NewUser(
        username=data.username,
        email=data.email,
        password_hash=await public.desks.hashed_password(data.password),
        first_name=data.first_name or "",
        last_name=data.last_name or "",
        nickname=data.nickname or "",
        position=data.position or "",
        locale=data.locale or "",
        timezone=data.timezone or {},
        notify_props=data.notify_props or {},
        props=data.props or {},
    )
    async with public.desks.writing() as desk:
        user = await users.create(desk, public.caller, new, invite_id=query.get("iid", ""))
    return whole_user(user)


@get("/users/{user_id:str}", responses=ANSWERS_WITH_ETAG)
async def get_user(call: Call, user_id: str) -> Response[UserShape]:
    """One user, with an `ETag`."""
    async with call.desks.reading() as desk:
        user = await users.get(desk, call.who, path_id(call.me(user_id), "user_id"))
    return tagged(call.request, user_for(call.who, user, call.desks.config))


@get("/users/username/{username:str}")
async def get_user_by_username(call: Call, username: str) -> UserShape:
    """The user of a name."""
    async with call.desks.reading() as desk:
        user = await users.by_username(desk, call.who, username)
    return user_for(call.who, user, call.desks.config)


@get("/users/email/{email:str}")
async def get_user_by_email(call: Call, email: str) -> UserShape:
    """The user with an e-mail address."""
    async with call.desks.reading() as desk:
        user = await users.by_email(desk, call.who, email)
    return user_for(call.who, user, call.desks.config)


@post("/users/ids", status_code=200)
async def get_users_by_ids(call: Call, data: list[str]) -> list[UserShape]:
    """The users of some ids; those unknown are left out."""
    since = whole_number(call.request.query_params, "since", 0)
    async with call.desks.reading() as desk:
        found = await users.by_ids(desk, call.who, body_ids(data, "user_ids"), since=since)
    return users_for(call.who, found, call.desks.config)


@post("/users/usernames", status_code=200)
async def get_users_by_usernames(
    call: Call, data: Annotated[list[str], msgspec.Meta(min_length=1, max_length=_MOST_NAMES)]
) -> list[UserShape]:
    """The users of some names; those unknown are left out."""
    async with call.desks.reading() as desk:
        found = await users.by_usernames(desk, call.who, data)
    return users_for(call.who, found, call.desks.config)


@put("/users/{user_id:str}")
async def update_user(call: Call, user_id: str, data: ProfileBody) -> UserShape:
    """Change an account."""
    user_id = path_id(call.me(user_id), "user_id")
    if data.id not in (None, user_id):
        raise BadBodyParameter("Invalid or missing user_id in request body.")
    return await _changed(call, user_id, data)


@put("/users/{user_id:str}/patch")
async def patch_user(call: Call, user_id: str, data: ProfileBody) -> UserShape:
    """Change some fields of an account."""
    return await _changed(call, path_id(call.me(user_id), "user_id"), data)


async def _changed(call: Call, user_id: str, body: ProfileBody) -> UserShape:
    profile = Profile(
        username=body.username,
        email=body.email,
        first_name=body.first_name,
        last_name=body.last_name,
        nickname=body.nickname,
        position=body.position,
        locale=body.locale,
        timezone=body.timezone,
        notify_props=body.notify_props,
        props=body.props,
    )
    async with call.desks.writing() as desk:
        user = await users.change(desk, call.who, user_id, profile)
    return user_for(call.who, user, call.desks.config)


ROUTES = (
    public_create_user,
    get_user,
    get_user_by_username,
    get_user_by_email,
    get_users_by_ids,
    get_users_by_usernames,
    update_user,
    patch_user,
)
