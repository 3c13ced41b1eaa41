"""Queries about the pictures that users have uploaded."""

from commandpost.db import Sql, Work

_GET = Sql("SELECT content FROM user_images WHERE user_id = :user_id")
_PUT = Sql(
    "INSERT INTO user_images (user_id, update_at, mime_type, content)"
    " VALUES (:user_id, :update_at, :mime_type, :content)"
    " ON CONFLICT (user_id) DO UPDATE SET update_at = excluded.update_at,"
    " mime_type = excluded.mime_type, content = excluded.content"
)
_DELETE = Sql("DELETE FROM user_images WHERE user_id = :user_id")


async def get(work: Work, user_id: str) -> bytes | None:
    """A user's picture; None if they have uploaded none."""
    content = await work.value(_GET, user_id=user_id)
    return None if content is None else bytes(content)


async def put(work: Work, user_id: str, content: bytes, *, mime_type: str, at: int) -> None:
    await work.run(_PUT, user_id=user_id, content=content, mime_type=mime_type, update_at=at)


async def delete(work: Work, user_id: str) -> None:
    await work.run(_DELETE, user_id=user_id)
