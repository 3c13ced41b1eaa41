"""Addresses of servers outside."""

from urllib.parse import urlsplit

LONGEST = 1024


def is_web_address(text: str) -> bool:
    """Whether a text is an address that begins with http:// or https:// and names a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
