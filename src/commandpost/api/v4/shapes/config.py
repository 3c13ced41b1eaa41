"""The settings as API v4 shows them: nested for administrators, flat texts for clients."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from commandpost.workspace.model.config import Config, Value

VERSION = "5.31.7"
"""The release of Mattermost whose API v4 this server speaks."""

LARGEST_POST = 16383
_PLAYBOOK_CREATORS = "playbookcreators"
INCIDENTS_PLUGIN = "com.mattermost.plugin-incident-management"


class ServiceSettings(msgspec.Struct, kw_only=True):
    SiteURL: str | UnsetType | None = UNSET
    EnableTesting: bool | UnsetType | None = UNSET
    EnableDeveloper: bool | UnsetType | None = UNSET
    EnableUserAccessTokens: bool | UnsetType | None = UNSET
    EnablePostUsernameOverride: bool | UnsetType | None = UNSET
    EnablePostIconOverride: bool | UnsetType | None = UNSET
    EnableCommands: bool | UnsetType | None = UNSET
    EnableIncomingWebhooks: bool | UnsetType | None = UNSET
    EnableOutgoingWebhooks: bool | UnsetType | None = UNSET
    EnableBotAccountCreation: bool | UnsetType | None = UNSET
    OutgoingIntegrationRequestsTimeout: int | UnsetType | None = UNSET
    SessionLengthWebInHours: int | UnsetType | None = UNSET
    MaximumLoginAttempts: int | UnsetType | None = UNSET
    EnableMultifactorAuthentication: bool | UnsetType | None = UNSET
    EnforceMultifactorAuthentication: bool | UnsetType | None = UNSET
    AllowCorsFrom: str | UnsetType | None = UNSET
    AllowedUntrustedInternalConnections: str | UnsetType | None = UNSET


class TeamSettings(msgspec.Struct, kw_only=True):
    SiteName: str | UnsetType | None = UNSET
    EnableOpenServer: bool | UnsetType | None = UNSET
    EnableUserCreation: bool | UnsetType | None = UNSET
    EnableTeamCreation: bool | UnsetType | None = UNSET
    MaxUsersPerTeam: int | UnsetType | None = UNSET
    MaxChannelsPerTeam: int | UnsetType | None = UNSET


class PrivacySettings(msgspec.Struct, kw_only=True):
    ShowEmailAddress: bool | UnsetType | None = UNSET
    ShowFullName: bool | UnsetType | None = UNSET


class FileSettings(msgspec.Struct, kw_only=True):
    EnableFileAttachments: bool | UnsetType | None = UNSET
    MaxFileSize: int | UnsetType | None = UNSET


class PasswordSettings(msgspec.Struct, kw_only=True):
    MinimumLength: int | UnsetType | None = UNSET


class EmailSettings(msgspec.Struct, kw_only=True):
    """How mail is sent. The password is in the environment alone, neither shown nor changed here."""

    SMTPServer: str | UnsetType | None = UNSET
    SMTPPort: str | UnsetType | None = UNSET
    SMTPUsername: str | UnsetType | None = UNSET
    ConnectionSecurity: str | UnsetType | None = UNSET
    FeedbackEmail: str | UnsetType | None = UNSET
    FeedbackName: str | UnsetType | None = UNSET


class AuditSettings(msgspec.Struct, kw_only=True):
    """Ours alone: after how many days entries of the audit log go; 0 keeps them."""

    RetentionDays: int | UnsetType | None = UNSET


class SupportSettings(msgspec.Struct, kw_only=True):
    """`SecurityContact` is ours: whom `/.well-known/security.txt` names (`mailto:`, `https:`), if anybody."""

    SecurityContact: str | UnsetType | None = UNSET


class OpenIdSettings(msgspec.Struct, kw_only=True):
    """Signing in with OpenID Connect. The client's secret is in the environment alone.

    `Issuer`, `CreateAccounts` and `LinkByEmail` are ours.
    """

    Issuer: str | UnsetType | None = UNSET
    Id: str | UnsetType | None = UNSET
    Scope: str | UnsetType | None = UNSET
    ButtonText: str | UnsetType | None = UNSET
    CreateAccounts: bool | UnsetType | None = UNSET
    LinkByEmail: bool | UnsetType | None = UNSET


class PluginState(msgspec.Struct, kw_only=True):
    Enable: bool


class PluginSettings(msgspec.Struct, kw_only=True):
    """`Enable` is shown only: the product alone is switched, by its state.

    `Plugins` holds the product's own settings, by its id: `playbookcreators` is `members`, `team_admins` or
    `system_admins`.
    """

    Enable: bool | UnsetType | None = UNSET
    PluginStates: dict[str, PluginState] | UnsetType | None = UNSET
    Plugins: dict[str, dict[str, Any]] | UnsetType | None = UNSET


class ConfigShape(msgspec.Struct, kw_only=True):
    """Every setting, in Mattermost's sections. In a change, what is left out (or null) stays as it is."""

    service: ServiceSettings | UnsetType | None = msgspec.field(default=UNSET, name="ServiceSettings")
    team: TeamSettings | UnsetType | None = msgspec.field(default=UNSET, name="TeamSettings")
    privacy: PrivacySettings | UnsetType | None = msgspec.field(default=UNSET, name="PrivacySettings")
    file: FileSettings | UnsetType | None = msgspec.field(default=UNSET, name="FileSettings")
    password: PasswordSettings | UnsetType | None = msgspec.field(default=UNSET, name="PasswordSettings")
    email: EmailSettings | UnsetType | None = msgspec.field(default=UNSET, name="EmailSettings")
    audit: AuditSettings | UnsetType | None = msgspec.field(default=UNSET, name="AuditSettings")
    support: SupportSettings | UnsetType | None = msgspec.field(default=UNSET, name="SupportSettings")
    openid: OpenIdSettings | UnsetType | None = msgspec.field(default=UNSET, name="OpenIdSettings")
    plugin: PluginSettings | UnsetType | None = msgspec.field(default=UNSET, name="PluginSettings")


