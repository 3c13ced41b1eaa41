"""What a playbook says about the reviews of its incidents."""

from dataclasses import dataclass, replace

from commandpost.incidents.model.reminder import checked_reminder
from commandpost.incidents.model.review_document import LENGTH_LIMIT
from commandpost.incidents.model.text import checked
from commandpost.kernel.errors import Conflict


class PlanChanged(Conflict):
    """Somebody else changed this since you opened it; load it again before you save."""

    code = "review_plan.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan:
    """The template of the document, "" for the usual one; and how many seconds after the end the commander
    is reminded of a review that is not published, 0 for never.
    """

    playbook_id: str
    template: str = ""
    remind_after_s: int = 0
    version: int = 0

    def changed(self, *, template: str, remind_after_s: int, seen_version: int) -> "ReviewPlan":
        """Raises PlanChanged, TextTooLong, TextUnstorable, ReminderOutOfRange."""
        if seen_version != self.version:
            raise PlanChanged
        return replace(
            self,
            template=checked(template, limit=LENGTH_LIMIT, what="template"),
            remind_after_s=checked_reminder(remind_after_s),
            version=self.version + 1,
        )

    def copied_to(self, playbook_id: str) -> "ReviewPlan":
        """The same for another playbook, which has none yet."""
        return replace(self, playbook_id=playbook_id, version=1)
