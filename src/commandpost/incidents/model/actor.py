"""Who acts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in user of the chat. `is_mobile` tells sessions of the mobile apps, without our screens."""

    user_id: str
    is_mobile: bool = False
