"""What a route of v0 works with, and what stands before every route.

The core's desks and commands are put into the application's state by the wiring, for each caller anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from litestar import Request

from commandpost.api.call import IDENTITY, ApiRequest, signed_in_call
from commandpost.api.errors import UnknownRoute
from commandpost.incidents.ports import Actor, Commands, Desks
from commandpost.kernel.errors import Invalid, Unauthenticated
from commandpost.workspace.model.who import Who

DesksFor: TypeAlias = Callable[[Who], Desks]
CommandsFor: TypeAlias = Callable[[Who], Commands]

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


async def at_the_door(request: Request[Any, Any, Any]) -> None:
    """Before every route: the product is on, somebody is signed in, the path can be one of ours.

    It comes before the body is read, so that nobody learns from errors in a body that they lack a session.
    Ids in a path are letters and digits, positions are digits; other paths are not known. Not a guard:
    Litestar would copy the handler for it at each request.
    """
    if not request.app.state.desks.config.incidents_enabled:
        raise UnknownRoute
    if cast("dict[str, Who | None]", request.scope).get(IDENTITY) is None:
        raise Unauthenticated
    for name, value in request.path_params.items():
        text = str(value)
        if not text.isascii() or not (text.isdigit() if name.endswith("position") else text.isalnum()):
            raise UnknownRoute
        if name.endswith("position") and len(text) > _LONGEST_POSITION:
            raise PositionTooLarge
