"""Who is there, and what they are doing just now."""

from collections.abc import Sequence

from commandpost.api.live import Translators
from commandpost.live.event import Audience, Frame
from commandpost.live.message import Message, SessionEnded
from commandpost.workspace.events import SessionsEnded, StatusChanged, Typing


def sessions_ended(fact: SessionsEnded) -> Sequence[Message]:
    """Closes the sockets of the sessions."""
    if fact.session_ids is None:
        return [SessionEnded(fact.user_id)]
    return [SessionEnded(fact.user_id, session_id) for session_id in fact.session_ids]


def status_changed(fact: StatusChanged) -> Sequence[Message]:
    """`status_change`, to the user alone: others ask."""
    wire = {"user_id": fact.user_id, "status": fact.status}
    return [Frame.of("status_change", wire, Audience(user_id=fact.user_id))]


def typing(fact: Typing) -> Sequence[Message]:
    """`typing`, to the channel but for the one who types."""
    audience = Audience(channel_id=fact.channel_id, omit_users=frozenset({fact.user_id}))
    return [Frame.of("typing", {"parent_id": fact.parent_id, "user_id": fact.user_id}, audience)]


TRANSLATORS: Translators = {
    SessionsEnded: sessions_ended,
    StatusChanged: status_changed,
    Typing: typing,
}