_PLACES: dict[str, tuple[str, str]] = {
    "site_url": ("ServiceSettings", "SiteURL"),
    "enable_testing": ("ServiceSettings", "EnableTesting"),
    "enable_developer": ("ServiceSettings", "EnableDeveloper"),
    "enable_user_access_tokens": ("ServiceSettings", "EnableUserAccessTokens"),
    "enable_post_username_override": ("ServiceSettings", "EnablePostUsernameOverride"),
    "enable_post_icon_override": ("ServiceSettings", "EnablePostIconOverride"),
    "enable_commands": ("ServiceSettings", "EnableCommands"),
    "enable_incoming_webhooks": ("ServiceSettings", "EnableIncomingWebhooks"),
    "enable_outgoing_webhooks": ("ServiceSettings", "EnableOutgoingWebhooks"),
    "enable_bot_account_creation": ("ServiceSettings", "EnableBotAccountCreation"),
    "outgoing_integration_requests_timeout": ("ServiceSettings", "OutgoingIntegrationRequestsTimeout"),
    "session_length_web_in_hours": ("ServiceSettings", "SessionLengthWebInHours"),
    "maximum_login_attempts": ("ServiceSettings", "MaximumLoginAttempts"),
    "enable_multifactor_authentication": ("ServiceSettings", "EnableMultifactorAuthentication"),
    "enforce_multifactor_authentication": ("ServiceSettings", "EnforceMultifactorAuthentication"),
    "allow_cors_from": ("ServiceSettings", "AllowCorsFrom"),
    "allowed_untrusted_internal_connections": ("ServiceSettings", "AllowedUntrustedInternalConnections"),
    "site_name": ("TeamSettings", "SiteName"),
    "enable_open_server": ("TeamSettings", "EnableOpenServer"),
    "enable_user_creation": ("TeamSettings", "EnableUserCreation"),
    "enable_team_creation": ("TeamSettings", "EnableTeamCreation"),
    "max_users_per_team": ("TeamSettings", "MaxUsersPerTeam"),
    "max_channels_per_team": ("TeamSettings", "MaxChannelsPerTeam"),
    "show_email_address": ("PrivacySettings", "ShowEmailAddress"),
    "show_full_name": ("PrivacySettings", "ShowFullName"),
    "enable_file_attachments": ("FileSettings", "EnableFileAttachments"),
    "max_file_size": ("FileSettings", "MaxFileSize"),
    "minimum_password_length": ("PasswordSettings", "MinimumLength"),
    "smtp_server": ("EmailSettings", "SMTPServer"),
    "smtp_port": ("EmailSettings", "SMTPPort"),
    "smtp_username": ("EmailSettings", "SMTPUsername"),
    "connection_security": ("EmailSettings", "ConnectionSecurity"),
    "feedback_email": ("EmailSettings", "FeedbackEmail"),
    "feedback_name": ("EmailSettings", "FeedbackName"),
    "audit_retention_days": ("AuditSettings", "RetentionDays"),
    "security_contact": ("SupportSettings", "SecurityContact"),
    "oidc_issuer": ("OpenIdSettings", "Issuer"),
    "oidc_client_id": ("OpenIdSettings", "Id"),
    "oidc_scope": ("OpenIdSettings", "Scope"),
    "oidc_button_text": ("OpenIdSettings", "ButtonText"),
    "oidc_create_accounts": ("OpenIdSettings", "CreateAccounts"),
    "oidc_link_by_email": ("OpenIdSettings", "LinkByEmail"),
}
"""Where each setting stands in Mattermost's sections."""


