"""A team, and membership of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team: `type` is "O" (open) or "I" (by invitation)."""

    id: str
    create_at: int
    update_at: int
    delete_at: int = 0
    display_name: str
    name: str
    description: str = ""
    email: str = ""
    type: str = "O"
    company_name: str = ""
    allowed_domains: str = ""
    invite_id: str = ""
    allow_open_invite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Membership of a team; `roles` is space separated: team_user, team_admin, team_guest."""

    team_id: str
    user_id: str
    roles: str
    delete_at: int = 0
