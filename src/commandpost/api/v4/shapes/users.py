"""A user as v4 sends it: all of it to oneself and administrators, less to others."""

import msgspec

from commandpost.workspace.model.config import Config
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who


class UserShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A user; fields with a default are left out when they are empty."""

    id: str
    create_at: int = 0
    update_at: int = 0
    delete_at: int
    username: str
    auth_data: str | None = None
    auth_service: str
    email: str
    email_verified: bool = False
    nickname: str
    first_name: str
    last_name: str
    position: str
    roles: str
    props: dict[str, str] = {}
    notify_props: dict[str, str] = {}
    last_password_update: int = 0
    last_picture_update: int = 0
    locale: str
    timezone: dict[str, str]
    is_bot: bool = False
    bot_description: str = ""
    disable_welcome_email: bool
    mfa_active: bool = False


def whole_user(user: User) -> UserShape:
    """A user as they see themselves."""
    return UserShape(
        id=user.id,
        create_at=user.create_at,
        update_at=user.update_at,
        delete_at=user.delete_at,
        username=user.username,
        auth_data="",
        auth_service="",
        email=user.email,
        email_verified=user.email_verified,
        nickname=user.nickname,
        first_name=user.first_name,
        last_name=user.last_name,
        position=user.position,
        roles=user.roles,
        props=user.props,
        notify_props=user.notify_props,
        last_password_update=user.last_password_update,
        last_picture_update=user.last_picture_update,
        locale=user.locale,
        timezone=user.timezone,
        is_bot=user.is_bot,
        bot_description=user.bot_description,
        disable_welcome_email=False,
        mfa_active=user.mfa_active,
    )


def public_user(user: User, config: Config) -> UserShape:
    """A user as others see them: without settings, and e-mail and full name as privacy says."""
    return UserShape(
        id=user.id,
        create_at=user.create_at,
        update_at=user.update_at,
        delete_at=user.delete_at,
        username=user.username,
        auth_service="",
        email=user.email if config.show_email_address else "",
        nickname=user.nickname,
        first_name=user.first_name if config.show_full_name else "",
        last_name=user.last_name if config.show_full_name else "",
        position=user.position,
        roles=user.roles,
        props=user.props,
        last_picture_update=user.last_picture_update,
        locale=user.locale,
        timezone=user.timezone,
        is_bot=user.is_bot,
        bot_description=user.bot_description,
        disable_welcome_email=False,
    )


def user_for(who: Who, user: User, config: Config) -> UserShape:
    """A user as the caller may see them."""
    if who.user_id == user.id or who.is_system_admin:
        return whole_user(user)
    return public_user(user, config)


def users_for(who: Who, users: list[User], config: Config) -> list[UserShape]:
    """Users as the caller may see them."""
    return [user_for(who, user, config) for user in users]
