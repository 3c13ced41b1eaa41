"""`commandpost upgrade`: what an upgrade of the database does, whether all is ready for it, and doing it.

For whoever exchanges servers: run it with the new version, while those of the old one still work.
"""

import asyncio
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import click
from rich.console import Console

from commandpost import logs
from commandpost.audit.entry import Deed
from commandpost.audit.store import entries
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.cli.outside import Finding, shown
from commandpost.db import database_at, migrations
from commandpost.db.migrations.marks import Mark, of_program
from commandpost.db.state import state_of
from commandpost.settings import Settings

_LEAST_FREE_BYTES = 500_000_000
_RECENT_H = 24
_HOUR_MS = 3_600_000


class Verdict(IntEnum):
    """What can be done now; the exit status of the command."""

    GO_ON = 0
    PUT_RIGHT_FIRST = 1
    STOP_OLDER_FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A database before its upgrade. `backup_at` is None if none was noted, in milliseconds since 1970."""

    address: str
    revision: str | None
    is_file: bool
    size_bytes: int = 0
    backup_at: int | None = None

    @property
    def pending(self) -> Sequence[Mark]:
        """What this version will do to it; nothing to one that is newer."""
        if self.revision is not None and self.revision not in migrations.known():
            return ()
        return [mark for mark in of_program() if self.revision is None or mark.revision > self.revision]

    @property
    def stops_older(self) -> bool:
        """Whether servers of the version that it is at now cannot go on after it."""
        at = self.revision
        return at is not None and not all(mark.leaves_alone(at) for mark in self.pending)


@click.command()
@click.option("--check", is_flag=True, help="Only say; change nothing.")
@click.option("--backed-up", is_flag=True, help="A recent backup was made by other means than `backup`.")
@where_the_data_is
def upgrade(*, check: bool, backed_up: bool, data_dir: Path | None, database_url: str | None) -> None:
    """Say what an upgrade of the database does, and do it if nothing speaks against it.

    Run it with the new version. Names the migrations that the database needs, and whether servers of the
    version before may go on meanwhile; looks at the room on the disk and at the last backup; says what to do.

    \b
    Ends with
        0  nothing to do, or: go on, servers of the version before may run meanwhile
        1  something must be put right first
        3  servers of the version before must be stopped first; then use `migrate`, or start the new version
    """
    console = Console()
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        standing = asyncio.run(_standing(settings))
        findings = [*_migrations(standing)]
        if standing.revision is not None and standing.pending:
            findings += [*_disk(settings, standing), _backup(standing, backed_up=backed_up)]
        for finding in findings:
            shown(console, finding)
        verdict = _verdict(standing, findings)
        if verdict is Verdict.GO_ON and standing.pending and not check:
            asyncio.run(migrations.upgrade(database_at(settings.database).url))
            console.print(f"Migrated to {migrations.newest()}. Now exchange the servers, one after another.")
        else:
            console.print(_next(standing, verdict), highlight=False, soft_wrap=True)
    raise SystemExit(verdict)


async def _standing(settings: Settings) -> Standing:
    """How it stands with the database. Raises NewerDatabase, and Unavailable when it cannot be reached."""
    database = database_at(settings.database)
    address = logs.without_password(settings.database)
    is_file = database.url.startswith("sqlite:")
    revision = await migrations.current(database.url)
    if revision is None:
        return Standing(address=address, revision=None, is_file=is_file)
    if revision not in migrations.known():
        migrations.refuse_what_is_too_new(revision, await migrations.done(database.url))
    await database.open()
    try:
        async with database.read() as work:
            return Standing(
                address=address,
                revision=revision,
                is_file=is_file,
                size_bytes=(await state_of(work)).size_bytes,
                backup_at=await entries.latest_at(work, Deed.BACKUP_MADE),
            )
    finally:
        await database.close()


def _migrations(standing: Standing) -> Iterator[Finding]:
    size = f"{standing.size_bytes / 1_000_000:,.0f} MB"
    where = "is empty" if standing.revision is None else f"is at {standing.revision}, {size}"
    yield Finding(subject="Database", detail=f"{standing.address} {where}")
    for mark in standing.pending:
        limit = f": versions before {mark.unused_since} cannot go on" if mark.unused_since else ""
        yield Finding(subject="Migration", detail=f"{mark.revision} {mark.kind}{limit}")
    if standing.revision is not None and standing.pending:
        go_on = "must be stopped first" if standing.stops_older else "may go on meanwhile"
        yield Finding(subject="Older servers", detail=go_on)


def _disk(settings: Settings, standing: Standing) -> Iterator[Finding]:
    needed = max(_LEAST_FREE_BYTES, standing.size_bytes)
    if not standing.is_file:
        room = f"{needed / 1_000_000:,.0f} MB"
        yield Finding(
            subject="Disk", detail=f"of PostgreSQL cannot be seen from here: let it have {room} free"
        )
        return
    free = shutil.disk_usage(database_folder(settings)).free
    said = f"{free / 1_000_000:,.0f} MB free of {needed / 1_000_000:,.0f} MB that a migration may need"
    if free < needed:
        yield Finding(subject="Disk", trouble=f"{said}. Make room first.")
    else:
        yield Finding(subject="Disk", detail=said)


def database_folder(settings: Settings) -> Path:
    """The folder of a SQLite database."""
    return Path(settings.database.removeprefix("sqlite:///")).parent


def _backup(standing: Standing, *, backed_up: bool) -> Finding:
    if backed_up:
        return Finding(subject="Backup", detail="made by other means, as --backed-up says")
    if standing.backup_at is None:
        return Finding(subject="Backup", trouble="none was noted. Make one with `commandpost backup FILE`.")
    hours = (time.time() * 1000 - standing.backup_at) / _HOUR_MS
    if hours > _RECENT_H:
        return Finding(
            subject="Backup",
            trouble=f"the last is {hours:.0f} hours old. Make one with `commandpost backup FILE`.",
        )
    return Finding(subject="Backup", detail=f"the last is {max(hours, 0):.0f} hours old")


def _verdict(standing: Standing, findings: Sequence[Finding]) -> Verdict:
    if any(finding.trouble for finding in findings):
        return Verdict.PUT_RIGHT_FIRST
    return Verdict.STOP_OLDER_FIRST if standing.stops_older else Verdict.GO_ON


def _next(standing: Standing, verdict: Verdict) -> str:
    if verdict is Verdict.PUT_RIGHT_FIRST:
        return "Next: put right what is marked, then look again."
    if verdict is Verdict.STOP_OLDER_FIRST:
        return (
            "Next: stop all servers, then start this version: its first server migrates. To do without a"
            " pause, go over a version in between, one of which nothing that runs is taken away."
        )
    if not standing.pending:
        return "Nothing to do: start this version whenever you like."
    return (
        "Next: start one server of this version, which migrates; then exchange the others, one after another."
    )
