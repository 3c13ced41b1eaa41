"""Who is asking: the user behind a request, as the chat's permissions see them."""

from dataclasses import dataclass

SYSTEM_ADMIN = "system_admin"
SYSTEM_USER = "system_user"
SYSTEM_GUEST = "system_guest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """An authenticated user and the session they came with.

    `roles` are the system roles, as a set of names. `session_id` is the id of the session or of the
    personal access token, "" for work the server does by itself. `is_due_for_renewal`: the session's
    expiry has not been moved on for a while. `timezone` is an IANA name, "" if the profile has none.
    `lacks_two_factor`: the server wants a second factor of everybody, and this account has none yet.
    """

    user_id: str
    username: str
    roles: frozenset[str]
    session_id: str = ""
    is_bot: bool = False
    is_mobile: bool = False
    is_due_for_renewal: bool = False
    timezone: str = ""
    lacks_two_factor: bool = False

    @property
    def is_system_admin(self) -> bool:
        return SYSTEM_ADMIN in self.roles

    @property
    def is_guest(self) -> bool:
        return SYSTEM_GUEST in self.roles
