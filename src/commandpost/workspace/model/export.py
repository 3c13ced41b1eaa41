"""What a channel's export holds, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commandpost.kernel.errors import Invalid
from commandpost.workspace.model.channel import Channel


class ExportFormat(StrEnum):
    """As named in the route."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


class FormatUnsupported(Invalid):
    """unsupported format parameter"""

    code = "export.format"

    def __init__(self, given: str) -> None:
        super().__init__(f"unsupported format parameter '{given}'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote a post."""

    id: str
    username: str
    email: str
    is_bot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file of a post: `size` in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPost:
    """A post as exported."""

    id: str
    create_at: int
    author: Author
    root_id: str
    message: str
    type: str
    files: tuple[ExportedFile, ...] = ()
    shows_email: bool = False

    @property
    def email(self) -> str:
        """The author's address; "" where the exporting user may not see it."""
        return self.author.email if self.shows_email else ""

    @property
    def author_kind(self) -> str:
        """`system` for every post with a type, else `bot` or `user`."""
        if self.type:
            return "system"
        return "bot" if self.author.is_bot else "user"

    @property
    def kind(self) -> str:
        """The post's type, or `message`."""
        return self.type or "message"


_ENDINGS: Mapping[ExportFormat, str] = {ExportFormat.MARKDOWN: "md"}


def format_named(name: str) -> ExportFormat:
    """A format by its name in the route. Raises FormatUnsupported."""
    try:
        return ExportFormat(name)
    except ValueError as cause:
        raise FormatUnsupported(name) from cause


def file_name(channel: Channel, wanted: ExportFormat) -> str:
    """The name of the exported file: the channel's name in its address, and the format."""
    return f"{channel.name}.{_ENDINGS.get(wanted, wanted.value)}"
