"""Routes about custom emoji: there are none here, and clients are told so."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import get, post
from commandpost.kernel.errors import NotFound


class EmojiShape(msgspec.Struct, kw_only=True):
    """A custom emoji."""

    id: str
    creator_id: str
    name: str
    create_at: int
    update_at: int
    delete_at: int


class EmojiSearchBody(msgspec.Struct, kw_only=True):
    """What to look for in names of emoji."""

    term: str
    prefix_only: bool | None = None


class UnknownEmoji(NotFound):
    """We could not find the emoji."""

    code = "emoji.unknown"


@get("/emoji")
async def list_emoji(call: Call) -> list[EmojiShape]:
    """All custom emoji."""
    return []


@get("/emoji/autocomplete")
async def offer_emoji(call: Call) -> list[EmojiShape]:
    """Custom emoji whose names begin so."""
    return []


@post("/emoji/search", status_code=200)
async def search_emoji(call: Call, data: EmojiSearchBody) -> list[EmojiShape]:
    """Custom emoji whose names contain a term."""
    return []


@post("/emoji/names", status_code=200)
async def get_emoji_by_names(call: Call, data: list[str]) -> list[EmojiShape]:
    """The custom emoji of these names; those unknown are left out."""
    return []


@get("/emoji/name/{name:str}")
async def get_emoji_by_name(call: Call, name: str) -> EmojiShape:
    """The custom emoji of a name."""
    raise UnknownEmoji


@get("/emoji/{emoji_id:str}")
async def get_emoji(call: Call, emoji_id: str) -> EmojiShape:
    """One custom emoji."""
    path_id(emoji_id, "emoji_id")
    raise UnknownEmoji


ROUTES = (
    list_emoji,
    offer_emoji,
    search_emoji,
    get_emoji_by_names,
    get_emoji_by_name,
    get_emoji,
)
