"""A mail to one person, and the wish for one that is yet to be looked into."""

import msgspec


class Mail(msgspec.Struct, frozen=True, kw_only=True, tag="mail"):
    """What is sent to whom, as plain text and perhaps as HTML too.

    A repetition bears the same id, so that the receiver's server knows it again.
    """

    id: str
    to: str
    subject: str
    text: str
    html: str = ""


class Forgotten(msgspec.Struct, frozen=True, kw_only=True, tag="forgotten"):
    """Who has that e-mail address, if anybody, forgot their password, it was said from `address`."""

    id: str
    email: str
    address: str
