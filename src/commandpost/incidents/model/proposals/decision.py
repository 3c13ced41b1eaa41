"""What somebody decided about a proposal: accepted or declined, and perhaps undone since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.incidents.model.proposals.change import Change
from commandpost.incidents.model.proposals.proposal import Proposal
from commandpost.incidents.model.text import checked
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, NotFound

REASON_LIMIT = 1000

FRESH_EVIDENCE = 3
"""What was declined is shown again once so many incidents that began later do it all the same."""


class ProposalGone(NotFound):
    """There is no such proposal any more: the playbook or its incidents have changed. Load them again."""

    code = "proposal.gone"


class ReasonMissing(Invalid):
    """Say why it is declined: whoever edits the playbook next will want to know."""

    code = "proposal.reason_missing"


class DecisionUnknown(NotFound):
    """Nothing like that was decided about this playbook."""

    code = "decision.unknown"


class DecisionUndone(Conflict):
    """That decision has been undone already."""

    code = "decision.undone"


class AssigneeOutsideTeam(Conflict):
    """Nobody of that name is in the team: a task is given only to its members."""

    code = "proposal.assignee_outside_team"


class Choice(StrEnum):
    """What was chosen."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision about a change to a playbook. `reason` is of what was declined.

    What was accepted was made to version `from_version` and gave `to_version`; undoing it gave
    `undone_version`. These are 0 where there are none, and so is `undone_at`.
    """

    id: str
    playbook_id: str
    choice: Choice
    change: Change
    reason: str = ""
    from_version: int = 0
    to_version: int = 0
    decided_by: str
    decided_at: Millis
    undone_by: str = ""
    undone_at: Millis = NEVER
    undone_version: int = 0

    def check_not_undone(self) -> None:
        """Raises DecisionUndone."""
        if self.undone_at:
            raise DecisionUndone

    def undone(self, *, by: str, at: Millis, version: int = 0) -> "Decision":
        """As undone, by that version of the playbook if it had been accepted."""
        return replace(self, undone_by=by, undone_at=at, undone_version=version)

    def silences(self, proposal: Proposal) -> bool:
        """Whether it was declined and there is too little new evidence to ask again."""
        if self.choice is not Choice.DECLINED or self.undone_at:
            return False
        fresh = sum(case.began_at >= self.decided_at for case in proposal.cases)
        return self.change.subject == proposal.change.subject and fresh < FRESH_EVIDENCE


def checked_reason(text: str) -> str:
    """A reason as it is kept. Raises ReasonMissing, TextTooLong, TextUnstorable."""
    reason = checked(text.strip(), limit=REASON_LIMIT, what="reason")
    if not reason:
        raise ReasonMissing
    return reason


def open_among(proposals: Iterable[Proposal], decisions: Iterable[Decision]) -> tuple[Proposal, ...]:
    """Those proposals that nobody has declined, or for which there is new evidence."""
    known = tuple(decisions)
    return tuple(one for one in proposals if not any(decision.silences(one) for decision in known))
