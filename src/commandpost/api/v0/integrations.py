"""Routes with which a system administrator sets integrations up."""

from typing import cast

from commandpost.api.call import signed_in_call
from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.route import delete, get, post, put
from commandpost.api.v0.shapes.integrations import (
    HealthShape,
    IntegrationShape,
    SettingsBody,
    health_shape,
    integration_shape,
)
from commandpost.integrations.actions import settings
from commandpost.integrations.actions.settings import Caller
from commandpost.integrations.toolbox import Toolbox

_ONE = "/integrations/{integration_name:str}"


@get("/integrations")
async def list_integrations(call: IncidentCall) -> list[IntegrationShape]:
    """Every integration there is, with its settings in force. For system administrators."""
    async with _box(call).reading() as desk:
        return [integration_shape(one) for one in await settings.listed(desk, _caller(call))]


@get(_ONE)
async def get_integration(call: IncidentCall, integration_name: str) -> IntegrationShape:
    """One integration. For system administrators."""
    async with _box(call).reading() as desk:
        return integration_shape(await settings.view(desk, _caller(call), integration_name))


@put(_ONE)
async def put_integration(call: IncidentCall, integration_name: str, data: SettingsBody) -> IntegrationShape:
    """Set an integration's settings, all together. For system administrators.

    What is left out falls back to the environment's value or the default. A secret given as its mask stays
    as it is, but must be given again when an address changes.
    """
    async with _box(call).writing() as desk:
        return integration_shape(await settings.change(desk, _caller(call), integration_name, data.settings))


@delete(_ONE, status_code=200)
async def delete_integration(call: IncidentCall, integration_name: str) -> IntegrationShape:
    """Take back what was set over the API; what the environment says remains. For system administrators."""
    async with _box(call).writing() as desk:
        return integration_shape(await settings.forget(desk, _caller(call), integration_name))


@post(_ONE + "/test", status_code=200)
async def test_integration(call: IncidentCall, integration_name: str) -> HealthShape:
    """Try the settings in force against the tool, changing nothing there. For system administrators."""
    return health_shape(await settings.test(_box(call), _caller(call), integration_name))


def _box(call: IncidentCall) -> Toolbox:
    return cast("Toolbox", call.request.app.state.toolbox)


def _caller(call: IncidentCall) -> Caller:
    who = signed_in_call(call.request).who
    return Caller(user_id=who.user_id, is_system_admin=who.is_system_admin)


ROUTES = (list_integrations, get_integration, put_integration, delete_integration, test_integration)
