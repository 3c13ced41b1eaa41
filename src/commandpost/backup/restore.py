"""Making a server from a backup: verified before anything is touched, and all or nothing."""

import re
from getpass import getuser
from pathlib import Path

from commandpost.audit.entry import Deed
from commandpost.audit.record import record
from commandpost.audit.store import entries
from commandpost.backup import archive
from commandpost.backup.archive import Manifest, NotABackup, Reader
from commandpost.db import Database, Work, database_at, migrations
from commandpost.db.alone import alone_with, refuse_if_others_use
from commandpost.db.snapshot import count_on, empty, put_rows, shape_of
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.errors import Conflict, Unavailable
from commandpost.settings import Settings
from commandpost.vault import KEY_FILE
from commandpost.workspace.actions import users
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config

_CONTENT = re.compile(r"files/([a-z0-9]{2})/(\1[a-z0-9]{24})(\.thumbnail|\.preview)?")


class NotEmpty(Conflict):
    """The database holds accounts already."""

    code = "restore.not_empty"


class OtherRevision(Conflict):
    """The backup was made by another version of Command Post."""

    code = "restore.other_revision"


async def restore(settings: Settings, source: Path, *, force: bool) -> Manifest:
    """Put everything in a backup into the database and the data folder of these settings.

    What a database held before is replaced only by `force`. Raises NotABackup, OtherRevision, NotEmpty,
    InUse while a server uses the database, Unavailable.
    """
    database = database_at(settings.database)
    with archive.opened(source) as reader, alone_with(database):
        reader.verify()
        _check_names(reader)
        if reader.manifest.revision != migrations.newest():
            raise OtherRevision(
                f"The backup was made by version {reader.manifest.version} ({reader.manifest.revision})."
                " Restore it with that version, then upgrade."
            )
        await migrations.upgrade(database.url)
        await database.open()
        try:
            await _refuse_a_full_one(database, force=force)
            async with database.read() as work:
                await refuse_if_others_use(work)
            _put_files(reader, settings.data_dir)
            async with database.write() as work:
                await _put_tables(reader, work)
                await _record(work, source, reader.manifest)
        finally:
            await database.close()
        return reader.manifest


async def _refuse_a_full_one(database: Database, *, force: bool) -> None:
    async with Desks(database, SystemClock(), Config()).reading() as desk:
        if not force and await users.has_people(desk):
            raise NotEmpty(
                "The database holds accounts already. Name an empty one, or lose what it holds with --force."
            )


def _check_names(reader: Reader) -> None:
    """No member may be put outside the data folder."""
    tables = {archive.table_member(table) for table in reader.manifest.tables}
    for name in reader.manifest.members.keys() - tables - {KEY_FILE}:
        if not _CONTENT.fullmatch(name):
            raise NotABackup(f"The backup holds a member that is none of ours: {name}.")


def _put_files(reader: Reader, data_dir: Path) -> None:
    """Files come first, each whole or not at all: the database names them only when they are there."""
    try:
        for name in reader.manifest.members:
            if name == KEY_FILE or _CONTENT.fullmatch(name):
                target = data_dir / name
                target.parent.mkdir(parents=True, exist_ok=True)
                arriving = target.with_name(f"{target.name}.arriving")
                arriving.touch(mode=0o600)
                with arriving.open("wb") as stream:
                    stream.writelines(reader.chunks(name))
                arriving.rename(target)
    except OSError as cause:
        raise Unavailable(f"The files cannot be written: {cause}.") from cause


async def _record(work: Work, source: Path, manifest: Manifest) -> None:
    """Who restores has the machine, not an account: the audit log names their user there."""
    after = {"file": source.name, "made_at": manifest.made_at, "system_user": getuser()}
    await record(work, Deed.BACKUP_RESTORED, "", by="", at=SystemClock().now(), after=after)


async def _put_tables(reader: Reader, work: Work) -> None:
    there = await shape_of(work)
    # Only until the table that says so is emptied with the others, and filled as it was in the backup.
    await entries.release(work)
    await empty(work)
    for name, table in reader.manifest.tables.items():
        if name not in there or there[name].keys() != table.columns.keys():
            raise NotABackup(f"The backup's table {name} is not as this version knows it.")
        count = 0
        for some in reader.rows(name):
            await put_rows(work, name, table.columns, some)
            count += len(some)
        if count != table.rows:
            raise NotABackup(f"The backup is damaged: the table {name} has {count} rows, not {table.rows}.")
    await count_on(work)
