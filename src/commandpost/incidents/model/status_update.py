"""A status update: what a member tells everybody, and when the next one is due."""

from dataclasses import dataclass

from commandpost.incidents.model.reminder import checked_reminder
from commandpost.incidents.model.text import MESSAGE_LIMIT, checked
from commandpost.kernel.clock import NEVER, Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPost:
    """A post of the chat that is a status update."""

    id: str
    create_at: Millis
    delete_at: Millis = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """A status update to be made; `remind_after_s` is 0 for no reminder."""

    message: str
    remind_after_s: int = 0

    def checked(self) -> "StatusUpdate":
        """Itself; the message may be blank, as a post's.

        Raises TextTooLong, TextUnstorable, ReminderOutOfRange.
        """
        checked(self.message, limit=MESSAGE_LIMIT, what="status update")
        checked_reminder(self.remind_after_s)
        return self
