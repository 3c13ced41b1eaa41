"""Queries that advance what channels and their members count when posts are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from commandpost.db import Sql, Work
from commandpost.workspace.model.channel import Channel, ChannelMember
from commandpost.workspace.store.channels import COLUMNS, channel_of
from commandpost.workspace.store.mentions import CALLED

_LOCKED = Sql(
    f"SELECT {COLUMNS} FROM channels c WHERE c.id IN (:ids...) ORDER BY c.id",
    postgresql=f"SELECT {COLUMNS} FROM channels c WHERE c.id IN (:ids...) ORDER BY c.id FOR NO KEY UPDATE",
)
_CALLED_HERE = CALLED.format("= c.id")
_LOCKED_AND_CALLED = Sql(
    f"SELECT {COLUMNS}, (SELECT json_group_array(json_array(f.called, f.user_id)) FROM ({_CALLED_HERE}) AS f)"
    " AS called FROM channels c WHERE c.id IN (:ids...) ORDER BY c.id",
    postgresql=(
        f"SELECT {COLUMNS}, (SELECT json_agg(json_build_array(f.called, f.user_id))::text"
        f" FROM ({_CALLED_HERE}) AS f) AS called"
        " FROM channels c WHERE c.id IN (:ids...) ORDER BY c.id FOR NO KEY UPDATE OF c"
    ),
)
_ADVANCE_CHANNEL = Sql(
    "UPDATE channels SET last_post_at = :last_post_at, last_root_post_at = :last_root_post_at,"
    " total_msg_count = :total, total_msg_count_root = :total_root WHERE id = :id"
)
_ADVANCE_MEMBER = Sql(
    "UPDATE channel_members SET"
    " msg_count = CASE WHEN :viewed THEN :total ELSE msg_count END,"
    " msg_count_root = CASE WHEN :viewed THEN :total_root ELSE msg_count_root END,"
    " last_viewed_at = CASE WHEN :viewed THEN :viewed_at ELSE last_viewed_at END,"
    " mention_count = CASE WHEN :viewed THEN 0 ELSE mention_count END + :mentions,"
    " mention_count_root = CASE WHEN :viewed THEN 0 ELSE mention_count_root END + :mentions_root,"
    " last_update_at = :at"
    " WHERE channel_id = :channel_id AND user_id = :user_id"
)
_SET_MEMBER = Sql(
    "UPDATE channel_members SET msg_count = :msg_count, msg_count_root = :msg_count_root,"
    " mention_count = :mention_count, mention_count_root = :mention_count_root,"
    " last_viewed_at = :last_viewed_at, last_update_at = :at"
    " WHERE channel_id = :channel_id AND user_id = :user_id"
)

_decode_called = msgspec.json.Decoder(list[tuple[str, str]]).decode


@dataclass(slots=True, kw_only=True)
class MemberCount:
    """What posts do to one member's counters: seen up to a point (their own post), then mentioned."""

    channel_id: str
    user_id: str
    viewed: bool = False
    viewed_at: int = 0
    total: int = 0
    total_root: int = 0
    mentions: int = 0
    mentions_root: int = 0

    def view(self, channel: Channel) -> None:
        """The member has seen everything that is in the channel now."""
        self.viewed = True
        self.viewed_at = channel.last_post_at
        self.total = channel.total_msg_count
        self.total_root = channel.total_msg_count_root
        self.mentions = self.mentions_root = 0


async def locked(work: Work, channel_ids: Sequence[str]) -> dict[str, Channel]:
    """Channels, held for this work alone; taken in one order against deadlocks."""
    return {row["id"]: channel_of(row) for row in await work.all(_LOCKED, ids=list(channel_ids))}


async def locked_and_called(
    work: Work, channel_ids: Sequence[str], *, names: Iterable[str], words: Iterable[str]
) -> tuple[dict[str, Channel], dict[tuple[str, str], set[str]]]:
    """As `locked`, with what `mentions.called` gives for these channels, in one trip to the database.

    Who is called may have been read a moment before the lock was had; it decides nothing but counters.
    """
    rows = await work.all(_LOCKED_AND_CALLED, ids=list(channel_ids), names=list(names), words=list(words))
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for called, user_id in _decode_called(row["called"] or "[]"):
            found.setdefault((row["id"], called), set()).add(user_id)
    return {row["id"]: channel_of(row) for row in rows}, found


async def advance_channels(work: Work, channels: Sequence[Channel]) -> None:
    """Store the counters of channels that this work holds."""
    await work.put_many(
        _ADVANCE_CHANNEL,
        [
            {
                "id": channel.id,
                "last_post_at": channel.last_post_at,
                "last_root_post_at": channel.last_root_post_at,
                "total": channel.total_msg_count,
                "total_root": channel.total_msg_count_root,
            }
            for channel in channels
        ],
    )


async def advance_members(work: Work, members: Sequence[MemberCount], at: int) -> None:
    """Store what posts do to the counters of members; those who are none are left out."""
    await work.put_many(
        _ADVANCE_MEMBER,
        [
            {
                "channel_id": member.channel_id,
                "user_id": member.user_id,
                "viewed": member.viewed,
                "viewed_at": member.viewed_at,
                "total": member.total,
                "total_root": member.total_root,
                "mentions": member.mentions,
                "mentions_root": member.mentions_root,
                "at": at,
            }
            for member in sorted(members, key=lambda member: (member.channel_id, member.user_id))
        ],
    )


async def set_member(work: Work, member: ChannelMember, at: int) -> None:
    """Store the counters of one member as they are given."""
    await work.run(
        _SET_MEMBER,
        channel_id=member.channel_id,
        user_id=member.user_id,
        msg_count=member.msg_count,
        msg_count_root=member.msg_count_root,
        mention_count=member.mention_count,
        mention_count_root=member.mention_count_root,
        last_viewed_at=member.last_viewed_at,
        at=at,
    )