def config_shape(config: Config) -> ConfigShape:
    """The settings as an administrator sees them."""
    sections: dict[str, dict[str, Value]] = {}
    for name, (section, key) in _PLACES.items():
        sections.setdefault(section, {})[key] = getattr(config, name)
    shape = msgspec.convert(sections, ConfigShape)
    shape.plugin = PluginSettings(
        Enable=True,
        PluginStates={INCIDENTS_PLUGIN: PluginState(Enable=config.incidents_enabled)},
        Plugins={INCIDENTS_PLUGIN: {_PLAYBOOK_CREATORS: config.playbook_creators}},
    )
    return shape


def changes_in(shape: ConfigShape) -> dict[str, Value]:
    """What a change asks for, by the settings' names in `Config`."""
    wanted: Mapping[str, Mapping[str, Value | None]] = {
        section: {key: value for key, value in content.items() if value is not None}
        for section, content in msgspec.to_builtins(shape).items()
        if content is not None
    }
    changes: dict[str, Value] = {}
    for name, (section, key) in _PLACES.items():
        value = wanted.get(section, {}).get(key)
        if value is not None:
            changes[name] = value
    plugins = shape.plugin
    if plugins and plugins.PluginStates and (state := plugins.PluginStates.get(INCIDENTS_PLUGIN)):
        changes["incidents_enabled"] = state.Enable
    if (
        plugins
        and plugins.Plugins
        and _PLAYBOOK_CREATORS in (own := plugins.Plugins.get(INCIDENTS_PLUGIN, {}))
    ):
        changes["playbook_creators"] = own[_PLAYBOOK_CREATORS]
    return changes


def _word(value: bool) -> str:
    return "true" if value else "false"


