"""What a user's clients remember for them."""

from dataclasses import dataclass

from commandpost.kernel.errors import Invalid

MAX_CATEGORY = 32
MAX_NAME = 32
MAX_VALUE = 20_000


class BadPreference(Invalid):
    """A preference has a category and a name of up to 32 characters, and a value of up to 20000."""

    code = "preference.bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One of a user's preferences: its meaning is its clients' business."""

    user_id: str
    category: str
    name: str
    value: str = ""

    def checked(self) -> "Preference":
        """Itself. Raises BadPreference."""
        if not 1 <= len(self.category) <= MAX_CATEGORY or len(self.name) > MAX_NAME:
            raise BadPreference
        if len(self.value) > MAX_VALUE:
            raise BadPreference
        return self
