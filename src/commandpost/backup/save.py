"""Making a backup, also while the server runs: all tables as at one moment, and the files they name."""

import os
from collections.abc import AsyncGenerator
from getpass import getuser
from pathlib import Path

import msgspec

from commandpost import __version__
from commandpost.audit.entry import Deed
from commandpost.audit.record import record
from commandpost.backup import archive
from commandpost.backup.archive import Manifest, NotABackup, Table, Writer
from commandpost.chat.mattermost.store import kept
from commandpost.db import database_at, migrations
from commandpost.db.snapshot import Snapshot, snapshot_of
from commandpost.kernel.clock import Clock
from commandpost.kernel.errors import Conflict, Unavailable
from commandpost.settings import Settings
from commandpost.vault import KEY_FILE
from commandpost.workspace.contents import FOLDER, kept_of

_KEPT = "mattermost_kept_posts"

_encode = msgspec.json.Encoder().encode


class FileThere(Conflict):
    """There is a file of that name already."""

    code = "backup.file_there"


class NothingToSave(Conflict):
    """There is no database to make a backup of."""

    code = "backup.nothing"


async def save(settings: Settings, target: Path, clock: Clock) -> Manifest:
    """Write a backup, read it again to see that it is whole, and only then give it its name.

    Contents of files never change, are there before the database names them, and stay a day after it
    forgets them: so those that a snapshot names can be read after it was taken.
    Raises FileThere, NothingToSave, Unavailable.
    """
    _refuse_if_there(target)
    database = database_at(settings.database)
    revision = await migrations.current(database.url)
    if revision is None:
        raise NothingToSave
    manifest = Manifest(
        version=__version__,
        revision=revision,
        made_at=clock.now(),
        database="sqlite" if database.url.startswith("sqlite:") else "postgresql",
    )
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.touch(mode=0o600)
        with archive.written(unfinished, manifest) as writer:
            async with snapshot_of(database) as snapshot:
                await _write_tables(writer, snapshot)
                await _write_files(writer, snapshot, settings.data_dir)
        _verify(unfinished)
        _keep(unfinished, target)
    except OSError as cause:
        raise Unavailable(f"The backup cannot be written: {cause}.") from cause
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


async def note(settings: Settings, target: Path, manifest: Manifest, clock: Clock) -> None:
    """Write into the audit log that a backup was made: who makes one has the machine, not an account.

    After the backup, which is whole without it. Raises Unavailable.
    """
    database = database_at(settings.database)
    await database.open()
    try:
        async with database.write() as work:
            after = {"file": target.name, "made_at": manifest.made_at, "system_user": getuser()}
            await record(work, Deed.BACKUP_MADE, "", by="", at=clock.now(), after=after)
    finally:
        await database.close()


def _refuse_if_there(target: Path) -> None:
    if target.exists():
        raise FileThere(f"{target} is there already: a backup replaces nothing.")


async def _write_tables(writer: Writer, snapshot: Snapshot) -> None:
    for table, columns in snapshot.shape.items():
        count = 0
        with writer.member(archive.table_member(table), compressed=True) as member:
            async for some in snapshot.rows(table):
                member.write(b"".join(_encode(row) + b"\n" for row in some))
                count += len(some)
        writer.manifest.tables[table] = Table(rows=count, columns=dict(columns))


async def _write_files(writer: Writer, snapshot: Snapshot, data_dir: Path) -> None:
    async for file_id in _file_ids(snapshot):
        for path in kept_of(data_dir / FOLDER, file_id):
            writer.copy(path.relative_to(data_dir).as_posix(), path)
    if (data_dir / KEY_FILE).exists():
        writer.copy(KEY_FILE, data_dir / KEY_FILE)


async def _file_ids(snapshot: Snapshot) -> AsyncGenerator[str]:
    """The files that are there to be had: of channels here, and of those kept beside a Mattermost."""
    async for some in snapshot.rows("files"):
        for file in some:
            if not file["delete_at"]:
                yield file["id"]
    if _KEPT not in snapshot.shape:
        return  # Of a database that is yet to be upgraded, too, there has to be a backup.
    async for some in snapshot.rows(_KEPT):
        for post in some:
            if not post["delete_at"]:
                for file_id in kept.file_ids_in(post["content"]):
                    yield file_id


def _verify(path: Path) -> None:
    try:
        with archive.opened(path) as reader:
            reader.verify()
    except NotABackup as cause:
        raise Unavailable(f"The backup could not be read again: {cause.message}") from cause


def _keep(unfinished: Path, target: Path) -> None:
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    unfinished.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
