"""Sessions as v4 sends them: never with their token."""

import msgspec

from commandpost.workspace.model.session import Session


class SessionShape(msgspec.Struct, kw_only=True):
    """One device signed in."""

    id: str
    token: str = ""
    create_at: int
    expires_at: int
    last_activity_at: int
    user_id: str
    device_id: str
    roles: str = ""
    is_oauth: bool = False
    expired_notify: bool = False
    props: dict[str, str]
    local: bool = False


def session_shape(session: Session) -> SessionShape:
    """A session, for its owner or an administrator."""
    return SessionShape(
        id=session.id,
        create_at=session.create_at,
        expires_at=session.expires_at,
        last_activity_at=session.last_activity_at,
        user_id=session.user_id,
        device_id=session.device_id,
        props=session.props,
    )
