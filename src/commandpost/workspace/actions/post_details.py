"""What belongs to posts but stands elsewhere: asked for only where there is some."""

from collections.abc import Iterable

from commandpost.workspace.desk import Desk
from commandpost.workspace.model.file import File
from commandpost.workspace.model.post import Post
from commandpost.workspace.model.post_list import NO_DETAILS, PostDetails
from commandpost.workspace.store import files, posts, reactions


def has_none(post: Post) -> bool:
    """Whether nothing belongs to a post, so that there is nothing to ask for."""
    return not (post.file_ids or post.has_reactions or post.root_id)


async def of(desk: Desk, wanted: Iterable[Post]) -> PostDetails:
    """The files and reactions of posts, and how long the threads of the replies among them are."""
    with_files: list[Post] = []
    with_reactions: list[str] = []
    reply_counts: dict[str, int] = {}
    root_ids: set[str] = set()
    for post in wanted:
        if post.file_ids:
            with_files.append(post)
        if post.has_reactions:
            with_reactions.append(post.id)
        if post.root_id:
            root_ids.add(post.root_id)
        elif post.reply_count:
            reply_counts[post.id] = post.reply_count
    missing = root_ids - reply_counts.keys()
    if missing:
        reply_counts |= {
            root.id: root.reply_count for root in (await posts.by_ids(desk.work, sorted(missing))).values()
        }
    if not (with_files or with_reactions or reply_counts):
        return NO_DETAILS
    return PostDetails(
        files=await _files(desk, with_files) if with_files else {},
        reactions=await reactions.of_posts(desk.work, with_reactions) if with_reactions else {},
        reply_counts=reply_counts,
    )


async def _files(desk: Desk, wanted: list[Post]) -> dict[str, tuple[File, ...]]:
    """The files of posts, in each post's own order."""
    found = await files.of_posts(desk.work, [post.id for post in wanted])
    return {
        post.id: tuple(sorted(found.get(post.id, ()), key=lambda file: _place(post, file))) for post in wanted
    }


def _place(post: Post, file: File) -> int:
    return post.file_ids.index(file.id) if file.id in post.file_ids else len(post.file_ids)
