"""Queries about outgoing webhooks."""

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.outgoing_webhook import OutgoingWebhook, TriggerWhen

_NAMES = (
    "id, sealed_token, create_at, update_at, team_id, channel_id, creator_id, trigger_words, trigger_when,"
    " callback_urls, display_name, description, content_type, username, icon_url"
)
_SELECT = f"SELECT {_NAMES} FROM outgoing_webhooks"
_ORDER = "ORDER BY create_at DESC, id LIMIT :limit OFFSET :offset"
_OWNED = "(:creator_id = '' OR creator_id = :creator_id)"
_BY_ID = Sql(f"{_SELECT} WHERE id = :id")
_LOCKED = Sql(f"{_SELECT} WHERE id = :id", postgresql=f"{_SELECT} WHERE id = :id FOR UPDATE")
_OF_TEAM = Sql(f"{_SELECT} WHERE team_id = :team_id ORDER BY create_at, id")
_PAGE = Sql(f"{_SELECT} WHERE {_OWNED} {_ORDER}")
_PAGE_OF_TEAM = Sql(f"{_SELECT} WHERE team_id = :team_id AND {_OWNED} {_ORDER}")
_PAGE_OF_CHANNEL = Sql(
    f"{_SELECT} WHERE team_id = :team_id AND channel_id = :channel_id AND {_OWNED} {_ORDER}"
)
_INSERT = Sql(
    f"INSERT INTO outgoing_webhooks ({_NAMES}) VALUES (:id, :sealed_token, :create_at, :update_at, :team_id,"
    " :channel_id, :creator_id, :trigger_words, :trigger_when, :callback_urls, :display_name, :description,"
    " :content_type, :username, :icon_url)"
)
_UPDATE = Sql(
    "UPDATE outgoing_webhooks SET sealed_token = :sealed_token, update_at = :update_at,"
    " channel_id = :channel_id, trigger_words = :trigger_words, trigger_when = :trigger_when,"
    " callback_urls = :callback_urls, display_name = :display_name, description = :description,"
    " content_type = :content_type, username = :username, icon_url = :icon_url WHERE id = :id"
)
_DELETE = Sql("DELETE FROM outgoing_webhooks WHERE id = :id")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(tuple[str, ...]).decode


async def by_id(work: Work, hook_id: str) -> OutgoingWebhook | None:
    row = await work.one(_BY_ID, id=hook_id)
    return _hook_of(row) if row else None


async def locked(work: Work, hook_id: str) -> OutgoingWebhook | None:
    """A webhook that nobody else changes until this work ends."""
    row = await work.one(_LOCKED, id=hook_id)
    return _hook_of(row) if row else None


async def of_team(work: Work, team_id: str) -> list[OutgoingWebhook]:
    """All webhooks of a team, oldest first."""
    return [_hook_of(row) for row in await work.all(_OF_TEAM, team_id=team_id)]


async def page(
    work: Work, *, team_id: str, channel_id: str, creator_id: str, limit: int, offset: int
) -> list[OutgoingWebhook]:
    """The webhooks of a team, of one of its channels, or of all teams; newest first. "" is any."""
    paged = {"creator_id": creator_id, "limit": limit, "offset": offset}
    if channel_id:
        rows = await work.all(_PAGE_OF_CHANNEL, team_id=team_id, channel_id=channel_id, **paged)
    elif team_id:
        rows = await work.all(_PAGE_OF_TEAM, team_id=team_id, **paged)
    else:
        rows = await work.all(_PAGE, **paged)
    return [_hook_of(row) for row in rows]


async def insert(work: Work, hook: OutgoingWebhook) -> None:
    changeable = _changeable(hook)
    await work.run(
        _INSERT, create_at=hook.create_at, team_id=hook.team_id, creator_id=hook.creator_id, **changeable
    )


async def update(work: Work, hook: OutgoingWebhook) -> None:
    """Store what of a webhook can change."""
    await work.run(_UPDATE, **_changeable(hook))


async def delete(work: Work, hook_id: str) -> None:
    await work.run(_DELETE, id=hook_id)


def _changeable(hook: OutgoingWebhook) -> dict[str, str | int]:
    return {
        "id": hook.id,
        "sealed_token": hook.sealed_token,
        "update_at": hook.update_at,
        "channel_id": hook.channel_id,
        "trigger_words": _encode(hook.trigger_words).decode(),
        "trigger_when": int(hook.trigger_when),
        "callback_urls": _encode(hook.callback_urls).decode(),
        "display_name": hook.display_name,
        "description": hook.description,
        "content_type": hook.content_type,
        "username": hook.username,
        "icon_url": hook.icon_url,
    }


def _hook_of(row: Row) -> OutgoingWebhook:
    return OutgoingWebhook(
        id=row["id"],
        sealed_token=row["sealed_token"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        team_id=row["team_id"],
        channel_id=row["channel_id"],
        creator_id=row["creator_id"],
        trigger_words=_decode(row["trigger_words"]),
        trigger_when=TriggerWhen(row["trigger_when"]),
        callback_urls=_decode(row["callback_urls"]),
        display_name=row["display_name"],
        description=row["description"],
        content_type=row["content_type"],
        username=row["username"],
        icon_url=row["icon_url"],
    )
