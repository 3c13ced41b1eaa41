"""The settings an administrator can change while the server runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeAlias

from commandpost.kernel.errors import Invalid
from commandpost.kernel.text import is_storable
from commandpost.settings import PREFIX, flag, number
from commandpost.workspace.model.sign_up import email_of
from commandpost.workspace.model.web_address import is_private_to_us, is_web_address

Value: TypeAlias = str | int | bool

_LONGEST_TEXT = 2000
_LARGEST_NUMBER = 2**40
_LEAST = {
    "max_users_per_team": 1,
    "max_channels_per_team": 1,
    "max_file_size": 1,
    "session_length_web_in_hours": 1,
    "minimum_password_length": 5,
    "maximum_login_attempts": 1,
    "outgoing_integration_requests_timeout": 1,
}
_MOST = {"minimum_password_length": 64, "outgoing_integration_requests_timeout": 300}
_CONTACT = re.compile(r"(?:mailto:[^\s@]+@|https://)[^\s@]+")
_CHOICES = {
    "playbook_creators": ("members", "team_admins", "system_admins"),
    "connection_security": ("", "STARTTLS", "TLS"),
}
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_HIGHEST_PORT = 65535


class BadSetting(Invalid):
    """That value cannot be used for this setting."""

    code = "config.value"


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
    enable_incoming_webhooks: bool = True
    enable_outgoing_webhooks: bool = True
    enable_bot_account_creation: bool = True
    outgoing_integration_requests_timeout: int = 30
    enable_open_server: bool = False
    enable_user_creation: bool = True
    enable_team_creation: bool = True
    max_users_per_team: int = 5000
    max_channels_per_team: int = 1_000_000
    show_email_address: bool = True
    show_full_name: bool = True
    enable_file_attachments: bool = True
    max_file_size: int = 52_428_800
    session_length_web_in_hours: int = 720
    minimum_password_length: int = 8
    maximum_login_attempts: int = 10
    enable_multifactor_authentication: bool = True
    enforce_multifactor_authentication: bool = False
    allow_cors_from: str = ""
    allowed_untrusted_internal_connections: str = ""
    smtp_server: str = ""
    smtp_port: str = "25"
    smtp_username: str = ""
    connection_security: str = ""
    feedback_email: str = ""
    feedback_name: str = ""
    incidents_enabled: bool = True
    audit_retention_days: int = 0
    playbook_creators: str = "members"
    security_contact: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_scope: str = "openid profile email"
    oidc_button_text: str = ""
    oidc_create_accounts: bool = False
    oidc_link_by_email: bool = False
    diagnostic_id: str = ""

    @property
    def is_two_factor_enforced(self) -> bool:
        return self.enable_multifactor_authentication and self.enforce_multifactor_authentication

    @property
    def has_openid(self) -> bool:
        """Whether people can sign in through a provider of OpenID Connect."""
        return bool(self.oidc_issuer and self.oidc_client_id and self.site_url)


def variables() -> dict[str, str]:
    """The environment variable that gives each setting its starting value, by the setting's name here."""
    return {
        setting.name: PREFIX + setting.name.upper()
        for setting in fields(Config)
        if setting.name != "diagnostic_id"
    }


def config_from(environment: Mapping[str, str]) -> Config:
    """The starting values. Raises kernel.errors.Invalid for values that cannot be used."""
    given: dict[str, Value] = {}
    for name, variable in variables().items():
        match getattr(_DEFAULTS, name):
            case bool() as default:
                given[name] = flag(environment, variable, default=default)
            case int() as default:
                given[name] = number(environment, variable, default)
            case default:
                given[name] = environment.get(variable, "") or default
    return adjusted(_DEFAULTS, given)


def adjusted(config: Config, changes: Mapping[str, object]) -> Config:
    """The settings with some of them changed; names of settings that are no more are passed over.

    Raises BadSetting for a value of the wrong type or outside its bounds.
    """
    known = {name: value for name, value in changes.items() if hasattr(_DEFAULTS, name)}
    for name, value in known.items():
        _check(name, value)
    return replace(config, **known)  # pyright: ignore[reportArgumentType] -- checked against the default's type


def _check(name: str, value: object) -> None:
    if type(value) is not type(getattr(_DEFAULTS, name)):
        raise BadSetting(f"The setting {name} cannot be {value!r}.")
    match value:
        case bool():
            return
        case int():
            if not _LEAST.get(name, 0) <= value <= _MOST.get(name, _LARGEST_NUMBER):
                raise BadSetting(f"The setting {name} cannot be {value}.")
        case _:
            text = str(value)
            if len(text) > _LONGEST_TEXT:
                raise BadSetting(f"The setting {name} is too long.")
            choices = _CHOICES.get(name)
            if choices and text not in choices:
                raise BadSetting(f"The setting {name} must be one of {', '.join(choices)}, not {text!r}.")
            _check_for_mail(name, text)
            if name == "site_url" and text and not is_web_address(text):
                raise BadSetting("The site URL must begin with http:// or https:// and name a host.")
            if name == "security_contact" and text and not _CONTACT.fullmatch(text):
                raise BadSetting("The security contact must be a mailto: or https: address.")
            _check_for_openid(name, text)


def _check_for_mail(name: str, text: str) -> None:
    """What would spoil a mail's head, or lead nowhere."""
    match name:
        case "smtp_port" if not (_PORT.fullmatch(text) and int(text) <= _HIGHEST_PORT):
            raise BadSetting(
                f"The mail server's port must lie between 1 and {_HIGHEST_PORT}, not be {text!r}."
            )
        case "feedback_email" if text:
            email_of(text)
        case "feedback_name" | "smtp_server" if not is_storable(text) or "\n" in text:
            raise BadSetting(f"The setting {name} must be on one line.")
        case _:
            return


def _check_for_openid(name: str, text: str) -> None:
    """What would send secrets over the network in the clear, or spoil an address."""
    match name:
        case "oidc_issuer" if text and not (is_web_address(text) and is_private_to_us(text)):
            raise BadSetting(
                "The OpenID issuer must be an https: address, or an http: one on this same machine."
            )
        case "oidc_scope" if "openid" not in text.split():
            raise BadSetting("The scope of OpenID must hold the word openid.")
        case "oidc_client_id" | "oidc_button_text" if not is_storable(text) or "\n" in text:
            raise BadSetting(f"The setting {name} must be on one line.")
        case _:
            return


_DEFAULTS = Config()
