"""Queries about incoming webhooks. Their ids are secrets: looked up by hash, read back decrypted."""

from commandpost.db import Row, Sql, Work
from commandpost.kernel.ids import token_hash
from commandpost.vault import Vault
from commandpost.workspace.model.incoming_webhook import IncomingWebhook

_NAMES = (
    "sealed_id, create_at, update_at, team_id, channel_id, user_id, display_name, description, username,"
    " icon_url, channel_locked"
)
_SELECT = f"SELECT {_NAMES} FROM incoming_webhooks"
_BY_ID = Sql(f"{_SELECT} WHERE id_hash = :id_hash")
_LOCKED = Sql(
    f"{_SELECT} WHERE id_hash = :id_hash", postgresql=f"{_SELECT} WHERE id_hash = :id_hash FOR UPDATE"
)
_PAGE = Sql(
    f"{_SELECT} WHERE (:user_id = '' OR user_id = :user_id)"
    " ORDER BY create_at DESC, id_hash LIMIT :limit OFFSET :offset"
)
_PAGE_OF_TEAM = Sql(
    f"{_SELECT} WHERE team_id = :team_id AND (:user_id = '' OR user_id = :user_id)"
    " ORDER BY create_at DESC, id_hash LIMIT :limit OFFSET :offset"
)
_COUNT = Sql("SELECT COUNT(*) FROM incoming_webhooks WHERE team_id = :team_id")
_INSERT = Sql(
    f"INSERT INTO incoming_webhooks (id_hash, {_NAMES}) VALUES (:id_hash, :sealed_id, :create_at,"
    " :update_at, :team_id, :channel_id, :user_id, :display_name, :description, :username, :icon_url,"
    " :channel_locked)"
)
_UPDATE = Sql(
    "UPDATE incoming_webhooks SET update_at = :update_at, channel_id = :channel_id,"
    " display_name = :display_name, description = :description, username = :username,"
    " icon_url = :icon_url, channel_locked = :channel_locked WHERE id_hash = :id_hash"
)
_DELETE = Sql("DELETE FROM incoming_webhooks WHERE id_hash = :id_hash")


async def by_id(work: Work, hook_id: str) -> IncomingWebhook | None:
    row = await work.one(_BY_ID, id_hash=token_hash(hook_id))
    return _hook_of(row, hook_id) if row else None


async def locked(work: Work, hook_id: str) -> IncomingWebhook | None:
    """A webhook that nobody else changes until this work ends."""
    row = await work.one(_LOCKED, id_hash=token_hash(hook_id))
    return _hook_of(row, hook_id) if row else None


async def page(
    work: Work, vault: Vault, *, team_id: str, user_id: str, limit: int, offset: int
) -> list[IncomingWebhook]:
    """The webhooks of a team ("" for all teams) and an owner ("" for all), newest first."""
    if team_id:
        rows = await work.all(_PAGE_OF_TEAM, team_id=team_id, user_id=user_id, limit=limit, offset=offset)
    else:
        rows = await work.all(_PAGE, user_id=user_id, limit=limit, offset=offset)
    return [_hook_of(row, vault.opened(row["sealed_id"])) for row in rows]


async def count(work: Work, team_id: str) -> int:
    """How many webhooks a team has."""
    return await work.value(_COUNT, team_id=team_id)


async def insert(work: Work, vault: Vault, hook: IncomingWebhook) -> None:
    await work.run(
        _INSERT,
        id_hash=token_hash(hook.id),
        sealed_id=vault.sealed(hook.id),
        create_at=hook.create_at,
        update_at=hook.update_at,
        team_id=hook.team_id,
        channel_id=hook.channel_id,
        user_id=hook.user_id,
        display_name=hook.display_name,
        description=hook.description,
        username=hook.username,
        icon_url=hook.icon_url,
        channel_locked=hook.channel_locked,
    )


async def update(work: Work, hook: IncomingWebhook) -> None:
    """Store what of a webhook can change."""
    await work.run(
        _UPDATE,
        id_hash=token_hash(hook.id),
        update_at=hook.update_at,
        channel_id=hook.channel_id,
        display_name=hook.display_name,
        description=hook.description,
        username=hook.username,
        icon_url=hook.icon_url,
        channel_locked=hook.channel_locked,
    )


async def delete(work: Work, hook_id: str) -> None:
    await work.run(_DELETE, id_hash=token_hash(hook_id))


def _hook_of(row: Row, hook_id: str) -> IncomingWebhook:
    return IncomingWebhook(
        id=hook_id,
        create_at=row["create_at"],
        update_at=row["update_at"],
        team_id=row["team_id"],
        channel_id=row["channel_id"],
        user_id=row["user_id"],
        display_name=row["display_name"],
        description=row["description"],
        username=row["username"],
        icon_url=row["icon_url"],
        channel_locked=bool(row["channel_locked"]),
    )
