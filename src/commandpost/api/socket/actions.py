"""What an authenticated client may ask over its socket."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from commandpost.api.envelope import version_id
from commandpost.api.socket.requests import BadParameter, SocketRequest, UnknownAction
from commandpost.api.v0.live import PREFIX
from commandpost.api.v4.live.presence import typing
from commandpost.incidents.actions import access
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor
from commandpost.incidents.ports import Desks as IncidentDesks
from commandpost.kernel.errors import Conflict
from commandpost.kernel.ids import is_id
from commandpost.live.connection import Connection
from commandpost.live.hub import Hub
from commandpost.live.message import Message
from commandpost.workspace.actions import statuses
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import Typing
from commandpost.workspace.model.status import Presence
from commandpost.workspace.model.who import Who

Reply: TypeAlias = dict[str, Any] | None

WATCH = f"{PREFIX}watch"


class RolesChanged(Conflict):
    """Your roles have changed just now. Please ask again."""

    code = "socket.roles_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks, and what their requests work with."""

    who: Who
    desks: Desks
    incident_desks: IncidentDesks
    hub: Hub
    connection: Connection
    publish: Callable[[Sequence[Message]], None]


async def ping(client: Client, _request: SocketRequest) -> Reply:
    """The client's own keep-alive."""
    return {
        "text": "pong",
        "version": version_id(client.desks.config),
        "server_time": client.desks.clock.now(),
        "node_id": "",
    }


async def user_typing(client: Client, request: SocketRequest) -> Reply:
    """Tell the other members of a channel that the user is typing there."""
    channel_id = request.text("channel_id")
    if not client.hub.is_in_channel(client.who.user_id, channel_id):
        raise BadParameter("channel_id")
    fact = Typing(user_id=client.who.user_id, channel_id=channel_id, parent_id=request.text("parent_id"))
    client.publish(typing(fact))
    return None


async def user_update_active_status(client: Client, request: SocketRequest) -> Reply:
    """The user does something with the client, or has stopped to; `manual` when they say so themselves."""
    presence = Presence.ONLINE if request.flag("user_is_active") else Presence.AWAY
    who = client.who
    async with client.desks.writing() as desk:
        if request.flag("manual"):
            await statuses.choose(desk, who, who.user_id, presence.value)
        else:
            await statuses.notice(desk, who.user_id, presence)
    return None


async def get_statuses(client: Client, _request: SocketRequest) -> Reply:
    """The status of everybody who is there."""
    async with client.desks.reading() as desk:
        present = await statuses.present(desk)
    return {status.user_id: status.status.value for status in present}


async def get_statuses_by_ids(client: Client, request: SocketRequest) -> Reply:
    """The status of each user named."""
    user_ids = request.texts("user_ids")
    if not user_ids or not all(is_id(user_id) for user_id in user_ids):
        raise BadParameter("user_ids")
    async with client.desks.reading() as desk:
        found = await statuses.by_ids(desk, client.who, user_ids)
    return {status.user_id: status.status.value for status in found}


async def watch(client: Client, request: SocketRequest) -> Reply:
    """Hear from now on of each change to a team's incidents that the user may see from outside.

    Of one team at a time; of none if none is named, or once the user's roles in the system change. Whether
    they may see an incident is judged when an event is sent. Raises NotAuthorized, RolesChanged.
    """
    if not client.desks.config.incidents_enabled:
        raise UnknownAction
    team_id = request.text("team_id")
    with client.hub.arrival() as arrival:
        if team_id:
            await client.incident_desks.repeated(partial(_permit, client, team_id))
        if not client.hub.watch(arrival, client.connection, team_id):
            raise RolesChanged
    return None


async def _permit(client: Client, team_id: str) -> None:
    async with client.incident_desks.reading() as desk:
        await access.permit_in_team(desk, Actor(user_id=client.who.user_id), team_id, Act.LIST_INCIDENTS)


async def noted(_client: Client, _request: SocketRequest) -> Reply:
    """What newer clients tell of themselves: which channel they show, which notification they gave."""
    return None


ACTIONS: dict[str, Callable[[Client, SocketRequest], Awaitable[Reply]]] = {
    "ping": ping,
    "user_typing": user_typing,
    "user_update_active_status": user_update_active_status,
    "get_statuses": get_statuses,
    "get_statuses_by_ids": get_statuses_by_ids,
    WATCH: watch,
    "presence": noted,
    "posted_notify_ack": noted,
}


async def act(client: Client, request: SocketRequest) -> Reply:
    """Do what is asked. Raises UnknownAction, and what the action refuses."""
    action = ACTIONS.get(request.action)
    if action is None:
        raise UnknownAction
    return await action(client, request)
