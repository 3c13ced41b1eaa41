"""Whom new posts call: by name, by their own words, as a whole channel, in person, or by a reply to them."""

from collections.abc import Sequence

from commandpost.workspace.desk import Desk
from commandpost.workspace.model.draft import Draft
from commandpost.workspace.model.mentions import Answered, Calls, calls_in
from commandpost.workspace.model.post import Post
from commandpost.workspace.store import mentions
from commandpost.workspace.store.mentions import NotifiedMember

_MOST_CALLED = 1000
"""In a channel with more members, @channel, @all and @here call nobody."""

_NOBODY: frozenset[str] = frozenset()


async def called_by(desk: Desk, drafts: Sequence[Draft], known: Answered) -> list[frozenset[str]]:
    """For each draft, the ids of the members of its channel that it calls; never its author.

    What is `known` is not asked again.
    """
    calls = [_calls(draft.post) for draft in drafts]
    by_name = await _by_name(desk, drafts, calls, known)
    whole = [
        draft.channel.id
        for draft, call in zip(drafts, calls, strict=True)
        if draft.channel.is_direct or (call.everyone and draft.calls_everyone)
    ]
    members = await mentions.members(desk.work, sorted(set(whole))) if whole else {}
    root_ids = sorted({draft.post.root_id for draft in drafts if draft.post.root_id})
    followers = await mentions.followers(desk.work, root_ids) if root_ids else {}
    return [
        (
            names
            | _everyone(draft, call, members.get(draft.channel.id, ()))
            | followers.get(draft.post.root_id, _NOBODY)
            | _added(draft.post)
        )
        - {draft.post.user_id}
        for draft, call, names in zip(drafts, calls, by_name, strict=True)
    ]


def _calls(post: Post) -> Calls:
    """System posts speak of people without calling them."""
    return calls_in("", {}) if post.is_system else calls_in(post.message, post.props)


async def _by_name(
    desk: Desk, drafts: Sequence[Draft], calls: Sequence[Calls], known: Answered
) -> list[frozenset[str]]:
    names = frozenset[str]().union(*(call.names for call in calls))
    words = frozenset[str]().union(*(call.words for call in calls))
    if not names and not words:
        return [_NOBODY for _ in drafts]
    channel_ids = {draft.channel.id for draft in drafts}
    found = (
        known.users
        if known.covers(channel_ids, names, words)
        else await mentions.called(desk.work, sorted(channel_ids), names, words)
    )
    if not found:
        return [_NOBODY for _ in drafts]
    return [
        frozenset(
            user_id
            for key in (*(f"@{name}" for name in call.names), *call.words)
            for user_id in found.get((draft.channel.id, key), ())
        )
        for draft, call in zip(drafts, calls, strict=True)
    ]


def _everyone(draft: Draft, call: Calls, members: Sequence[NotifiedMember]) -> frozenset[str]:
    if draft.channel.is_direct:
        return frozenset(member.user_id for member in members) if not draft.post.is_system else _NOBODY
    if not (call.everyone and draft.calls_everyone) or len(members) > _MOST_CALLED:
        return _NOBODY
    only_online = call.everyone == frozenset({"here"})
    return frozenset(
        member.user_id
        for member in members
        if not member.ignores_everyone and (member.is_online or not only_online)
    )


def _added(post: Post) -> frozenset[str]:
    """Whoever is added to a channel is called by the post that says so."""
    added = post.props.get("addedUserId") if post.type == "system_add_to_channel" else None
    return frozenset({added}) if isinstance(added, str) else _NOBODY
