"""The file of a backup: a ZIP with the rows of each table as JSON lines, the uploaded files, and a manifest.

The manifest comes last and says of every other member how long it is and what its SHA-256 is: a file that
was cut off, or changed, is told from a whole one.
"""

import hashlib
import json
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from commandpost.db.snapshot import Kind, PlainRow
from commandpost.kernel.errors import Invalid

_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK_BYTES = 1_000_000
_LINES_AT_ONCE = 1000


class NotABackup(Invalid):
    """The file is not a whole backup."""

    code = "backup.not_whole"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the archive, but for the manifest."""

    size: int
    sha256: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: how many rows there are, and its columns."""

    rows: int
    columns: dict[str, Kind]


class Manifest(msgspec.Struct, kw_only=True):
    """What a backup holds. Times are milliseconds since 1970."""

    format: int = _FORMAT
    version: str
    revision: str
    made_at: int
    database: str
    tables: dict[str, Table] = msgspec.field(default_factory=dict[str, Table])
    members: dict[str, Member] = msgspec.field(default_factory=dict[str, Member])


class Writer:
    """Writes an archive; `manifest` grows with it."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    @contextmanager
    def member(self, name: str, *, compressed: bool) -> Generator["_Counted"]:
        """A member to be written now, in one go."""
        kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        about = zipfile.ZipInfo(name)
        about.compress_type = kind
        about.external_attr = 0o600 << 16
        with self._archive.open(about, "w", force_zip64=True) as stream:
            counted = _Counted(stream)
            yield counted
        self.manifest.members[name] = Member(size=counted.size, sha256=counted.digest.hexdigest())

    def copy(self, name: str, source: Path) -> None:
        """A file as it is."""
        with source.open("rb") as stream, self.member(name, compressed=False) as target:
            while chunk := stream.read(_CHUNK_BYTES):
                target.write(chunk)

    def finish(self) -> None:
        """Write the manifest."""
        self._archive.writestr(_MANIFEST, msgspec.json.format(msgspec.json.encode(self.manifest)))


class _Counted:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        self._stream.write(chunk)
        self.size += len(chunk)
        self.digest.update(chunk)


@contextmanager
def written(path: Path, manifest: Manifest) -> Generator[Writer]:
    """A new archive at a path."""
    with zipfile.ZipFile(path, "w") as archive:
        writer = Writer(archive, manifest)
        yield writer
        writer.finish()


class Reader:
    """Reads an archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = _manifest_of(archive)

    def verify(self) -> None:
        """Read all there is and compare it with the manifest. Raises NotABackup."""
        names = {*self._archive.namelist()} - {_MANIFEST}
        if names != self.manifest.members.keys():
            raise NotABackup("The backup is not whole: what it holds is not what its manifest says.")
        for name, member in self.manifest.members.items():
            digest, size = hashlib.sha256(), 0
            try:
                for chunk in self.chunks(name):
                    digest.update(chunk)
                    size += len(chunk)
            except (zipfile.BadZipFile, OSError, EOFError, ValueError) as cause:
                raise NotABackup(f"The backup is damaged: {name} cannot be read.") from cause
            if (size, digest.hexdigest()) != (member.size, member.sha256):
                raise NotABackup(f"The backup is damaged: {name} is not as it was written.")

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member."""
        with self._archive.open(name) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                yield chunk

    def rows(self, table: str) -> Iterator[list[PlainRow]]:
        """The rows of a table, some at a time."""
        with self._archive.open(table_member(table)) as stream:
            some: list[PlainRow] = []
            for line in stream:
                some.append(json.loads(line))
                if len(some) == _LINES_AT_ONCE:
                    yield some
                    some = []
            if some:
                yield some


@contextmanager
def opened(path: Path) -> Generator[Reader]:
    """The archive at a path. Raises NotABackup."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as cause:
        raise NotABackup(f"There is no file {path}.") from cause
    except (zipfile.BadZipFile, OSError) as cause:
        raise NotABackup(f"{path} is not a whole backup: {cause}.") from cause
    with archive:
        yield Reader(archive)


def table_member(table: str) -> str:
    """The name of the member that holds a table's rows."""
    return f"tables/{table}.jsonl"


def _manifest_of(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = msgspec.json.decode(archive.read(_MANIFEST), type=Manifest)
    except (KeyError, zipfile.BadZipFile, msgspec.MsgspecError) as cause:
        raise NotABackup("The file is not a backup of Command Post: it has no manifest.") from cause
    if manifest.format != _FORMAT:
        raise NotABackup("The backup was made by a newer version of Command Post; restore it with that one.")
    return manifest
