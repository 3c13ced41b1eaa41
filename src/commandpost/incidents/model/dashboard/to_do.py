"""What is left to do after incidents."""

from dataclasses import dataclass

from commandpost.incidents.model.follow_up import FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFollowUp:
    """A follow-up that is not done, and the incident that it comes from."""

    follow_up: FollowUp
    incident_name: str
    playbook_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """How many follow-ups of a playbook's incidents are open, and of how many the time is over."""

    playbook_id: str
    open: int
    overdue: int
