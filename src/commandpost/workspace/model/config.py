"""The settings an administrator can change while the server runs."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from commandpost.settings import PREFIX, flag, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Present settings: the environment's values, overlaid by what was changed over the API."""

    site_url: str = ""
    site_name: str = "Command Post"
    enable_testing: bool = False
    enable_developer: bool = False
    enable_user_access_tokens: bool = True
    enable_post_username_override: bool = True
    enable_post_icon_override: bool = True
    enable_commands: bool = True
    enable_open_server: bool = False
    enable_user_creation: bool = True
    enable_team_creation: bool = True
    max_users_per_team: int = 5000
    max_channels_per_team: int = 20000
    show_email_address: bool = True
    show_full_name: bool = True
    enable_file_attachments: bool = True
    max_file_size: int = 52_428_800
    session_length_web_in_hours: int = 720
    minimum_password_length: int = 8
    maximum_login_attempts: int = 10
    allow_cors_from: str = ""
    incidents_enabled: bool = True


def variables() -> dict[str, str]:
    """The environment variable that gives each setting its starting value, by the setting's name here."""
    return {setting.name: PREFIX + setting.name.upper() for setting in fields(Config)}


def config_from(environment: Mapping[str, str]) -> Config:
    """The starting values. Raises kernel.errors.Invalid for values that cannot be used."""
    given: dict[str, str | int | bool] = {}
    for setting in fields(Config):
        name, default = PREFIX + setting.name.upper(), setting.default
        match default:
            case bool():
                given[setting.name] = flag(environment, name, default=default)
            case int():
                given[setting.name] = number(environment, name, default)
            case _:
                given[setting.name] = environment.get(name, "") or str(default)
    return Config(**given)  # pyright: ignore[reportArgumentType] -- each value has its default's type
