"""Clients of people in a room: what each is sent from now on, without a socket."""

from commandpost.api.socket.actions import WATCH, act
from commandpost.api.socket.actions import Client as Asker
from commandpost.api.socket.requests import SocketRequest
from commandpost.workspace.model.who import Who
from tests.live.listening import Client, listener
from tests.support.people import Person, Room


def listening(room: Room, person: Person, *channel_ids: str) -> Client:
    """A client of this person, in these channels now; later joinings and leavings count as they happen."""
    return listener(room.app.state.hub, person.id, channels=channel_ids, session_id=person.session_id)


async def watching(room: Room, person: Person, team_id: str, *, is_admin: bool = False) -> Client:
    """A client of this person who is in the team and watches its incidents. Raises NotAuthorized."""
    state = room.app.state
    client = listener(state.hub, person.id, teams=(team_id,), session_id=person.session_id, is_admin=is_admin)
    asker = Asker(
        who=Who(user_id=person.id, username=person.username, roles=frozenset()),
        desks=room.desks,
        incident_desks=state.incident_desks_of_nobody,
        hub=state.hub,
        connection=client.connection,
        publish=state.broker.publish,
    )
    await act(asker, SocketRequest(seq=1, action=WATCH, data={"team_id": team_id}))
    return client
