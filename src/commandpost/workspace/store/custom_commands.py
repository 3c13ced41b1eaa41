"""Queries about the commands that teams have made, and about where their servers may still answer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.custom_command import CustomCommand, Method

_NAMES = (
    "id, create_at, update_at, team_id, creator_id, trigger_word, url, method, sealed_token, username,"
    " icon_url, auto_complete, auto_complete_desc, auto_complete_hint, display_name, description"
)
_SELECT = f"SELECT {_NAMES} FROM custom_commands"
_BY_ID = Sql(f"{_SELECT} WHERE id = :id")
_LOCKED = Sql(f"{_SELECT} WHERE id = :id", postgresql=f"{_SELECT} WHERE id = :id FOR UPDATE")
_BY_TRIGGER = Sql(f"{_SELECT} WHERE team_id = :team_id AND trigger_word = :trigger")
_OF_TEAM = Sql(f"{_SELECT} WHERE team_id = :team_id ORDER BY trigger_word")
_INSERT = Sql(
    f"INSERT INTO custom_commands ({_NAMES}) VALUES (:id, :create_at, :update_at, :team_id, :creator_id,"
    " :trigger, :url, :method, :sealed_token, :username, :icon_url, :auto_complete, :auto_complete_desc,"
    " :auto_complete_hint, :display_name, :description)"
)
_UPDATE = Sql(
    "UPDATE custom_commands SET update_at = :update_at, team_id = :team_id, trigger_word = :trigger,"
    " url = :url, method = :method, sealed_token = :sealed_token, username = :username,"
    " icon_url = :icon_url, auto_complete = :auto_complete, auto_complete_desc = :auto_complete_desc,"
    " auto_complete_hint = :auto_complete_hint, display_name = :display_name, description = :description"
    " WHERE id = :id"
)
_DELETE = Sql("DELETE FROM custom_commands WHERE id = :id")
_COUNT = Sql("SELECT COUNT(*) FROM custom_commands WHERE team_id = :team_id")

_OPEN = Sql(
    "INSERT INTO response_addresses (id_hash, create_at, command_id, user_id, channel_id, root_id)"
    " VALUES (:id_hash, :create_at, :command_id, :user_id, :channel_id, :root_id)"
)
_ADDRESS = Sql(
    "SELECT create_at, command_id, user_id, channel_id, root_id FROM response_addresses"
    " WHERE id_hash = :id_hash AND create_at > :after"
)
_USE = Sql("UPDATE response_addresses SET uses = uses + 1 WHERE id_hash = :id_hash AND uses < :most")
_FORGET = Sql("DELETE FROM response_addresses WHERE create_at <= :until")
_MEMBERS_NAMED = Sql(
    "SELECT u.id, u.username FROM users u JOIN team_members m ON m.user_id = u.id"
    " WHERE m.team_id = :team_id AND m.delete_at = 0 AND u.delete_at = 0 AND u.username IN (:usernames...)"
    " ORDER BY u.username"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseAddress:
    """Where a run of a command may still answer: by whom and where it was run."""

    create_at: int
    command_id: str
    user_id: str
    channel_id: str
    root_id: str


async def by_id(work: Work, command_id: str) -> CustomCommand | None:
    row = await work.one(_BY_ID, id=command_id)
    return _command_of(row) if row else None


async def locked(work: Work, command_id: str) -> CustomCommand | None:
    """A command that nobody else changes until this work ends."""
    row = await work.one(_LOCKED, id=command_id)
    return _command_of(row) if row else None


async def by_trigger(work: Work, team_id: str, trigger: str) -> CustomCommand | None:
    row = await work.one(_BY_TRIGGER, team_id=team_id, trigger=trigger)
    return _command_of(row) if row else None


async def of_team(work: Work, team_id: str) -> list[CustomCommand]:
    """The commands of a team, by trigger."""
    return [_command_of(row) for row in await work.all(_OF_TEAM, team_id=team_id)]


async def count(work: Work, team_id: str) -> int:
    """How many commands a team has."""
    return await work.value(_COUNT, team_id=team_id)


async def insert(work: Work, command: CustomCommand) -> None:
    """Store a new command; its trigger is known to be free."""
    await work.run(_INSERT, **asdict(command))


async def update(work: Work, command: CustomCommand) -> None:
    """Store a command's new state; its trigger is known to be free."""
    values = asdict(command)
    del values["create_at"], values["creator_id"]
    await work.run(_UPDATE, **values)


async def delete(work: Work, command_id: str) -> None:
    await work.run(_DELETE, id=command_id)


async def members_named(work: Work, team_id: str, usernames: Sequence[str]) -> list[tuple[str, str]]:
    """Username and id of the active members of a team with these names."""
    rows = await work.all(_MEMBERS_NAMED, team_id=team_id, usernames=list(usernames))
    return [(row["username"], row["id"]) for row in rows]


async def open_address(work: Work, id_hash: str, address: ResponseAddress) -> None:
    """Let a run be answered later, under an id of which only the hash is kept."""
    await work.put(_OPEN, id_hash=id_hash, **asdict(address))


async def address(work: Work, id_hash: str, *, after: int) -> ResponseAddress | None:
    """The address with that id, if it was opened after a time."""
    row = await work.one(_ADDRESS, id_hash=id_hash, after=after)
    if row is None:
        return None
    return ResponseAddress(
        create_at=row["create_at"],
        command_id=row["command_id"],
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        root_id=row["root_id"],
    )


async def use_address(work: Work, id_hash: str, *, most: int) -> bool:
    """Count a use; False if there were so many already."""
    return await work.run(_USE, id_hash=id_hash, most=most) > 0


async def forget_addresses(work: Work, *, until: int) -> None:
    """Forget those that were opened up to a time."""
    await work.run(_FORGET, until=until)


def _command_of(row: Row) -> CustomCommand:
    return CustomCommand(
        id=row["id"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        team_id=row["team_id"],
        creator_id=row["creator_id"],
        trigger=row["trigger_word"],
        url=row["url"],
        method=Method(row["method"]),
        sealed_token=row["sealed_token"],
        username=row["username"],
        icon_url=row["icon_url"],
        auto_complete=bool(row["auto_complete"]),
        auto_complete_desc=row["auto_complete_desc"],
        auto_complete_hint=row["auto_complete_hint"],
        display_name=row["display_name"],
        description=row["description"],
    )
