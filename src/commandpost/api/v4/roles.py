"""Routes about roles: what each name means."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import BadBodyParameter, path_id
from commandpost.api.v4.route import get, post
from commandpost.kernel.errors import NotFound
from commandpost.kernel.ids import LENGTH, token_hash
from commandpost.workspace.permissions import ROLES, Permission, permit

_MOST_NAMES = 100


class RoleShape(msgspec.Struct, kw_only=True):
    """A role with the permissions it grants. All are built in; their times mean nothing."""

    id: str
    name: str
    display_name: str
    description: str
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    permissions: list[str]
    scheme_managed: bool
    built_in: bool = True


class UnknownRole(NotFound):
    """Unable to get role."""

    code = "role.unknown"


def _role(name: str) -> RoleShape:
    return RoleShape(
        id=token_hash(f"role:{name}")[:LENGTH],
        name=name,
        display_name=name.replace("_", " ").capitalize(),
        description="",
        permissions=sorted(ROLES[name]),
        scheme_managed=name.startswith(("team_", "channel_")),
    )


_BY_NAME = {name: _role(name) for name in ROLES}
_BY_ID = {role.id: role for role in _BY_NAME.values()}


@get("/roles")
async def list_roles(call: Call) -> list[RoleShape]:
    """All roles, for administrators."""
    permit(call.who, Permission.MANAGE_SYSTEM)
    return list(_BY_NAME.values())


@post("/roles/names", status_code=200)
async def get_roles_by_names(call: Call, data: list[str]) -> list[RoleShape]:
    """The roles of these names; those unknown are left out."""
    if not 1 <= len(data) <= _MOST_NAMES:
        raise BadBodyParameter("Invalid or missing rolenames in request body.")
    return [_BY_NAME[name] for name in dict.fromkeys(data) if name in _BY_NAME]


@get("/roles/name/{name:str}")
async def get_role_by_name(call: Call, name: str) -> RoleShape:
    """The role of a name."""
    if name not in _BY_NAME:
        raise UnknownRole
    return _BY_NAME[name]


@get("/roles/{role_id:str}")
async def get_role(call: Call, role_id: str) -> RoleShape:
    """One role."""
    if path_id(role_id, "role_id") not in _BY_ID:
        raise UnknownRole
    return _BY_ID[role_id]


ROUTES = (list_roles, get_roles_by_names, get_role_by_name, get_role)
