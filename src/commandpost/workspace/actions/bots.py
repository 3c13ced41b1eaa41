"""Bots: accounts that programs post with. They sign in by token only."""

from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from commandpost.kernel.ids import new_id
from commandpost.workspace.actions import accounts, users
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import UserCreated, UserUpdated
from commandpost.workspace.model.sign_up import PasswordHash, check_names, username_of
from commandpost.workspace.model.user import NO_TIMEZONE, UnknownUser, User
from commandpost.workspace.model.who import SYSTEM_USER, Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import bots as bot_lists
from commandpost.workspace.store import users as user_store

MAX_DESCRIPTION = 1024
_NO_PASSWORD = PasswordHash("")


class UnknownBot(NotFound):
    """Bot does not exist."""

    code = "bot.unknown"


class BadBotDescription(Invalid):
    """Invalid description: it may have up to 1024 characters."""

    code = "bot.bad_description"


class BotCreationOff(Forbidden):
    """Bot creation has been disabled."""

    code = "bot.creation_off"


class BotNameTaken(Conflict):
    """The name of the bot belongs to a person."""

    code = "bot.name_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class BotProfile:
    """What of a bot is to be changed; None leaves it as it is."""

    username: str | None = None
    display_name: str | None = None
    description: str | None = None


async def create(desk: Desk, who: Who, username: str, display_name: str, description: str) -> User:
    """Make a bot that belongs to the caller.

    Raises Forbidden, BotCreationOff, UsernameTaken, EmailTaken, BadUsername.
    """
    permit(who, Permission.MANAGE_SYSTEM)
    if not desk.config.enable_bot_account_creation:
        raise BotCreationOff
    bot = _made(desk, username, display_name, description, owner_id=who.user_id)
    await users.insert(desk, bot, _NO_PASSWORD)
    await desk.record(Deed.USER_CREATED, bot.id, by=who.user_id, after=users.recorded(bot))
    return bot


async def ensure(desk: Desk, username: str, display_name: str, description: str, owner: str) -> User:
    """The bot of this name, made if need be and brought up to date. `owner` is a user's or a product's id.

    Raises BotNameTaken when a person has the name.
    """
    wanted = _made(desk, username, display_name, description, owner_id=owner)
    if await user_store.insert(desk.work, wanted, _NO_PASSWORD):
        desk.tell(UserCreated(user_id=wanted.id))
        return wanted
    present = await user_store.by_username(desk.work, wanted.username)
    if present is None or not present.is_bot:
        raise BotNameTaken
    if (present.first_name, present.bot_description) == (wanted.first_name, wanted.bot_description):
        return present
    return await _save(
        desk, replace(present, first_name=wanted.first_name, bot_description=wanted.bot_description)
    )


async def get(desk: Desk, who: Who, bot_id: str, *, even_disabled: bool) -> User:
    """A bot of one's own, or any for an administrator. Raises UnknownBot."""
    bot = await user_store.by_id(desk.work, bot_id)
    if bot is None or not bot.is_bot or not (bot.is_active or even_disabled):
        raise UnknownBot
    if not (who.is_system_admin or bot.bot_owner_id == who.user_id):
        raise UnknownBot
    return bot


async def page(desk: Desk, who: Who, *, even_disabled: bool, limit: int, offset: int) -> list[User]:
    """The bots of oneself, or all for an administrator, oldest first."""
    return await bot_lists.page(
        desk.work,
        owner_id="" if who.is_system_admin else who.user_id,
        even_disabled=even_disabled,
        limit=limit,
        offset=offset,
    )


async def change(desk: Desk, who: Who, bot_id: str, profile: BotProfile) -> User:
    """Change a bot. Raises UnknownBot, UsernameTaken, BadUsername."""
    bot = await get(desk, who, bot_id, even_disabled=True)
    username = bot.username if profile.username is None else username_of(profile.username)
    changed = replace(
        bot,
        username=username,
        email=_address(username),
        first_name=bot.first_name if profile.display_name is None else profile.display_name.strip(),
        bot_description=bot.bot_description if profile.description is None else profile.description,
    )
    _check(changed)
    taken_name, taken_email = await user_store.taken(desk.work, changed)
    if taken_name or taken_email:
        raise users.UsernameTaken
    await users.record_change(desk, who, bot, changed)
    return await _save(desk, changed)


async def assign(desk: Desk, who: Who, bot_id: str, owner_id: str) -> User:
    """Give a bot to another owner. Raises UnknownBot, UnknownUser."""
    bot = await get(desk, who, bot_id, even_disabled=True)
    if await user_store.by_id(desk.work, owner_id) is None:
        raise UnknownUser
    assigned = replace(bot, bot_owner_id=owner_id)
    await users.record_change(desk, who, bot, assigned)
    return await _save(desk, assigned)


async def disable(desk: Desk, who: Who, bot_id: str) -> User:
    """Lock a bot out. Raises UnknownBot."""
    bot = await get(desk, who, bot_id, even_disabled=True)
    if bot.is_active:
        await accounts.lock_out(desk, bot, by=who.user_id)
    return replace(bot, delete_at=bot.delete_at or desk.now)


async def enable(desk: Desk, who: Who, bot_id: str) -> User:
    """Let a bot in again. Raises UnknownBot."""
    bot = await get(desk, who, bot_id, even_disabled=True)
    await accounts.let_in(desk, bot, by=who.user_id)
    return replace(bot, delete_at=0)


def _made(desk: Desk, username: str, display_name: str, description: str, *, owner_id: str) -> User:
    name = username_of(username)
    bot = User(
        id=new_id(),
        create_at=desk.now,
        update_at=desk.now,
        username=name,
        email=_address(name),
        email_verified=True,
        first_name=display_name.strip(),
        roles=SYSTEM_USER,
        timezone=NO_TIMEZONE,
        is_bot=True,
        bot_description=description,
        bot_owner_id=owner_id,
    )
    _check(bot)
    return bot


def _check(bot: User) -> None:
    check_names(first_name=bot.first_name, last_name="", nickname="", position="", locale=bot.locale)
    if len(bot.bot_description) > MAX_DESCRIPTION:
        raise BadBotDescription


def _address(username: str) -> str:
    """The address that a bot has for form's sake; no person can have it, for want of a dot."""
    return f"{username}@localhost"


async def _save(desk: Desk, bot: User) -> User:
    saved = replace(bot, update_at=max(desk.now, bot.update_at + 1))
    await user_store.update(desk.work, saved)
    desk.tell(UserUpdated(user=saved, config=desk.config))
    return saved
