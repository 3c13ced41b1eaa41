"""Routes about bots."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import flag, page_of
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import get, post, put
from commandpost.workspace.actions import bots
from commandpost.workspace.actions.bots import BotProfile
from commandpost.workspace.model.user import User


class BotShape(msgspec.Struct, kw_only=True):
    """A bot."""

    user_id: str
    username: str
    display_name: str
    description: str
    owner_id: str
    create_at: int
    update_at: int
    delete_at: int


class NewBotBody(msgspec.Struct, kw_only=True):
    """A bot asked for."""

    username: str
    display_name: str | None = None
    description: str | None = None


class BotChangeBody(msgspec.Struct, kw_only=True):
    """What of a bot is to be changed; what is left out stays."""

    username: str | None = None
    display_name: str | None = None
    description: str | None = None


@post("/bots", status_code=201)
async def create_bot(call: Call, data: NewBotBody) -> BotShape:
    """Make a bot that belongs to the caller."""
    async with call.desks.writing() as desk:
        bot = await bots.create(
            desk, call.who, data.username, data.display_name or "", data.description or ""
        )
    return _shape(bot)


@get("/bots")
async def list_bots(call: Call) -> list[BotShape]:
    """One's own bots, or all for administrators."""
    page = page_of(call.request)
    even_disabled = flag(call.request.query_params, "include_deleted")
    async with call.desks.reading() as desk:
        found = await bots.page(
            desk, call.who, even_disabled=even_disabled, limit=page.size, offset=page.offset
        )
    return [_shape(bot) for bot in found]


@get("/bots/{bot_id:str}")
async def get_bot(call: Call, bot_id: str) -> BotShape:
    """One bot."""
    even_disabled = flag(call.request.query_params, "include_deleted")
    async with call.desks.reading() as desk:
        bot_id = path_id(bot_id, "bot_user_id")
        return _shape(await bots.get(desk, call.who, bot_id, even_disabled=even_disabled))


@put("/bots/{bot_id:str}")
async def change_bot(call: Call, bot_id: str, data: BotChangeBody) -> BotShape:
    """Change a bot."""
    profile = BotProfile(username=data.username, display_name=data.display_name, description=data.description)
    async with call.desks.writing() as desk:
        return _shape(await bots.change(desk, call.who, path_id(bot_id, "bot_user_id"), profile))


@post("/bots/{bot_id:str}/disable", status_code=200)
async def disable_bot(call: Call, bot_id: str) -> BotShape:
    """Lock a bot out."""
    async with call.desks.writing() as desk:
        return _shape(await bots.disable(desk, call.who, path_id(bot_id, "bot_user_id")))


@post("/bots/{bot_id:str}/enable", status_code=200)
async def enable_bot(call: Call, bot_id: str) -> BotShape:
    """Let a bot in again."""
    async with call.desks.writing() as desk:
        return _shape(await bots.enable(desk, call.who, path_id(bot_id, "bot_user_id")))


@post("/bots/{bot_id:str}/assign/{user_id:str}", status_code=200)
async def assign_bot(call: Call, bot_id: str, user_id: str) -> BotShape:
    """Give a bot to another owner."""
    owner_id = path_id(call.me(user_id), "user_id")
    async with call.desks.writing() as desk:
        return _shape(await bots.assign(desk, call.who, path_id(bot_id, "bot_user_id"), owner_id))


def _shape(bot: User) -> BotShape:
    return BotShape(
        user_id=bot.id,
        username=bot.username,
        display_name=bot.first_name,
        description=bot.bot_description,
        owner_id=bot.bot_owner_id,
        create_at=bot.create_at,
        update_at=bot.update_at,
        delete_at=bot.delete_at,
    )


ROUTES = (create_bot, list_bots, get_bot, change_bot, disable_bot, enable_bot, assign_bot)
