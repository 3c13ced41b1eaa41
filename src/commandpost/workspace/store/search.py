"""Searching posts with the database's own engine: FTS5 on SQLite, tsvector on PostgreSQL.

Only in channels that the searcher is in. Questions run as scans: they may take long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.workspace.model.post import Post
from commandpost.workspace.model.search import Phrase
from commandpost.workspace.store.posts import COLUMNS, post_of

_WHERE = (
    " JOIN channel_members m ON m.channel_id = p.channel_id AND m.user_id = :user_id"
    " JOIN channels c ON c.id = p.channel_id"
    " WHERE p.delete_at = 0 AND p.search_text <> '' AND p.create_at >= :since AND p.create_at < :until"
    " AND (:any_team OR c.team_id = :team_id OR c.team_id = '') AND (:archived_too OR c.delete_at = 0)"
    " AND (:any_author OR p.user_id IN (:author_ids...)) AND p.user_id NOT IN (:not_author_ids...)"
    " AND (:any_channel OR c.name IN (:channels...) OR c.id IN (:channels...))"
    " AND c.name NOT IN (:not_channels...) AND c.id NOT IN (:not_channels...)"
)
_NEWEST_FIRST = " ORDER BY p.create_at DESC, p.seq DESC LIMIT :limit OFFSET :offset"
_NOT_SQLITE = " AND p.seq NOT IN (SELECT rowid FROM posts_search WHERE posts_search MATCH :excluded_match)"
_VECTOR = "to_tsvector('simple', p.search_text)"
_NOT_POSTGRESQL = f" AND NOT {_VECTOR} @@ CAST(CAST(:excluded_tsquery AS TEXT) AS tsquery)"
_MATCHING_SQLITE = (
    f"SELECT {COLUMNS} FROM posts_search s JOIN posts p ON p.seq = s.rowid AND posts_search MATCH :match"
)
_ALL = f"SELECT {COLUMNS} FROM posts p"
_MATCHING_POSTGRESQL = f" AND {_VECTOR} @@ CAST(CAST(:tsquery AS TEXT) AS tsquery)"

_FOUND = Sql(
    f"{_MATCHING_SQLITE}{_WHERE}{_NEWEST_FIRST}",
    postgresql=f"{_ALL}{_WHERE}{_MATCHING_POSTGRESQL}{_NEWEST_FIRST}",
)
_FOUND_WITHOUT = Sql(
    f"{_MATCHING_SQLITE}{_WHERE}{_NOT_SQLITE}{_NEWEST_FIRST}",
    postgresql=f"{_ALL}{_WHERE}{_MATCHING_POSTGRESQL}{_NOT_POSTGRESQL}{_NEWEST_FIRST}",
)
_ANY = Sql(f"{_ALL}{_WHERE}{_NEWEST_FIRST}")
_ANY_WITHOUT = Sql(
    f"{_ALL}{_WHERE}{_NOT_SQLITE}{_NEWEST_FIRST}",
    postgresql=f"{_ALL}{_WHERE}{_NOT_POSTGRESQL}{_NEWEST_FIRST}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search with its names resolved. `None` for authors, channels or team means any."""

    user_id: str
    phrases: Sequence[Phrase]
    needs_all: bool
    excluded: Sequence[Phrase]
    team_id: str | None
    author_ids: Sequence[str] | None
    not_author_ids: Sequence[str]
    channels: Sequence[str] | None
    not_channels: Sequence[str]
    since: int
    until: int
    archived_too: bool


async def found(work: Work, search: Search, *, limit: int, offset: int) -> list[Post]:
    """The posts that a search finds, newest first."""
    if search.phrases:
        sql = _FOUND_WITHOUT if search.excluded else _FOUND
    else:
        sql = _ANY_WITHOUT if search.excluded else _ANY
    rows = await work.scan(
        sql,
        user_id=search.user_id,
        match=_match(search.phrases, needs_all=search.needs_all),
        tsquery=_tsquery(search.phrases, needs_all=search.needs_all),
        excluded_match=_match(search.excluded, needs_all=False),
        excluded_tsquery=_tsquery(search.excluded, needs_all=False),
        any_team=search.team_id is None,
        team_id=search.team_id or "",
        any_author=search.author_ids is None,
        author_ids=list(search.author_ids or ()),
        not_author_ids=list(search.not_author_ids),
        any_channel=search.channels is None,
        channels=list(search.channels or ()),
        not_channels=list(search.not_channels),
        since=search.since,
        until=search.until,
        archived_too=search.archived_too,
        limit=limit,
        offset=offset,
    )
    return [post_of(row) for row in rows]


def _match(phrases: Sequence[Phrase], *, needs_all: bool) -> str:
    """In the words of FTS5. Words are letters and digits only, so nothing needs escaping."""
    return (" AND " if needs_all else " OR ").join(
        f'"{" ".join(phrase.words)}"{" *" if phrase.is_prefix else ""}' for phrase in phrases
    )


def _tsquery(phrases: Sequence[Phrase], *, needs_all: bool) -> str:
    """In the words of PostgreSQL."""
    return (" & " if needs_all else " | ").join(map(_tsquery_phrase, phrases))


def _tsquery_phrase(phrase: Phrase) -> str:
    in_a_row = " <-> ".join(f"'{word}'" for word in phrase.words)
    return f"({in_a_row}{':*' if phrase.is_prefix else ''})"
