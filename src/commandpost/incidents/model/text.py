"""What texts from outside the core takes: storable, and no longer than their place allows."""

from commandpost.kernel.errors import Invalid
from commandpost.kernel.text import is_storable

TITLE_LIMIT = 1024
DESCRIPTION_LIMIT = 4096
COMMAND_LIMIT = 4096
MESSAGE_LIMIT = 16383


class TextTooLong(Invalid):
    """A text is too long."""

    code = "text.too_long"


class TextUnstorable(Invalid):
    """A text contains characters that cannot be stored."""

    code = "text.unstorable"


def checked(text: str, *, limit: int, what: str) -> str:
    """The text itself. Raises TextTooLong (`limit` is in characters), TextUnstorable."""
    if len(text) > limit:
        raise TextTooLong(f"The {what} is longer than {limit} characters.")
    if not is_storable(text):
        raise TextUnstorable(f"The {what} contains characters that cannot be stored.")
    return text
