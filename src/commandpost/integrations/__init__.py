"""Integrations: tools outside, such as a ticket system, reached by slash commands of their own.

What others need to write one is here; `docs/build/integrations.md` shows how. Each is optional, off until an
administrator has given its settings, and knows nothing of how the chat or the incidents work.
"""

from commandpost.integrations.failures import Failed, Outcome
from commandpost.integrations.interface import (
    Answer,
    Argument,
    Call,
    Command,
    Incident,
    Integration,
    Kind,
    Link,
    Person,
    Setting,
    SubCommand,
    Ticket,
    TicketSystem,
    Tools,
    Wish,
    first_word,
)
from commandpost.integrations.web import Request, Web

__all__ = [
    "Answer",
    "Argument",
    "Call",
    "Command",
    "Failed",
    "Incident",
    "Integration",
    "Kind",
    "Link",
    "Outcome",
    "Person",
    "Request",
    "Setting",
    "SubCommand",
    "Ticket",
    "TicketSystem",
    "Tools",
    "Web",
    "Wish",
    "first_word",
]
