"""An uploaded file."""

from dataclasses import dataclass

from commandpost.kernel.errors import Invalid, NotFound


class UnknownFile(NotFound):
    """We couldn't find that file."""

    code = "file.unknown"


class FilesNotAttachable(Invalid):
    """A post can only hold files that its author uploaded and that are in no other post."""

    code = "file.not_attachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is known about an uploaded file; `post_id` is "" until it is in a post.

    `mime_type` was read from the content, `extension` from the name (lower case, no dot). Width and height
    are 0 for what is no picture.
    """

    id: str
    user_id: str
    channel_id: str
    post_id: str = ""
    create_at: int
    update_at: int
    delete_at: int = 0
    name: str
    extension: str
    size: int
    mime_type: str
    width: int = 0
    height: int = 0
    has_preview_image: bool = False

    @property
    def is_image(self) -> bool:
        return self.mime_type.startswith("image/")
