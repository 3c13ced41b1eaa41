"""Who may do what: one table, denied by default.

A standing is what somebody is to the thing at hand, worked out from the chat's facts by
`actions.standing`; an act is what they want to do with it.
"""

from enum import Enum, auto

from commandpost.incidents.model.playbook import PlaybookCreators
from commandpost.kernel.errors import Forbidden


class NotAuthorized(Forbidden):
    """Not authorized"""

    code = "incidents.not_authorized"


class Standing(Enum):
    """What somebody is to a team, an incident or a playbook."""

    TEAM_MEMBER = auto()
    """Sees the team: a member who is not a guest."""
    TEAM_LEAD = auto()
    """A member who manages the team."""
    TEAM_ADMIN = auto()
    """A system admin, towards a team."""
    TEAM_STRANGER = auto()
    """A guest of the team, or no member at all."""

    INCIDENT_MEMBER = auto()
    """A member of the incident's channel."""
    INCIDENT_GUEST = auto()
    """A member of the incident's channel who does not see its team."""
    INCIDENT_LISTENER = auto()
    """A member of the incident's channel who may not post there."""
    INCIDENT_ONLOOKER = auto()
    """Sees the team of an incident whose channel is public, but is not in the channel."""
    INCIDENT_ADMIN = auto()
    """A system admin who is not in the incident's channel."""
    INCIDENT_STRANGER = auto()
    """Anybody else; also towards an incident that does not exist."""

    PLAYBOOK_MEMBER = auto()
    """A member of the playbook who sees its team, system admin or not."""
    PLAYBOOK_ADMIN = auto()
    """A system admin who is not a member of the playbook."""
    PLAYBOOK_STRANGER = auto()
    """Anybody else; also towards a playbook that does not exist."""


class Act(Enum):
    """What somebody wants to do."""

    LIST_INCIDENTS = auto()
    LIST_PLAYBOOKS = auto()
    CREATE_PLAYBOOK = auto()
    CREATE_PLAYBOOK_AS_LEAD = auto()
    """Make a playbook where only those who manage the team may."""
    CREATE_PLAYBOOK_AS_ADMIN = auto()
    """Make a playbook where only system admins may."""
    START_BLANK_INCIDENT = auto()
    MANAGE_ALERT_SOURCES = auto()
    IMPORT_INCIDENT = auto()
    """Bring in an incident that happened elsewhere: it says what others have done and written."""

    VIEW_INCIDENT = auto()
    EDIT_INCIDENT = auto()
    """Tick, assign, run, change stage or commander, end, restart, edit tasks, open and press things.

    Also to write the review, and what is to be done after it.
    """
    UPDATE_STATUS = auto()
    PUBLISH_REVIEW = auto()
    """Show the review document to the channel, for comments or for good."""
    MAKE_TICKET = auto()
    """Have a tool outside keep what is to be done after it; who may start no incidents may not either."""
    REHEARSE = auto()
    """Have what happened, and what was said in its channel, replayed in a practice channel."""
    BE_CHOSEN = auto()
    """Become commander or be assigned a task."""
    JOIN_INCIDENT = auto()
    """Enter an incident oneself; of a chat's own channels the chat decides, here and with the next two."""
    CHANGE_MEMBERS = auto()
    """Add somebody else, or remove them."""
    LEAVE_INCIDENT = auto()

    VIEW_PLAYBOOK = auto()
    EDIT_PLAYBOOK = auto()
    DELETE_PLAYBOOK = auto()
    START_FROM_PLAYBOOK = auto()
    SUBSCRIBE_TO_PLAYBOOK = auto()


_CREATING = {
    PlaybookCreators.MEMBERS: Act.CREATE_PLAYBOOK,
    PlaybookCreators.TEAM_ADMINS: Act.CREATE_PLAYBOOK_AS_LEAD,
    PlaybookCreators.SYSTEM_ADMINS: Act.CREATE_PLAYBOOK_AS_ADMIN,
}

_TEAM_ACTS = frozenset(
    {Act.LIST_INCIDENTS, Act.LIST_PLAYBOOKS, Act.CREATE_PLAYBOOK, Act.START_BLANK_INCIDENT}
)
_PLAYBOOK_CARE = frozenset({Act.VIEW_PLAYBOOK, Act.EDIT_PLAYBOOK, Act.DELETE_PLAYBOOK})

_INCIDENT_WORK = frozenset(
    {
        Act.VIEW_INCIDENT,
        Act.EDIT_INCIDENT,
        Act.UPDATE_STATUS,
        Act.PUBLISH_REVIEW,
        Act.MAKE_TICKET,
        Act.REHEARSE,
        Act.JOIN_INCIDENT,
    }
)
_BEING_THERE = frozenset({Act.BE_CHOSEN, Act.JOIN_INCIDENT, Act.LEAVE_INCIDENT})

_LEADS_ACTS = _TEAM_ACTS | {Act.CREATE_PLAYBOOK_AS_LEAD, Act.MANAGE_ALERT_SOURCES}

ALLOWED: dict[Standing, frozenset[Act]] = {
    Standing.TEAM_MEMBER: _TEAM_ACTS,
    Standing.TEAM_LEAD: _LEADS_ACTS,
    Standing.TEAM_ADMIN: _LEADS_ACTS | {Act.CREATE_PLAYBOOK_AS_ADMIN, Act.IMPORT_INCIDENT},
    Standing.INCIDENT_MEMBER: _INCIDENT_WORK | _BEING_THERE | {Act.CHANGE_MEMBERS},
    Standing.INCIDENT_GUEST: _INCIDENT_WORK | _BEING_THERE,
    Standing.INCIDENT_LISTENER: _BEING_THERE | {Act.VIEW_INCIDENT, Act.EDIT_INCIDENT, Act.REHEARSE},
    Standing.INCIDENT_ONLOOKER: frozenset({Act.VIEW_INCIDENT, Act.JOIN_INCIDENT}),
    Standing.INCIDENT_ADMIN: _INCIDENT_WORK | {Act.CHANGE_MEMBERS},
    Standing.PLAYBOOK_MEMBER: _PLAYBOOK_CARE | {Act.START_FROM_PLAYBOOK, Act.SUBSCRIBE_TO_PLAYBOOK},
    Standing.PLAYBOOK_ADMIN: _PLAYBOOK_CARE,
}
"""The whole table. What is not in it is not allowed."""


def creation(creators: PlaybookCreators) -> Act:
    """What making a playbook is where these may."""
    return _CREATING[creators]


def is_permitted(act: Act, standing: Standing) -> bool:
    """Whether somebody of that standing may do that."""
    return act in ALLOWED.get(standing, frozenset())


def permit(act: Act, standing: Standing) -> None:
    """Raises NotAuthorized unless the table allows it."""
    if not is_permitted(act, standing):
        raise NotAuthorized
