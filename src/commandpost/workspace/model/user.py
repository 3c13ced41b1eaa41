"""A person or a bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commandpost.kernel.errors import NotFound
from commandpost.workspace.model.who import SYSTEM_ADMIN, SYSTEM_GUEST

NO_TIMEZONE = {"useAutomaticTimezone": "true", "automaticTimezone": "", "manualTimezone": ""}


def timezone_of(chosen: Mapping[str, str]) -> str:
    """The IANA name in what a profile says of time zones, "" for none."""
    automatic = chosen.get("useAutomaticTimezone", "true") == "true"
    return chosen.get("automaticTimezone" if automatic else "manualTimezone", "")


FIRST_NOTIFY_PROPS = {
    "channel": "true",
    "comments": "never",
    "desktop": "mention",
    "desktop_sound": "true",
    "email": "true",
    "first_name": "false",
    "mention_keys": "",
    "push": "mention",
    "push_status": "away",
}
"""How a new user is notified, until they say otherwise."""


class UnknownUser(NotFound):
    """Unable to find the user."""

    code = "user.unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user as stored; what of it others may see is decided where it is shown. Never holds a password."""

    id: str
    create_at: int
    update_at: int
    delete_at: int = 0
    username: str
    email: str
    email_verified: bool = False
    nickname: str = ""
    first_name: str = ""
    last_name: str = ""
    position: str = ""
    roles: str = "system_user"
    locale: str = "en"
    timezone: dict[str, str] = field(default_factory=dict[str, str])
    notify_props: dict[str, str] = field(default_factory=dict[str, str])
    props: dict[str, str] = field(default_factory=dict[str, str])
    last_password_update: int = 0
    last_picture_update: int = 0
    is_bot: bool = False
    bot_description: str = ""
    bot_owner_id: str = ""
    mfa_active: bool = False

    @property
    def is_active(self) -> bool:
        return self.delete_at == 0

    @property
    def is_guest(self) -> bool:
        return SYSTEM_GUEST in self.roles.split()

    @property
    def is_system_admin(self) -> bool:
        return SYSTEM_ADMIN in self.roles.split()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
