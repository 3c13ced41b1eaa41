"""Bringing in an incident from the command line."""

from pathlib import Path

from commandpost.archive.reading import Report
from commandpost.cli.office import Office
from commandpost.incidents.actions.archiving import bringing
from commandpost.incidents.actions.archiving.bringing import Imported


async def bring_in(
    office: Office, team_id: str, file: Path, report: Report, *, has_channel: bool = False
) -> Imported:
    """Make the incident of an archive. Raises as `archiving.bringing.bring_in` does."""

    async def brought() -> Imported:
        return await bringing.bring_in(
            office.desks,
            office.actor,
            team_id,
            file,
            report,
            office.contents,
            has_channel=has_channel,
        )

    return await office.desks.repeated(brought)
