"""Routes about the server itself."""

import msgspec

from commandpost.api.call import PublicCall
from commandpost.api.v4.route import get


class Ping(msgspec.Struct, kw_only=True):
    """That the server is there; clients look at `status` only."""

    status: str = "OK"
    AndroidLatestVersion: str = ""
    AndroidMinVersion: str = ""
    IosLatestVersion: str = ""
    IosMinVersion: str = ""


@get("/system/ping")
async def public_ping(public: PublicCall) -> Ping:
    """Tell that the server answers."""
    return Ping()


ROUTES = (public_ping,)
