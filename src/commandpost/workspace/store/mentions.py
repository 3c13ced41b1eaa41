"""Queries about whom posts call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from commandpost.db import Sql, Work
from commandpost.workspace.model.mentions import keys_of
from commandpost.workspace.model.user import User

CALLED = (
    "SELECT m.channel_id, m.user_id, w.word AS called FROM mention_words w"
    " JOIN channel_members m ON m.user_id = w.user_id AND m.channel_id {0} WHERE w.word IN (:words...)"
    " UNION ALL SELECT m.channel_id, m.user_id, '@' || u.username FROM users u"
    " JOIN channel_members m ON m.user_id = u.id AND m.channel_id {0} WHERE u.username IN (:names...)"
)
"""Members called by `names` or `words` in some channels, whose ids are told where it has a place."""

_CALLED = Sql(CALLED.format("IN (:channel_ids...)"))
_MEMBERS = Sql(
    "SELECT m.channel_id, m.user_id, m.notify_props AS in_channel, u.notify_props AS everywhere,"
    " COALESCE(s.status, '') AS status FROM channel_members m JOIN users u ON u.id = m.user_id"
    " LEFT JOIN statuses s ON s.user_id = m.user_id WHERE m.channel_id IN (:channel_ids...)"
    " AND u.delete_at = 0"
)
_IN_THREADS = Sql(
    "SELECT t.thread_id, t.user_id, t.is_root, u.notify_props FROM ("
    " SELECT id AS thread_id, user_id, channel_id, TRUE AS is_root FROM posts WHERE id IN (:root_ids...)"
    " UNION SELECT root_id, user_id, channel_id, FALSE FROM posts WHERE root_id IN (:root_ids...)"
    " AND delete_at = 0) AS t JOIN users u ON u.id = t.user_id"
    " JOIN channel_members m ON m.channel_id = t.channel_id AND m.user_id = t.user_id"
)
_FORGET_WORDS = Sql("DELETE FROM mention_words WHERE user_id = :user_id")
_ADD_WORD = Sql("INSERT INTO mention_words (word, user_id) VALUES (:word, :user_id)")

_decode = msgspec.json.Decoder(dict[str, str]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifiedMember:
    """A member of a channel and what they want to hear of."""

    user_id: str
    is_online: bool
    ignores_everyone: bool


async def called(
    work: Work, channel_ids: Sequence[str], names: Iterable[str], words: Iterable[str]
) -> dict[tuple[str, str], set[str]]:
    """Members called by name ("@name") or by a word: for each channel and call, the users."""
    rows = await work.all(_CALLED, channel_ids=list(channel_ids), names=list(names), words=list(words))
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        found.setdefault((row["channel_id"], row["called"]), set()).add(row["user_id"])
    return found


async def members(work: Work, channel_ids: Sequence[str]) -> dict[str, list[NotifiedMember]]:
    """The active members of channels, with what they say about @channel, @all and @here."""
    found: dict[str, list[NotifiedMember]] = {}
    for row in await work.all(_MEMBERS, channel_ids=list(channel_ids)):
        ignores = (
            _decode(row["in_channel"]).get("ignore_channel_mentions") == "on"
            or _decode(row["everywhere"]).get("channel") == "false"
        )
        member = NotifiedMember(
            user_id=row["user_id"], is_online=row["status"] == "online", ignores_everyone=ignores
        )
        found.setdefault(row["channel_id"], []).append(member)
    return found


async def followers(work: Work, root_ids: Sequence[str]) -> dict[str, set[str]]:
    """For each thread, the members who want to be called by replies to it (their `comments` setting)."""
    found: dict[str, set[str]] = {}
    for row in await work.all(_IN_THREADS, root_ids=list(root_ids)):
        wish = _decode(row["notify_props"]).get("comments", "never")
        if wish == "any" or (wish == "root" and bool(row["is_root"])):
            found.setdefault(row["thread_id"], set()).add(row["user_id"])
    return found


async def keep_words(work: Work, user: User) -> None:
    """Store the words that call a user; to be called whenever their first name or notify_props changed."""
    await work.run(_FORGET_WORDS, user_id=user.id)
    await work.run_many(_ADD_WORD, [{"word": word, "user_id": user.id} for word in sorted(keys_of(user))])
