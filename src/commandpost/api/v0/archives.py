"""Routes of archives: an incident written into one, or brought in from one."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import IO, cast

import msgspec
from litestar.response import Stream

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.route import get, post
from commandpost.api.v0.shapes.review_file import review_file
from commandpost.archive import reading
from commandpost.archive.reading import ArchiveTooLarge, Limits
from commandpost.incidents.actions import access
from commandpost.incidents.actions.archiving import bringing, signing
from commandpost.incidents.actions.archiving.export import Means, export
from commandpost.incidents.actions.archiving.origin import origin_of
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Contents
from commandpost.kernel.temporary import in_temporary_files
from commandpost.vault import Vault

_CHUNK_BYTES = 256 * 1024
_LARGEST = Limits().packed


class ImportedShape(msgspec.Struct, kw_only=True):
    """An incident that was brought in. `standing` is intact, unknown signer or unsigned."""

    id: str
    channel_id: str
    standing: str
    signer: str


class PersonShape(msgspec.Struct, kw_only=True):
    """Somebody in an imported incident who has no account here."""

    id: str
    username: str
    first_name: str
    last_name: str
    is_bot: bool


class OriginShape(msgspec.Struct, kw_only=True):
    """Where an incident comes from: `standing` is "" for one that happened here."""

    standing: str
    signer: str
    server: str
    digest: str
    imported_by: str
    imported_at: int
    people: list[PersonShape]


@get("/incidents/{incident_id:str}/archive", media_type="application/zip")
async def export_incident(call: IncidentCall, incident_id: str) -> Stream:
    """An incident with all that belongs to it as a signed zip; see docs/api/archive.md."""
    means = Means(contents=_contents(call), vault=_vault(call), told=review_file)
    with in_temporary_files():
        spooled = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 -- closed when it was sent
        try:
            name = await export(call.desks, call.actor, incident_id, means=means, target=spooled)
            size = spooled.seek(0, 2)
            spooled.seek(0)
        except BaseException:
            spooled.close()
            raise
    headers = {
        "Content-Type": "application/zip",
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Stream(_sent(spooled), headers=headers, media_type="application/zip")


@get("/incidents/{incident_id:str}/origin")
async def get_incident_origin(call: IncidentCall, incident_id: str) -> OriginShape:
    """Whether an incident came in an archive, what that was, and who in it is nobody here."""
    async with call.desks.reading() as desk:
        origin, strangers = await origin_of(desk, call.actor, incident_id)
    return OriginShape(
        standing=origin.standing if origin else "",
        signer=origin.signer if origin else "",
        server=origin.server if origin else "",
        digest=origin.digest if origin else "",
        imported_by=origin.imported_by if origin else "",
        imported_at=origin.import_at if origin else 0,
        people=[
            PersonShape(
                id=one.user_id,
                username=one.username,
                first_name=one.first_name,
                last_name=one.last_name,
                is_bot=one.is_bot,
            )
            for one in strangers
        ],
    )


@post("/archives", status_code=201, request_max_body_size=_LARGEST)
async def import_incident(call: IncidentCall, team_id: str = "") -> ImportedShape:
    """Bring the incident of an archive, which is the body, into a team. For system administrators."""
    async with call.desks.reading() as desk:
        await access.permit_in_team(desk, call.actor, team_id, Act.IMPORT_INCIDENT)
    with in_temporary_files():
        made_folder = tempfile.TemporaryDirectory()
    with made_folder as folder:
        path = Path(folder) / "archive.zip"
        await _received(call, path)
        signers = cast("frozenset[str]", call.request.app.state.archive_signers)
        known = signers | await signing.own_key(call.desks)
        report = await asyncio.to_thread(reading.verified, path, known=known)
        made = await bringing.bring_in(call.desks, call.actor, team_id, path, report, _contents(call))
    return ImportedShape(
        id=made.incident.id,
        channel_id=made.incident.channel_id,
        standing=made.report.verdict.value,
        signer=made.report.signer,
    )


async def _received(call: IncidentCall, path: Path) -> None:
    with in_temporary_files(), path.open("wb") as stream:
        async for chunk in call.request.stream():
            if stream.tell() + len(chunk) > _LARGEST:
                raise ArchiveTooLarge
            stream.write(chunk)


async def _sent(spooled: IO[bytes]) -> AsyncGenerator[bytes]:
    try:
        while chunk := spooled.read(_CHUNK_BYTES):
            yield chunk
    finally:
        spooled.close()


def _contents(call: IncidentCall) -> Contents:
    return cast("Contents", call.request.app.state.incident_contents)


def _vault(call: IncidentCall) -> Vault:
    return cast("Vault", call.request.app.state.desks.vault)


ROUTES = (export_incident, get_incident_origin, import_incident)
