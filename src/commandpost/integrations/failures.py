"""How a call to a tool outside can end."""

from enum import StrEnum

from commandpost.kernel.errors import Upstream


class Outcome(StrEnum):
    """Named as on the wire."""

    OK = "ok"
    NOT_CONFIGURED = "not_configured"
    """Required settings are missing, or cannot be decrypted."""
    UNAUTHORIZED = "unauthorized"
    """The tool does not take the credentials (401)."""
    FORBIDDEN = "forbidden"
    """The credentials do not suffice (403)."""
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    """The tool asks to be left alone for a while (429)."""
    REFUSED = "refused"
    """The tool does not take the request (any other 4xx), or it makes no sense."""
    TOOL_FAILED = "tool_failed"
    """The tool has a trouble of its own (5xx)."""
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    """The address lies in a network that an administrator has not allowed."""
    MALFORMED = "malformed"
    """The tool's answer is not what its documentation says."""
    BROKEN = "broken"
    """The integration itself has a fault; the log tells."""


class Failed(Upstream):
    """The tool outside did not do it."""

    code = "integrations.failed"

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
