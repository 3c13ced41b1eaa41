"""`commandpost backup` and `commandpost restore`: everything in one file, and back."""

import asyncio
from pathlib import Path

import click

from commandpost.backup.archive import Manifest
from commandpost.backup.restore import restore as restored
from commandpost.backup.save import note, save
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.errors import Unavailable

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@_FILE
@where_the_data_is
def backup(file: Path, data_dir: Path | None, database_url: str | None) -> None:
    """Write everything the server keeps into FILE, also while it runs.

    The tables are as they were at one moment; the uploaded files and the key of the secrets are with them.
    The file is read again and compared before it gets its name. Keep it as safe as the data folder: whoever
    has it has everything.

    \b
    Examples:
        commandpost backup /backup/commandpost-monday.zip --data-dir /var/lib/commandpost
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        manifest = asyncio.run(save(settings, file, SystemClock()))
    click.echo(f"{file} holds {_what(manifest)}; it was read again and is whole.")
    try:
        asyncio.run(note(settings, file, manifest, SystemClock()))
    except Unavailable as refusal:
        click.echo(f"It could not be noted in the audit log: {refusal.message}", err=True)


@click.command()
@_FILE
@click.option("--force", is_flag=True, help="Replace what the database holds; it is lost.")
@where_the_data_is
def restore(file: Path, *, force: bool, data_dir: Path | None, database_url: str | None) -> None:
    """Put a backup into an empty database and data folder. The server must not be running.

    The file is checked before anything is touched; the database is filled all or nothing. A backup of SQLite
    can be restored into PostgreSQL, and the other way round.

    \b
    Examples:
        commandpost restore /backup/commandpost-monday.zip --data-dir /var/lib/commandpost
        commandpost restore monday.zip --data-dir new --database-url postgresql://commandpost@localhost/new
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        manifest = asyncio.run(restored(settings, file, force=force))
    click.echo(f"Restored {_what(manifest)}. Start the server with the same options.")


def _what(manifest: Manifest) -> str:
    rows = sum(table.rows for table in manifest.tables.values())
    files = sum(name.startswith("files/") for name in manifest.members)
    return f"{rows:,} rows in {len(manifest.tables)} tables and {files:,} files"
