"""Accounts: made, looked up, changed by their owner or an administrator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Forbidden, Invalid, NotFound, SwitchedOff
from commandpost.kernel.ids import new_id
from commandpost.kernel.text import as_name
from commandpost.workspace.actions import team_members
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import UserCreated, UserUpdated
from commandpost.workspace.model import sign_up
from commandpost.workspace.model.sign_up import NewUser, PasswordHash
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.user import FIRST_NOTIFY_PROPS, NO_TIMEZONE, UnknownUser, User
from commandpost.workspace.model.who import SYSTEM_ADMIN, SYSTEM_USER, Who
from commandpost.workspace.permissions import permit_self_or_admin
from commandpost.workspace.store import mentions, teams, users


class UsernameTaken(Invalid):
    """An account with that username already exists."""

    code = "user.username_taken"


class EmailTaken(Invalid):
    """An account with that email already exists."""

    code = "user.email_taken"


class UnknownUsername(NotFound):
    """Unable to find an existing account matching your username for this team."""

    code = "user.unknown_username"


class SignUpSwitchedOff(SwitchedOff):
    """User creation is disabled."""

    code = "user.creation_off"


class SignUpByInvitationOnly(Forbidden):
    """This server does not allow open signups. Please speak with your Administrator to receive an invitation."""  # noqa: E501 -- one sentence, shown as it stands

    code = "user.no_open_server"


class DeadInvitation(Invalid):
    """The signup link does not appear to be valid."""

    code = "user.dead_invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What of an account is to be changed; None leaves it as it is."""

    username: str | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None
    position: str | None = None
    locale: str | None = None
    timezone: dict[str, str] | None = None
    notify_props: dict[str, str] | None = None
    props: dict[str, str] | None = None


async def create(desk: Desk, who: Who | None, new: NewUser, *, invite_id: str = "") -> User:
    """Make an account; the first person on an empty server becomes its administrator.

    Administrators may always; others when sign-up is on, and open or by invitation to a team (which the
    new user then joins). Raises SignUpSwitchedOff, SignUpByInvitationOnly, DeadInvitation, UsernameTaken,
    EmailTaken, and what the rules for names say.
    """
    is_first = await users.is_first_person(desk.work)
    inviting = await _inviting_team(desk, invite_id)
    if not is_first:
        _permit_creating(desk, who, inviting)
    user = _made(desk, new, roles=f"{SYSTEM_USER} {SYSTEM_ADMIN}" if is_first else SYSTEM_USER)
    await _keep(desk, user, new.password_hash, by=who.user_id if who else user.id)
    if inviting is not None:
        by = Who(user_id=user.id, username=user.username, roles=frozenset(user.roles.split()))
        await team_members.put(desk, inviting, user, by=by)
    return user


async def create_vouched(desk: Desk, new: NewUser) -> User:
    """Make an account for somebody who may have one by another rule than those of `create`.

    Raises UsernameTaken, EmailTaken, and what the rules for names say.
    """
    user = _made(desk, new, roles=SYSTEM_USER)
    await _keep(desk, user, new.password_hash, by=user.id)
    return user


async def _keep(desk: Desk, user: User, password_hash: PasswordHash, *, by: str) -> None:
    await insert(desk, user, password_hash)
    await desk.record(Deed.USER_CREATED, user.id, by=by, after=recorded(user))


async def has_people(desk: Desk) -> bool:
    """Whether anybody but bots has an account."""
    return await users.has_people(desk.work)


async def check_may_create(desk: Desk, who: Who | None, *, invite_id: str = "") -> None:
    """Refuse as `create` would, before the work of hashing a password is done for it."""
    if await users.has_people(desk.work):
        _permit_creating(desk, who, await _inviting_team(desk, invite_id))


async def insert(desk: Desk, user: User, password_hash: PasswordHash) -> None:
    """Store a new account and say so. Raises UsernameTaken, EmailTaken."""
    if not await users.insert(desk.work, user, password_hash):
        await _refuse_taken(desk, user)
    await mentions.keep_words(desk.work, user)
    desk.tell(UserCreated(user_id=user.id))


async def get(desk: Desk, who: Who, user_id: str) -> User:
    """One user. Guests see those only with whom they share a channel. Raises UnknownUser."""
    user = await users.by_id(desk.work, user_id)
    if user is None or not await may_see(desk, who, user.id):
        raise UnknownUser
    return user


async def by_username(desk: Desk, who: Who, username: str) -> User:
    """The user of a name. Raises UnknownUsername."""
    user = await users.by_username(desk.work, username)
    if user is None or not await may_see(desk, who, user.id):
        raise UnknownUsername
    return user


async def by_email(desk: Desk, who: Who, email: str) -> User:
    """The user with an e-mail address, unless addresses are private here. Raises UnknownUser."""
    user = await users.by_email(desk.work, email)
    if user is None or not await may_see(desk, who, user.id):
        raise UnknownUser
    is_private = not desk.config.show_email_address
    if is_private and user.id != who.user_id and not who.is_system_admin:
        raise UnknownUser
    return user