def client_config_before_log_in(config: Config, *, has_people: bool) -> dict[str, str]:
    """What a client must know to show its log-in page, or that of the first account."""
    return {
        "Version": VERSION,
        "BuildNumber": VERSION,
        "BuildDate": "",
        "BuildHash": "",
        "BuildHashEnterprise": "",
        "BuildEnterpriseReady": "false",
        "NoAccounts": _word(not has_people),
        "SiteURL": config.site_url,
        "SiteName": config.site_name,
        "EnableSignInWithEmail": "true",
        "EnableSignInWithUsername": "true",
        "EnableSignUpWithEmail": _word(config.enable_user_creation),
        "EnableOpenServer": _word(config.enable_open_server),
        "EnableUserCreation": _word(config.enable_user_creation),
        "EnableGuestAccounts": "true",
        "EnableLdap": "false",
        "EnableSaml": "false",
        "EnableSignUpWithOpenId": _word(config.has_openid),
        "OpenIdButtonText": config.oidc_button_text,
        "OpenIdButtonColor": "",
        "EnableMultifactorAuthentication": _word(config.enable_multifactor_authentication),
        "EnforceMultifactorAuthentication": _word(config.is_two_factor_enforced),
        "EnableDiagnostics": "false",
        "EnableCustomBrand": "false",
        "EnableCustomEmoji": "false",
        "HasImageProxy": "false",
        "PluginsEnabled": "true",
        "PasswordMinimumLength": str(config.minimum_password_length),
        "PasswordRequireLowercase": "false",
        "PasswordRequireUppercase": "false",
        "PasswordRequireNumber": "false",
        "PasswordRequireSymbol": "false",
        "DefaultClientLocale": "en",
        "DefaultServerLocale": "en",
        "AvailableLocales": "en",
        "WebsocketURL": "",
        "WebsocketPort": "80",
        "WebsocketSecurePort": "443",
        "DiagnosticId": config.diagnostic_id,
        "TelemetryId": config.diagnostic_id,
    }


def client_config(config: Config) -> dict[str, str]:
    """Everything a signed-in client needs to know; all values are texts."""
    return {
        **client_config_before_log_in(config, has_people=True),
        "EnableTesting": _word(config.enable_testing),
        "EnableDeveloper": _word(config.enable_developer),
        "EnableTeamCreation": _word(config.enable_team_creation),
        "MaxUsersPerTeam": str(config.max_users_per_team),
        "MaxChannelsPerTeam": str(config.max_channels_per_team),
        "TeammateNameDisplay": "username",
        "LockTeammateNameDisplay": "false",
        "ShowEmailAddress": _word(config.show_email_address),
        "ShowFullName": _word(config.show_full_name),
        "EnableFileAttachments": _word(config.enable_file_attachments),
        "EnableMobileFileUpload": _word(config.enable_file_attachments),
        "EnableMobileFileDownload": _word(config.enable_file_attachments),
        "EnablePublicLink": "false",
        "MaxFileSize": str(config.max_file_size),
        "MaxPostSize": str(LARGEST_POST),
        "PostEditTimeLimit": "-1",
        "PostPriority": "false",
        "EnableChannelViewedMessages": "true",
        "EnableUserStatuses": "true",
        "EnableUserTypingMessages": "true",
        "TimeBetweenUserTypingUpdatesMilliseconds": "5000",
        "ExperimentalViewArchivedChannels": "true",
        "ExperimentalEnablePostMetadata": "true",
        "ExperimentalEnableDefaultChannelLeaveJoinMessages": "true",
        "ExperimentalTimezone": "true",
        "RestrictDirectMessage": "any",
        "EnableIncomingWebhooks": _word(config.enable_incoming_webhooks),
        "EnableOutgoingWebhooks": _word(config.enable_outgoing_webhooks),
        "EnableCommands": _word(config.enable_commands),
        "EnableOAuthServiceProvider": "false",
        "EnableUserAccessTokens": _word(config.enable_user_access_tokens),
        "EnableBotAccountCreation": _word(config.enable_bot_account_creation),
        "EnablePostUsernameOverride": _word(config.enable_post_username_override),
        "EnablePostIconOverride": _word(config.enable_post_icon_override),
        "EnableEmojiPicker": "true",
        "EnableGifPicker": "false",
        "EnableLinkPreviews": "false",
        "EnableLatex": "false",
        "EnableTutorial": "false",
        "EnableOnboardingFlow": "false",
        "EnablePreviewFeatures": "true",
        "EnableSVGs": "false",
        "CollapsedThreads": "disabled",
        "ThreadAutoFollow": "true",
        "FeatureFlagWebSocketEventScope": "false",
        "SendEmailNotifications": "false",
        "SendPushNotifications": "false",
        "RequireEmailVerification": "false",
        "EnableThemeSelection": "true",
        "AllowCustomThemes": "true",
        "DataRetentionEnableMessageDeletion": "false",
        "DataRetentionEnableFileDeletion": "false",
        "PlaybookCreators": config.playbook_creators,
    }
