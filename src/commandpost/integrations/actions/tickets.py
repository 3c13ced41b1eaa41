"""Making tickets with the first integration that can and is set up."""

from commandpost.integrations.actions.run import guarded
from commandpost.integrations.failures import Failed, Outcome
from commandpost.integrations.interface import Ticket, TicketSystem, Wish
from commandpost.integrations.toolbox import Toolbox


def ready(box: Toolbox) -> TicketSystem | None:
    """The integration that would make them, as far as this server knows which are set up."""
    for one in box.integrations:
        if isinstance(one, TicketSystem) and one.name in box.ready:
            return one
    return None


async def make(box: Toolbox, wish: Wish, *, may_be_there: bool) -> tuple[TicketSystem, Ticket]:
    """A ticket and where it is; with `may_be_there`, the one of that mark, if there is one. Raises Failed."""
    async with box.reading() as desk:
        everything = await box.all(desk.work)
    for present in everything:
        integration = present.integration
        if isinstance(integration, TicketSystem) and present.is_set_up:
            tools = box.tools(present)
            if may_be_there:
                link = await guarded(integration, integration.found_ticket(tools, wish.mark))
                if link is not None:
                    return integration, Ticket(link=link)
            return integration, await guarded(integration, integration.made_ticket(tools, wish))
    raise Failed(Outcome.NOT_CONFIGURED, "No tool for tickets is set up on this server.")
