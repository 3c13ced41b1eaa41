"""A mail to one person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What is sent to whom, as plain text and perhaps as HTML too.

    A repetition bears the same id, so that the receiver's server knows it again.
    """

    id: str
    to: str
    subject: str
    text: str
    html: str = ""
