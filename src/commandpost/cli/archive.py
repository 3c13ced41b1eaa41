"""`commandpost archive`: an incident with all that belongs to it in one signed file."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import click

from commandpost.api.v0.shapes.review_file import review_file
from commandpost.archive import reading
from commandpost.archive.reading import Report, Verdict
from commandpost.archive.signature import public_keys_in
from commandpost.cli.bringing import bring_in
from commandpost.cli.office import office_at
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.incidents.actions.archiving import signing
from commandpost.incidents.actions.archiving.export import Means, export
from commandpost.kernel.errors import Conflict, Invalid, Refusal
from commandpost.settings import Settings

STATUS = {Verdict.INTACT: 0, Verdict.ALTERED: 1, Verdict.UNSIGNED: 3, Verdict.UNKNOWN_SIGNER: 4}
"""What `verify` ends with; 1 also for what is no archive."""

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_SIGNERS = click.option(
    "--signer",
    "signers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with public keys to trust, as servers give it at /.well-known/commandpost-archive-key;"
    " can be repeated.",
)


class FileThere(Conflict):
    """There is a file of that name already."""

    code = "archive.file_there"


class NoArchives(Invalid):
    """There is no .zip in that folder."""

    code = "archive.none"


@click.group()
def archive() -> None:
    """An incident with all that belongs to it, in one signed file."""


@archive.command("export")
@click.argument("incident_id")
@_FILE
@where_the_data_is
def export_command(incident_id: str, file: Path, data_dir: Path | None, database_url: str | None) -> None:
    """Write the incident INCIDENT_ID into FILE, signed with this server's key.

    \b
    Examples:
        commandpost archive export 9ytk1s5yepdnz8wq6cmrh3buoa outage.zip
    """
    with refusals_told():
        if file.exists():
            raise FileThere(f"{file} is there already: an archive replaces nothing.")
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        asyncio.run(_exported(settings, incident_id, file))
    click.echo(f"{file} holds the incident, signed.")


@archive.command()
@_FILE
@_SIGNERS
def verify(file: Path, signers: tuple[Path, ...]) -> None:
    """Say whether FILE is as it was signed, and by whom. Needs no server and no network.

    Known signers are those of --signer and of COMMANDPOST_ARCHIVE_SIGNERS. Ends with 0 if the archive is
    intact and its signer known, 1 if it is altered or no archive, 3 if it is unsigned, 4 if its signer is
    not known.

    \b
    Examples:
        commandpost archive verify outage.zip --signer their-key.json
    """
    with refusals_told():
        report = reading.verified(file, known=_known(settings_with(), signers))
    click.echo(_told(report))
    raise SystemExit(STATUS[report.verdict])


@archive.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--team", required=True, help="The name of the team to bring it into, as in its address.")
@_SIGNERS
@where_the_data_is
def import_command(
    files: tuple[Path, ...],
    *,
    team: str,
    signers: tuple[Path, ...],
    data_dir: Path | None,
    database_url: str | None,
) -> None:
    """Bring the incidents in FILES into a team: all of one or nothing of it, and nobody is told.

    Of a folder, every .zip in it is imported. What is altered is refused; what is unsigned, or signed by
    somebody unknown, is marked as such. Of several, those that are refused are named and the others
    imported; it ends with 1 if any was refused.

    \b
    Examples:
        commandpost archive import outage.zip --team parcels
        commandpost archive import past-incidents/ --team parcels
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        refused = asyncio.run(_all_imported(settings, _archives_in(files), team, signers))
    raise SystemExit(1 if refused else 0)


async def _exported(settings: Settings, incident_id: str, file: Path) -> None:
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        async with office_at(settings) as office:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                means = Means(contents=office.contents, vault=office.vault, told=review_file)

                async def exported() -> str:
                    target.seek(0)
                    target.truncate()
                    return await export(office.desks, office.actor, incident_id, means=means, target=target)

                await office.desks.repeated(exported)
        unfinished.rename(file)
    except OSError as cause:
        raise Invalid(f"The archive cannot be written: {cause}.") from cause
    finally:
        unfinished.unlink(missing_ok=True)


def _archives_in(paths: tuple[Path, ...]) -> list[Path]:
    """These files, and those in these folders. Raises NoArchives."""
    found = [file for path in paths for file in (sorted(path.glob("*.zip")) if path.is_dir() else [path])]
    if not found:
        raise NoArchives
    return found


async def _all_imported(
    settings: Settings, files: Sequence[Path], team: str, signers: tuple[Path, ...]
) -> int:
    """Import them one after another, and say of each what became of it; gives how many were refused."""
    refused = 0
    async with office_at(settings) as office:
        team_id = await office.team_id(team)
        known = _known(settings, signers) | await signing.own_key(office.desks)
        for file in files:
            name = f"{file.name}: " if len(files) > 1 else ""
            try:
                report = await asyncio.to_thread(reading.verified, file, known=known)
                made = await bring_in(office, team_id, file, report)
            except Refusal as refusal:
                refused += 1
                click.echo(f"Error: {name}{refusal.message}", err=True)
            else:
                told = f"Imported as {made.incident.id}, {made.incident.last_event} events."
                click.echo(f"{name}{_told(made.report)}\n{told}")
    if len(files) > 1:
        click.echo(f"{len(files) - refused} of {len(files)} imported.")
    return refused


def _known(settings: Settings, signers: tuple[Path, ...]) -> frozenset[str]:
    texts = [settings.archive_signers, *(path.read_text(errors="replace") for path in signers)]
    return frozenset[str]().union(*(public_keys_in(text) for text in texts))


def _told(report: Report) -> str:
    by = f", signed by {report.signer}" if report.signer else ""
    reason = f": {report.reason}" if report.reason else ""
    return f"{report.verdict.value.capitalize()}{by}{reason}"
