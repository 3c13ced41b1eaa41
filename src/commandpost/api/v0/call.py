"""What a route of v0 works with, and the two doors before every route: the product's switch, and a session.

The core's desks and commands are put into the application's state by the wiring, for each caller anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from commandpost.api.call import IDENTITY, ApiRequest, signed_in_call
from commandpost.api.errors import UnknownRoute
from commandpost.incidents.ports import Actor, Commands, Desks
from commandpost.kernel.errors import Invalid, Unauthenticated
from commandpost.workspace.model.who import Who

DesksFor: TypeAlias = Callable[[Who], Desks]
CommandsFor: TypeAlias = Callable[[Who], Commands]

_Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]

_LONGEST_POSITION = 9


class PositionTooLarge(Invalid):
    """failed to parse checklist"""

    code = "v0.position_too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCall:
    """A call by a signed-in user, at the core's desks."""

    request: ApiRequest
    actor: Actor
    desks: Desks
    commands: Commands

    def query(self, name: str) -> str:
        """A query parameter, "" if it is not given."""
        return self.request.query_params.get(name, "")


def incident_call(request: ApiRequest) -> IncidentCall:
    """The dependency behind `IncidentCall`."""
    who = signed_in_call(request).who
    state = request.app.state
    return IncidentCall(
        request=request,
        actor=Actor(user_id=who.user_id, is_mobile=who.is_mobile),
        desks=cast("DesksFor", state.incident_desks)(who),
        commands=cast("CommandsFor", state.incident_commands)(who),
    )


async def at_the_door(connection: _Connection, _handler: BaseRouteHandler) -> None:
    """The guard before every route: the product is on, somebody is signed in, the path can be one of ours.

    It stands before the body is read, so that nobody learns from errors in a body that they lack a session.
    Ids in a path are letters and digits, positions are digits; other paths are not known. One guard, and a
    coroutine: Litestar copies the handler for each guard and sends plain functions to a thread.
    """
    if not connection.app.state.desks.config.incidents_enabled:
        raise UnknownRoute
    if cast("dict[str, Who | None]", connection.scope).get(IDENTITY) is None:
        raise Unauthenticated
    for name, value in connection.path_params.items():
        text = str(value)
        if not text.isascii() or not (text.isdigit() if name.endswith("position") else text.isalnum()):
            raise UnknownRoute
        if name.endswith("position") and len(text) > _LONGEST_POSITION:
            raise PositionTooLarge
