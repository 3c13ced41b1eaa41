"""Which pages may open a socket with their visitor's cookie."""

from urllib.parse import urlsplit

from litestar.datastructures import Headers

from commandpost.workspace.model.config import Config


def is_allowed(headers: Headers, config: Config) -> bool:
    """Whether a browser's page may connect: our own host, the configured site, or one allowed by CORS.

    Clients that are no browsers send no Origin and are not concerned: they cannot be lured.
    """
    origin = headers.get("origin")
    if not origin:
        return True
    allowed = config.allow_cors_from.split()
    if "*" in allowed or origin in allowed:
        return True
    host = urlsplit(origin).netloc.lower()
    return bool(host) and host in (headers.get("host", "").lower(), urlsplit(config.site_url).netloc.lower())
