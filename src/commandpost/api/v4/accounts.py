"""Routes for what administrators do with accounts, and for passwords."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import delete, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import accounts


class SystemRolesBody(msgspec.Struct, kw_only=True):
    """Space separated names of roles."""

    roles: str


class ActiveBody(msgspec.Struct, kw_only=True):
    """Whether the account is in use."""

    active: bool


class PasswordBody(msgspec.Struct, kw_only=True):
    """A new password; one's own needs the present one as a proof."""

    new_password: str
    current_password: str | None = None


@put("/users/{user_id:str}/roles")
async def set_user_roles(call: Call, user_id: str, data: SystemRolesBody) -> Done:
    """Change what a user is on the whole server."""
    async with call.desks.writing() as desk:
        await accounts.set_roles(desk, call.who, path_id(call.me(user_id), "user_id"), data.roles)
    return DONE


@put("/users/{user_id:str}/active")
async def set_user_active(call: Call, user_id: str, data: ActiveBody) -> Done:
    """Lock a user out, or let them in again."""
    user_id = path_id(call.me(user_id), "user_id")
    async with call.desks.writing() as desk:
        if data.active:
            await accounts.reactivate(desk, call.who, user_id)
        else:
            await accounts.deactivate(desk, call.who, user_id)
    return DONE


@delete("/users/{user_id:str}")
async def deactivate_user(call: Call, user_id: str) -> Done:
    """Lock a user out."""
    async with call.desks.writing() as desk:
        await accounts.deactivate(desk, call.who, path_id(call.me(user_id), "user_id"))
    return DONE


@put("/users/{user_id:str}/password")
async def change_password(call: Call, user_id: str, data: PasswordBody) -> Done:
    """Change a password."""
    await accounts.change_password(
        call.desks,
        call.who,
        path_id(call.me(user_id), "user_id"),
        current=data.current_password or "",
        new=data.new_password,
        address=call.address,
    )
    return DONE


@post("/users/{user_id:str}/promote", status_code=200)
async def promote_guest(call: Call, user_id: str) -> Done:
    """Make a guest a user like others."""
    async with call.desks.writing() as desk:
        await accounts.promote(desk, call.who, path_id(call.me(user_id), "user_id"))
    return DONE


@post("/users/{user_id:str}/demote", status_code=200)
async def demote_user(call: Call, user_id: str) -> Done:
    """Make a user a guest."""
    async with call.desks.writing() as desk:
        await accounts.demote(desk, call.who, path_id(call.me(user_id), "user_id"))
    return DONE


ROUTES = (
    set_user_roles,
    set_user_active,
    deactivate_user,
    change_password,
    promote_guest,
    demote_user,
)
