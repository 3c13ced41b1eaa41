"""Who acts."""

import msgspec


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in user of the chat. `is_mobile` tells sessions of the mobile apps, without our screens."""

    user_id: str
    is_mobile: bool = False
