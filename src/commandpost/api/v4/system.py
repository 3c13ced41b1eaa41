"""Routes about the server itself."""

import zoneinfo
from functools import cache

import msgspec
import structlog

from commandpost.api.call import Call, PublicCall
from commandpost.api.v4.route import get, post

_LONGEST_LOG = 400

_log = structlog.get_logger()


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


class ClientLog(msgspec.Struct, kw_only=True):
    """A line that a client wants logged."""

    level: str = ""
    message: str = ""


class ClientLogged(msgspec.Struct, kw_only=True):
    status: str = "OK"
    message: str


@post("/logs", status_code=200)
async def public_log(public: PublicCall, data: ClientLog) -> ClientLogged:
    """Log what went wrong in a client; of somebody not signed in, only when debugging."""
    message = data.message[:_LONGEST_LOG]
    if public.caller is None:
        _log.debug("client", message=message)
    elif data.level.upper() == "ERROR":
        _log.warning("client", message=message, user_id=public.caller.user_id)
    else:
        _log.info("client", message=message, user_id=public.caller.user_id)
    return ClientLogged(message=message)


@get("/system/timezones")
async def timezones(call: Call) -> list[str]:
    """The names of all time zones."""
    return _zone_names()


@cache
def _zone_names() -> list[str]:
    return sorted(zone for zone in zoneinfo.available_timezones() if zone != "localtime")


class Limits(msgspec.Struct, kw_only=True, rename="camel"):
    """Limits of paid editions; 0 means none."""

    active_user_count: int = 0
    max_users_limit: int = 0
    max_users_hard_limit: int = 0


@get("/limits/server")
async def server_limits(call: Call) -> Limits:
    """That nothing is limited by a licence."""
    return Limits()


@get("/custom_profile_attributes/fields")
async def profile_fields(call: Call) -> list[dict[str, str]]:
    """Extra profile fields: there are none."""
    return []


@get("/users/{user_id:str}/teams/{team_id:str}/drafts")
async def drafts(call: Call, user_id: str, team_id: str) -> list[dict[str, str]]:
    """Drafts kept by the server: clients keep their own."""
    return []


@get("/system/notices/{team_id:str}")
async def notices(call: Call, team_id: str) -> list[dict[str, str]]:
    """Announcements of the maker: there are none."""
    return []


ROUTES = (public_ping, public_log, timezones, server_limits, profile_fields, drafts, notices)
