"""Where the request that is being answered comes from: set at the door, read when a deed is written down.

A context variable, so that it need not be handed through every action; each request has a context of its own.
What nobody asked for (jobs, the command line) has no origin.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """An address, and the session that asks; "" for none."""

    address: str = ""
    session_id: str = ""


NOWHERE = Origin()
ORIGIN: ContextVar[Origin] = ContextVar("commandpost.origin", default=NOWHERE)