async def by_ids(desk: Desk, who: Who, user_ids: Sequence[str], *, since: int = 0) -> list[User]:
    """Those of some users who exist and, with a time, have changed since."""
    if since:
        return await seen_of(desk, who, await users.by_ids_since(desk.work, user_ids, since))
    return await seen_of(desk, who, await users.by_ids(desk.work, user_ids))


async def by_usernames(desk: Desk, who: Who, usernames: Sequence[str]) -> list[User]:
    """The users of those names that exist."""
    return await seen_of(desk, who, await users.by_usernames(desk.work, usernames))


async def may_see(desk: Desk, who: Who, user_id: str) -> bool:
    """Whether a user may know of another: everybody of everybody, but guests only of those they meet."""
    if not who.is_guest or who.is_system_admin or who.user_id == user_id:
        return True
    return bool(await users.met_among(desk.work, who.user_id, [user_id]))


async def seen_of(desk: Desk, who: Who, found: list[User]) -> list[User]:
    """Those of some users whom the caller may know of."""
    if not who.is_guest or who.is_system_admin:
        return found
    met = await users.met_among(desk.work, who.user_id, [user.id for user in found])
    return [user for user in found if user.id in met or user.id == who.user_id]


async def change(desk: Desk, who: Who, user_id: str, profile: Profile) -> User:
    """Change an account: one's own, or anybody's for an administrator.

    Raises Forbidden, UnknownUser, UsernameTaken, EmailTaken, and what the rules for names say.
    """
    permit_self_or_admin(who, user_id)
    user = await users.locked(desk.work, user_id)
    if user is None:
        raise UnknownUser
    changed = _changed(user, profile, at=desk.now)
    taken_name, taken_email = await users.taken(desk.work, changed)
    if taken_name or taken_email:
        raise UsernameTaken if taken_name else EmailTaken
    await users.update(desk.work, changed)
    await mentions.keep_words(desk.work, changed)
    await record_change(desk, who, user, changed)
    desk.tell(UserUpdated(user=changed, config=desk.config))
    return changed


def recorded(user: User) -> dict[str, str]:
    """What the audit log keeps of an account."""
    return {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "nickname": user.nickname,
        "position": user.position,
        "roles": user.roles,
        "bot_owner_id": user.bot_owner_id,
    }


async def record_change(desk: Desk, who: Who, before: User, after: User) -> None:
    """Write down that an account was changed, if the audit log keeps what was changed of it."""
    old, new = recorded(before), recorded(after)
    if old != new:
        await desk.record(Deed.USER_CHANGED, after.id, by=who.user_id, before=old, after=new)


async def _inviting_team(desk: Desk, invite_id: str) -> Team | None:
    if not invite_id:
        return None
    team = await teams.by_invite_id(desk.work, invite_id)
    if team is None:
        raise DeadInvitation
    return team


def _permit_creating(desk: Desk, who: Who | None, inviting: Team | None) -> None:
    if who is not None and who.is_system_admin:
        return
    if not desk.config.enable_user_creation:
        raise SignUpSwitchedOff
    if inviting is None and not desk.config.enable_open_server:
        raise SignUpByInvitationOnly


def _made(desk: Desk, new: NewUser, *, roles: str) -> User:
    user = User(
        id=new_id(),
        create_at=desk.now,
        update_at=desk.now,
        username=sign_up.username_of(new.username),
        email=sign_up.email_of(new.email),
        nickname=as_name(new.nickname),
        first_name=as_name(new.first_name),
        last_name=as_name(new.last_name),
        position=as_name(new.position),
        roles=roles,
        locale=new.locale or "en",
        timezone={**NO_TIMEZONE, **new.timezone},
        notify_props={**FIRST_NOTIFY_PROPS, **new.notify_props},
        props=new.props,
        last_password_update=desk.now,
    )
    _check_names(user)
    return user


def _changed(user: User, profile: Profile, *, at: int) -> User:
    changed = replace(
        user,
        update_at=max(at, user.update_at + 1),
        username=user.username if profile.username is None else sign_up.username_of(profile.username),
        email=user.email if profile.email is None else sign_up.email_of(profile.email),
        first_name=_or(profile.first_name, user.first_name),
        last_name=_or(profile.last_name, user.last_name),
        nickname=_or(profile.nickname, user.nickname),
        position=_or(profile.position, user.position),
        locale=profile.locale or user.locale,
        timezone=user.timezone if profile.timezone is None else {**NO_TIMEZONE, **profile.timezone},
        notify_props=user.notify_props if profile.notify_props is None else profile.notify_props,
        props=user.props if profile.props is None else profile.props,
    )
    _check_names(changed)
    return changed


def _or(text: str | None, present: str) -> str:
    return present if text is None else as_name(text)


def _check_names(user: User) -> None:
    sign_up.check_names(
        first_name=user.first_name,
        last_name=user.last_name,
        nickname=user.nickname,
        position=user.position,
        locale=user.locale,
    )


async def _refuse_taken(desk: Desk, user: User) -> None:
    name, _email = await users.taken(desk.work, user)
    raise UsernameTaken if name else EmailTaken
