"""Searching the posts of one's own channels."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from commandpost.kernel.errors import Invalid
from commandpost.workspace.actions import post_lists
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.post_list import PostList
from commandpost.workspace.model.search import SearchTerms, matches_in, terms_in
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import search, standing, users

_LONGEST_TERMS = 2000


class BadSearch(Invalid):
    """Search for something: up to 2000 characters of words, "phrases", from:, in:, before:, after: or on:."""

    code = "search.terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSearch:
    """A search asked for: in one team (and direct channels) or, with None, in all of them."""

    terms: str
    team_id: str | None = None
    any_word: bool = False
    archived_too: bool = False
    utc_offset_s: int = 0
    page: int = 0
    size: int = 60


async def posts(desk: Desk, who: Who, asked: PostSearch) -> PostList:
    """The posts found, newest first, with the words found in each. Raises BadSearch, Forbidden."""
    if not asked.terms.strip() or len(asked.terms) > _LONGEST_TERMS:
        raise BadSearch
    if asked.team_id is not None:
        roles = await standing.in_team(desk.work, who.user_id, asked.team_id)
        permit(who, Permission.VIEW_TEAM, roles)
    terms = terms_in(asked.terms, utc_offset_s=asked.utc_offset_s)
    if terms.is_empty:
        return PostList(order=(), posts=(), matches={})
    wanted = await _resolved(desk, who, asked, terms)
    found = await search.found(desk.work, wanted, limit=asked.size, offset=asked.page * asked.size)
    listed = await post_lists.listed(desk, found)
    return replace(listed, matches={post.id: matches_in(post.message, terms) for post in found})


async def _resolved(desk: Desk, who: Who, asked: PostSearch, terms: SearchTerms) -> search.Search:
    people = {name.removeprefix("@") for name in terms.channels | terms.not_channels if name.startswith("@")}
    names = terms.authors | terms.not_authors | people
    known = await users.by_usernames(desk.work, sorted(names)) if names else []
    ids = {user.username: user.id for user in known}

    def channels(wanted: Iterable[str]) -> list[str]:
        return [
            _direct_name(who.user_id, ids.get(name[1:], "")) if name.startswith("@") else name
            for name in sorted(wanted)
        ]

    return search.Search(
        user_id=who.user_id,
        phrases=terms.phrases,
        needs_all=not asked.any_word,
        excluded=terms.excluded,
        team_id=asked.team_id,
        author_ids=[ids[name] for name in terms.authors if name in ids] if terms.authors else None,
        not_author_ids=[ids[name] for name in terms.not_authors if name in ids],
        channels=channels(terms.channels) if terms.channels else None,
        not_channels=channels(terms.not_channels),
        since=terms.since,
        until=terms.until,
        archived_too=asked.archived_too,
    )


def _direct_name(one: str, other: str) -> str:
    return "__".join(sorted((one, other)))
