"""The contents of posts' files, on the workspace's shelf."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import BinaryIO

from commandpost.incidents.ports import PostFile
from commandpost.workspace.actions import files
from commandpost.workspace.contents import Shelf, Version


class ShelvedContents:
    """`incidents.ports.Contents` on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def chunks(self, file_id: str) -> AsyncGenerator[bytes] | None:
        size = await self._shelf.size(file_id, Version.ORIGINAL)
        return None if size is None else self._shelf.chunks(file_id, Version.ORIGINAL, 0, size)

    async def put(self, file: PostFile, content: BinaryIO) -> PostFile:
        shelved = await self._shelf.put(file.id, content, extension=files.extension_of(file.name))
        return replace(
            file,
            mime_type=shelved.mime_type,
            size=shelved.size,
            width=shelved.width,
            height=shelved.height,
            has_preview_image=shelved.has_preview_image,
        )

    async def remove(self, file_id: str) -> None:
        await self._shelf.remove(file_id)
