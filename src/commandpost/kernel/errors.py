"""The few kinds of refusal. Named errors stand beside their rule and derive from one of these.

A kind says what sort of answer a door gives; only `api/` turns it into a status and a body.
`code` is a stable dotted name of the rule; the message speaks to the person who reads it.
"""

from typing import ClassVar


class Refusal(Exception):
    """Something asked for that is not done. Never raised as such: raise one of the kinds below."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "Refused.").strip().splitlines()[0])

    @property
    def message(self) -> str:
        return str(self)


class Invalid(Refusal):
    """The request is not valid."""

    code = "invalid"


class Unauthenticated(Refusal):
    """Invalid or expired session, please login again."""

    code = "unauthenticated"


class Forbidden(Refusal):
    """You do not have the appropriate permissions."""

    code = "forbidden"


class NotFound(Refusal):
    """We couldn't find what you asked for."""

    code = "not_found"


class Conflict(Refusal):
    """That does not fit the present state."""

    code = "conflict"


class Outdated(Conflict):
    """Somebody else changed this since you looked at it; look again before you change it."""

    code = "outdated"


class TooLarge(Refusal):
    """That is too large."""

    code = "too_large"


class TooMany(Refusal):
    """Too many requests; try again later."""

    code = "too_many"

    def __init__(self, message: str | None = None, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class SwitchedOff(Refusal):
    """This feature is switched off by the administrator."""

    code = "switched_off"


class Upstream(Refusal):
    """Something outside that is needed for this did not answer as it should."""

    code = "upstream"


class Unavailable(Refusal):
    """The server cannot do this just now; try again shortly."""

    code = "unavailable"

    def __init__(self, message: str | None = None, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Undone(Unavailable):
    """Somebody changed the same things at the same moment, and your change was undone; try again."""

    code = "undone"
