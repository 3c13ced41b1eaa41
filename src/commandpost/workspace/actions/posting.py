"""How posts come to be: stored in order, counted, told, several at once where several are waiting.

What may be posted, and by whom, is decided before (`actions.drafts`); whom it calls, in `actions.calls`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from commandpost.workspace import wording
from commandpost.workspace.actions import calls, channel_links
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import PostMade
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.draft import Draft
from commandpost.workspace.model.file import File, FilesNotAttachable
from commandpost.workspace.model.mentions import NOTHING_ANSWERED, Answered, calls_in
from commandpost.workspace.model.post import MAX_MESSAGE_LENGTH, SYSTEM_PREFIX, NewPost, Post
from commandpost.workspace.store import counters, files, posts
from commandpost.workspace.store.counters import MemberCount

_AHEAD_MS = 50
"""How far a channel's posts may run ahead of the clock to get a millisecond each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Channels that are there, held for one work alone so that posts can be counted in them.

    `called` tells whom the posts to come call there, as far as it could be asked with the same question.
    """

    channels: Mapping[str, Channel]
    called: Answered


async def places(desk: Desk, wanted: Sequence[NewPost]) -> Places:
    """The places of some posts."""
    channel_ids = {new.channel_id for new in wanted}
    ordered = sorted(channel_ids - desk.held.keys())
    called = NOTHING_ANSWERED
    if ordered:
        await desk.about_to_change(*ordered)
        calls = [calls_in(new.message, {}) for new in wanted if _is_plain(new)]
        names = frozenset[str]().union(*(call.names for call in calls))
        words = frozenset[str]().union(*(call.words for call in calls))
        held, users = await counters.locked_and_called(desk.work, ordered, names=names, words=words)
        desk.held.update(held)
        called = Answered(channel_ids=frozenset(ordered), names=names, words=words, users=users)
    there = {channel_id: desk.held[channel_id] for channel_id in channel_ids if channel_id in desk.held}
    return Places(channels=there, called=called)


def _is_plain(new: NewPost) -> bool:
    """Whether a post that nobody has checked yet is worth looking through for calls."""
    is_system = new.type.startswith(SYSTEM_PREFIX)
    return not is_system and len(new.message) <= MAX_MESSAGE_LENGTH and "attachments" not in new.props


async def save(desk: Desk, drafts: Sequence[Draft], places: Places) -> list[Post]:
    """Store posts in this order, advance the counters and tell; gives the posts as they are now.

    `places` are those of all of them. A draft whose author used its pending id before is not
    stored again: the first post is given in its place. Raises FilesNotAttachable.
    """
    given = await posts.by_pending_ids(
        desk.work, {key for draft in drafts if (key := _pending_key(draft.post))[1]}
    )
    now_there = dict(places.channels)
    fresh: list[Draft] = []
    answers: list[Post] = []
    for draft in drafts:
        key = _pending_key(draft.post)
        if (earlier := given.get(key)) is not None:
            answers.append(earlier)
            continue
        channel = now_there[draft.channel.id]
        post = await _linked(desk, _dated(draft.post, channel, desk.now), channel)
        now_there[channel.id] = channel = _with_post(channel, post)
        if key[1]:
            given[key] = post
        answers.append(post)
        fresh.append(replace(draft, post=post, channel=channel))
    desk.held.update(now_there)
    if fresh:
        await counters.advance_channels(desk.work, [now_there[id_] for id_ in {d.channel.id for d in fresh}])
        await _store(desk, fresh, places.called)
    return answers


async def _store(desk: Desk, drafts: Sequence[Draft], known: Answered) -> None:
    """Store posts, each with its channel as it is right after it."""
    called = await calls.called_by(desk, drafts, known)
    attached = [await _attached(desk, draft.post) for draft in drafts]
    await posts.add(desk.work, [draft.post for draft in drafts])
    await counters.advance_members(desk.work, _members(drafts, called), desk.now)
    for draft, mentions, its_files in zip(drafts, called, attached, strict=True):
        for observer in desk.observers:
            await observer.post_made(desk.work, desk.now, draft.channel, draft.post)
        desk.tell(
            PostMade(
                post=draft.post,
                channel=draft.channel,
                sender_name=_sender_name(desk, draft),
                mentions=tuple(sorted(mentions)),
                files=its_files,
                sets_online=draft.sets_online,
            )
        )


def _with_post(channel: Channel, post: Post) -> Channel:
    return channel.with_post(post.create_at, is_root=not post.root_id, is_counted=post.is_counted)


def _pending_key(post: Post) -> tuple[str, str]:
    return post.user_id, post.pending_post_id


def _dated(post: Post, channel: Channel, now: int) -> Post:
    """The post with its time: now, or just after the post before it in its channel."""
    at = post.create_at
    if not at:
        last = channel.last_post_at
        at = last + 1 if now <= last < now + _AHEAD_MS else now
    return replace(post, create_at=at, update_at=at)


async def _linked(desk: Desk, post: Post, channel: Channel) -> Post:
    links = await channel_links.props_for(desk, channel, post.message)
    return replace(post, props={**post.props, **links}) if links else post


async def _attached(desk: Desk, post: Post) -> tuple[File, ...]:
    if not post.file_ids:
        return ()
    taken = await files.attach(
        desk.work,
        post.file_ids,
        user_id=post.user_id,
        post_id=post.id,
        channel_id=post.channel_id,
        at=post.create_at,
    )
    if len(taken) != len(post.file_ids):
        raise FilesNotAttachable
    return tuple(sorted(taken, key=lambda file: post.file_ids.index(file.id)))


def _members(drafts: Sequence[Draft], called: Sequence[frozenset[str]]) -> list[MemberCount]:
    """What the posts, one after the other, do to the counters of their authors and of whom they call."""
    members: dict[tuple[str, str], MemberCount] = {}

    def member(channel_id: str, user_id: str) -> MemberCount:
        return members.setdefault((channel_id, user_id), MemberCount(channel_id=channel_id, user_id=user_id))

    for draft, mentions in zip(drafts, called, strict=True):
        post = draft.post
        if draft.is_by_person and post.is_counted:
            member(post.channel_id, post.user_id).view(draft.channel)
        for user_id in mentions:
            counter = member(post.channel_id, user_id)
            counter.mentions += 1
            counter.mentions_root += not post.root_id
    return list(members.values())


def _sender_name(desk: Desk, draft: Draft) -> str:
    if draft.post.is_system:
        return wording.SENDER
    props = draft.post.props
    override = props.get("override_username")
    if (
        props.get("from_webhook") == "true"
        and desk.config.enable_post_username_override
        and isinstance(override, str)
        and override
    ):
        return override
    return f"@{draft.author_name}"
