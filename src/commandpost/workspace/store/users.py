"""Queries about users: one, several by what they are known by, and their changes."""

from collections.abc import Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.kernel.text import folded
from commandpost.workspace.model.sign_up import PasswordHash
from commandpost.workspace.model.user import User

COLUMNS = (
    "u.id, u.create_at, u.update_at, u.delete_at, u.username, u.email, u.email_verified, u.nickname,"
    " u.first_name, u.last_name, u.position, u.roles, u.locale, u.timezone, u.notify_props, u.props,"
    " u.last_password_update, u.last_picture_update, u.is_bot, u.bot_description, u.bot_owner_id,"
    " u.mfa_active"
)
"""What `user_of` reads, of a users table called `u`."""


def named_by(ids: str) -> Sql:
    """The question for id and username of the user whose id another question gives."""
    return Sql(f"SELECT u.id, u.username FROM users u WHERE u.id = ({ids})")


_BY_ID = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.id = :id")
_BY_IDS = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.id IN (:ids...)")
_BY_IDS_SINCE = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.id IN (:ids...) AND u.update_at > :since")
_BY_USERNAME = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.username = :username")
_BY_USERNAMES = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.username IN (:usernames...) ORDER BY u.username")
_PEOPLE_OF_TEAM = (
    f"SELECT {COLUMNS} FROM team_members m JOIN users u ON u.id = m.user_id"
    " WHERE m.team_id = :team_id AND m.delete_at = 0 AND u.delete_at = 0 AND NOT u.is_bot"
    " AND u.roles NOT LIKE '%system_guest%' ORDER BY u.username{collation} LIMIT :limit"
)
_FIRST_OF_TEAM = Sql(
    _PEOPLE_OF_TEAM.format(collation=""), postgresql=_PEOPLE_OF_TEAM.format(collation=' COLLATE "C"')
)
_KNOWN_AS = Sql(
    f"SELECT {COLUMNS} FROM users u WHERE u.username IN (:usernames...) OR u.email IN (:emails...)"
    " ORDER BY u.username"
)
_BY_EMAIL = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.email = :email")
_LOCKED = Sql(
    f"SELECT {COLUMNS} FROM users u WHERE u.id = :id",
    postgresql=f"SELECT {COLUMNS} FROM users u WHERE u.id = :id FOR UPDATE",
)
_ANY_PERSON = Sql("SELECT 1 FROM users WHERE is_bot = FALSE LIMIT 1")
_ALONE = Sql("SELECT 1", postgresql="SELECT pg_advisory_xact_lock(:key)")
_FIRST_PERSON_KEY = 7_291_164

_INSERT = Sql(
    "INSERT INTO users (id, create_at, update_at, delete_at, username, email, email_verified, nickname,"
    " first_name, last_name, position, roles, locale, timezone, notify_props, props, password_hash,"
    " last_password_update, last_picture_update, is_bot, bot_description, bot_owner_id, search_text)"
    " VALUES (:id, :create_at, :update_at, :delete_at, :username, :email, :email_verified, :nickname,"
    " :first_name, :last_name, :position, :roles, :locale, :timezone, :notify_props, :props, :password_hash,"
    " :last_password_update, :last_picture_update, :is_bot, :bot_description, :bot_owner_id, :search_text)"
    " ON CONFLICT DO NOTHING"
)
_UPDATE = Sql(
    "UPDATE users SET update_at = :update_at, delete_at = :delete_at, username = :username, email = :email,"
    " email_verified = :email_verified, nickname = :nickname, first_name = :first_name,"
    " last_name = :last_name, position = :position, roles = :roles, locale = :locale, timezone = :timezone,"
    " notify_props = :notify_props, props = :props, last_password_update = :last_password_update,"
    " last_picture_update = :last_picture_update, bot_description = :bot_description,"
    " bot_owner_id = :bot_owner_id, search_text = :search_text WHERE id = :id"
)
_TAKEN = Sql("SELECT username, email FROM users WHERE id <> :id AND (username = :username OR email = :email)")
_MET_AMONG = Sql(
    "SELECT DISTINCT theirs.user_id FROM channel_members mine"
    " JOIN channel_members theirs ON theirs.channel_id = mine.channel_id"
    " WHERE mine.user_id = :user_id AND theirs.user_id IN (:ids...)"
)
_SET_PASSWORD = Sql(
    "UPDATE users SET password_hash = :password_hash, last_password_update = :at, update_at = :at"
    " WHERE id = :id"
)
_PASSWORD = Sql("SELECT password_hash FROM users WHERE id = :id")

_decode_map = msgspec.json.Decoder(dict[str, str]).decode
_encode = msgspec.json.encode


