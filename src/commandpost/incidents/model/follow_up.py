"""What is to be done after an incident, so that it does not happen again."""

from dataclasses import dataclass, replace

from commandpost.incidents.model.text import TITLE_LIMIT, checked
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, NotFound

MOST = 200
_LATEST_DUE = 253_402_300_799_000
"""The end of the year 9999."""


class FollowUpUnknown(NotFound):
    """There is no such follow-up; somebody may have deleted it."""

    code = "follow_up.unknown"


class FollowUpChanged(Conflict):
    """Somebody else changed this follow-up since you looked at it; look again before you change it."""

    code = "follow_up.changed"


class FollowUpUntitled(Invalid):
    """Say in the title what is to be done."""

    code = "follow_up.untitled"


class DueDateInvalid(Invalid):
    """The due date is no moment between 1970 and 9999."""

    code = "follow_up.due_invalid"


class TooManyFollowUps(Conflict):
    """An incident has at most 200 follow-ups."""

    code = "follow_up.too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants of a follow-up: an assignee of "" is nobody, a due date of 0 is none."""

    title: str
    assignee_id: str = ""
    due_at: Millis = NEVER

    def checked(self) -> "Wanted":
        """The same, its title on one line. Raises FollowUpUntitled, DueDateInvalid, TextTooLong, ..."""
        title = " ".join(checked(self.title, limit=TITLE_LIMIT, what="title of the follow-up").split())
        if not title:
            raise FollowUpUntitled
        if not 0 <= self.due_at <= _LATEST_DUE:
            raise DueDateInvalid
        return replace(self, title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A follow-up. `done_at` is 0 while it is open."""

    id: str
    incident_id: str
    wanted: Wanted
    version: int = 1
    done_at: Millis = NEVER
    created_by: str
    create_at: Millis
    update_at: Millis

    def changed(self, wanted: Wanted, *, at: Millis) -> "FollowUp":
        return replace(self, wanted=wanted, version=self.version + 1, update_at=at)

    def done(self, *, at: Millis) -> "FollowUp":
        """Done; since when does not change by doing it again."""
        return self if self.done_at else replace(self, done_at=at, version=self.version + 1, update_at=at)

    def reopened(self, *, at: Millis) -> "FollowUp":
        return replace(self, done_at=NEVER, version=self.version + 1, update_at=at) if self.done_at else self

    def check_version(self, seen: int) -> None:
        """Raises FollowUpChanged if somebody saw another version than this."""
        if seen != self.version:
            raise FollowUpChanged
