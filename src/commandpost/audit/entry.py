"""An entry of the audit log, and the deeds that are in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What was done. The word before the dot says what kind of thing it was done to."""

    SESSION_STARTED = "session.started"
    SESSION_REFUSED = "session.refused"
    SESSION_LOCKED = "session.locked"
    SESSIONS_ENDED = "session.ended"
    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    USER_PASSWORD_CHANGED = "user.password_changed"
    USER_PASSWORD_RESET_ASKED = "user.password_reset_asked"
    USER_ROLES_CHANGED = "user.roles_changed"
    USER_TWO_FACTOR_ACTIVATED = "user.two_factor_activated"
    USER_TWO_FACTOR_DEACTIVATED = "user.two_factor_deactivated"
    USER_OPENID_LINKED = "user.openid_linked"
    USER_DEACTIVATED = "user.deactivated"
    USER_REACTIVATED = "user.reactivated"
    TOKEN_CREATED = "token.created"
    TOKEN_REVOKED = "token.revoked"
    TOKEN_DISABLED = "token.disabled"
    TOKEN_ENABLED = "token.enabled"
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    TEAM_ARCHIVED = "team.archived"
    TEAM_RESTORED = "team.restored"
    TEAM_MEMBER_ADDED = "team.member_added"
    TEAM_MEMBER_REMOVED = "team.member_removed"
    TEAM_MEMBER_ROLES_CHANGED = "team.member_roles_changed"
    CHANNEL_CREATED = "channel.created"
    CHANNEL_CHANGED = "channel.changed"
    CHANNEL_CONVERTED = "channel.converted"
    CHANNEL_ARCHIVED = "channel.archived"
    CHANNEL_RESTORED = "channel.restored"
    CHANNEL_MEMBER_ADDED = "channel.member_added"
    CHANNEL_MEMBER_REMOVED = "channel.member_removed"
    CHANNEL_MEMBER_ROLES_CHANGED = "channel.member_roles_changed"
    CHANNEL_EXPORTED = "channel.exported"
    POST_CHANGED = "post.changed"
    POST_DELETED = "post.deleted"
    CONFIG_CHANGED = "config.changed"
    INTEGRATION_CHANGED = "integration.changed"
    COMMAND_CREATED = "command.created"
    COMMAND_CHANGED = "command.changed"
    COMMAND_DELETED = "command.deleted"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_DELETED = "webhook.deleted"
    ALERT_SOURCE_CREATED = "alert_source.created"
    ALERT_SOURCE_CHANGED = "alert_source.changed"
    ALERT_SOURCE_DELETED = "alert_source.deleted"
    PLAYBOOK_CREATED = "playbook.created"
    PLAYBOOK_CHANGED = "playbook.changed"
    PLAYBOOK_DELETED = "playbook.deleted"
    PLAYBOOK_RESTORED = "playbook.restored"
    PLAYBOOK_SUBSCRIBED = "playbook.subscribed"
    PROPOSAL_ACCEPTED = "proposal.accepted"
    PROPOSAL_DECLINED = "proposal.declined"
    PROPOSAL_UNDONE = "proposal.undone"
    FOLLOW_UP_TICKETED = "follow_up.ticketed"
    INCIDENT_STARTED = "incident.started"
    INCIDENT_ENDED = "incident.ended"
    INCIDENT_RESTARTED = "incident.restarted"
    INCIDENT_EXPORTED = "incident.exported"
    INCIDENT_IMPORTED = "incident.imported"
    INCIDENT_COMMANDER_CHANGED = "incident.commander_changed"
    AUDIT_EXPORTED = "audit.exported"
    SECRETS_ROTATED = "secrets.rotated"
    BACKUP_MADE = "backup.made"
    BACKUP_RESTORED = "backup.restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed. `number` counts up; ids are "" where there is none: nobody signed in, nothing in particular.

    `before` and `after` hold what of the thing was changed.
    """

    deed: str
    subject_id: str = ""
    actor_id: str = ""
    session_id: str = ""
    address: str = ""
    at: int = 0
    number: int = 0
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])
    after: Mapping[str, Any] = field(default_factory=dict[str, Any])