def user_of(row: Row) -> User:
    """A row of `COLUMNS` as a value."""
    return User(
        id=row["id"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        delete_at=row["delete_at"],
        username=row["username"],
        email=row["email"],
        email_verified=bool(row["email_verified"]),
        nickname=row["nickname"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        position=row["position"],
        roles=row["roles"],
        locale=row["locale"],
        timezone=_decode_map(row["timezone"]),
        notify_props=_decode_map(row["notify_props"]),
        props=_decode_map(row["props"]),
        last_password_update=row["last_password_update"],
        last_picture_update=row["last_picture_update"],
        is_bot=bool(row["is_bot"]),
        bot_description=row["bot_description"],
        bot_owner_id=row["bot_owner_id"],
        mfa_active=bool(row["mfa_active"]),
    )


async def by_id(work: Work, user_id: str) -> User | None:
    row = await work.one(_BY_ID, id=user_id)
    return user_of(row) if row else None


async def locked(work: Work, user_id: str) -> User | None:
    """A user to be changed by this work: nobody else changes them meanwhile."""
    row = await work.one(_LOCKED, id=user_id)
    return user_of(row) if row else None


async def by_ids(work: Work, user_ids: Sequence[str]) -> list[User]:
    """Those of the ids that exist, in no particular order."""
    return [user_of(row) for row in await work.all(_BY_IDS, ids=list(user_ids))]


async def by_ids_since(work: Work, user_ids: Sequence[str], since: int) -> list[User]:
    """Those of the ids that exist and were changed after a time."""
    return [user_of(row) for row in await work.all(_BY_IDS_SINCE, ids=list(user_ids), since=since)]


async def by_username(work: Work, username: str) -> User | None:
    row = await work.one(_BY_USERNAME, username=username.lower())
    return user_of(row) if row else None


async def by_usernames(work: Work, usernames: Sequence[str]) -> list[User]:
    rows = await work.all(_BY_USERNAMES, usernames=[name.lower() for name in usernames])
    return [user_of(row) for row in rows]


async def known_as(work: Work, usernames: Sequence[str], emails: Sequence[str]) -> list[User]:
    """Everybody with one of these usernames or addresses."""
    rows = await work.all(
        _KNOWN_AS,
        usernames=[name.lower() for name in usernames],
        emails=[email.lower() for email in emails],
    )
    return [user_of(row) for row in rows]


async def by_email(work: Work, email: str) -> User | None:
    row = await work.one(_BY_EMAIL, email=email.lower())
    return user_of(row) if row else None


async def has_people(work: Work) -> bool:
    """Whether anybody but bots has an account."""
    return await work.one(_ANY_PERSON) is not None


async def is_first_person(work: Work) -> bool:
    """Whether nobody but bots has an account; if so, until this work ends no other work gets an answer."""
    if await has_people(work):
        return False
    await work.one(_ALONE, key=_FIRST_PERSON_KEY)
    return not await has_people(work)


async def insert(work: Work, user: User, password_hash: PasswordHash) -> bool:
    """Store a new user; False if the username or the e-mail address is taken."""
    return await work.run(_INSERT, **_stored(user), password_hash=password_hash) > 0


async def taken(work: Work, user: User) -> tuple[bool, bool]:
    """Whether another user has this user's username, and their e-mail address."""
    rows = await work.all(_TAKEN, id=user.id, username=user.username, email=user.email)
    return any(r["username"] == user.username for r in rows), any(r["email"] == user.email for r in rows)


async def update(work: Work, user: User) -> None:
    """Store a user's new state; the password stays."""
    await work.run(_UPDATE, **_stored(user))


async def set_password(work: Work, user_id: str, password_hash: PasswordHash, at: int) -> None:
    await work.run(_SET_PASSWORD, id=user_id, password_hash=password_hash, at=at)


async def password_hash(work: Work, user_id: str) -> PasswordHash:
    """The hash of a user's password; "" for none."""
    return PasswordHash(await work.value(_PASSWORD, id=user_id) or "")


async def met_among(work: Work, user_id: str, others: Sequence[str]) -> set[str]:
    """Which of some users share a channel with a user."""
    return {row["user_id"] for row in await work.all(_MET_AMONG, user_id=user_id, ids=list(others))}


async def people_of_team(work: Work, team_id: str, *, limit: int) -> list[User]:
    """The first active members of a team by username, neither guests nor bots."""
    return [user_of(row) for row in await work.all(_FIRST_OF_TEAM, team_id=team_id, limit=limit)]


def _stored(user: User) -> dict[str, object]:
    names = " ".join((user.username, user.first_name, user.last_name, user.nickname))
    return {
        "id": user.id,
        "create_at": user.create_at,
        "update_at": user.update_at,
        "delete_at": user.delete_at,
        "username": user.username,
        "email": user.email,
        "email_verified": user.email_verified,
        "nickname": user.nickname,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "position": user.position,
        "roles": user.roles,
        "locale": user.locale,
        "timezone": _encode(user.timezone).decode(),
        "notify_props": _encode(user.notify_props).decode(),
        "props": _encode(user.props).decode(),
        "last_password_update": user.last_password_update,
        "last_picture_update": user.last_picture_update,
        "is_bot": user.is_bot,
        "bot_description": user.bot_description,
        "bot_owner_id": user.bot_owner_id,
        "search_text": folded(names),
    }
