"""A team, membership of it, and the rules for its name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from commandpost.kernel.errors import Invalid, NotFound
from commandpost.kernel.text import is_storable

MAX_DISPLAY_NAME = 64
MAX_DESCRIPTION = 255
MAX_ALLOWED_DOMAINS = 500
MAX_EMAIL = 128

RESERVED_NAMES = frozenset(
    {"admin", "api", "channel", "claim", "error", "files", "help", "landing", "login", "oauth", "plug",
     "plugins", "post", "select_team", "signup", "boards", "playbooks", "create_team", "console"}
)  # fmt: skip
"""First parts of addresses that belong to the web app or the server."""

_NAME = re.compile(r"[a-z0-9]+(-*[a-z0-9]+)*\Z")


class TeamType(StrEnum):
    """As on the wire."""

    OPEN = "O"
    INVITE = "I"


class UnknownTeam(NotFound):
    """Unable to find the team."""

    code = "team.unknown"


class BadTeamName(Invalid):
    """Name must be 2 or more lowercase alphanumeric characters, up to 64, with dashes between them."""

    code = "team.bad_name"


class ReservedTeamName(Invalid):
    """This URL is unavailable. Please try another."""

    code = "team.reserved_name"


class BadTeamDisplayName(Invalid):
    """Invalid display name: it needs 1 to 64 characters."""

    code = "team.bad_display_name"


class BadTeamType(Invalid):
    """Invalid type: a team is "O" (open) or "I" (by invitation)."""

    code = "team.bad_type"


class BadTeamDescription(Invalid):
    """Invalid description: it may have up to 255 characters."""

    code = "team.bad_description"


class BadAllowedDomains(Invalid):
    """Invalid allowed domains: up to 500 characters, separated by commas."""

    code = "team.bad_allowed_domains"


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

    @property
    def is_archived(self) -> bool:
        return self.delete_at > 0

    def checked(self) -> "Team":
        """The team, if it may be so.

        Raises BadTeamName, BadTeamDisplayName, BadTeamType, BadTeamDescription, BadAllowedDomains.
        """
        if not 1 <= len(self.display_name) <= MAX_DISPLAY_NAME or not is_storable(self.display_name):
            raise BadTeamDisplayName
        if self.type not in (TeamType.OPEN, TeamType.INVITE):
            raise BadTeamType
        if len(self.description) > MAX_DESCRIPTION:
            raise BadTeamDescription
        if len(self.allowed_domains) > MAX_ALLOWED_DOMAINS:
            raise BadAllowedDomains
        return self

    def admits(self, email: str) -> bool:
        """Whether an e-mail address belongs to one of the allowed domains, if any are named."""
        domains = {d.strip().lower().lstrip("@") for d in re.split(r"[,\s]+", self.allowed_domains) if d}
        return not domains or email.rpartition("@")[2].lower() in domains


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Membership of a team; `roles` is space separated: team_user, team_admin, team_guest."""

    team_id: str
    user_id: str
    roles: str
    delete_at: int = 0


def team_name_of(text: str) -> str:
    """The name as stored. Raises BadTeamName, ReservedTeamName."""
    name = text.strip().lower()
    if not 2 <= len(name) <= 64 or not _NAME.match(name):
        raise BadTeamName
    if name in RESERVED_NAMES:
        raise ReservedTeamName
    return name
