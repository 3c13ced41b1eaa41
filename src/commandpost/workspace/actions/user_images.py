"""The picture that stands beside what a user says."""

import asyncio
from dataclasses import replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import NotFound
from commandpost.workspace import pictures
from commandpost.workspace.actions import users
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.events import UserUpdated
from commandpost.workspace.model.user import UnknownUser, User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import user_images
from commandpost.workspace.store import users as user_store


class NoPicture(NotFound):
    """There is no picture of the bot."""

    code = "picture.none"


async def get(desk: Desk, who: Who, user_id: str) -> bytes:
    """A PNG: the one uploaded, else one drawn. Raises UnknownUser."""
    user = await users.get(desk, who, user_id)
    uploaded = await user_images.get(desk.work, user_id) if user.last_picture_update else None
    return uploaded or pictures.drawn(user.username, user.id)


async def drawn(desk: Desk, who: Who, user_id: str) -> bytes:
    """The PNG that stands for a user without a picture. Raises UnknownUser."""
    user = await users.get(desk, who, user_id)
    return pictures.drawn(user.username, user.id)


async def uploaded(desk: Desk, who: Who, user_id: str) -> bytes:
    """The PNG that was uploaded. Raises UnknownUser, NoPicture."""
    await users.get(desk, who, user_id)
    content = await user_images.get(desk.work, user_id)
    if content is None:
        raise NoPicture
    return content


async def upload(desks: Desks, who: Who, user_id: str, content: bytes) -> None:
    """Give a user, or one's bot, a picture. Raises Forbidden, UnknownUser, NotAPicture, PictureTooLarge."""
    async with desks.reading() as desk:
        await _permitted(desk, who, user_id)
    picture = await asyncio.to_thread(pictures.fitted, content)
    async with desks.writing() as desk:
        user = await _permitted(desk, who, user_id)
        await _record(desk, who, user, "uploaded")
        await put(desk, user, picture)


async def put(desk: Desk, user: User, picture: bytes) -> None:
    """Store a picture (a PNG that is ready), whoever asked."""
    await user_images.put(desk.work, user.id, picture, mime_type=pictures.PNG, at=desk.now)
    await _save(desk, replace(user, last_picture_update=desk.now))


async def delete(desk: Desk, who: Who, user_id: str) -> None:
    """Go back to the picture that is drawn. Raises Forbidden, UnknownUser."""
    user = await _permitted(desk, who, user_id)
    await _record(desk, who, user, "drawn")
    await user_images.delete(desk.work, user_id)
    await _save(desk, replace(user, last_picture_update=0))


async def _permitted(desk: Desk, who: Who, user_id: str) -> User:
    user = await user_store.locked(desk.work, user_id)
    if who.user_id not in (user_id, user.bot_owner_id if user else ""):
        permit(who, Permission.MANAGE_SYSTEM)
    if user is None:
        raise UnknownUser
    return user


async def _record(desk: Desk, who: Who, user: User, picture: str) -> None:
    """Only what is done to others is a deed for the audit log."""
    if who.user_id != user.id:
        await desk.record(Deed.USER_CHANGED, user.id, by=who.user_id, after={"picture": picture})


async def _save(desk: Desk, user: User) -> None:
    saved = replace(user, update_at=max(desk.now, user.update_at + 1))
    await user_store.update(desk.work, saved)
    desk.tell(UserUpdated(user=saved, config=desk.config))
