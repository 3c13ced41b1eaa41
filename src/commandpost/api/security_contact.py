"""Whom to tell of a weakness, as RFC 9116 has it: `/.well-known/security.txt`."""

from datetime import UTC, datetime

from litestar import MediaType, get

from commandpost.api.call import PublicCall
from commandpost.api.v4.route import ANSWERS
from commandpost.kernel.clock import DAY_MS, SECOND_MS
from commandpost.kernel.errors import NotFound

_HOLDS_MS = 180 * DAY_MS
"""How long the answer may be believed; the RFC asks for less than a year."""


@get(
    "/.well-known/security.txt", media_type=MediaType.TEXT, responses={404: ANSWERS[404]}, tags=["Operation"]
)
async def public_security_txt(public: PublicCall) -> str:
    """Tell whom to write to about a weakness of this server; 404 where no contact is set.

    Addresses of the web in it are https ones, as the RFC demands.
    """
    config = public.desks.config
    if not config.security_contact:
        raise NotFound("No security contact is set for this server.")
    ends_s = (public.desks.clock.now() + _HOLDS_MS) // DAY_MS * DAY_MS // SECOND_MS
    lines = [
        f"Contact: {config.security_contact}",
        f"Expires: {datetime.fromtimestamp(ends_s, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, de",
    ]
    if config.site_url.startswith("https://"):
        lines.append(f"Canonical: {config.site_url.rstrip('/')}/.well-known/security.txt")
    return "\n".join(lines) + "\n"


ROUTES = (public_security_txt,)
