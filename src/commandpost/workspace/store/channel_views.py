"""Queries about what members have read."""

from collections.abc import Sequence

from commandpost.db import Sql, Work

_VIEW = Sql(
    "UPDATE channel_members AS m SET msg_count = c.total_msg_count, msg_count_root = c.total_msg_count_root,"
    " mention_count = 0, mention_count_root = 0, last_update_at = :at,"
    " last_viewed_at ="
    " CASE WHEN c.last_post_at > m.last_viewed_at THEN c.last_post_at ELSE m.last_viewed_at END"
    " FROM channels c"
    " WHERE c.id = m.channel_id AND m.user_id = :user_id AND m.channel_id IN (:channel_ids...)"
    " RETURNING channel_id, last_viewed_at"
)


async def view(work: Work, user_id: str, channel_ids: Sequence[str], at: int) -> dict[str, int]:
    """Note that a user has read all there is in some channels; gives the times up to which they have."""
    rows = await work.all(_VIEW, user_id=user_id, channel_ids=list(channel_ids), at=at)
    return {row["channel_id"]: row["last_viewed_at"] for row in rows}
