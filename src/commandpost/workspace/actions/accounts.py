"""What administrators do with accounts: roles, guests, deactivation; and passwords, by their owners too."""

from dataclasses import replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Invalid
from commandpost.workspace.actions import channels, login, sessions, statuses
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.events import UserRolesChanged, UserUpdated
from commandpost.workspace.model.sign_up import PasswordHash
from commandpost.workspace.model.status import Presence
from commandpost.workspace.model.user import UnknownUser, User
from commandpost.workspace.model.who import SYSTEM_GUEST, SYSTEM_USER, Who
from commandpost.workspace.permissions import ROLES, Permission, permit, permit_self_or_admin
from commandpost.workspace.store import bots, password_resets, team_members, teams, users

SYSTEM_ROLES = frozenset(name for name in ROLES if name.startswith("system_"))


class BadSystemRoles(Invalid):
    """A user is a system_user or a system_guest, and may have further roles of the system."""

    code = "user.bad_roles"


class GuestAlready(Invalid):
    """Unable to convert the user to guest because is already a guest."""

    code = "user.guest_already"


class NotAGuest(Invalid):
    """Unable to convert the guest to regular user because is not a guest."""

    code = "user.not_a_guest"


async def set_roles(desk: Desk, who: Who, user_id: str, roles: str) -> User:
    """Change what a user is on the whole server. Raises Forbidden, UnknownUser, BadSystemRoles."""
    user = await _administered(desk, who, user_id)
    named = dict.fromkeys(roles.split())
    if not SYSTEM_ROLES.issuperset(named) or (SYSTEM_USER in named) == (SYSTEM_GUEST in named):
        raise BadSystemRoles
    return await _with_roles(desk, who, user, " ".join(named))


async def demote(desk: Desk, who: Who, user_id: str) -> User:
    """Make a user a guest, in all their teams and channels too.

    Raises Forbidden, UnknownUser, GuestAlready.
    """
    user = await _administered(desk, who, user_id)
    if user.is_guest or user.is_bot:
        raise GuestAlready
    await team_members.make_guest(desk.work, user_id)
    return await _with_roles(desk, who, user, SYSTEM_GUEST)


async def promote(desk: Desk, who: Who, user_id: str) -> User:
    """Make a guest a user like others; they enter the default channels of their teams.

    Raises Forbidden, UnknownUser, NotAGuest.
    """
    user = await _administered(desk, who, user_id)
    if not user.is_guest:
        raise NotAGuest
    await team_members.make_user(desk.work, user_id)
    promoted = await _with_roles(desk, who, user, SYSTEM_USER)
    for team in await teams.of_user(desk.work, user_id):
        await channels.join_defaults(desk, team, promoted, by=who)
    return promoted


async def deactivate(desk: Desk, who: Who, user_id: str) -> None:
    """Lock a user out at once, and their bots with them. Nothing of theirs is lost.

    Raises Forbidden, UnknownUser.
    """
    user = await _administered(desk, who, user_id)
    for leaving in (user, *await bots.of_owner(desk.work, user_id)):
        if leaving.is_active:
            await lock_out(desk, leaving, by=who.user_id)


async def lock_out(desk: Desk, user: User, *, by: str) -> None:
    """Deactivate one account, whatever `by` may do."""
    await desk.record(Deed.USER_DEACTIVATED, user.id, by=by)
    await _save(desk, replace(user, delete_at=desk.now))
    await sessions.end(desk, user.id)
    await statuses.notice(desk, user.id, Presence.OFFLINE)


async def reactivate(desk: Desk, who: Who, user_id: str) -> None:
    """Let a user in again; their bots stay as they are. Raises Forbidden, UnknownUser."""
    await let_in(desk, await _administered(desk, who, user_id), by=who.user_id)


async def let_in(desk: Desk, user: User, *, by: str) -> None:
    """Activate one account, whatever `by` may do."""
    if not user.is_active:
        await desk.record(Deed.USER_REACTIVATED, user.id, by=by)
        await _save(desk, replace(user, delete_at=0))


async def change_password(
    desks: Desks, who: Who, user_id: str, *, current: str, new: str, address: str
) -> None:
    """Change a password; the user's other sessions end. Administrators need not know the old one of others.

    Raises Forbidden, UnknownUser, WrongPassword, BadPassword, TooManyFailures, HashingBusy.
    """
    permit_self_or_admin(who, user_id)
    if who.user_id == user_id:
        await login.check_password(desks, user_id, current, address=address)
    password_hash = await desks.hashed_password(new)
    async with desks.writing() as desk:
        await set_password(desk, user_id, password_hash, by=who.user_id, keep=who.session_id)


async def set_password(
    desk: Desk, user_id: str, password_hash: PasswordHash, *, by: str = "", keep: str = ""
) -> None:
    """Give an account a password, whatever `by` may do; its sessions end, but for one to keep.

    Raises UnknownUser.
    """
    user = await users.locked(desk.work, user_id)
    if user is None or user.is_bot:
        raise UnknownUser
    await desk.record(Deed.USER_PASSWORD_CHANGED, user_id, by=by)
    await users.set_password(desk.work, user_id, password_hash, desk.now)
    await password_resets.forget(desk.work, user_id)
    await login.forgive(desk, user_id)
    await sessions.end(desk, user_id, keep=keep)


async def _administered(desk: Desk, who: Who, user_id: str) -> User:
    """A user locked for a change by an administrator."""
    permit(who, Permission.MANAGE_SYSTEM)
    user = await users.locked(desk.work, user_id)
    if user is None:
        raise UnknownUser
    return user


async def _with_roles(desk: Desk, who: Who, user: User, roles: str) -> User:
    changed = await _save(desk, replace(user, roles=roles))
    before, after = {"roles": user.roles}, {"roles": roles}
    await desk.record(Deed.USER_ROLES_CHANGED, user.id, by=who.user_id, before=before, after=after)
    desk.tell(UserRolesChanged(user_id=user.id, roles=roles))
    return changed


async def _save(desk: Desk, user: User) -> User:
    saved = replace(user, update_at=max(desk.now, user.update_at + 1))
    await users.update(desk.work, saved)
    desk.tell(UserUpdated(user=saved, config=desk.config))
    return saved
