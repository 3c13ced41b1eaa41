"""Files: uploaded to a channel, read with the post they are in, forgotten when nobody posts them."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from commandpost.kernel.clock import DAY_MS
from commandpost.kernel.errors import Forbidden, Invalid, SwitchedOff, TooLarge
from commandpost.workspace.contents import Shelved
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import ArchivedChannel
from commandpost.workspace.model.file import File, UnknownFile
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import files, standing

_LONGEST_NAME = 255
_MOST_FORGOTTEN = 500
_UNPOSTED_FOR_MS = DAY_MS
_DELETED_FOR_MS = DAY_MS


class FilesOff(SwitchedOff):
    """File attachments are switched off on this server."""

    code = "file.off"


class FileTooLarge(TooLarge):
    """The file is larger than this server allows."""

    code = "file.too_large"


class BadFileName(Invalid):
    """The file needs a name that can be stored."""

    code = "file.name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A content that was put away and is to be known as a file."""

    file_id: str
    channel_id: str
    name: str
    content: Shelved


def name_of(given: str) -> str:
    """The last part of a given name, without what no name holds. Raises BadFileName."""
    name = PurePosixPath(given.replace("\\", "/")).name.strip()
    name = "".join(sign for sign in name if sign.isprintable())
    if not name:
        raise BadFileName
    stem, dot, extension = name.rpartition(".")
    if len(name) > _LONGEST_NAME:
        name = f"{stem[: _LONGEST_NAME - len(extension) - 1]}{dot}{extension}"[-_LONGEST_NAME:]
    return name


def extension_of(name: str) -> str:
    """What follows the last dot of a name, in lower case; "" if nothing does."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


async def permit_upload(desk: Desk, who: Who, channel_id: str) -> None:
    """Whether the caller may upload to a channel. Raises FilesOff, Forbidden, ArchivedChannel."""
    if not desk.config.enable_file_attachments:
        raise FilesOff
    there = await standing.in_channel(desk.work, who.user_id, channel_id)
    if there is None:
        raise Forbidden
    there.permit(who, Permission.UPLOAD_FILE)
    if there.channel.delete_at:
        raise ArchivedChannel


async def add(desk: Desk, who: Who, upload: Upload) -> File:
    """Make a content that was put away a file of the caller's, in no post yet."""
    file = File(
        id=upload.file_id,
        user_id=who.user_id,
        channel_id=upload.channel_id,
        create_at=desk.now,
        update_at=desk.now,
        name=upload.name,
        extension=extension_of(upload.name),
        size=upload.content.size,
        mime_type=upload.content.mime_type,
        width=upload.content.width,
        height=upload.content.height,
        has_preview_image=upload.content.has_preview_image,
    )
    await files.add(desk.work, file)
    return file


async def get(desk: Desk, who: Who, file_id: str) -> File:
    """A file of a post the caller may read, or one they uploaded and have not posted yet.

    Raises UnknownFile, Forbidden.
    """
    file = await files.by_id(desk.work, file_id)
    if file is None:
        raise UnknownFile
    if file.user_id == who.user_id and not file.post_id:
        return file
    there = await standing.in_channel(desk.work, who.user_id, file.channel_id)
    if there is None or (not file.post_id and not who.is_system_admin):
        raise Forbidden
    there.permit(who, Permission.READ_CHANNEL)
    return file


async def delete_unposted(desk: Desk) -> None:
    """Delete the files that nobody has posted within a day of uploading them."""
    await files.delete_unposted(desk.work, before=desk.now - _UNPOSTED_FOR_MS, at=desk.now)


async def deleted(desk: Desk) -> list[str]:
    """Ids of files that were deleted a day ago or earlier: their contents may go. Some hundreds at a time."""
    return await files.deleted(desk.work, before=desk.now - _DELETED_FOR_MS, limit=_MOST_FORGOTTEN)


async def forget(desk: Desk, file_ids: list[str]) -> None:
    """Let go of what is known about deleted files whose content is gone."""
    await files.forget(desk.work, file_ids)
