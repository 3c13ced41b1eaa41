"""Where contents of files are kept: in a folder, by id, each written whole before anybody hears of it."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, TypeVar

from commandpost.kernel.errors import Unavailable
from commandpost.workspace.contents.kinds import SNIFFED_BYTES, sniffed
from commandpost.workspace.contents.pictures import pictured

_CHUNK_BYTES = 256 * 1024
_THREADS = 2

_T = TypeVar("_T")


class Version(StrEnum):
    """The content itself, or one of the pictures made of it; the value ends the file's name."""

    ORIGINAL = ""
    THUMBNAIL = ".thumbnail"
    PREVIEW = ".preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """What was found out about a content while it was put away; width and height 0 for no picture."""

    size: int
    mime_type: str
    width: int = 0
    height: int = 0
    has_preview_image: bool = False


FOLDER = "files"
"""The shelf's folder, within the data folder."""


def kept_of(folder: Path, file_id: str) -> list[Path]:
    """Where a content and the pictures made of it are; empty if it is not here."""
    paths = (_path(folder, file_id, version) for version in Version)
    return [path for path in paths if path.exists()]


def _path(folder: Path, file_id: str, version: Version) -> Path:
    return folder / file_id[:2] / f"{file_id}{version.value}"


class Shelf:
    """A folder of contents. All that may take long runs in threads of its own, few at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="files")

    async def put(self, file_id: str, content: BinaryIO, *, extension: str) -> Shelved:
        """Keep a content, durably, with the pictures made of it. Raises Unavailable if the disk cannot."""
        return await self._in_thread(lambda: self._put(file_id, content, extension))

    async def size(self, file_id: str, version: Version) -> int | None:
        """The bytes of a content; None if it is not here."""

        def measured() -> int | None:
            try:
                return self._path(file_id, version).stat().st_size
            except FileNotFoundError:
                return None

        return await self._in_thread(measured)

    async def chunks(self, file_id: str, version: Version, start: int, end: int) -> AsyncGenerator[bytes]:
        """The bytes of a content from `start` up to, not including, `end`."""
        stream = await self._in_thread(lambda: self._path(file_id, version).open("rb"))
        try:
            stream.seek(start)
            while start < end and (chunk := await self._read(stream, min(_CHUNK_BYTES, end - start))):
                start += len(chunk)
                yield chunk
        finally:
            stream.close()

    async def remove(self, file_id: str) -> None:
        """Throw a content away, with the pictures made of it; nothing happens if it is not here."""

        def removed() -> None:
            for version in Version:
                self._path(file_id, version).unlink(missing_ok=True)

        await self._in_thread(removed)

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _path(self, file_id: str, version: Version) -> Path:
        return _path(self._folder, file_id, version)

    def _put(self, file_id: str, content: BinaryIO, extension: str) -> Shelved:
        target = self._path(file_id, Version.ORIGINAL)
        arriving = target.with_suffix(".arriving")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with arriving.open("wb") as stream:
                shutil.copyfileobj(content, stream, _CHUNK_BYTES)
                stream.flush()
                os.fsync(stream.fileno())
                size = stream.tell()
            with arriving.open("rb") as stream:
                kind = sniffed(stream.read(SNIFFED_BYTES), extension)
            pictures = pictured(
                arriving,
                kind,
                thumbnail=self._path(file_id, Version.THUMBNAIL),
                preview=self._path(file_id, Version.PREVIEW),
            )
            arriving.rename(target)
            _sync_folder(target.parent)
        except OSError as cause:
            with suppress(OSError):  # What arrived in part would keep a full disk full.
                arriving.unlink(missing_ok=True)
            raise Unavailable("The file could not be stored just now; try again shortly.") from cause
        if pictures is None:
            return Shelved(size=size, mime_type=kind)
        return Shelved(
            size=size,
            mime_type=kind,
            width=pictures.width,
            height=pictures.height,
            has_preview_image=pictures.has_preview,
        )

    async def _read(self, stream: BinaryIO, size: int) -> bytes:
        return await self._in_thread(lambda: stream.read(size))

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
