"""Files as v4 sends them."""

import msgspec

from commandpost.workspace.model.file import File


class FileShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is known about a file (FileInfo). The content is at `/files/{id}`."""

    id: str
    user_id: str
    post_id: str = ""
    channel_id: str
    create_at: int
    update_at: int
    delete_at: int
    name: str
    extension: str
    size: int
    mime_type: str
    width: int = 0
    height: int = 0
    has_preview_image: bool = False
    mini_preview: str | None


def file_shape(file: File) -> FileShape:
    """A file's particulars."""
    return FileShape(
        id=file.id,
        user_id=file.user_id,
        post_id=file.post_id,
        channel_id=file.channel_id,
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
        mini_preview=None,
    )
