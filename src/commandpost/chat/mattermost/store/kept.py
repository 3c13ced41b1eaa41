"""Queries about channels of the past: what was said in them stands here, and nowhere at Mattermost."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.ports import Channel, ChannelType, HistoryPlace, PastChannel, Post
from commandpost.kernel.clock import Millis

_CHANNELS = Sql(
    "SELECT id, team_id, type, name, display_name FROM mattermost_kept_channels WHERE id IN (:ids...)"
)
_ADD_CHANNEL = Sql(
    "INSERT INTO mattermost_kept_channels (id, team_id, type, name, display_name)"
    " VALUES (:id, :team_id, :type, :name, :display_name)"
)
_ADD_POST = Sql(
    "INSERT INTO mattermost_kept_posts (id, channel_id, create_at, delete_at, content)"
    " VALUES (:id, :channel_id, :create_at, :delete_at, :content)"
)
_ADD_PERSON = Sql("""
    INSERT INTO mattermost_kept_people (channel_id, user_id, is_member)
    VALUES (:channel_id, :user_id, :is_member) ON CONFLICT (channel_id, user_id) DO NOTHING
""")
_PUT_PERSON = Sql("""
    INSERT INTO mattermost_kept_people (channel_id, user_id, is_member)
    VALUES (:channel_id, :user_id, :is_member)
    ON CONFLICT (channel_id, user_id) DO UPDATE SET is_member = excluded.is_member
""")
_PEOPLE = Sql("SELECT user_id FROM mattermost_kept_people WHERE channel_id = :channel_id ORDER BY user_id")
_BELONGING = Sql("SELECT channel_id FROM mattermost_kept_people WHERE user_id = :user_id AND is_member")
_POSTS = Sql("SELECT number, delete_at, content FROM mattermost_kept_posts WHERE id IN (:ids...)")
_HISTORY = Sql("""
    SELECT number, delete_at, content FROM mattermost_kept_posts
    WHERE channel_id = :channel_id AND delete_at = 0
        AND (create_at > :at OR (create_at = :at AND number > :number))
    ORDER BY create_at, number LIMIT :limit
""")
_COUNT = Sql("SELECT COUNT(*) FROM mattermost_kept_posts WHERE channel_id = :channel_id")
_DELETE = Sql("UPDATE mattermost_kept_posts SET delete_at = :at WHERE id = :id AND delete_at = 0")
_ARE_SAID = Sql("""
    SELECT 1 FROM status_posts WHERE post_id IN (:ids...)
    UNION ALL SELECT 1 FROM mattermost_kept_posts WHERE id IN (:ids...) LIMIT 1
""")
_AT_ONCE = 500

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Post).decode


async def channels(work: Work, ids: Collection[str]) -> Sequence[Channel]:
    """Those of these channels that are kept here."""
    return [
        Channel(
            id=row["id"],
            team_id=row["team_id"],
            type=ChannelType(row["type"]),
            name=row["name"],
            display_name=row["display_name"],
            is_kept=True,
        )
        for row in await work.all(_CHANNELS, ids=list(ids))
    ]


async def add_channel(work: Work, past: PastChannel, *, bot_id: str) -> None:
    """Keep a channel with its posts; those of nobody are the bot's."""
    channel = past.channel
    await work.run(
        _ADD_CHANNEL,
        id=channel.id,
        team_id=channel.team_id,
        type=channel.type.value,
        name=channel.name,
        display_name=channel.display_name,
    )
    said = [replace(post, author_id=post.author_id or bot_id) for post in past.posts]
    await work.run_many(_ADD_POST, [_row(post) for post in said])
    members = {*past.present, *past.joined}
    people = {post.author_id for post in said}
    people |= {one.user_id for post in said for one in post.reactions}
    await work.run_many(
        _ADD_PERSON,
        [
            {"channel_id": channel.id, "user_id": user_id, "is_member": user_id in members}
            for user_id in sorted((people | members) - {""})
        ],
    )


async def add_post(work: Work, post: Post) -> None:
    """Keep one more post."""
    await work.run(_ADD_POST, **_row(post))
    await work.run(_ADD_PERSON, channel_id=post.channel_id, user_id=post.author_id, is_member=False)


async def put_person(work: Work, channel_id: str, user_id: str, *, is_member: bool) -> None:
    """Note whether somebody belongs to a channel from now on."""
    await work.run(_PUT_PERSON, channel_id=channel_id, user_id=user_id, is_member=is_member)


async def people(work: Work, channel_id: str) -> Sequence[str]:
    """Everybody who has said something in a channel or reacted to it, and who belongs to it."""
    return [row["user_id"] for row in await work.all(_PEOPLE, channel_id=channel_id)]


async def belonging(work: Work, user_id: str) -> Sequence[str]:
    """The channels to which a user belongs: those they were in at their end, and those they were added to."""
    return [row["channel_id"] for row in await work.all(_BELONGING, user_id=user_id)]


async def posts(work: Work, ids: Collection[str]) -> Sequence[Post]:
    """Those of these posts that are kept here, deleted ones included."""
    return [_post(row)[1] for row in await work.all(_POSTS, ids=list(ids))]


async def history(
    work: Work, channel_id: str, *, after: HistoryPlace, limit: int
) -> Sequence[tuple[HistoryPlace, Post]]:
    """The posts of a channel after a place, oldest first, deleted ones left out."""
    at, number = after
    rows = await work.all(_HISTORY, channel_id=channel_id, at=at, number=number, limit=limit)
    return [_post(row) for row in rows]


async def count(work: Work, channel_id: str) -> int:
    """How many posts a channel has had."""
    return await work.value(_COUNT, channel_id=channel_id)


async def delete_post(work: Work, post_id: str, *, at: Millis) -> None:
    await work.run(_DELETE, id=post_id, at=at)


async def are_said(work: Work, post_ids: Collection[str]) -> bool:
    """Whether one of these ids is that of a kept post, or of any incident's status update."""
    ids = list(post_ids)
    for first in range(0, len(ids), _AT_ONCE):
        if await work.value(_ARE_SAID, ids=ids[first : first + _AT_ONCE]) is not None:
            return True
    return False


def file_ids_in(content: str) -> Sequence[str]:
    """The files of a post, by its row as a backup reads it."""
    return [file.id for file in _decode(content).files]


def _row(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "channel_id": post.channel_id,
        "create_at": post.create_at,
        "delete_at": post.delete_at,
        "content": _encode(post).decode(),
    }


def _post(row: Row) -> tuple[HistoryPlace, Post]:
    post = replace(_decode(row["content"]), delete_at=Millis(row["delete_at"]))
    return (post.create_at, row["number"]), post
