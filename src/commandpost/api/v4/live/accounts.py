"""Users, teams and preferences as WebSocket events."""

from collections.abc import Sequence

import msgspec

from commandpost.api.live import Translators
from commandpost.api.v4.shapes.teams import member_shape, team_shape
from commandpost.api.v4.shapes.users import public_user, whole_user
from commandpost.live.event import Audience, Frame
from commandpost.live.message import JoinedTeam, LeftTeam, Message, SystemRole
from commandpost.workspace.events import (
    PreferencesChanged,
    PreferencesDeleted,
    TeamDeleted,
    TeamJoined,
    TeamLeft,
    TeamRestored,
    TeamRolesChanged,
    TeamUpdated,
    UserCreated,
    UserRolesChanged,
    UserUpdated,
)
from commandpost.workspace.model.team import Team, TeamMember
from commandpost.workspace.model.who import SYSTEM_ADMIN


def user_created(fact: UserCreated) -> Sequence[Message]:
    """`new_user`, to all."""
    return [Frame.of("new_user", {"user_id": fact.user_id})]


def user_updated(fact: UserUpdated) -> Sequence[Message]:
    """`user_updated`: to the user whole, to all others as others may see them."""
    user_id = fact.user.id
    others = Audience(omit_users=frozenset({user_id}))
    return [
        Frame.of("user_updated", {"user": public_user(fact.user, fact.config)}, others),
        Frame.of("user_updated", {"user": whole_user(fact.user)}, Audience(user_id=user_id)),
    ]


def user_roles_changed(fact: UserRolesChanged) -> Sequence[Message]:
    """`user_role_updated`, to the user."""
    wire = {"user_id": fact.user_id, "roles": fact.roles}
    return [
        SystemRole(fact.user_id, is_admin=SYSTEM_ADMIN in fact.roles.split()),
        Frame.of("user_role_updated", wire, Audience(user_id=fact.user_id)),
    ]


def team_joined(fact: TeamJoined) -> Sequence[Message]:
    """`added_to_team`, to the user, who is in the team's audience from now on."""
    wire = {"team_id": fact.team_id, "user_id": fact.user_id}
    frame = Frame.of("added_to_team", wire, Audience(user_id=fact.user_id))
    return [JoinedTeam(fact.user_id, fact.team_id), frame]


def team_left(fact: TeamLeft) -> Sequence[Message]:
    """`leave_team`, to those who stay and to the user who left."""
    wire = {"team_id": fact.team_id, "user_id": fact.user_id}
    return [
        LeftTeam(fact.user_id, fact.team_id),
        Frame.of("leave_team", wire, Audience(team_id=fact.team_id)),
        Frame.of("leave_team", wire, Audience(user_id=fact.user_id)),
    ]


def team_roles_changed(fact: TeamRolesChanged) -> Sequence[Message]:
    """`memberrole_updated`, to the user."""
    member = TeamMember(team_id=fact.team_id, user_id=fact.user_id, roles=fact.roles)
    wire = {"member": _text(member_shape(member))}
    return [Frame.of("memberrole_updated", wire, Audience(user_id=fact.user_id))]


def team_updated(fact: TeamUpdated) -> Sequence[Message]:
    """`update_team`, to the team."""
    return [_team_frame("update_team", fact.team)]


def team_deleted(fact: TeamDeleted) -> Sequence[Message]:
    """`delete_team`, to the team."""
    return [_team_frame("delete_team", fact.team)]


def team_restored(fact: TeamRestored) -> Sequence[Message]:
    """`restore_team`, to the team."""
    return [_team_frame("restore_team", fact.team)]


def preferences_changed(fact: PreferencesChanged) -> Sequence[Message]:
    """`preferences_changed`, to the user's devices."""
    return [_preferences_frame("preferences_changed", fact)]


def preferences_deleted(fact: PreferencesDeleted) -> Sequence[Message]:
    """`preferences_deleted`, to the user's devices."""
    return [_preferences_frame("preferences_deleted", fact)]


def _team_frame(event: str, team: Team) -> Frame:
    return Frame.of(event, {"team": _text(team_shape(team))}, Audience(team_id=team.id))


def _preferences_frame(event: str, fact: PreferencesChanged | PreferencesDeleted) -> Frame:
    wire = [
        {"user_id": fact.user_id, "category": category, "name": name, "value": value}
        for category, name, value in fact.preferences
    ]
    return Frame.of(event, {"preferences": _text(wire)}, Audience(user_id=fact.user_id))


def _text(value: object) -> str:
    """JSON inside JSON, as clients expect it of most event data."""
    return msgspec.json.encode(value).decode()


TRANSLATORS: Translators = {
    UserCreated: user_created,
    UserUpdated: user_updated,
    UserRolesChanged: user_roles_changed,
    TeamJoined: team_joined,
    TeamLeft: team_left,
    TeamRolesChanged: team_roles_changed,
    TeamUpdated: team_updated,
    TeamDeleted: team_deleted,
    TeamRestored: team_restored,
    PreferencesChanged: preferences_changed,
    PreferencesDeleted: preferences_deleted,
}
