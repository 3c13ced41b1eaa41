"""The public half of the key that signs this server's archives, at an address of its own."""

from typing import cast

import msgspec
from litestar import get

from commandpost.api.call import PublicCall
from commandpost.api.v0.call import DesksFor
from commandpost.api.v4.route import ANSWERS
from commandpost.incidents.actions.archiving import signing
from commandpost.workspace.model.who import Who

ADDRESS = "/.well-known/commandpost-archive-key"

_NOBODY = Who(user_id="", username="", roles=frozenset())


class ArchiveKeyShape(msgspec.Struct, kw_only=True):
    """The public half of an Ed25519 key, in lower-case hexadecimal."""

    algorithm: str
    public_key: str


@get(ADDRESS, responses=ANSWERS)
async def public_archive_key(public: PublicCall) -> ArchiveKeyShape:
    """The key that archives of this server are signed with."""
    state = public.request.app.state
    desks = cast("DesksFor", state.incident_desks)(_NOBODY)
    pair = await signing.key_pair(desks, public.desks.vault)
    return ArchiveKeyShape(algorithm="ed25519", public_key=pair.public_key)


ROUTES = (public_archive_key,)
