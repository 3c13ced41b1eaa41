"""Clients of people in a room: what each is sent from now on, without a socket."""

from tests.live.listening import Client, listener
from tests.support.people import Person, Room


def listening(room: Room, person: Person, *channel_ids: str) -> Client:
    """A client of this person, in these channels now; later joinings and leavings count as they happen."""
    return listener(room.app.state.hub, person.id, channels=channel_ids, session_id=person.session_id)
