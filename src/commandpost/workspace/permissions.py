"""Who may do what in the chat: one table of roles, and one question.

The reduced form of Mattermost's roles: a session's permissions somewhere are those of its system, team and
channel roles together; `system_admin` has all of them.
"""

from enum import StrEnum

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.model.who import Who


class Permission(StrEnum):
    """Named as on the wire."""

    MANAGE_SYSTEM = "manage_system"
    CREATE_TEAM = "create_team"
    LIST_PUBLIC_TEAMS = "list_public_teams"
    JOIN_PUBLIC_TEAMS = "join_public_teams"
    VIEW_MEMBERS = "view_members"
    CREATE_DIRECT_CHANNEL = "create_direct_channel"
    CREATE_GROUP_CHANNEL = "create_group_channel"
    CREATE_USER_ACCESS_TOKEN = "create_user_access_token"
    READ_USER_ACCESS_TOKEN = "read_user_access_token"
    REVOKE_USER_ACCESS_TOKEN = "revoke_user_access_token"
    CREATE_POST_EPHEMERAL = "create_post_ephemeral"
    VIEW_TEAM = "view_team"
    LIST_TEAM_CHANNELS = "list_team_channels"
    JOIN_PUBLIC_CHANNELS = "join_public_channels"
    READ_PUBLIC_CHANNEL = "read_public_channel"
    CREATE_PUBLIC_CHANNEL = "create_public_channel"
    CREATE_PRIVATE_CHANNEL = "create_private_channel"
    INVITE_USER = "invite_user"
    ADD_USER_TO_TEAM = "add_user_to_team"
    MANAGE_TEAM = "manage_team"
    MANAGE_TEAM_ROLES = "manage_team_roles"
    MANAGE_SLASH_COMMANDS = "manage_slash_commands"
    MANAGE_OTHERS_SLASH_COMMANDS = "manage_others_slash_commands"
    MANAGE_INCOMING_WEBHOOKS = "manage_incoming_webhooks"
    MANAGE_OTHERS_INCOMING_WEBHOOKS = "manage_others_incoming_webhooks"
    MANAGE_OUTGOING_WEBHOOKS = "manage_outgoing_webhooks"
    MANAGE_OTHERS_OUTGOING_WEBHOOKS = "manage_others_outgoing_webhooks"
    REMOVE_USER_FROM_TEAM = "remove_user_from_team"
    DELETE_OTHERS_POSTS = "delete_others_posts"
    EDIT_OTHERS_POSTS = "edit_others_posts"
    CONVERT_PUBLIC_CHANNEL_TO_PRIVATE = "convert_public_channel_to_private"
    READ_CHANNEL = "read_channel"
    CREATE_POST = "create_post"
    EDIT_POST = "edit_post"
    DELETE_POST = "delete_post"
    ADD_REACTION = "add_reaction"
    REMOVE_REACTION = "remove_reaction"
    REMOVE_OTHERS_REACTIONS = "remove_others_reactions"
    UPLOAD_FILE = "upload_file"
    USE_SLASH_COMMANDS = "use_slash_commands"
    USE_CHANNEL_MENTIONS = "use_channel_mentions"
    MANAGE_PUBLIC_CHANNEL_MEMBERS = "manage_public_channel_members"
    MANAGE_PRIVATE_CHANNEL_MEMBERS = "manage_private_channel_members"
    MANAGE_PUBLIC_CHANNEL_PROPERTIES = "manage_public_channel_properties"
    MANAGE_PRIVATE_CHANNEL_PROPERTIES = "manage_private_channel_properties"
    DELETE_PUBLIC_CHANNEL = "delete_public_channel"
    DELETE_PRIVATE_CHANNEL = "delete_private_channel"
    MANAGE_CHANNEL_ROLES = "manage_channel_roles"


_P = Permission

