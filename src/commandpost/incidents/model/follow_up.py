"""What is to be done after an incident, so that it does not happen again."""

from dataclasses import dataclass, replace

from commandpost.incidents.model.text import TITLE_LIMIT, checked
from commandpost.kernel.clock import MINUTE_MS, NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, NotFound

MOST = 200
_LATEST_DUE = 253_402_300_799_000
"""The end of the year 9999."""

_MAKING_MS = 5 * MINUTE_MS
"""Whoever makes a ticket has come to an end by then, or a crash has."""


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


class TicketBeingMade(Conflict):
    """A ticket of this follow-up is being made just now; look again in a minute."""

    code = "follow_up.ticket_being_made"


class PracticeTicket(Conflict):
    """This incident is a rehearsal: nothing outside is made of it."""

    code = "follow_up.practice_ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A follow-up in a tool outside. `reference` is the tool's own name for it."""

    tool: str
    reference: str
    url: str


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
    """A follow-up. `done_at` is 0 while it is open.

    A ticket is made in three steps, as the tool outside may take long: it is begun, made, and kept. With
    `ticket_may_be_there`, one was begun, and nobody knows what came of it.
    """

    id: str
    incident_id: str
    wanted: Wanted
    version: int = 1
    done_at: Millis = NEVER
    created_by: str
    create_at: Millis
    update_at: Millis
    ticket: Ticket | None = None
    ticket_begun_at: Millis = NEVER
    ticket_may_be_there: bool = False

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

    def ticket_begun(self, *, at: Millis) -> "FollowUp":
        """Raises TicketBeingMade."""
        self.check_no_ticket_is_made(at=at)
        return replace(self, ticket_begun_at=at, ticket_may_be_there=True)

    def ticketed(self, ticket: Ticket) -> "FollowUp":
        return replace(self, ticket=ticket, ticket_begun_at=NEVER, ticket_may_be_there=False)

    def not_ticketed(self, before: "FollowUp") -> "FollowUp":
        """As it was before, for no ticket was made."""
        return replace(self, ticket_begun_at=NEVER, ticket_may_be_there=before.ticket_may_be_there)

    def perhaps_ticketed(self) -> "FollowUp":
        """Nobody knows whether a ticket was made: whoever tries again looks for it first."""
        return replace(self, ticket_begun_at=NEVER, ticket_may_be_there=True)

    def check_no_ticket_is_made(self, *, at: Millis) -> None:
        """Raises TicketBeingMade."""
        if self.ticket_begun_at and at < self.ticket_begun_at + _MAKING_MS:
            raise TicketBeingMade
