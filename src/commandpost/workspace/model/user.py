"""A person or a bot."""

from dataclasses import dataclass, field


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

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
