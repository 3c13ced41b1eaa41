"""Queries about uploaded files."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.file import File

_COLUMNS = (
    "id, user_id, channel_id, post_id, create_at, update_at, delete_at, name, extension, size, mime_type,"
    " width, height, has_preview_image"
)
_BY_ID = Sql(f"SELECT {_COLUMNS} FROM files WHERE id = :id AND delete_at = 0")
_OF_POSTS = Sql(
    f"SELECT {_COLUMNS} FROM files WHERE post_id IN (:post_ids...) AND delete_at = 0 ORDER BY create_at, id"
)
_ADD = Sql(
    f"INSERT INTO files ({_COLUMNS}) VALUES (:id, :user_id, :channel_id, :post_id, :create_at, :update_at,"
    " :delete_at, :name, :extension, :size, :mime_type, :width, :height, :has_preview_image)"
)
_ATTACH = Sql(
    "UPDATE files SET post_id = :post_id, channel_id = :channel_id, update_at = :at"
    " WHERE id IN (:ids...) AND user_id = :user_id AND post_id = '' AND delete_at = 0"
    f" RETURNING {_COLUMNS}"
)
_DELETE_OF_POSTS = Sql(
    "UPDATE files SET delete_at = :at, update_at = :at WHERE post_id IN (:post_ids...) AND delete_at = 0"
)
_DELETE_UNPOSTED = Sql(
    "UPDATE files SET delete_at = :at, update_at = :at"
    " WHERE post_id = '' AND delete_at = 0 AND create_at < :before"
)
_DELETED = Sql("SELECT id FROM files WHERE delete_at > 0 AND delete_at < :before ORDER BY id LIMIT :limit")
_FORGET = Sql("DELETE FROM files WHERE id IN (:ids...)")


def file_of(row: Row) -> File:
    """The file in a row of the columns above."""
    return File(
        id=row["id"],
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        post_id=row["post_id"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        delete_at=row["delete_at"],
        name=row["name"],
        extension=row["extension"],
        size=row["size"],
        mime_type=row["mime_type"],
        width=row["width"],
        height=row["height"],
        has_preview_image=bool(row["has_preview_image"]),
    )


async def by_id(work: Work, file_id: str) -> File | None:
    """A file that is not deleted."""
    row = await work.one(_BY_ID, id=file_id)
    return None if row is None else file_of(row)


async def of_posts(work: Work, post_ids: Sequence[str]) -> dict[str, tuple[File, ...]]:
    """The files of posts, by post, in the order of upload."""
    found: dict[str, tuple[File, ...]] = {}
    for row in await work.all(_OF_POSTS, post_ids=list(post_ids)):
        file = file_of(row)
        found[file.post_id] = (*found.get(file.post_id, ()), file)
    return found


async def add(work: Work, file: File) -> None:
    """Store what is known about a new file."""
    await work.run(
        _ADD,
        id=file.id,
        user_id=file.user_id,
        channel_id=file.channel_id,
        post_id=file.post_id,
        create_at=file.create_at,
        update_at=file.update_at,
        delete_at=file.delete_at,
        name=file.name,
        extension=file.extension,
        size=file.size,
        mime_type=file.mime_type,
        width=file.width,
        height=file.height,
        has_preview_image=file.has_preview_image,
    )


async def attach(
    work: Work, file_ids: Sequence[str], *, user_id: str, post_id: str, channel_id: str, at: int
) -> list[File]:
    """Put those files into a post that are the user's own and in no post yet; gives the ones it took."""
    rows = await work.all(
        _ATTACH, ids=list(file_ids), user_id=user_id, post_id=post_id, channel_id=channel_id, at=at
    )
    return [file_of(row) for row in rows]


async def delete_of_posts(work: Work, post_ids: Sequence[str], at: int) -> None:
    """Mark the files of posts as deleted."""
    await work.run(_DELETE_OF_POSTS, post_ids=list(post_ids), at=at)


async def delete_unposted(work: Work, *, before: int, at: int) -> None:
    """Mark files as deleted that were uploaded before a time and are in no post."""
    await work.run(_DELETE_UNPOSTED, before=before, at=at)


async def deleted(work: Work, *, before: int, limit: int) -> list[str]:
    """Ids of files that were deleted before a time."""
    return [row["id"] for row in await work.all(_DELETED, before=before, limit=limit)]


async def forget(work: Work, file_ids: Sequence[str]) -> None:
    """Let go of files altogether."""
    await work.run(_FORGET, ids=list(file_ids))
