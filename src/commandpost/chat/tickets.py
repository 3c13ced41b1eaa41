"""Tickets of follow-ups, made by the integrations: here incidents and integrations come together."""

from commandpost.incidents.model.follow_up import Ticket
from commandpost.incidents.ports import MadeTicket, TicketRefused, TicketUnsure, TicketWish, User
from commandpost.integrations.actions import tickets
from commandpost.integrations.failures import Failed, Outcome
from commandpost.integrations.interface import Incident, Person, Wish
from commandpost.integrations.toolbox import Toolbox

_UNSURE = frozenset(
    {Outcome.TOO_SLOW, Outcome.UNREACHABLE, Outcome.TOOL_FAILED, Outcome.MALFORMED, Outcome.BROKEN}
)
"""After these it may have been done all the same."""


class IntegrationTickets:
    """`incidents.ports.Tickets`."""

    def __init__(self, box: Toolbox) -> None:
        self._box = box

    @property
    def tool(self) -> str:
        ready = tickets.ready(self._box)
        return ready.title if ready else ""

    async def make(self, wish: TicketWish, *, may_be_there: bool) -> MadeTicket:
        wanted = Wish(
            title=wish.title,
            mark=wish.mark,
            by=_person(wish.by),
            incident=Incident(name=wish.incident_name, url=wish.incident_url),
            assignee=_person(wish.assignee) if wish.assignee else None,
            due_on=wish.due_on,
        )
        try:
            integration, made = await tickets.make(self._box, wanted, may_be_there=may_be_there)
        except Failed as cause:
            refusal = TicketUnsure if cause.outcome in _UNSURE else TicketRefused
            raise refusal(cause.message) from cause
        link = made.link
        ticket = Ticket(tool=integration.name, reference=link.reference, url=link.url)
        return MadeTicket(ticket=ticket, remark=made.remark)


def _person(user: User) -> Person:
    return Person(
        username=user.username, name=f"{user.first_name} {user.last_name}".strip(), email=user.email
    )
