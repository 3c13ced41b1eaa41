"""Routes with which somebody chooses how often they get a digest of their incidents by mail."""

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import get, put
from commandpost.incidents.actions import digests
from commandpost.incidents.model.digest import frequency

_UNREADABLE = undecodable_as("unable to decode digest")


class DigestShape(msgspec.Struct, kw_only=True):
    """`frequency` is never, daily or weekly (on Mondays)."""

    frequency: str


@get("/digest")
async def get_digest(call: IncidentCall) -> DigestShape:
    """How often the caller gets a digest of their incidents by mail."""
    async with call.desks.reading() as desk:
        return DigestShape(frequency=await digests.chosen(desk, call.actor))


@put("/digest", exception_handlers=_UNREADABLE)
async def put_digest(call: IncidentCall, data: DigestShape) -> DigestShape:
    """Choose how often to get a digest: at eight in the morning of the profile's time zone."""
    often = frequency(data.frequency)
    async with call.desks.writing() as desk:
        await digests.choose(desk, call.actor, often)
    return DigestShape(frequency=often)


ROUTES = (get_digest, put_digest)
