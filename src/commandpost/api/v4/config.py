"""Routes about settings and licence."""

from commandpost.api.call import Call, PublicCall
from commandpost.api.v4.route import get, put
from commandpost.api.v4.shapes.config import (
    ConfigShape,
    changes_in,
    client_config,
    client_config_before_log_in,
    config_shape,
)
from commandpost.workspace.actions import config, users
from commandpost.workspace.permissions import Permission, permit


@get("/config")
async def get_config(call: Call) -> ConfigShape:
    """Every setting, for system administrators. There are no secrets among them."""
    permit(call.who, Permission.MANAGE_SYSTEM)
    return config_shape(call.desks.config)


@put("/config")
async def put_config(call: Call, data: ConfigShape) -> ConfigShape:
    """Change settings; what is left out stays as it is."""
    return await _changed(call, data)


@put("/config/patch")
async def patch_config(call: Call, data: ConfigShape) -> ConfigShape:
    """Change some settings."""
    return await _changed(call, data)


async def _changed(call: Call, data: ConfigShape) -> ConfigShape:
    async with call.desks.writing() as desk:
        changed = await config.change(desk, call.who, changes_in(data))
    return config_shape(changed)


@get("/config/client")
async def public_client_config(public: PublicCall) -> dict[str, str]:
    """What a client must know of the settings, as texts; less without a session."""
    if public.caller is None:
        async with public.desks.reading() as desk:
            has_people = await users.has_people(desk)
        return client_config_before_log_in(public.desks.config, has_people=has_people)
    return client_config(public.desks.config)


@get("/license/client")
async def public_client_license(public: PublicCall) -> dict[str, str]:
    """That there is no licence, and that none is needed."""
    return {"IsLicensed": "false"}


ROUTES = (get_config, put_config, patch_config, public_client_config, public_client_license)