_CHANNEL_GUEST = frozenset(
    {
        _P.READ_CHANNEL,
        _P.CREATE_POST,
        _P.EDIT_POST,
        _P.DELETE_POST,
        _P.ADD_REACTION,
        _P.REMOVE_REACTION,
        _P.UPLOAD_FILE,
        _P.USE_SLASH_COMMANDS,
        _P.USE_CHANNEL_MENTIONS,
    }
)
_CHANNEL_USER = _CHANNEL_GUEST | {
    _P.MANAGE_PUBLIC_CHANNEL_MEMBERS,
    _P.MANAGE_PRIVATE_CHANNEL_MEMBERS,
    _P.MANAGE_PUBLIC_CHANNEL_PROPERTIES,
    _P.MANAGE_PRIVATE_CHANNEL_PROPERTIES,
    _P.DELETE_PUBLIC_CHANNEL,
    _P.DELETE_PRIVATE_CHANNEL,
}
_TEAM_USER = frozenset(
    {
        _P.VIEW_TEAM,
        _P.LIST_TEAM_CHANNELS,
        _P.JOIN_PUBLIC_CHANNELS,
        _P.READ_PUBLIC_CHANNEL,
        _P.CREATE_PUBLIC_CHANNEL,
        _P.CREATE_PRIVATE_CHANNEL,
        _P.INVITE_USER,
        _P.ADD_USER_TO_TEAM,
    }
)
_TEAM_ADMIN = frozenset(
    {
        _P.MANAGE_TEAM,
        _P.MANAGE_TEAM_ROLES,
        _P.MANAGE_CHANNEL_ROLES,
        _P.MANAGE_SLASH_COMMANDS,
        _P.MANAGE_OTHERS_SLASH_COMMANDS,
        _P.MANAGE_INCOMING_WEBHOOKS,
        _P.MANAGE_OTHERS_INCOMING_WEBHOOKS,
        _P.MANAGE_OUTGOING_WEBHOOKS,
        _P.MANAGE_OTHERS_OUTGOING_WEBHOOKS,
        _P.REMOVE_USER_FROM_TEAM,
        _P.DELETE_OTHERS_POSTS,
        _P.CONVERT_PUBLIC_CHANNEL_TO_PRIVATE,
    }
)
_SYSTEM_USER = frozenset(
    {
        _P.CREATE_DIRECT_CHANNEL,
        _P.CREATE_GROUP_CHANNEL,
        _P.VIEW_MEMBERS,
        _P.LIST_PUBLIC_TEAMS,
        _P.JOIN_PUBLIC_TEAMS,
        _P.CREATE_TEAM,
    }
)

ROLES: dict[str, frozenset[Permission]] = {
    "system_admin": frozenset(Permission),
    "system_user": _SYSTEM_USER,
    "system_guest": frozenset({_P.CREATE_DIRECT_CHANNEL, _P.CREATE_GROUP_CHANNEL}),
    "system_user_access_token": frozenset(
        {_P.CREATE_USER_ACCESS_TOKEN, _P.READ_USER_ACCESS_TOKEN, _P.REVOKE_USER_ACCESS_TOKEN}
    ),
    "system_post_all": frozenset({_P.CREATE_POST}),
    "system_post_all_public": frozenset({_P.CREATE_POST}),
    "team_user": _TEAM_USER,
    "team_admin": _TEAM_ADMIN,
    "team_guest": frozenset({_P.VIEW_TEAM}),
    "channel_user": _CHANNEL_USER,
    "channel_admin": frozenset({_P.MANAGE_CHANNEL_ROLES}),
    "channel_guest": _CHANNEL_GUEST,
}
"""What each role grants, by role name. A name not in here grants nothing."""


def may(who: Who, permission: Permission, *roles: str) -> bool:
    """Whether a user has a permission where they hold `roles` (space separated names, system roles implied).

    Hand in the roles of the membership that the thing asked for lies in: the team's, and the channel's.
    """
    if who.is_system_admin:
        return True
    held = (*who.roles, *(name for names in roles for name in names.split()))
    return any(permission in ROLES.get(name, ()) for name in held)


def permit(who: Who, permission: Permission, *roles: str) -> None:
    """Refuse with Forbidden unless `may`."""
    if not may(who, permission, *roles):
        raise Forbidden


def permit_self_or_admin(who: Who, user_id: str) -> None:
    """Refuse with Forbidden unless it is about the caller, or the caller is a system administrator."""
    if who.user_id != user_id:
        permit(who, Permission.MANAGE_SYSTEM)
